"""The sheet of own days: what is written is read back, what is wrong is told by its row."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deadlines.production import OwnDay
from directory.resources.calendars import MOST_ROWS, WHY_LENGTH, SheetRefused, read_days, write_days
from kit.texts import tidy

HEAD = "день;рабочий;почему\r\n"


def complaints(text):
    with pytest.raises(SheetRefused) as refusal:
        read_days(text)
    return list(refusal.value.complaints)


def test_days_are_read_as_people_write_them():
    text = "День; Рабочий ;почему\n07.08.2026;нет;День города\n2026-11-07;ДА;\n;;\n"

    assert read_days(text) == [
        OwnDay(date(2026, 8, 7), is_working=False, why="День города"),
        OwnDay(date(2026, 11, 7), is_working=True),
    ]


def test_every_wrong_row_is_told_by_its_number():
    rows = ["32.01.2026;нет;", "07.08.2026;может быть;", "07.08.2026;нет", "01.01.1200;да;", f"09.08.2026;нет;{'ы' * 201}",
            "10.08.2026;нет;", "10.08.2026;да;"]  # fmt: skip

    assert complaints(HEAD + "\r\n".join(rows)) == [
        "Строка 2: день «32.01.2026» не прочитан, пишите так: 07.08.2026.",
        "Строка 3: «может быть» вместо «да» или «нет» в столбце «рабочий».",
        "Строка 4: столбцов 2, а нужно 3.",
        "Строка 5: проверьте год дня «01.01.1200».",
        f"Строка 6: в столбце «почему» знаков 201, а помещается {WHY_LENGTH}.",
        "Строка 8: день 10.08.2026 уже был выше.",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Первая строка должна быть такой: день;рабочий;почему."),
        ("дата;рабочий;почему\n", "Первая строка должна быть такой: день;рабочий;почему."),
        (HEAD, "В файле нет ни одного дня: под первой строкой пусто."),
        (HEAD + "07.08.2026;нет;\n" * (MOST_ROWS + 1), f"В файле больше {MOST_ROWS} дней. Оставьте нужные годы и загрузите снова."),
        (HEAD + "ы" * 200_000, "Файл не похож на таблицу. Сохраните её как CSV с точкой с запятой."),
    ],
    ids=["empty", "misspelt head", "no rows", "too many", "one endless cell"],
)  # fmt: skip
def test_a_sheet_that_is_none_is_told_so(text, says):
    assert complaints(text) == [says]


def test_a_formula_is_downloaded_as_a_text():
    sheet = write_days([OwnDay(date(2026, 8, 7), is_working=False, why='=HYPERLINK("//evil")')])

    assert sheet.splitlines()[1] == '''07.08.2026;нет;"'=HYPERLINK(""//evil"")"'''


@given(
    st.lists(
        st.builds(
            OwnDay,
            day=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
            is_working=st.booleans(),
            why=st.text(max_size=WHY_LENGTH).map(tidy),
        ),
        min_size=1,
        unique_by=lambda own: own.day,
    )
)
@example([OwnDay(date(2026, 8, 7), is_working=False, why="'=1")])
def test_what_is_downloaded_is_read_back_unchanged(days):
    assert read_days(write_days(days)) == days


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text):
    try:
        days = read_days(HEAD + text)
    except SheetRefused as refusal:
        assert refusal.complaints
    else:
        assert days
