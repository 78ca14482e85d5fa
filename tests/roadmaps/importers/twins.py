"""The same document as Word, Excel, PDF and the clipboard would hold it, made from the text it was typed off.

A text keeps rows broken over pages and lost merges; its author had whole cells. ``whole`` gives those back, the
builders then do what the programs really do: merge cells, repeat heads, number rows, break rows over pages.
"""

import html
import io
import re
from pathlib import Path

import docx
import openpyxl
import weasyprint
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl.styles import Alignment, Border, Side

from roadmaps.importers import text
from roadmaps.importers.sheet import Cell, Paragraph, Row, Sheet, Table

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
FORMATS = ("docx", "xlsx", "pdf", "html")

_MARKUP = re.compile(r"</?b>|\*\*|^\*(?=\[|\S.*\*$)|(?<=\S)\*$", re.MULTILINE)
_NUMBER = re.compile(r"\d{1,3}\.")
_BEGINNING = re.compile(r"(?:[\d. ]+ )?[А-ЯЁ]")
_LIST_MARK = re.compile(r"(?:- )?(?:\d{1,2}[.)]|[-–])\s")


def build(number: int, kind: str) -> bytes:
    """The twin of seed ``number`` as one of ``FORMATS``."""
    return BUILDERS[kind](whole(text.read(seed(number))))


def seed(number: int) -> bytes:
    return (SEEDS / f"{number:03}.txt").read_bytes()


# -- what the author had -----------------------------------------------------------------------------------------


def whole(sheet: Sheet) -> Sheet:
    """``sheet`` with merged cells merged again and rows broken over pages in one piece."""
    return Sheet(
        tuple(
            _table(block) if isinstance(block, Table) else Paragraph(_MARKUP.sub("", block.text))
            for block in sheet.blocks
        )
    )


def head_height(table: Table) -> int:
    """Rows of the head: two when its second row only continues or divides the first."""
    second = table.rows[1].cells
    return 2 if second[0].continues else 1


def _table(table: Table) -> Table:
    texts = [[_MARKUP.sub("", cell.text) for cell in row.cells] for row in table.rows]
    has_two_levels = "" in texts[0][1:] and not texts[1][0]
    head = _two_levels(texts[0], texts[1]) if has_two_levels else [_one_level(texts[0])]
    body = _joined([_filled_up(row, len(texts[0])) for row in texts[len(head) :]])
    is_numbered = any(_NUMBER.fullmatch(row[0]) for row in body)
    cells = [*head, *((_numbered if is_numbered else _grouped)(row) for row in body)]
    return Table(tuple(Row(tuple(row), line) for line, row in enumerate(cells, start=1)))


def _one_level(head: list[str]) -> list[Cell]:
    cells: list[Cell] = []
    for title in head:
        if title or not cells:
            cells.append(Cell(title))
        else:
            cells[-1] = Cell(cells[-1].text, spans=cells[-1].spans + 1)
    return cells


def _two_levels(upper: list[str], lower: list[str]) -> list[list[Cell]]:
    top, bottom = [], []
    for index, title in enumerate(upper):
        if not title and index:
            top[-1] = Cell(top[-1].text, spans=top[-1].spans + 1)
            bottom.append(Cell(lower[index]))
        elif index + 1 < len(upper) and not upper[index + 1]:
            top.append(Cell(title))
            bottom.append(Cell(lower[index]))
        else:
            top.append(Cell(f"{title}\n{lower[index]}".strip()))
            bottom.append(Cell("", continues=True))
    return [top, bottom]


def _filled_up(row: list[str], width: int) -> list[str]:
    """An empty cell that the recogniser lost stood before the last column, the only one that never is empty."""
    return [*row[:-1], *[""] * (width - len(row)), row[-1]]


def _joined(rows: list[list[str]]) -> list[list[str]]:
    """A row that goes on from the one before it: no number, and no beginning of a sentence."""
    joined: list[list[str]] = []
    for row in rows:
        first = next((value for value in row if value), "")
        goes_on = not _BEGINNING.match(first) or " " not in first
        if joined and goes_on and not _NUMBER.fullmatch(row[0]) and not (row[0] == "" and _is_grouped(rows)):
            joined[-1] = [_with_line(above, below) for above, below in zip(joined[-1], row, strict=True)]
        else:
            joined.append(row)
    return joined


