"""What Word really writes: merges, tracked changes, content controls, frames, numbers it draws by itself."""

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from roadmaps.importers import reading
from roadmaps.importers.docx import read
from roadmaps.importers.sheet import Cell, Paragraph, Sheet, Table

MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def sheet_of(body: str, numbering: str = "") -> Sheet:
    """What is read of a document with this ``body``."""
    return read(saved(body, numbering))


def saved(body: str, numbering: str = "") -> bytes:
    document = docx.Document()
    content = document.element.body
    content.clear()
    for element in parse_xml(f"<w:body {nsdecls('w')} {MORE}>{body}</w:body>"):
        content.append(element)
    if numbering:
        part = document.part.numbering_part.element
        part.clear()
        for element in parse_xml(f"<w:numbering {nsdecls('w')}>{numbering}</w:numbering>"):
            part.append(element)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = (1000, 1000, 1000)) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def cells_of(sheet: Sheet) -> list[tuple[Cell, ...]]:
    (table,) = sheet.blocks
    assert isinstance(table, Table)
    return [row.cells for row in table.rows]


def texts_of(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in cells] for cells in cells_of(sheet)]


def test_paragraphs_and_tables_come_in_their_order():
    sheet = sheet_of(p("Дорожная карта") + tbl(tr(tc("а"), tc("б"), tc("в"))) + p("") + p("Директор"))

    assert [type(block) for block in sheet.blocks] == [Paragraph, Table, Paragraph]
    assert sheet.blocks[0] == Paragraph("Дорожная карта")
    assert sheet.blocks[2] == Paragraph("Директор")


def test_merged_cells_span_columns_and_continue_from_above():
    sheet = sheet_of(
        tbl(
            tr(tc("Раздел", '<w:gridSpan w:val="3"/>')),
            tr(tc("Задача", '<w:vMerge w:val="restart"/>'), tc("один"), tc("май")),
            tr(tc("не видно", "<w:vMerge/>"), tc("два"), tc("июнь")),
        )
    )

    assert cells_of(sheet) == [
        (Cell("Раздел", spans=3),),
        (Cell("Задача"), Cell("один"), Cell("май")),
        (Cell("", continues=True), Cell("два"), Cell("июнь")),
    ]


def test_cells_merged_by_old_word_are_one():
    sheet = sheet_of(
        tbl(
            tr(tc("Раздел", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("", "<w:hMerge/>")),
            tr(tc("а"), tc("б"), tc("в")),
        )
    )

    assert cells_of(sheet)[0] == (Cell("Раздел", spans=3),)


def test_a_border_dragged_by_a_hair_makes_no_column():
    sheet = sheet_of(
        tbl(
            tr(tc("№", '<w:gridSpan w:val="2"/>'), tc("Мероприятие")),
            tr(tc("1."), tc("Семинар", '<w:gridSpan w:val="2"/>')),
            widths=(500, 60, 4000),
        )
    )

    assert cells_of(sheet) == [(Cell("№"), Cell("Мероприятие")), (Cell("1."), Cell("Семинар"))]


def test_a_row_that_begins_later_keeps_its_columns():
    sheet = sheet_of(tbl(tr(tc("а"), tc("б"), tc("в")), tr(tc("д"), tc("е"), properties='<w:gridBefore w:val="1"/>')))

    assert texts_of(sheet) == [["а", "б", "в"], ["", "д", "е"]]


def test_line_breaks_and_paragraphs_of_a_cell_are_lines():
    broken = "<w:p><w:r><w:t>Апрель,</w:t><w:br/><w:t>ежегодно</w:t></w:r></w:p>" + p("") + p("третья")
    sheet = sheet_of(tbl(tr(tc(broken), tc("б"), tc("в"))))

    assert texts_of(sheet) == [["Апрель,\nежегодно\nтретья", "б", "в"]]


def test_marks_that_nobody_typed_are_gone():
    typed = (
        "<w:p><w:r><w:t>методи</w:t><w:softHyphen/><w:t>ческий\u00a0цен\u00adтр</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r>'
        "<w:r><w:t>, А</w:t><w:noBreakHyphen/><w:t>Б</w:t></w:r></w:p>"
    )

    assert sheet_of(typed).blocks == (Paragraph("методический центр, А-Б"),)


def test_tracked_changes_are_read_as_accepted():
    changed = (
        "<w:p><w:r><w:t>до </w:t></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>15</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>20</w:t></w:r></w:ins><w:r><w:t> сентября</w:t></w:r></w:p>'
    )
    deleted_row = tr(tc("а"), tc("б"), tc("в"), properties='<w:del w:id="3" w:author="a"/>')
    sheet = sheet_of(tbl(tr(tc(changed), tc("б"), tc("в")), deleted_row))

    assert texts_of(sheet) == [["до 20 сентября", "б", "в"]]


def test_content_controls_are_entered():
    controlled = tr(tc("а"), tc("б"), f"<w:sdt><w:sdtPr/><w:sdtContent>{tc('в')}</w:sdtContent></w:sdt>")
    wrapped = f"<w:sdt><w:sdtContent>{tbl(tr(tc('1'), tc('2'), tc('3')), controlled)}</w:sdtContent></w:sdt>"

    assert texts_of(sheet_of(wrapped)) == [["1", "2", "3"], ["а", "б", "в"]]


def test_a_text_box_is_read_once():
    inside = f"<w:txbxContent>{p('УТВЕРЖДАЮ')}</w:txbxContent>"
    drawn = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>План</w:t></w:r></w:p>"
    )

    assert sheet_of(drawn).blocks == (Paragraph("УТВЕРЖДАЮ"), Paragraph("План"))


