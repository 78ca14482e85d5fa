"""Plain text: rows of tabs, one cell a line, encodings, and what is no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.confined import Unreadable
from roadmaps.importers import reading, text
from roadmaps.importers.sheet import Paragraph, Table

ROWS = "План работы\n\n№\tМероприятие\tСрок\n1.\tСеминар\tмай\n\n2.\tКонкурс\tиюнь\n\nДиректор\n"
CELLS_OF_TWO_ROWS = (
    "План\n\tМероприятие\n\tСрок\n\tКто\n\n\tСеминар\n\tмай\n\nиюнь\n\tИванова И.И.\n\n\tКонкурс\n\t\n\tПетров П.П.\n"
)


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_rows_of_tabs_are_one_table_over_blank_lines():
    before, table, after = text.sheet(ROWS).blocks

    assert (before, after) == (Paragraph("План работы"), Paragraph("Директор"))
    assert texts(table) == [["№", "Мероприятие", "Срок"], ["1.", "Семинар", "май"], ["2.", "Конкурс", "июнь"]]
    assert [row.line for row in table.rows] == [3, 4, 6]


def test_a_line_in_small_letters_goes_on_with_the_last_cell():
    (table,) = text.sheet("№\tМероприятие\tКто\n1.\tСеминар\tМетодисты\nотдела\n2.\tКонкурс\tДиректор").blocks

    assert texts(table)[1] == ["1.", "Семинар", "Методисты\nотдела"]


def test_one_cell_a_line_finds_its_width_by_where_rows_begin():
    title, table = text.sheet(CELLS_OF_TWO_ROWS).blocks

    assert title == Paragraph("План")
    assert texts(table) == [
        ["Мероприятие", "Срок", "Кто"],
        ["Семинар", "май\nиюнь", "Иванова И.И."],
        ["Конкурс", "", "Петров П.П."],
    ]


@pytest.mark.parametrize("width", range(2, 8))
def test_one_cell_a_line_at_any_width(width):
    rows = [[f"ячейка {row}.{column}" for column in range(width)] for row in range(5)]
    printed = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)

    (table,) = text.sheet(printed).blocks

    assert texts(table) == rows


def test_a_rule_of_dashes_is_no_row():
    (table,) = text.sheet("Задачи\tМеры\n-----\t--\nПервая\tСеминар").blocks

    assert texts(table) == [["Задачи", "Меры"], ["Первая", "Семинар"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_usual_encodings_read_the_same(encoding, line_end):
    content = ROWS.replace("\n", line_end).encode(encoding)

    assert text.read(content) == text.sheet(ROWS)


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03", b"\x98\xff\xfe\x00", b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused_in_words(content):
    with pytest.raises(Unreadable, match="сохраните документ"):
        text.read(content)


def test_a_text_too_long_is_refused():
    with pytest.raises(Unreadable, match="больше 20 МБ"):
        text.read(b"a" * (text.MAX_BYTES + 1))


@given(st.text(alphabet="аБ 1.\t\n-", max_size=200))
def test_no_letter_is_lost(printed):
    blocks = text.sheet(printed).blocks

    kept = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for row in block.rows for cell in row.cells)
        for block in blocks
    )
    assert [sign for sign in kept if sign.isalnum()] == [sign for sign in printed if sign.isalnum()]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    try:
        sheet = text.read(content)
    except Unreadable:
        return
    assert all(isinstance(block, Paragraph | Table) for block in sheet.blocks)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_known_to_be_text(encoding):
    printed = "План № 5 – «Школа»\n\n№\tМероприятие\tСрок\n1\tСеминар\t01.10.2025\n"

    assert reading.read(printed.encode(encoding), "план.txt") == text.sheet(printed)