def _with_line(above: str, below: str) -> str:
    """A line of specks that the recogniser took for signs was never in the cell."""
    return f"{above}\n{below}".strip() if any(map(str.isalnum, below)) else above


def _is_grouped(rows: list[list[str]]) -> bool:
    """Whether the first column holds tasks, each over several rows, and not numbers."""
    return not any(_NUMBER.fullmatch(row[0]) for row in rows)


def _numbered(row: list[str]) -> list[Cell]:
    filled = [value for value in row if value]
    return [Cell(filled[0], spans=len(row))] if len(filled) == 1 else [Cell(value) for value in row]


def _grouped(row: list[str]) -> list[Cell]:
    """A task and its indicators stand over all rows of the task."""
    last = len(row) - 1
    return [Cell(value, continues=not row[0] and not value and index in {0, last}) for index, value in enumerate(row)]


# -- Word --------------------------------------------------------------------------------------------------------


def docx_of(sheet: Sheet, *, split_at: int | None = None) -> bytes:
    """A Word document; ``split_at`` cuts its tables in two before that row, as people do at the end of a page."""
    document = docx.Document()
    for block in sheet.blocks:
        if isinstance(block, Paragraph):
            for paragraph in _typed_paragraphs(block.text):
                _type(document.add_paragraph(), paragraph)
        elif split_at is None:
            _add_table(document, block.rows, head_height(block))
        else:
            _add_table(document, block.rows[:split_at], head_height(block))
            document.add_paragraph()
            _add_table(document, block.rows[split_at:], 0)
    return _saved(document)


def _typed_paragraphs(text: str) -> list[str]:
    """Lines that begin a list item or follow a finished sentence are paragraphs; the others are broken by hand."""
    paragraphs: list[str] = []
    for line in text.split("\n"):
        if paragraphs and not _LIST_MARK.match(line) and not paragraphs[-1].endswith((".", ";", ":")):
            paragraphs[-1] += f"\n{line}"
        else:
            paragraphs.append(line)
    return paragraphs


def _type(paragraph, text: str) -> None:
    for index, line in enumerate(text.split("\n")):
        run = paragraph.add_run()
        if index:
            run.add_break()
        run.add_text(line)


def _add_table(document, rows: tuple[Row, ...], head: int) -> None:
    table = document.add_table(rows=len(rows), cols=max(row.width for row in rows), style="Table Grid")
    numbering = _automatic_numbering(document) if _counts_on(rows) else None
    for index, (row, typed) in enumerate(zip(table.rows, rows, strict=True)):
        if index < head:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        _fill(row, typed, numbering)


def _fill(row, typed: Row, numbering: str | None) -> None:
    physical = list(row._tr.tc_lst)
    column = 0
    for cell in typed.cells:
        tc, *swallowed = physical[column : column + cell.spans]
        for extra in swallowed:
            row._tr.remove(extra)
        properties = tc.get_or_add_tcPr()
        if cell.spans > 1:
            properties.grid_span = cell.spans
        if cell.continues:
            properties.append(OxmlElement("w:vMerge"))
        paragraph = docx.text.paragraph.Paragraph(tc.p_lst[0], None)
        if numbering and _NUMBER.fullmatch(cell.text):
            _number(paragraph, numbering)
        else:
            _type(paragraph, cell.text)
        column += cell.spans
    for missing in physical[column:]:
        row._tr.remove(missing)


def _counts_on(rows: tuple[Row, ...]) -> bool:
    """Whether the rows are numbered through, so that Word's own numbering was likely used."""
    numbers = [row.cells[0].text for row in rows if _NUMBER.fullmatch(row.cells[0].text)]
    return len(numbers) > 1 and numbers == [f"{number}." for number in range(1, len(numbers) + 1)]


def _automatic_numbering(document) -> str:
    """A list «1.», «2.», … of its own; the default template's numbering part holds it."""
    numbering = document.part.numbering_part.element
    definition = OxmlElement("w:abstractNum")
    definition.set(qn("w:abstractNumId"), "900")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("w:start", "1"), ("w:numFmt", "decimal"), ("w:lvlText", "%1.")):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        level.append(child)
    definition.append(level)
    numbering.insert(0, definition)
    return str(numbering.add_num(900).numId)


def _number(paragraph, numbering: str) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = int(numbering)


def _saved(document) -> bytes:
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


# -- Excel -------------------------------------------------------------------------------------------------------