DECIMAL = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1.%2."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
RESTARTED = (
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def number(identifier: int = 1, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{identifier}"/></w:numPr>'


def test_numbers_drawn_by_word_go_on_down_the_table():
    rows = [tr(tc(p("", number())), tc(text), tc("май")) for text in ("а", "б")]
    section = tr(tc("Раздел", '<w:gridSpan w:val="3"/>'))
    sheet = sheet_of(tbl(rows[0], section, rows[1], tr(tc(p("", number(depth=1))), tc("в"), tc("май"))), DECIMAL)

    assert [row[0] for row in texts_of(sheet)] == ["1.", "Раздел", "2.", "2.1."]


def test_numbers_restart_where_the_list_says_so():
    rows = [tr(tc(p("", number(identifier))), tc("а"), tc("б")) for identifier in (1, 1, 2, 2)]

    assert [row[0] for row in texts_of(sheet_of(tbl(*rows), DECIMAL + RESTARTED))] == ["1.", "2.", "1.", "2."]


def test_bullets_are_dashes():
    bullets = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )

    assert sheet_of(p("семинар", number()), bullets).blocks == (Paragraph("- семинар"),)


def test_a_table_split_at_the_end_of_a_page_is_one():
    head = tr(tc("№"), tc("Мероприятие"), tc("Срок"))
    sheet = sheet_of(tbl(head, tr(tc("1."), tc("а"), tc("май"))) + p("") + tbl(tr(tc("2."), tc("б"), tc("июнь"))))
    (table,) = sheet.blocks

    assert [row.cells[0].text for row in table.rows] == ["№", "1.", "2."]
    assert [row.line for row in table.rows] == [1, 2, 3]


def test_tables_ruled_differently_stay_apart():
    first, second = tbl(tr(tc("а"), tc("б"), tc("в"))), tbl(tr(tc("г"), tc("д"), tc("е")), widths=(3000, 500, 500))

    assert [type(block) for block in sheet_of(first + p("") + second).blocks] == [Table, Table]


def test_a_table_inside_a_cell_is_read_as_its_text():
    inner = tbl(tr(tc("август"), tc("план"), tc("")), tr(tc("май"), tc("отчёт"), tc("")))
    sheet = sheet_of(tbl(tr(tc("1."), tc(inner + p("")), tc("ОО"))))

    assert texts_of(sheet) == [["1.", "август план\nмай отчёт", "ОО"]]


def test_a_frame_around_the_page_is_not_a_table():
    framed = tbl(tr(tc(p("План") + tbl(tr(tc("а"), tc("б"), tc("в"))) + p(""))), widths=(9000,))
    title, table = sheet_of(framed).blocks

    assert title == Paragraph("План")
    assert [cell.text for cell in table.rows[0].cells] == ["а", "б", "в"]


def test_the_main_part_may_bear_another_name():
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(p("План")))) as usual, zipfile.ZipFile(stream, "w") as renamed:
        for name in usual.namelist():
            content = usual.read(name).replace(b"word/document.xml", b"word/document2.xml")
            renamed.writestr(
                name.replace("word/document.xml", "word/document2.xml").replace(
                    "word/_rels/document.xml.rels", "word/_rels/document2.xml.rels"
                ),
                content,
            )

    assert reading.read(stream.getvalue(), "План.docx").blocks == (Paragraph("План"),)
