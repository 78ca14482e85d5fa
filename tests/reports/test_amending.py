"""The clause of an amending order, from a list of differences."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.amending import LONGEST_WORDS, Amendment, Change, Kind, amend
from reports.wording import NBSP, Act, Subject
from reports.wording import Kind as Document

GROWTH = Subject(Document.ROADMAP, "Рост", date(2026, 1, 1), date(2028, 12, 31))
ORDER = Act("приказ", date(2026, 12, 30), "73-од", "МКУ «ИМЦ»")


def part_of(change: Change) -> str:
    """The only part of an amendment, without its full stop."""
    (part,) = amend(GROWTH, ORDER, [change]).parts
    return part.replace(NBSP, " ").removesuffix(".")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            Change(Kind.CHANGED, "5.", "Срок", "до 15 сентября", "до 1 октября"),
            "в пункте 5 слова «до 15 сентября» заменить словами «до 1 октября»",
        ),
        (Change(Kind.CHANGED, "5", "Срок", "2026", "2027"), "в пункте 5 цифры «2026» заменить цифрами «2027»"),
        (Change(Kind.CHANGED, "5", "Срок", "", "май"), "в пункте 5 графу «Срок» дополнить словами «май»"),
        (Change(Kind.CHANGED, "5", "Срок", "май", ""), "в пункте 5 слова «май» исключить"),
        (
            Change(Kind.CHANGED, "3", after="Семинар\n«Школа»;"),
            "пункт 3 изложить в следующей редакции: «Семинар „Школа“»",
        ),
        (
            Change(Kind.CHANGED, "3", "Мероприятия", "а", "б" * (LONGEST_WORDS + 1)),
            f"в пункте 3 графу «Мероприятия» изложить в следующей редакции: «{'б' * (LONGEST_WORDS + 1)}»",
        ),
        (Change(Kind.REMOVED, "7."), "пункт 7 исключить"),
        (Change(Kind.ADDED, "12", after="Круглый стол."), "дополнить пунктом 12 следующего содержания: «Круглый стол»"),
    ],
)
def test_a_difference_in_words(change, words):
    assert part_of(change) == words


def test_parts_stand_in_the_given_order_and_neighbours_go_in_one_breath():
    changes = [
        Change(Kind.REMOVED, "7"),
        Change(Kind.REMOVED, "9"),
        Change(Kind.REMOVED, "10"),
        Change(Kind.ADDED, "12", after="Семинар"),
    ]

    amendment = amend(GROWTH, ORDER, changes)

    assert (
        amendment.text.replace(NBSP, " ")
        == "Внести в дорожную карту «Рост» на 2026–2028 годы, утверждённую приказом МКУ «ИМЦ» от 30.12.2026 № 73-од, следующие изменения:"
    )
    assert [part.replace(NBSP, " ") for part in amendment.parts] == [
        "пункты 7, 9 и 10 исключить;",
        "дополнить пунктом 12 следующего содержания: «Семинар».",
    ]


def test_without_a_known_order_there_is_no_comma_to_close():
    assert (
        amend(GROWTH, None, [Change(Kind.REMOVED, "7")]).text.replace(NBSP, " ")
        == "Внести в дорожную карту «Рост» на 2026–2028 годы следующие изменения:"
    )


@pytest.mark.parametrize("changes", [[], [Change(Kind.ADDED, str(number), after="Семинар") for number in range(4)]])
def test_many_changes_or_unknown_ones_make_a_new_edition(changes):
    amendment = amend(GROWTH, ORDER, changes, many=3)

    assert Amendment(amendment.text.replace(NBSP, " ")) == Amendment(
        "Изложить дорожную карту «Рост» на 2026–2028 годы, утверждённую приказом МКУ «ИМЦ» от 30.12.2026 № 73-од, в новой редакции (приложение)."
    )
    assert amendment.parts == ()


@given(
    st.lists(
        st.builds(
            Change,
            st.sampled_from(Kind),
            st.text(max_size=5),
            st.text(max_size=9),
            st.text(max_size=20),
            st.text(max_size=20),
        ),
        min_size=1,
        max_size=9,
    )
)
@settings(deadline=None)
def test_any_differences_end_as_sentences_do(changes):
    parts = amend(GROWTH, ORDER, changes).parts

    assert [part[-1] for part in parts] == [";"] * (len(parts) - 1) + ["."]
