"""The Word twin of an order, for those who must edit it: the same typeset paper with headings, numbers and sections.

Every text goes in as a run of a paragraph, so no template engine ever meets it (docs/decisions/0010).
"""

import io
from collections.abc import Iterable

import segno
from docx import Document
from docx.document import Document as Opened
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph

from reports.paper import Annex, Clause, Command, Layout, Paper, Table
from reports.typesetting import typeset
from reports.wordfile import (
    BODY,
    LEVELS,
    Size,
    add_field,
    centred,
    close_table,
    count_anew,
    count_as_clause,
    dress,
    fill,
    grid,
    headed,
    lines,
    sized,
    space_letters,
    start_section,
    statement,
    unsplit,
    upright,
    width_of,
)

BLANK = "_" * 18

#: Size and height of a line in points, beside the body's own.
NOTE, SMALL, CONTACT, KIND = (12, 15), (10, 12), (9, 11), (16, 20)
UPRIGHT_CELL, WIDE_CELL = (12, 14), (11, 13)


def draw(paper: Paper) -> bytes:
    """The paper as .docx. Raises ``PaperTooLong``. About 3 ms a row of the annex."""
    paper = typeset(paper)
    document = Document()
    dress(document, title=paper.title, has_tight_cells=any(annex.is_tight for annex in paper.annexes))
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


# The order.


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
    paragraph.add_run(" ")
    run = paragraph.add_run(word)
    run.bold = True
    space_letters(run)


def add_clause(document: Opened, clause: Clause, *, numbered: bool) -> None:
    if not numbered:
        statement(document, f"{clause.number}\u00a0{clause.text}")
        return
    count_as_clause(statement(document, clause.text), depth_of(clause))


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
    unsplit(table.rows[0])
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
    count_anew(start_section(document, wide=annex.is_wide and not annex.passages))
    add_opening(document, annex, layout)
    if annex.is_wide and annex.passages:
        start_section(document, wide=True)
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
    last = None
    for passage in annex.passages:
        if passage.title:
            headed(document, passage.title, "Heading 2", before=12, after=6)
        for text in passage.statements:
            last = statement(document, text)
    if last is not None and annex.tables and not annex.is_wide and not annex.tables[0].title:
        last.paragraph_format.space_after = Pt(9)


def add_table(document: Opened, table: Table, size: Size) -> None:
    whole = width_of(document.sections[-1])
    drawn = grid(document, tuple(Length(int(width)) for width in table.widths(whole)), (Mm(1), Mm(1.5)), lined=True)
    add_row(drawn, [column.title for column in table.columns], size, is_head=True)
    for group in table.groups:
        if group.title:
            add_section_row(drawn, group.title, size)
        for row in group.rows:
            add_row(drawn, row, size)
    close_table(document)


def add_row(table: Grid, texts: Iterable[str], size: Size, *, is_head: bool = False) -> None:
    row = table.add_row()
    unsplit(row, is_head=is_head)
    for cell, text in zip(row.cells, texts, strict=True):
        fill(cell, text, size, is_centred=is_head)


def add_section_row(table: Grid, title: str, size: Size) -> None:
    row = table.add_row()
    unsplit(row)
    cells = row.cells
    merged = cells[0].merge(cells[-1])
    fill(merged, title, size, is_centred=True)
    merged.paragraphs[0].runs[0].bold = True
    merged.paragraphs[0].paragraph_format.keep_with_next = True
