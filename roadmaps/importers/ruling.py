"""A table drawn with lines on a printed page: which cell each letter stands in, which cells are merged."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from roadmaps.importers.boxes import Box
from roadmaps.importers.printedtext import Letter, text_of

Edge = dict[str, Any]  # a line as pdfplumber gives it
_TOUCHES = 2.0
_Cell = tuple[float, float, float, float]  # left, top, right, bottom, in points from the top left corner


@dataclass(frozen=True)
class Ruled:
    """A table on one page, or joined over several: bands of boxes from top to bottom.

    ``open_at`` are the left edges of cells that no line closes at the bottom: they go on, on the next page.
    """

    top: float
    bands: tuple[tuple[Box, ...], ...]
    open_at: tuple[float, ...]

    @property
    def edges(self) -> list[float]:
        return sorted({edge for band in self.bands for box in band for edge in (box.left, box.right)})


def ruled(cells: Sequence[_Cell], chars: Sequence[Letter], across: Sequence[Edge]) -> tuple[Ruled | None, list[Letter]]:
    """The table of ``cells`` filled with the ``chars`` inside it, and the chars outside; ``across``: lines drawn.

    A single cell is a frame drawn around text, not a table: nothing, and all chars.
    """
    cells = [(round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)) for left, top, right, bottom in cells]
    if len(cells) < 2:  # noqa: PLR2004
        return None, list(chars)
    columns = sorted({edge for cell in cells for edge in (cell[0], cell[2])})
    rows = sorted({edge for cell in cells for edge in (cell[1], cell[3])})
    held: dict[tuple[int, int], _Cell] = {
        (row, column): cell
        for cell in cells
        for row in range(rows.index(cell[1]), rows.index(cell[3]))
        for column in range(columns.index(cell[0]), columns.index(cell[2]))
    }
    inside: dict[_Cell, list[Letter]] = {cell: [] for cell in cells}
    outside: list[Letter] = []
    for char in chars:
        column = bisect_right(columns, (char["x0"] + char["x1"]) / 2) - 1
        row = bisect_right(rows, (char["top"] + char["bottom"]) / 2) - 1
        cell = held.get((row, column))
        (outside if cell is None else inside[cell]).append(char)
    open_cells = [cell for cell in cells if cell[3] == rows[-1] and not _is_closed(cell, across)]
    for cell in open_cells:
        run_over = _run_over(cell, outside)
        inside[cell].extend(run_over)
        outside = [char for char in outside if char not in run_over]
    texts = {cell: text_of(letters, cell[0], cell[2]) for cell, letters in inside.items()}
    bands = []
    for top in sorted({cell[1] for cell in cells}):
        crossing = sorted(cell for cell in cells if cell[1] <= top < cell[3])
        bands.append(
            tuple(
                Box(texts[cell] if cell[1] == top else "", cell[0], cell[2], continues=cell[1] < top)
                for cell in crossing
            )
        )
    return Ruled(rows[0], tuple(bands), tuple(cell[0] for cell in open_cells)), outside


def _is_closed(cell: _Cell, across: Sequence[Edge]) -> bool:
    middle = (cell[0] + cell[2]) / 2
    return any(edge["x0"] <= middle <= edge["x1"] and abs(edge["top"] - cell[3]) <= _TOUCHES for edge in across)


def _run_over(cell: _Cell, chars: Sequence[Letter]) -> list[Letter]:
    """Letters that a printer let run out of an open cell below its borders, line after line without a gap."""
    below = [
        char for char in chars if cell[0] < char["x0"] and char["x1"] < cell[2] and char["bottom"] > cell[3] - _TOUCHES
    ]
    reached = cell[3]
    run_over = []
    for char in sorted(below, key=lambda char: char["top"]):
        if char["top"] > reached + (char["bottom"] - char["top"]):
            break
        run_over.append(char)
        reached = max(reached, char["bottom"])
    return run_over
