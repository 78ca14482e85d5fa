"""What python-docx must be taught to set a Russian paper: faces, numbering, sheets, fields, tables, paragraphs.

The library opens the parts of a Word file but offers no way to much that is in them; whatever is reached into its
XML is reached here, so a paper that is drawn with these words never meets a tag.
"""

from docx.document import Document as Opened
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as Grid
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FACE, FALLBACK = "PT Serif", "Times New Roman"
LONG, SHORT = Mm(297), Mm(210)
LEFT, RIGHT, TOP, BOTTOM = Mm(30), Mm(10), Mm(20), Mm(20)
INDENT = Mm(12.5)
CELL = "Ячейка"

#: Size and height of a line in points, as static/css/paper/order.css sets them.
Size = tuple[float, float]
BODY: Size = (14, 18)

#: The numbering of clauses: any definition of the stock template has a smaller number.
NUMBERING, LEVELS = "9000", 4


# The dress: styles, language, properties.


def dress(document: Opened, *, title: str, has_tight_cells: bool) -> None:
    properties = document.core_properties
    properties.title, properties.language = title[:255], "ru-RU"
    properties.author = properties.comments = ""
    normal = document.styles["Normal"]
    set_face(normal, *BODY)
    normal.paragraph_format.space_after = Pt(0)
    hyphenate(normal, allowed=False)
    cell = document.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    hyphenate(cell, allowed=has_tight_cells)
    document.settings.element.find(qn("w:defaultTabStop")).addnext(OxmlElement("w:autoHyphenation"))
    for name in ("Heading 1", "Heading 2"):
        style = document.styles[name]
        set_face(style, *BODY)
        style.font.bold = True
        style.font.color.rgb = None
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.keep_with_next = True
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "ru-RU")
    name_fallback(document)
    define_numbering(document)


def set_face(style: ParagraphStyle, size: float, line: float) -> None:
    """Face, size and height of the line; the theme's own faces would win over the named one."""
    style.font.name, style.font.size = FACE, Pt(size)
    faces = style.element.rPr.rFonts
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        faces.set(qn(f"w:{kind}"), FACE)
        faces.attrib.pop(qn(f"w:{kind}Theme"), None)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(line)


def hyphenate(style: ParagraphStyle, *, allowed: bool) -> None:
    """Hyphens are for narrow cells alone: a text of an order is set without them."""
    style.element.get_or_add_pPr().insert_element_before(
        OxmlElement("w:suppressAutoHyphens", {qn("w:val"): str(int(not allowed))}), "w:spacing", "w:ind", "w:jc"
    )


def name_fallback(document: Opened) -> None:
    """Say which face stands in where PT Serif is not installed."""
    fonts = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    table = parse_xml(fonts.blob)
    font = OxmlElement("w:font", {qn("w:name"): FACE})
    font.append(OxmlElement("w:altName", {qn("w:val"): FALLBACK}))
    table.append(font)
    fonts._blob = serialize_part_xml(table)  # noqa: SLF001  # the library opens this part, but offers no way to change it


def define_numbering(document: Opened) -> None:
    """Add the numbering of clauses: «1.», «1.1.» … Definitions must come before the numbers that use them."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{"".join(f"%{place}." for place in range(1, level + 2))}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="{INDENT.twips}"/></w:pPr></w:lvl>'
        for level in range(LEVELS)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{NUMBERING}"><w:abstractNumId w:val="{NUMBERING}"/></w:num>')
    )


# Sheets.


def upright(section: Section) -> None:
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, SHORT, LONG
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = LEFT, RIGHT, TOP, BOTTOM
    section.header_distance = section.footer_distance = Mm(10)


def landscape(section: Section) -> None:
    upright(section)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, LONG, SHORT


def width_of(section: Section) -> Length:
    """What a sheet of the section holds between its margins."""
    sheet = LONG if section.orientation == WD_ORIENT.LANDSCAPE else SHORT
    return Length(sheet - LEFT - RIGHT)


def start_section(document: Opened, *, wide: bool) -> Section:
    """A section that counts on: what the one before it said of its first sheet is not taken over."""
    if document.paragraphs:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        thin(document.paragraphs[-1])
    else:
        section = document.sections[0]
    (landscape if wide else upright)(section)
    section.different_first_page_header_footer = False
    for numbers in section._sectPr.findall(qn("w:pgNumType")):  # noqa: SLF001  # as above
        section._sectPr.remove(numbers)  # noqa: SLF001  # as above
    return section


def count_anew(section: Section) -> None:
    """The sheets of a section are numbered from one again, and its first one bears nothing of the paper's first."""
    section.different_first_page_header_footer = True
    section._sectPr.insert_element_before(  # noqa: SLF001  # the library cannot start the count of sheets anew
        OxmlElement("w:pgNumType", {qn("w:start"): "1"}), "w:cols", "w:titlePg", "w:docGrid"
    )
    for part in (section.first_page_header, section.first_page_footer):
        part.is_linked_to_previous = False


