"""Rows as people lay them out on a worksheet: a title and a stamp above, the table, a signature below."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from roadmaps.importers.boxes import Box, table_of
from roadmaps.importers.sheet import Paragraph, Table

#: A row with so many filled cells can be the head of a table; with fewer it is a title, a stamp or a signature.
_HEAD = 3
_NARROWEST = 2


@dataclass(frozen=True)
class Line:
    """A row that holds something; ``number`` is the one shown beside it, blank rows counted."""

    number: int
    boxes: tuple[Box, ...]

    @property
    def texts(self) -> list[str]:
        return [box.text for box in self.boxes if box.text]


def blocks(lines: Sequence[Line]) -> Iterator[Paragraph | Table]:
    """The table among ``lines``, and what stands above and below it as paragraphs."""
    first, last = _extent_of_table(lines)
    for line in lines[:first]:
        yield Paragraph(" ".join(line.texts))
    if first < last:
        yield _table(lines[first:last])
    for line in lines[last:]:
        yield Paragraph(" ".join(line.texts))


def _extent_of_table(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the table begins and ends.

    It begins with the first row that can be a head. It ends before a signature: rows of one or two filled cells
    that stand apart from it behind a blank row.
    """
    filled = [len(line.texts) for line in lines]
    enough = min(_HEAD, max(filled, default=0))
    if enough < _NARROWEST:
        return len(lines), len(lines)
    first = next(index for index, count in enumerate(filled) if count >= enough)
    # The upper row of a head with merged cells holds fewer texts than the rows under it.
    while first and filled[first - 1] >= _NARROWEST and lines[first - 1].number == lines[first].number - 1:
        first -= 1
    last = len(lines)
    for index in range(len(lines) - 1, first, -1):
        if filled[index] >= enough:
            break
        if lines[index].number > lines[index - 1].number + 1:
            last = index
    return first, last


def _table(lines: Sequence[Line]) -> Table:
    """Columns in which no row begins a text are the worksheet's, not the table's, and take no width."""
    begun = sorted({box.left for line in lines for box in line.boxes if box.text})
    rows = []
    for line in lines:
        moved = [
            replace(box, left=bisect_left(begun, box.left), right=bisect_left(begun, box.right)) for box in line.boxes
        ]
        rows.append((line.number, [box for box in moved if box.left < box.right]))
    return table_of(rows)
