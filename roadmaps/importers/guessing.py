"""A plan without a head: its columns told by what stands in them."""

from collections.abc import Callable, Sequence

from roadmaps.importers.columns import Columns, Role
from roadmaps.importers.grid import Line
from roadmaps.importers.parties import reads_as_parties
from roadmaps.importers.rows import NUMBER

ROWS_TRIED = 40
FEWEST_ROWS = 3
MOSTLY = 0.6


def guess_columns(lines: Sequence[Line], reads_as_deadline: Callable[[str], bool]) -> Columns | None:
    """The columns of a headless table, or nothing unless one holds days, and another longer texts beside it."""
    rows = [line for line in lines[:ROWS_TRIED] if len(line.filled) > 1]
    if len(rows) < FEWEST_ROWS:
        return None
    width = len(rows[0].squares)
    left = list(range(width))
    by_role: dict[Role, tuple[int, ...]] = {}
    tests = ((Role.NUMBER, _is_number), (Role.DEADLINE, reads_as_deadline), (Role.RESPONSIBLE, reads_as_parties))
    for role, is_such in tests:
        best = max(left, key=lambda column: _share(rows, column, is_such), default=None)
        if best is not None and _share(rows, best, is_such) >= MOSTLY:
            by_role[role] = (best,)
            left.remove(best)
    if Role.DEADLINE not in by_role or not left:
        return None
    by_role[Role.TEXT] = (max(left, key=lambda column: sum(len(line.text(column)) for line in rows)),)
    return Columns(by_role, ("",) * width)


def _is_number(text: str) -> bool:
    return NUMBER.match(text) is not None


def _share(rows: Sequence[Line], column: int, is_such: Callable[[str], bool]) -> float:
    return sum(bool(line.text(column)) and is_such(line.text(column)) for line in rows) / len(rows)