# Paragraphs.


def lines(document: Opened, text: str, size: Size, *, before: float = 0, after: float = 0) -> Paragraph:
    paragraph = spaced(document.add_paragraph(), size)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    sized(paragraph.add_run(text), size)
    return paragraph


def centred(document: Opened, text: str, size: Size, *, before: float = 0, after: float = 0) -> Paragraph:
    paragraph = lines(document, text, size, before=before, after=after)
    paragraph.alignment = ALIGN.CENTER
    return paragraph


def headed(document: Opened, text: str, style: str, *, before: float, after: float) -> None:
    heading = document.add_paragraph(text, style)
    heading.alignment = ALIGN.CENTER
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(before), Pt(after)


def statement(document: Opened, text: str) -> Paragraph:
    paragraph = lines(document, text, BODY)
    paragraph.alignment = ALIGN.JUSTIFY
    paragraph.paragraph_format.first_line_indent = INDENT
    paragraph.paragraph_format.widow_control = True
    return paragraph


def count_as_clause(paragraph: Paragraph, depth: int) -> None:
    """Let Word count the paragraph among the clauses of its depth."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  # no numbering in the library
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = int(NUMBERING)


def add_field(paragraph: Paragraph, name: str) -> Run:
    run = paragraph.add_run()
    for kind in ("begin", "end"):
        run._r.append(OxmlElement("w:fldChar", {qn("w:fldCharType"): kind}))  # noqa: SLF001  # no fields in the library
    instruction = OxmlElement("w:instrText")
    instruction.text = name
    run._r.insert(1, instruction)  # noqa: SLF001  # likewise
    return run


def space_letters(run: Run) -> None:
    """Spaced as custom has it, by the run's own spacing: a search finds the word all the same."""
    twentieths_of_a_point = "60"
    run._r.get_or_add_rPr().insert_element_before(  # noqa: SLF001  # the library cannot space letters
        OxmlElement("w:spacing", {qn("w:val"): twentieths_of_a_point}), "w:sz", "w:lang"
    )


def spaced(paragraph: Paragraph, size: Size) -> Paragraph:
    paragraph.paragraph_format.line_spacing = Pt(size[1])
    return paragraph


def sized(run: Run, size: Size) -> Run:
    run.font.size = Pt(size[0])
    return run


def thin(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.line_spacing = Pt(1)


# Tables.


def grid(document: Opened, widths: tuple[Length, ...], padding: tuple[int, int], *, lined: bool = False) -> Grid:
    """An empty table with fixed columns: the grid's own widths count, those of cells alone are not read by all."""
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid" if lined else None)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    vertical, horizontal = (Length(side).twips for side in padding)
    sides = {"top": vertical, "left": horizontal, "bottom": vertical, "right": horizontal}
    margins = "".join(f'<w:{side} w:w="{space}" w:type="dxa"/>' for side, space in sides.items())
    properties = table._tbl.tblPr  # noqa: SLF001  # the library cannot set paddings
    indent = OxmlElement("w:tblInd", {qn("w:w"): "0", qn("w:type"): "dxa"})
    properties.insert_element_before(indent, "w:tblLayout", "w:tblLook")
    properties.insert_element_before(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"), "w:tblLook")
    return table


def unsplit(row: _Row, *, is_head: bool = False) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # no rows' properties in the library
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def fill(cell: _Cell, text: str, size: Size, *, is_centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = CELL  # noqa: SLF001  # by name the library reads all styles anew for each cell
    sized(spaced(paragraph, size).add_run(text), size)
    if is_centred:
        paragraph.alignment = ALIGN.CENTER
        cell.vertical_alignment = VERTICAL.CENTER


def close_table(document: Opened) -> None:
    """Word wants a paragraph after a table; a line of full height could fall on a sheet of its own."""
    thin(document.add_paragraph())
