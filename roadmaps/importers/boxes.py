"""Boxes on a common ruler: what a table looks like before its columns are counted.

Word, PDF and Excel all know where a cell begins and ends, each in its own unit, and all of them know more edges
than the table has columns: a border dragged by a hair, a column that no row uses. The ruler keeps the edges that
divide something.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roadmaps.importers.sheet import Cell, Row, Table


@dataclass(frozen=True)
class Box:
    """A cell with its left and right edge in the reader's own unit."""

    text: str
    left: float
    right: float
    continues: bool = False


def table_of(rows: Iterable[tuple[int, Sequence[Box]]], *, tolerance: float = 0) -> Table:
    """The table made by ``rows``, each with its line and boxes; edges closer than ``tolerance`` are one edge.

    Where a row has no box (before its first cell, after its last, in a gap) an empty cell stands.
    """
    kept = [(line, boxes) for line, boxes in rows if boxes]
    edges = _edges((edge for _, boxes in kept for box in boxes for edge in (box.left, box.right)), tolerance)
    return Table(tuple(Row(_cells(boxes, edges), line) for line, boxes in kept))


def _edges(positions: Iterable[float], tolerance: float) -> list[float]:
    """The first position of each group, so that every position is found just right of its edge."""
    edges: list[float] = []
    last = None
    for position in sorted(set(positions)):
        if last is None or position - last > tolerance:
            edges.append(position)
        last = position
    return edges


def _cells(row: Sequence[Box], edges: list[float]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    reached = 0
    for box in sorted(row, key=lambda box: box.left):
        start = max(reached, bisect_right(edges, box.left) - 1)
        end = max(start + 1, bisect_right(edges, box.right) - 1)
        if start > reached:
            cells.append(Cell("", spans=start - reached))
        cells.append(Cell("" if box.continues else box.text, spans=end - start, continues=box.continues))
        reached = end
    if reached < len(edges) - 1:
        cells.append(Cell("", spans=len(edges) - 1 - reached))
    return tuple(cells)
