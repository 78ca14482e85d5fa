"""Excel books: what is above and below the table, merged, hidden, computed, and what Excel made of typed dates."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from kit.confined import Unreadable
from roadmaps.importers.sheet import Cell, Paragraph, Table
from roadmaps.importers.xlsx import read

HEAD = ("№", "Мероприятие", "Срок", "Ответственный")


@pytest.fixture
def book():
    return openpyxl.Workbook()


def read_back(book):
    stream = io.BytesIO()
    book.save(stream)
    return read(stream.getvalue())


def texts_of(sheet):
    (table,) = [block for block in sheet.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_title_and_signature_are_not_rows(book):
    worksheet = book.active
    worksheet["D1"] = "УТВЕРЖДАЮ"
    worksheet["A2"] = "План работы"
    worksheet.merge_cells("A2:D2")
    worksheet.append(HEAD)
    worksheet.append((1, "Семинар", "май", "ОО"))
    worksheet["A7"], worksheet["D7"] = "Директор", "И. О. Фамилия"
    stamp, title, table, signature = read_back(book).blocks

    assert (stamp, title) == (Paragraph("УТВЕРЖДАЮ"), Paragraph("План работы"))
    assert [row.line for row in table.rows] == [3, 4]
    assert signature == Paragraph("Директор И. О. Фамилия")


def test_a_section_row_at_the_end_stays_in_the_table(book):
    worksheet = book.active
    for row in (HEAD, (1, "Семинар", "май", "ОО"), ("Раздел",)):
        worksheet.append(row)

    assert texts_of(read_back(book))[-1] == ["Раздел", "", "", ""]


def test_merged_ranges_span_and_continue(book):
    worksheet = book.active
    for row in (HEAD, ("Раздел",), (1, "Семинар", "май", "ОО"), (2, "Отчёт", "май", None)):
        worksheet.append(row)
    worksheet.merge_cells("A2:D2")
    worksheet.merge_cells("D3:D4")
    (table,) = read_back(book).blocks

    assert table.rows[1].cells == (Cell("Раздел", spans=4),)
    assert table.rows[3].cells == (Cell("2"), Cell("Отчёт"), Cell("май"), Cell("", continues=True))


def test_columns_without_texts_take_no_width(book):
    worksheet = book.active
    for line, row in enumerate((HEAD, (1, "Семинар", "май", "ОО")), start=3):
        for column, value in zip((2, 3, 6, 7), row, strict=True):
            worksheet.cell(line, column, value)
    worksheet.merge_cells("C3:E3")

    assert texts_of(read_back(book)) == [list(HEAD), ["1", "Семинар", "май", "ОО"]]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (287.0, "General", "287"),
        (0.85, "0%", "85%"),
        (0.125, "0.0%", "12,5%"),
        (1.5, "General", "1,5"),
        (date(2025, 9, 15), "dd.mm.yyyy", "15.09.2025"),
        (date(2025, 4, 1), "mmm yy", "апрель 2025"),
        (date(2025, 9, 15), "d mmm", "15 сентября"),
        (datetime(2025, 9, 15, 14, 30), "dd.mm.yyyy h:mm", "15.09.2025 14:30"),  # noqa: DTZ001 – Excel knows no zones
        (True, "General", "ИСТИНА"),
        ("Май-\nиюнь", "General", "Май-\nиюнь"),
    ],
)
def test_values_are_read_as_shown(book, value, code, shown):
    worksheet = book.active
    worksheet.append(HEAD)
    worksheet.append((1, "Семинар", value, "ОО"))
    worksheet["C2"].number_format = code

    assert texts_of(read_back(book))[1][2] == shown


def test_hidden_rows_columns_and_sheets_are_left_out(book):
    worksheet = book.active
    for row in ((*HEAD, "Черновик"), (1, "Старое", "май", "ОО", "х"), (2, "Новое", "май", "ОО", "х")):
        worksheet.append(row)
    worksheet.row_dimensions[2].hidden = True
    worksheet.column_dimensions["E"].hidden = True
    book.create_sheet("Прошлый год", 0).append(HEAD)
    book.worksheets[0].sheet_state = "hidden"

    assert texts_of(read_back(book)) == [list(HEAD), ["2", "Новое", "май", "ОО"]]


def test_rows_behind_a_filter_are_read(book):
    worksheet = book.active
    for row in (HEAD, (1, "Семинар", "май", "ОО"), (2, "Отчёт", "июнь", "ОО")):
        worksheet.append(row)
    worksheet.auto_filter.ref = "A1:D3"
    worksheet.row_dimensions[2].hidden = True

    assert [row[1] for row in texts_of(read_back(book))] == ["Мероприятие", "Семинар", "Отчёт"]


def test_every_visible_sheet_is_read(book):
    book.active.append(("Титульный лист",))
    for row in (HEAD, (1, "Семинар", "май", "ОО")):
        book.create_sheet("План") if len(book.worksheets) == 1 else None
        book["План"].append(row)
    title, table = read_back(book).blocks

    assert title == Paragraph("Титульный лист")
    assert len(table.rows) == 2


def test_a_formula_never_computed_is_refused(book):
    book.active.append(HEAD)
    book.active.append(("=1+1", "Семинар", "май", "ОО"))

    with pytest.raises(Unreadable, match="формулы без посчитанных значений"):
        read_back(book)


def test_a_cell_far_away_is_refused_before_the_library_sees_it(book):
    book.active["XFD1048576"] = "х"

    with pytest.raises(Unreadable, match="далеко за таблицей"):
        read_back(book)


def test_a_cell_far_away_that_is_only_coloured_harms_nothing(book):
    worksheet = book.active
    for row in (HEAD, (1, "Семинар", "май", "ОО")):
        worksheet.append(row)
    worksheet["XFD1048576"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF0000")

    assert len(texts_of(read_back(book))) == 2
