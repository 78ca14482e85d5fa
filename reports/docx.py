"""The Word twin of an order, for those who must edit it: the same typeset paper with headings, numbers and sections.

Every text goes in as a run of a paragraph, so no template engine ever meets it (docs/decisions/0010).
"""

import io
from collections.abc import Iterable

import segno
from docx import Document
from docx.document import Document as Opened
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
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

from reports.paper import Annex, Clause, Command, Layout, Paper, Table
from reports.typesetting import typeset

FACE, FALLBACK = "PT Serif", "Times New Roman"
LONG, SHORT = Mm(297), Mm(210)
LEFT, RIGHT, TOP, BOTTOM = Mm(30), Mm(10), Mm(20), Mm(20)
INDENT = Mm(12.5)
CELL = "Ячейка"
BLANK = "_" * 18

#: Size and height of a line in points, as static/css/paper/order.css sets them.
BODY, NOTE, SMALL, CONTACT, KIND = (14, 18), (12, 15), (10, 12), (9, 11), (16, 20)
UPRIGHT_CELL, WIDE_CELL = (12, 14), (11, 13)

#: The numbering of clauses: any definition of the stock template has a smaller number.
NUMBERING, LEVELS = "9000", 4


def draw(paper: Paper) -> bytes:
    """The paper as .docx. Raises ``PaperTooLong``. About 3 ms a row of the annex."""
    paper = typeset(paper)
    document = Document()
    dress(document, paper)
    section = document.sections[0]
    upright(section)
    if paper.is_order:
        add_first_sheet(section, paper)
        add_head(document, paper)
        add_text(document, paper)
        add_signature(document, paper)
    for annex in paper.annexes:
        add_annex(document, annex, paper.layout)
    drawn = io.BytesIO()
    document.save(drawn)
    return drawn.getvalue()


# The dress: styles, language, properties.


def dress(document: Opened, paper: Paper) -> None:
    properties = document.core_properties
    properties.title, properties.language = paper.title[:255], "ru-RU"
    properties.author = properties.comments = ""
    normal = document.styles["Normal"]
    set_face(normal, *BODY)
    normal.paragraph_format.space_after = Pt(0)
    hyphenate(normal, allowed=False)
    cell = document.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    hyphenate(cell, allowed=any(annex.is_tight for annex in paper.annexes))
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


def add_first_sheet(section: Section, paper: Paper) -> None:
    """Numbers of the sheets from the second; on the first one the mark of a draft and the square code."""
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    sized(add_field(number, "PAGE"), NOTE)
    if paper.is_draft:
        mark = section.first_page_header.paragraphs[0]
        mark.alignment = ALIGN.RIGHT
        sized(mark.add_run("ПРОЕКТ"), NOTE)
    if paper.code and paper.layout is Layout.GOST_2025:
        section.footer_distance = Mm(18)
        place = section.first_page_footer.paragraphs[0]
        place.alignment = ALIGN.RIGHT
        place.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        place.add_run().add_picture(code_of(paper), width=Mm(22))


def code_of(paper: Paper) -> io.BytesIO:
    picture = io.BytesIO()
    segno.make(paper.code, error="m", micro=False).save(picture, kind="png", scale=8, border=0)
    picture.seek(0)
    return picture


def add_field(paragraph: Paragraph, name: str) -> Run:
    run = paragraph.add_run()
    for kind in ("begin", "end"):
        run._r.append(OxmlElement("w:fldChar", {qn("w:fldCharType"): kind}))  # noqa: SLF001  # no fields in the library
    instruction = OxmlElement("w:instrText")
    instruction.text = name
    run._r.insert(1, instruction)  # noqa: SLF001  # likewise
    return run


# The order.


def add_head(document: Opened, paper: Paper) -> None:
    head = paper.head
    if head.founder:
        centred(document, head.founder, NOTE, after=6)
    centred(document, head.full_title.upper(), BODY).runs[0].bold = True
    if head.short_title:
        centred(document, f"({head.short_title})", BODY)
    for place, contact in enumerate(head.contacts):
        centred(document, contact, CONTACT, before=0 if place else 6)
    centred(document, paper.kind, KIND, before=18).runs[0].bold = True

    day, number = (BLANK, BLANK) if paper.is_draft else (paper.dated, paper.number)
    registered = lines(document, f"{day}\t№\u00a0{number}", BODY, before=12)
    registered.paragraph_format.tab_stops.add_tab_stop(width_of(document.sections[-1]), WD_TAB_ALIGNMENT.RIGHT)
    if head.place:
        centred(document, head.place, NOTE, before=6)


