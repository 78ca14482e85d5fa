"""An Excel book: its visible sheets, each as the table it holds and the lines above and below it."""

import io
from collections.abc import Iterator

import python_calamine

from kit.archives import open_archive
from roadmaps.importers.boxes import Box
from roadmaps.importers.numberformats import printed
from roadmaps.importers.sheet import Sheet
from roadmaps.importers.survey import Area, Survey, visible_sheets
from roadmaps.importers.tidying import tidy
from roadmaps.importers.worksheet import Line, blocks


def read(data: bytes) -> Sheet:
    # The survey of every sheet comes first: it refuses what would end the process inside the library.
    surveys = list(visible_sheets(open_archive(data)))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return Sheet(tuple(block for survey in surveys for block in blocks(_lines(book, survey))))


def _lines(book: python_calamine.CalamineWorkbook, survey: Survey) -> list[Line]:
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
        line = Line(row + 1, tuple(_boxes(row, texts, merged, survey)))
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
