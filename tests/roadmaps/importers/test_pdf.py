"""Printed pages: tables drawn with lines, rows and merged cells cut by the end of a page, text around them."""

import pytest
import weasyprint

from kit.confined import Unreadable
from roadmaps.importers.pdf import read
from roadmaps.importers.sheet import Cell, Paragraph, Table

STYLE = (
    "@page {{ size: 12cm {height}; margin: 1cm {foot} }} body {{ font: 10pt 'DejaVu Serif' }} p {{ margin: 0 0 8pt }}"
    "table {{ border-collapse: collapse; width: 100%; table-layout: fixed }}"
    "td, th {{ border: 0.5pt solid black; padding: 3pt; vertical-align: top; font-weight: normal; text-align: left }}"
)


def printed(body: str, *, height: str = "20cm", foot: str = ""):
    page = f"<html lang=ru><style>{STYLE.format(height=height, foot=foot)}</style><body>{body}</body></html>"
    return read(weasyprint.HTML(string=page).write_pdf())


def rows(*rows: tuple[str, ...]) -> str:
    return "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)


def table_in(sheet) -> Table:
    (table,) = [block for block in sheet.blocks if isinstance(block, Table)]
    return table


def texts_of(sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table_in(sheet).rows]


def test_text_and_table_come_in_their_order():
    sheet = printed(f"<p>Дорожная карта</p><table>{rows(('№', 'Срок'), ('1.', 'май'))}</table><p>Директор</p>")

    assert sheet.blocks[0] == Paragraph("Дорожная карта")
    assert texts_of(sheet) == [["№", "Срок"], ["1.", "май"]]
    assert sheet.blocks[2] == Paragraph("Директор")


def test_merged_cells_span_and_continue():
    sheet = printed(
        "<table><tr><td colspan=3>Раздел</td></tr><tr><td rowspan=2>Задача</td><td>Семинар</td><td>май</td></tr>"
        "<tr><td>Отчёт</td><td>июнь</td></tr></table>"
    )

    assert [row.cells for row in table_in(sheet).rows] == [
        (Cell("Раздел", spans=3),),
        (Cell("Задача"), Cell("Семинар"), Cell("май")),
        (Cell("", continues=True), Cell("Отчёт"), Cell("июнь")),
    ]


def test_a_table_over_pages_is_one_and_its_head_stands_once():
    body = rows(*((f"{number}.", "Семинар для педагогов", "май") for number in range(1, 41)))
    head = "<thead><tr><th>№</th><th>Мероприятие</th><th>Срок</th></tr></thead>"
    texts = texts_of(printed(f"<table>{head}<tbody>{body}</tbody></table>", height="10cm"))

    assert texts[0] == ["№", "Мероприятие", "Срок"]
    assert [row[0] for row in texts[1:]] == [f"{number}." for number in range(1, 41)]


def test_a_row_cut_by_the_end_of_a_page_is_one_row():
    long = "Подготовка семинара для педагогов. " * 20
    sheet = printed(
        f"<table>{rows(('№', 'Мероприятие', 'Срок'), ('1.', long, 'май'), ('2.', 'Отчёт', ''))}</table>", height="9cm"
    )

    assert [row[0] for row in texts_of(sheet)] == ["№", "1.", "2."]
    assert " ".join(texts_of(sheet)[1][1].split()) == long.strip()


def test_a_merged_cell_cut_by_the_end_of_a_page_goes_on():
    body = "".join(
        f"<tr>{'<td rowspan=30>Задача</td>' if number == 1 else ''}<td>Семинар {number}</td><td>май</td></tr>"
        for number in range(1, 31)
    )
    cells = [row.cells[0] for row in table_in(printed(f"<table>{body}</table>", height="9cm")).rows]

    assert cells == [Cell("Задача"), *[Cell("", continues=True)] * 29]


def test_lines_made_by_the_width_of_a_cell_are_no_lines_of_its_text():
    (row,) = texts_of(
        printed(f"<table>{rows(('Подготовка и проведение семинара для педагогов', 'Июль<br>Август'))}</table>")
    )

    assert row == ["Подготовка и проведение семинара для педагогов", "Июль\nАвгуст"]