def add_text(document: Opened, paper: Paper) -> None:
    if paper.heading:
        heading = document.add_paragraph(paper.heading, "Heading 1")
        heading.runs[0].bold = False
        heading.paragraph_format.space_before = Pt(18)
        heading.paragraph_format.right_indent = width_of(document.sections[-1]) - Mm(paper.layout.corner)
    first = len(document.paragraphs)
    if paper.preamble:
        preamble = statement(document, paper.preamble)
        if paper.command is Command.SPACED:
            add_spaced(preamble, f"{paper.command_word.lower()}:")
    if paper.command is Command.LINE:
        command = lines(document, f"{paper.command_word.upper()}:", BODY, before=6, after=6)
        command.runs[0].bold = True
        command.paragraph_format.keep_with_next = True
    numbered = are_numbered_alike(paper.clauses)
    for clause in paper.clauses:
        add_clause(document, clause, numbered=numbered)
    written = document.paragraphs[first:]
    if written:
        written[0].paragraph_format.space_before = Pt(18)
    for paragraph in written[-2:]:
        paragraph.paragraph_format.keep_with_next = True


def add_spaced(paragraph: Paragraph, word: str) -> None:
    """A word spaced as custom has it, by the run's own spacing: a search finds it all the same."""
    paragraph.add_run(" ")
    run = paragraph.add_run(word)
    run.bold = True
    twentieths_of_a_point = "60"
    run._r.get_or_add_rPr().insert_element_before(  # noqa: SLF001  # the library cannot space letters
        OxmlElement("w:spacing", {qn("w:val"): twentieths_of_a_point}), "w:sz", "w:lang"
    )


def add_clause(document: Opened, clause: Clause, *, numbered: bool) -> None:
    if not numbered:
        statement(document, f"{clause.number}\u00a0{clause.text}")
        return
    properties = statement(document, clause.text)._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  # no numbering there
    properties.get_or_add_ilvl().val = depth_of(clause)
    properties.get_or_add_numId().val = int(NUMBERING)


def are_numbered_alike(clauses: Iterable[Clause]) -> bool:
    """Whether Word, counting by itself, would print the numbers of the paper; otherwise they are typed."""
    counts = [0] * LEVELS
    for clause in clauses:
        depth = depth_of(clause)
        if depth not in range(LEVELS):
            return False
        counts[depth:] = [counts[depth] + 1] + [0] * (LEVELS - depth - 1)
        if clause.number != "".join(f"{count}." for count in counts[: depth + 1]):
            return False
    return True


def depth_of(clause: Clause) -> int:
    return clause.number.count(".") - 1


def add_signature(document: Opened, paper: Paper) -> None:
    """Post and name on the level of the post's last line; the performer at the foot of the same sheet."""
    gap = lines(document, "", BODY)
    gap.paragraph_format.line_spacing = Pt(54)
    gap.paragraph_format.keep_with_next = True
    post_width: Length = Mm(paper.layout.corner)
    whole = width_of(document.sections[-1])
    table = grid(document, (post_width, Length(whole - post_width)), (0, 0))
    post, name = table.add_row().cells
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  # no rows' properties there
    post.paragraphs[0].add_run(paper.signature.post)
    name.paragraphs[0].add_run(paper.signature.name)
    name.paragraphs[0].alignment = ALIGN.RIGHT
    name.vertical_alignment = VERTICAL.BOTTOM
    if not paper.performer:
        close_table(document)
    else:
        performer = lines(document, "\n".join(paper.performer), SMALL)
        post.paragraphs[0].paragraph_format.keep_with_next = True
        performer.paragraph_format.space_before = Pt(12)


# Annexes.


