"""What comes off the clipboard of Word, Excel and browsers."""

from roadmaps.importers import reading
from roadmaps.importers.paste import read
from roadmaps.importers.sheet import Cell, Paragraph, Table


def table_in(pasted: str) -> Table:
    (table,) = [block for block in read(pasted.encode()).blocks if isinstance(block, Table)]
    return table


def texts_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_word_breaks_lines_of_its_html_and_not_of_the_text():
    pasted = "<p class=MsoNormal>Дорожная&nbsp;карта\n  по развитию<o:p></o:p></p><table><tr><td>а</td><td>б</td></tr></table>"

    assert read(pasted.encode()).blocks[0] == Paragraph("Дорожная карта по развитию")


def test_breaks_and_paragraphs_in_a_cell_are_lines():
    pasted = "<table><tr><td><p>Июль<o:p></o:p></p>\n<p>Август</p></td><td>Апрель,<br>\n  ежегодно</td></tr></table>"

    assert texts_of(table_in(pasted)) == [["Июль\nАвгуст", "Апрель,\nежегодно"]]


def test_merged_cells_span_and_continue():
    pasted = (
        "<table><tr><td rowspan=2>№</td><td colspan=2>Мероприятие</td><td rowspan=3>Срок</td></tr>"
        "<tr><td>Наименование</td><td>Форма</td></tr><tr><td>1.</td><td>Встреча</td><td>семинар</td></tr></table>"
    )

    assert [row.cells for row in table_in(pasted).rows] == [
        (Cell("№"), Cell("Мероприятие", spans=2), Cell("Срок")),
        (Cell("", continues=True), Cell("Наименование"), Cell("Форма"), Cell("", continues=True)),
        (Cell("1."), Cell("Встреча"), Cell("семинар"), Cell("", continues=True)),
    ]


def test_hidden_deleted_and_commented_text_is_left_out():
    pasted = (
        "<html><head><style>td {color: red}</style><title>Т</title></head><body><!-- сноска --><table><tr>"
        "<td>до <del>15</del><ins>20</ins> мая<span style='display:none'>х</span></td>"
        "<td>ОО<span style='mso-hide:all'>х</span><a style='mso-footnote-id:ftn1' href='#_ftn1'>[1]</a></td>"
        "</tr></table></body></html>"
    )

    assert [block for block in read(pasted.encode()).blocks if isinstance(block, Paragraph)] == []
    assert texts_of(table_in(pasted)) == [["до 20 мая", "ОО"]]


def test_lists_keep_the_numbers_a_browser_draws():
    pasted = "<table><tr><td><ol start=3><li>план</li><li>отчёт</li></ol></td><td><ul><li>ОО</ul></td></tr></table>"

    assert texts_of(table_in(pasted)) == [["3. план\n4. отчёт", "- ОО"]]


def test_a_table_inside_a_cell_is_its_text():
    pasted = "<table><tr><td>1.</td><td><table><tr><td>август</td><td>план</td></tr></table></td></tr></table>"

    assert texts_of(table_in(pasted)) == [["1.", "август план"]]


def test_a_title_above_the_table_copied_from_excel_is_no_row():
    pasted = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>'
        "<tr><td colspan=3>План работы</td></tr><tr><td></td><td></td><td></td></tr>"
        "<tr><td>№</td><td>Мероприятие</td><td>Срок</td></tr><tr><td>1</td><td>Семинар</td><td>май</td></tr>"
        "</table></body></html>"
    )
    title, table = read(pasted.encode()).blocks

    assert title == Paragraph("План работы")
    assert texts_of(table) == [["№", "Мероприятие", "Срок"], ["1", "Семинар", "май"]]


def test_excel_text_with_a_cell_of_several_lines():
    pasted = 'План\t\t\r\n№\tМероприятие\tСрок\r\n1\t"Подготовка\r\n""Дня учителя"""\tмай\r\n'
    title, table = reading.read(pasted.encode(), "вставка").blocks

    assert title == Paragraph("План")
    assert texts_of(table) == [["№", "Мероприятие", "Срок"], ["1", 'Подготовка\n"Дня учителя"', "май"]]


def test_text_in_quotes_is_not_taken_for_a_cell():
    pasted = '"Дорожная карта"\n\n№\tМероприятие\tСрок\n1.\tСеминар\tмай\n'

    assert reading.read(pasted.encode(), "вставка").blocks[0] == Paragraph('"Дорожная карта"')


def test_a_page_saved_in_another_encoding_is_read():
    pasted = "<meta charset=windows-1251><table><tr><td>Семинар</td><td>май</td></tr></table>".encode("cp1251")
    (table,) = reading.read(pasted, "План.html").blocks

    assert texts_of(table) == [["Семинар", "май"]]


def test_a_text_that_begins_like_an_archive_is_a_text():
    assert reading.read("PK – сокращение".encode(), "План.txt").blocks == (Paragraph("PK – сокращение"),)
