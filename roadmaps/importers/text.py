"""Plain text with tabs → a sheet: rows of tabs, or one cell a line as some recognisers print a table."""

import re
from collections import Counter
from dataclasses import dataclass, field

from kit.confined import Unreadable
from roadmaps.importers.sheet import Cell, Paragraph, Row, Sheet, Table

MAX_BYTES = 20_000_000
WIDEST = 12
FEWEST_CELLS = 4
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: Of plain signs, Cyrillic letters, dashes with quotes, and «№».
HIGH_BYTES = (b"\x00", b"\x04", b"\x20", b"\x21")
MOSTLY = 0.95
MOST_LINES_IN_A_ROW = 40
OPENS_A_ROW = re.compile(r"^\d+(?:\.\d+)*[.)]?\t")
RULE = re.compile(r"^[\s|:+=_–—-]+$")  # «----|--|---», the line under a head in Markdown


def read(content: bytes) -> Sheet:
    """The paragraphs and tables of a text; raises ``Unreadable`` when it is too long or is not text at all."""
    if len(content) > MAX_BYTES:
        raise Unreadable("Файл больше 20 МБ: сохраните в нём только дорожную карту и загрузите снова.")
    return sheet(decoded(content))


def decoded(content: bytes) -> str:
    """The text in whichever of the usual encodings it was saved: UTF-8, UTF-16, Windows-1251."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded_as(content, encoding)
    if is_utf_16(content):
        return _decoded_as(content, "utf-16-be" if content[:1] in (b"\x00", b"\x04") else "utf-16-le")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _decoded_as(content, "cp1251")
    return _text_only(text)


def is_utf_16(content: bytes) -> bool:
    """Whether it is Russian text in UTF-16 without its mark: every other byte is the high one of a letter or sign."""
    high = max((content[start::2] for start in (0, 1)), key=lambda half: half.count(b"\x04"))
    return b"\x04" in high and sum(map(high.count, HIGH_BYTES)) > MOSTLY * len(high)


def sheet(text: str) -> Sheet:
    """A sheet of the text; lines with tabs are rows or cells, the rest are paragraphs."""
    lines = [line.rstrip("\r") for line in text.replace("\r\n", "\n").replace("\f", "\n").split("\n")]
    lines = ["" if "---" in line and RULE.match(line) else line for line in lines]
    if _is_cell_a_line(lines):
        return _sheet_of_cells(lines)
    return _sheet_of_rows(lines)


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return _text_only(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise Unreadable("Это не текст: сохраните документ как .docx, .xlsx, .pdf или текст в UTF-8.") from error


def _text_only(text: str) -> str:
    if "\x00" in text:
        raise Unreadable("Это не текст: сохраните документ как .docx, .xlsx, .pdf или текст в UTF-8.")
    return text


def _is_cell_a_line(lines: list[str]) -> bool:
    """Whether every line with a tab opens with its only one, as in a table printed cell under cell."""
    tabbed = [line for line in lines if "\t" in line]
    return len(tabbed) >= FEWEST_CELLS and all(
        line.startswith("\t") and "\t" not in line[1:].rstrip() for line in tabbed
    )


# -- rows of tabs ------------------------------------------------------------------------------------------------


def _sheet_of_rows(lines: list[str]) -> Sheet:
    """Blank lines and page breaks do not end a table; a line without tabs does, unless it goes on in small letters."""
    blocks: list[Paragraph | Table] = []
    rows: list[Row] = []
    paragraph: list[str] = []
    for number, line in _whole_rows(lines):
        if "\t" in line:
            _close_paragraph(paragraph, blocks)
            rows.append(Row(tuple(Cell(_stripped(text)) for text in line.split("\t")), number))
        elif not line.strip():
            _close_paragraph(paragraph, blocks)
        elif rows and not paragraph and line.strip()[0].islower():
            rows[-1] = _with_last_cell_continued(rows[-1], line.strip())
        else:
            _close_table(rows, blocks)
            paragraph.append(line.strip())
    _close_paragraph(paragraph, blocks)
    _close_table(rows, blocks)
    return Sheet(tuple(blocks))


def _whole_rows(lines: list[str]) -> list[tuple[int, str]]:
    """The lines with their numbers, a row whose cells hold line breaks joined when that makes it as wide as others."""
    usual = Counter(line.count("\t") for line in lines if "\t" in line).most_common(1)
    tabs = usual[0][0] if usual else 0
    whole: list[tuple[int, str]] = []
    index = 0
    while index < len(lines):
        taken = _lines_of_a_row(lines[index : index + MOST_LINES_IN_A_ROW], tabs) if "\t" in lines[index] else 1
        whole.append((index + 1, "\n".join(lines[index : index + taken])))
        index += taken
    return whole


def _lines_of_a_row(lines: list[str], tabs: int) -> int:
    """How many lines make one row: those that go on without opening a row of their own and end up with all its tabs."""
    found = lines[0].count("\t")
    for index, line in enumerate(lines[1:], start=1):
        if found >= tabs or not line.strip() or line.startswith("\t") or OPENS_A_ROW.match(line):
            break
        found += line.count("\t")
        if found == tabs and "\t" in line:
            return index + 1
    return 1


def _stripped(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def _with_last_cell_continued(row: Row, text: str) -> Row:
    last = row.cells[-1]
    return Row((*row.cells[:-1], Cell(f"{last.text}\n{text}".strip())), row.line)


def _close_paragraph(paragraph: list[str], blocks: list[Paragraph | Table]) -> None:
    if paragraph:
        blocks.append(Paragraph("\n".join(paragraph)))
        paragraph.clear()


def _close_table(rows: list[Row], blocks: list[Paragraph | Table]) -> None:
    if rows:
        blocks.append(Table(tuple(rows)))
        rows.clear()


# -- one cell a line ---------------------------------------------------------------------------------------------


@dataclass
class _CellLines:
    """A cell being read: its lines, and whether an empty line stood before it."""

    line: int
    follows_blank: bool
    lines: list[str] = field(default_factory=list)

    def cell(self) -> Cell:
        return Cell("\n".join(line for line in self.lines if line))


def _sheet_of_cells(lines: list[str]) -> Sheet:
    """Text before the first tab are paragraphs; from there each tab opens a cell that runs to the next one."""
    first = next(index for index, line in enumerate(lines) if line.startswith("\t"))
    before = _sheet_of_rows(lines[:first]).blocks
    cells: list[_CellLines] = []
    is_blank = False
    for number, line in enumerate(lines[first:], start=first + 1):
        if line.startswith("\t"):
            cells.append(_CellLines(number, is_blank))
        cells[-1].lines.append(line.strip())
        is_blank = not line.strip() and not line.startswith("\t")
    width = _width(cells)
    rows = tuple(
        Row(tuple(cell.cell() for cell in cells[start : start + width]), cells[start].line)
        for start in range(0, len(cells), width)
    )
    return Sheet((*before, Table(rows)))


def _width(cells: list[_CellLines]) -> int:
    """How many cells make a row: the width at which rows fill up and each of them follows an empty line.

    Empty lines stand inside cells too, so they prove nothing alone; but only at the true width (or its multiples)
    do all rows begin after one.
    """
    widths = range(2, min(WIDEST, len(cells)) + 1)
    return max(widths, key=lambda width: (_share_after_blank(cells, width), len(cells) % width == 0, -width))


def _share_after_blank(cells: list[_CellLines], width: int) -> float:
    starts = cells[width::width]
    return sum(cell.follows_blank for cell in starts) / len(starts) if starts else 0.0