def add_annex(document: Opened, annex: Annex, layout: Layout) -> None:
    section = annex_section(document, wide=annex.is_wide and not annex.passages)
    section.different_first_page_header_footer = True
    numbers = OxmlElement("w:pgNumType", {qn("w:start"): "1"})
    section._sectPr.insert_element_before(  # noqa: SLF001  # the library cannot start the count of sheets anew
        numbers, "w:cols", "w:titlePg", "w:docGrid"
    )
    for part in (section.first_page_header, section.first_page_footer):
        part.is_linked_to_previous = False
    add_opening(document, annex, layout)
    if annex.is_wide and annex.passages:
        annex_section(document, wide=True)
    for place, table in enumerate(annex.tables):
        if table.title:
            headed(document, table.title, "Heading 2", before=12, after=6)
        elif place:
            lines(document, "", SMALL)
        add_table(document, table, WIDE_CELL if annex.is_wide else UPRIGHT_CELL)


def add_opening(document: Opened, annex: Annex, layout: Layout) -> None:
    """The mark, the title and the text part of an annex."""
    if annex.mark:
        mark = lines(document, "\n".join(annex.mark), NOTE)
        mark.paragraph_format.left_indent = width_of(document.sections[-1]) - Mm(layout.corner)
    if annex.title:
        headed(document, annex.title, "Heading 1", before=18, after=12)
    for passage in annex.passages:
        if passage.title:
            headed(document, passage.title, "Heading 2", before=12, after=6)
        for text in passage.statements:
            statement(document, text)


def annex_section(document: Opened, *, wide: bool) -> Section:
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


def add_table(document: Opened, table: Table, size: tuple[float, float]) -> None:
    whole = width_of(document.sections[-1])
    drawn = grid(document, tuple(Length(int(width)) for width in table.widths(whole)), (Mm(1), Mm(1.5)), lined=True)
    add_row(drawn, [column.title for column in table.columns], size, is_head=True)
    for group in table.groups:
        if group.title:
            add_section_row(drawn, group.title, size)
        for row in group.rows:
            add_row(drawn, row, size)
    close_table(document)


def close_table(document: Opened) -> None:
    """Word wants a paragraph after a table; a line of full height could fall on a sheet of its own."""
    thin(document.add_paragraph())


def thin(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.line_spacing = Pt(1)


def add_row(table: Grid, texts: Iterable[str], size: tuple[float, float], *, is_head: bool = False) -> None:
    row = table.add_row()
    unsplit(row, is_head=is_head)
    for cell, text in zip(row.cells, texts, strict=True):
        fill(cell, text, size, is_centred=is_head)


def add_section_row(table: Grid, title: str, size: tuple[float, float]) -> None:
    row = table.add_row()
    unsplit(row)
    cells = row.cells
    merged = cells[0].merge(cells[-1])
    fill(merged, title, size, is_centred=True)
    merged.paragraphs[0].runs[0].bold = True
    merged.paragraphs[0].paragraph_format.keep_with_next = True


def unsplit(row: _Row, *, is_head: bool = False) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # no rows' properties in the library
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def fill(cell: _Cell, text: str, size: tuple[float, float], *, is_centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = CELL  # noqa: SLF001  # by name the library reads all styles anew for each cell
    sized(spaced(paragraph, size).add_run(text), size)
    if is_centred:
        paragraph.alignment = ALIGN.CENTER
        cell.vertical_alignment = VERTICAL.CENTER


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


# Paragraphs.


def lines(document: Opened, text: str, size: tuple[float, float], *, before: float = 0, after: float = 0) -> Paragraph:
    paragraph = spaced(document.add_paragraph(), size)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    sized(paragraph.add_run(text), size)
    return paragraph


def centred(
    document: Opened, text: str, size: tuple[float, float], *, before: float = 0, after: float = 0
) -> Paragraph:
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


def spaced(paragraph: Paragraph, size: tuple[float, float]) -> Paragraph:
    paragraph.paragraph_format.line_spacing = Pt(size[1])
    return paragraph


def sized(run: Run, size: tuple[float, float]) -> Run:
    run.font.size = Pt(size[0])
    return run


def width_of(section: Section) -> Length:
    """What a sheet of the section holds between its margins."""
    sheet = LONG if section.orientation == WD_ORIENT.LANDSCAPE else SHORT
    return Length(sheet - LEFT - RIGHT)
