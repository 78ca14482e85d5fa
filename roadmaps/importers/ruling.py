"""A table drawn with lines on a printed page: which cell each letter stands in, which cells are merged."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roadmaps.importers.boxes import Box
from roadmaps.importers.printedtext import text_of

_Cell = tuple[float, float, float, float]  # left, top, right, bottom, in points from the top left corner


@dataclass(frozen=True)
class Ruled:
    """A table on one page, or joined over several: bands of boxes from top to bottom."""

    top: float
    bands: tuple[tuple[Box, ...], ...]

    @property
    def edges(self) -> list[float]:
        return sorted({edge for band in self.bands for box in band for edge in (box.left, box.right)})


def ruled(cells: Sequence[_Cell], chars: Sequence[Mapping[str, Any]]) -> tuple[Ruled | None, list[Mapping[str, Any]]]:
    """The table of ``cells`` filled with the ``chars`` inside it, and the chars outside.

    A single cell is a frame drawn around text, not a table: nothing, and all chars.
    """
    cells = [tuple(round(edge, 1) for edge in cell) for cell in cells]  # type: ignore[misc] – four stay four
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
    inside: dict[_Cell, list[Mapping[str, Any]]] = {cell: [] for cell in cells}
    outside = []
    for char in chars:
        column = bisect_right(columns, (char["x0"] + char["x1"]) / 2) - 1
        row = bisect_right(rows, (char["top"] + char["bottom"]) / 2) - 1
        cell = held.get((row, column))
        (outside if cell is None else inside[cell]).append(char)
    texts = {cell: text_of(letters) for cell, letters in inside.items()}
    bands = []
    for top in sorted({cell[1] for cell in cells}):
        crossing = sorted(cell for cell in cells if cell[1] <= top < cell[3])
        bands.append(
            tuple(
                Box(texts[cell] if cell[1] == top else "", cell[0], cell[2], continues=cell[1] < top)
                for cell in crossing
            )
        )
    return Ruled(rows[0], tuple(bands)), outside
