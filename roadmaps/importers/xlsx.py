"""An Excel book: its visible sheets, each as the table it holds and the lines above and below it."""

import io
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

import python_calamine

from roadmaps.importers.archive import open_archive
from roadmaps.importers.boxes import Box, table_of
from roadmaps.importers.numberformats import printed
from roadmaps.importers.sheet import Paragraph, Sheet, Table
from roadmaps.importers.survey import Area, Survey, visible_sheets
from roadmaps.importers.tidying import tidy

#: A row with so many filled cells can be the head of a table; with fewer it is a title, a stamp or a signature.
_HEAD = 3


def read(data: bytes) -> Sheet:
    # The survey of every sheet comes first: it refuses what would end the process inside the library.
    surveys = list(visible_sheets(open_archive(data)))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return Sheet(tuple(block for survey in surveys for block in _blocks(_lines(book, survey))))


@dataclass(frozen=True)
class _Line:
    """A row of the sheet with something in it; ``number`` as Excel shows it beside the row."""

    number: int
    boxes: tuple[Box, ...]

    @property
    def texts(self) -> list[str]:
        return [box.text for box in self.boxes if box.text]


def _lines(book: python_calamine.CalamineWorkbook, survey: Survey) -> list[_Line]:
    values = book.get_sheet_by_name(survey.name).to_python(skip_empty_area=False)
    texts = {
        (row, column): tidy(printed(value, survey.formats.get((row, column), "")))
        for row, row_of_values in enumerate(values)
        for column, value in enumerate(row_of_values)
        if value != ""
    }
    merged = _merged(survey)
    lines = []
    for row in range(survey.rows):
        if row in survey.hidden_rows:
            continue
        line = _Line(row + 1, tuple(_boxes(row, texts, merged, survey)))
        if line.texts:
            lines.append(line)
    return lines


def _merged(survey: Survey) -> dict[tuple[int, int], Area]:
    """Every filled-in position of every merged range, the ranges cut to where the sheet has values."""
    return {
        (row, column): area
        for area in survey.merged
        for row in range(area.top, min(area.bottom + 1, survey.rows))
        for column in range(area.left, min(area.right + 1, survey.columns))
    }


def _boxes(
    row: int, texts: dict[tuple[int, int], str], merged: dict[tuple[int, int], Area], survey: Survey
) -> Iterator[Box]:
    column = 0
    while column < survey.columns:
        area = merged.get((row, column), Area(row, column, row, column))
        right = min(area.right + 1, survey.columns)
        if not survey.hidden_columns.issuperset(range(column, right)):
            # A merged range whose first rows are hidden shows its text in the first row that is seen.
            first_seen = next((r for r in range(area.top, row) if r not in survey.hidden_rows), row)
            continues = first_seen < row
            yield Box("" if continues else texts.get((area.top, area.left), ""), column, right, continues)
        column = right


def _blocks(lines: list[_Line]) -> Iterator[Paragraph | Table]:
    first, last = _extent_of_table(lines)
    for line in lines[:first]:
        yield Paragraph(" ".join(line.texts))
    if first < last:
        yield _table(lines[first:last])
    for line in lines[last:]:
        yield Paragraph(" ".join(line.texts))


def _extent_of_table(lines: list[_Line]) -> tuple[int, int]:
    """Where the table begins and ends among ``lines``.

    It begins with the first row that can be a head. It ends before a signature: rows of one or two filled cells
    that stand apart from it behind a blank row.
    """
    filled = [len(line.texts) for line in lines]
    enough = min(_HEAD, max(filled, default=0))
    if enough < 2:  # noqa: PLR2004 – a table has at least two columns
        return len(lines), len(lines)
    first = next(index for index, count in enumerate(filled) if count >= enough)
    last = len(lines)
    for index in range(len(lines) - 1, first, -1):
        if filled[index] >= enough:
            break
        if lines[index].number > lines[index - 1].number + 1:
            last = index
    return first, last


def _table(lines: list[_Line]) -> Table:
    """Columns in which no row begins a text are the sheet's, not the table's, and take no width."""
    begun = sorted({box.left for line in lines for box in line.boxes if box.text})
    rows = []
    for line in lines:
        moved = [
            replace(box, left=bisect_left(begun, box.left), right=bisect_left(begun, box.right)) for box in line.boxes
        ]
        rows.append((line.number, [box for box in moved if box.left < box.right]))
    return table_of(rows)