def test_page_numbers_and_running_heads_are_left_out():
    foot = "; @bottom-center { content: counter(page) ' из ' counter(pages) } @top-right { content: 'Приложение' }"
    body = "".join(f"<p>Мероприятие номер {number}.</p>" for number in range(1, 31))
    texts = [block.text for block in printed(body, height="10cm", foot=foot).blocks]

    assert texts == ["Приложение", *[f"Мероприятие номер {number}." for number in range(1, 31)]]


def test_stamps_side_by_side_are_read_one_after_the_other():
    sheet = printed(
        "<div style='float:left;width:3cm'>СОГЛАСОВАНО<br>советом школ</div>"
        "<div style='float:right;width:3cm'>УТВЕРЖДЕНО<br>приказом</div>"
        "<p style='clear:both;padding-top:1cm'>План</p>"
    )

    texts = [" ".join(block.text.split()) for block in sheet.blocks]

    assert texts == ["СОГЛАСОВАНО советом школ", "УТВЕРЖДЕНО приказом", "План"]


def test_a_frame_around_text_is_not_a_table():
    sheet = printed("<p style='border: 1pt solid'>УТВЕРЖДЕНО</p><p>План</p>")

    assert sheet.blocks == (Paragraph("УТВЕРЖДЕНО"), Paragraph("План"))


def over_two_pages(first: str, second: str):
    """Two pages of one table as Word prints them: every page's part closed by lines of its own."""
    return printed(f"<table>{first}</table><table style='break-before: page'>{second}</table>")


def test_an_empty_merged_cell_at_the_top_of_a_page_goes_on_from_the_page_before():
    task = "<tr><td rowspan=2>Задача</td><td>{}</td></tr><tr><td>{}</td></tr>"
    sheet = over_two_pages(task.format("а", "б"), task.replace("Задача", "").format("в", "г"))

    assert [row.cells[0] for row in table_in(sheet).rows] == [Cell("Задача"), *[Cell("", continues=True)] * 3]


def test_a_merged_cell_that_begins_in_small_letters_goes_on_with_those_merged_beside_it():
    task = "<tr><td rowspan=2>{}</td><td>а</td><td rowspan=2>{}</td></tr><tr><td>б</td></tr>"
    sheet = over_two_pages(
        task.format("Поддержка молодых", "- 100% школ;"), task.format("педагогов округа", "- 50% педагогов")
    )
    first, *others = table_in(sheet).rows

    assert [cell.text for cell in first.cells] == [
        "Поддержка молодых педагогов округа",
        "а",
        "- 100% школ;\n- 50% педагогов",
    ]
    assert [[cell.continues for cell in row.cells] for row in others] == [[True, False, True]] * 3


def test_a_new_task_at_the_top_of_a_page_is_a_new_task():
    task = "<tr><td rowspan=2>{}</td><td>а</td></tr><tr><td>б</td></tr>"
    sheet = over_two_pages(task.format("Первая задача"), task.format("Вторая задача"))

    assert [row.cells[0].text for row in table_in(sheet).rows] == ["Первая задача", "", "Вторая задача", ""]


def test_the_rest_of_a_row_closed_by_a_line_stays_a_row_without_a_number():
    sheet = over_two_pages(
        rows(("№", "Мероприятие"), ("1.", "Подготовка")), rows(("№", "Мероприятие"), ("", "семинара"), ("2.", "Отчёт"))
    )

    assert texts_of(sheet) == [["№", "Мероприятие"], ["1.", "Подготовка"], ["", "семинара"], ["2.", "Отчёт"]]


def test_tables_of_different_columns_stay_apart():
    sheet = over_two_pages(rows(("а", "б")), rows(("в", "г", "д")))

    assert [type(block) for block in sheet.blocks] == [Table, Table]


SCAN = (
    "<img style='display: block; break-before: page; width: 8cm; height: 10cm' src='data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='>"
)


def test_a_scanned_page_between_pages_of_text_is_not_passed_over():
    with pytest.raises(Unreadable, match="Страница 2 – скан без текста"):
        printed(f"<p>План</p>{SCAN}<p style='break-before: page'>Директор</p>")


def test_a_scanned_letter_before_the_plan_does_no_harm():
    assert printed(f"{SCAN}<p style='break-before: page'>План</p>").blocks == (Paragraph("План"),)


def test_letters_drawn_as_lines_are_a_scan_too():
    with pytest.raises(Unreadable, match="похоже, это скан"):
        printed(f"<table>{rows(('', ''), ('', ''))}</table>")
