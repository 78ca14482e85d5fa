"""The record that is drawn, what its texts become, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import docx, pdf
from reports.paper import Annex, Clause, Column, Group, Layout, Table, layout_of
from reports.typesetting import PaperTooLong, each_text, set_text, texts_of, typeset
from tests.reports.papers import COLUMNS, HEAD, WIDE, annex, order, table


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("№ 73-од", "№_73-од"),
        ("№ п/п", "№ п/п"),
        ("И. О. Соколова", "И._О._Соколова"),
        ("Соколова И. О.", "Соколова_И._О."),
        ("г. Заречный, ул. Лесная, д. 5", "г._Заречный, ул._Лесная, д._5"),
        ("от 15 мая 2026 г.", "от 15_мая_2026_г."),
        ("на 2026-2029 годы", "на 2026–2029_годы"),
        ("2026 - 2029 гг.", "2026–2029_гг."),
        ("учителя 5-9 классов", "учителя 5–9_классов"),
        ("тел. 2-34-56, № 38-07-12", "тел._2-34-56, №_38-07-12"),
        ("не менее 80 % педагогов", "не менее 80_% педагогов"),
        ("273-ФЗ, п. 3 ст. 28", "273-ФЗ, п._3 ст._28"),
        ("Семинар-практикум", "Семинар-практикум"),
    ],
)
def test_texts_are_spaced_by_custom(typed, printed):
    assert set_text(typed).replace("\u00a0", "_") == printed


@given(st.text(max_size=200))
def test_any_text_keeps_its_letters_and_is_set_once(typed):
    once = set_text(typed)

    assert set_text(once) == once
    assert [sign for sign in once if sign.isalnum()] == [sign for sign in typed if sign.isalnum()]


# A form's text may hold anything a keyboard or a clipboard gives, lone halves of surrogate pairs included.
SIGNS = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["\0\x1b[2J", "\ud800", "\u202eпрописью", "\ufffe", "а" + "\u0301" * 50]
)


@settings(max_examples=25, deadline=None)
@given(SIGNS)
def test_any_text_is_drawn_in_every_place(typed):
    paper = each_text(order(1), lambda text: text and f"{text[:20]}{typed}")

    assert pdf.draw(paper).startswith(b"%PDF-")
    assert docx.draw(paper).startswith(b"PK")


def long_papers():
    yield "строк таблиц – 5000", order(5000)
    yield "знаков в одном слове – 1000000", order(annexes=(annex_of_cells("я" * 1_000_000),))
    yield "знаков в одном тексте – 1000000", order(annexes=(annex_of_cells("да " * 333_333 + "я"),))
    yield "строчек в ячейках", order(annexes=(annex_of_cells("да\n" * 3_000, times=10),))
    yield "столбцов в таблице – 21", order(annexes=(annex_of_cells("да", columns=21),))
    yield "пунктов – 501", order(clauses=(Clause("1.", "Утвердить."),) * 501)
    yield "знаков в реквизите – 600", order(head=replace(HEAD, full_title="слово " * 100))
    yield "знаков в адресе квадратного кода – 301", order(code="x" * 301)


def annex_of_cells(text, columns=3, times=1):
    return Annex((), "План", (), (Table((Column("К", 1),) * columns, (Group("", ((text,) * columns,) * times),)),))


@pytest.mark.parametrize(
    ("reason", "paper"), [pytest.param(reason, paper, id=reason) for reason, paper in long_papers()]
)
@pytest.mark.parametrize("draw", [pdf.draw, docx.draw])
def test_what_would_hold_up_a_worker_is_refused_in_words(draw, reason, paper):
    with pytest.raises(PaperTooLong, match=f"Документ слишком велик: {reason}"):
        draw(paper)


def test_every_field_goes_through_typesetting_but_the_address_of_the_code():
    paper = each_text(order(2), lambda _: "№ 1\0")
    printed = typeset(replace(paper, code="https://portal.example/№ 1"))

    assert set(texts_of(printed)) == {"№\u00a01", "https://portal.example/№ 1"}


def test_the_edition_is_the_one_of_the_day():
    assert layout_of(date(2025, 8, 17)) is Layout.GOST_2016
    assert layout_of(date(2025, 8, 18)) is Layout.GOST_2025


@pytest.mark.parametrize(
    ("columns", "cell", "is_wide"),
    [
        (COLUMNS, "12.", False),
        (WIDE, "12.", True),
        ((Column("Мероприятие", 10), Column("Срок", 1)), "сентябрь", True),
        ((Column("Мероприятие", 3), Column("Срок", 1)), "сентябрь", False),
        ((Column("Мероприятие", 3), Column("Срок", 1)), "достопримечательностями", False),
    ],
)
def test_a_table_is_turned_when_its_columns_are_many_or_too_narrow(columns, cell, is_wide):
    assert Table(columns, (Group("", ((cell,) * len(columns),)),)).is_wide == is_wide


def test_words_are_hyphenated_only_where_some_find_no_room():
    narrow = (Column("Мероприятие", 3), Column("Срок", 1))
    tight = Table(narrow, (Group("", (("Поход", "достопримечательностями"),)),))

    assert replace(annex(1), tables=(tight,)).is_tight
    assert not replace(annex(1), tables=(table(1),)).is_tight