def xlsx_of(sheet: Sheet) -> bytes:
    """A book of one worksheet: paragraphs merged over the table's width, a blank row around the table."""
    book = openpyxl.Workbook()
    worksheet = book.active
    width = max((row.width for block in sheet.blocks if isinstance(block, Table) for row in block.rows), default=1)
    line = 1
    for block in sheet.blocks:
        if isinstance(block, Paragraph):
            for paragraph in _typed_paragraphs(block.text):
                worksheet.cell(line, 1, paragraph)
                worksheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=width)
                line += 1
        else:
            line = _write_table(worksheet, block, line + 1) + 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_table(worksheet, table: Table, line: int) -> int:
    side = Side(style="thin")
    hanging: dict[int, int] = {}
    for offset, row in enumerate([*table.rows, None]):
        column = 1
        begun = {}
        for cell in row.cells if row else ():
            if not cell.continues:
                begun[column] = line + offset
                written = worksheet.cell(line + offset, column, cell.text or None)
                written.alignment = Alignment(wrap_text=True, vertical="top")
                written.border = Border(left=side, right=side, top=side, bottom=side)
                if cell.spans > 1:
                    worksheet.merge_cells(
                        start_row=line + offset, end_row=line + offset,
                        start_column=column, end_column=column + cell.spans - 1,
                    )  # fmt: skip
            column += cell.spans
        for start, since in [*hanging.items()]:
            if (start in begun or row is None or column <= start) and line + offset - 1 > since:
                worksheet.merge_cells(
                    start_row=since, end_row=line + offset - 1, start_column=start, end_column=start
                )  # fmt: skip
        hanging = {start: since for start, since in hanging.items() if start not in begun} | begun
    return line + len(table.rows)


# -- the clipboard and paper -------------------------------------------------------------------------------------


def html_of(sheet: Sheet) -> bytes:
    """What Word puts on the clipboard."""
    opening = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">'
        "<head><meta name=ProgId content=Word.Document><style><!-- p.MsoNormal {margin:0cm} --></style></head>"
        "<body lang=RU><!--StartFragment-->"
    )
    return (opening + _body(sheet, "<o:p></o:p>") + "<!--EndFragment--></body></html>").encode()


def pdf_of(sheet: Sheet) -> bytes:
    """Pages as a printer gets them: the head repeated, rows broken wherever a page ends."""
    style = (
        "@page { size: A4 landscape; margin: 2cm } body { font: 10pt 'PT Serif', 'DejaVu Serif' }"
        "p { margin: 0 0 6pt } table { border-collapse: collapse; width: 100% }"
        "td, th { border: 0.5pt solid black; padding: 3pt; vertical-align: top; font-weight: normal }"
    )
    page = f"<html lang=ru><style>{style}</style><body>{_body(sheet, '')}</body></html>"
    return weasyprint.HTML(string=page).write_pdf()


def _body(sheet: Sheet, mark: str) -> str:
    parts = []
    for block in sheet.blocks:
        if isinstance(block, Paragraph):
            parts.extend(f"<p class=MsoNormal>{_lines(p)}{mark}</p>\n" for p in _typed_paragraphs(block.text))
        else:
            parts.append(_html_table(block, mark))
    return "".join(parts)


def _html_table(table: Table, mark: str) -> str:
    height = head_height(table)
    rows = ["".join(_html_row(table, index, mark)) for index in range(len(table.rows))]
    head, body = "".join(rows[:height]), "".join(rows[height:])
    return f"<table class=MsoTableGrid border=1><thead>{head}</thead><tbody>{body}</tbody></table>\n"


def _html_row(table: Table, index: int, mark: str):
    yield "<tr>"
    column = 0
    for cell in table.rows[index].cells:
        if not cell.continues:
            below = _rows_below(table, index, column)
            spans = f" colspan={cell.spans}" * (cell.spans > 1) + f" rowspan={below + 1}" * (below > 0)
            yield f"<td{spans}><p class=MsoNormal>{_lines(cell.text)}{mark}</p></td>\n"
        column += cell.spans
    yield "</tr>"


def _rows_below(table: Table, index: int, column: int) -> int:
    below = 0
    for row in table.rows[index + 1 :]:
        edge = 0
        for cell in row.cells:
            if edge == column and cell.continues:
                break
            edge += cell.spans
        else:
            return below
        below += 1
    return below


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")


BUILDERS = {"docx": docx_of, "xlsx": xlsx_of, "pdf": pdf_of, "html": html_of}
