"""A row that lost a cell: where it was lost, told from what the other cells hold; never without saying so."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from roadmaps.importers.columns import Columns, Role
from roadmaps.importers.grid import Line, Square
from roadmaps.importers.parties import reads_as_parties
from roadmaps.importers.understood import Problem

CLEARLY_BETTER = 3
FEWEST_CELLS = 2


@dataclass(frozen=True)
class Aligned:
    """A row with its cells under the heads they belong to, and what was noticed on the way."""

    line: Line
    problems: tuple[Problem, ...] = ()


def align(columns: Columns, line: Line, reads_as_deadline: Callable[[str], bool]) -> Aligned:
    """The row itself, or the row with an empty cell put where one is missing when that reads clearly better."""
    squares = line.squares[: columns.width]
    if len(line.filled) < FEWEST_CELLS or squares[-1].text or line.text(columns.width):
        return Aligned(line)

    def fitness(candidate: tuple[Square, ...]) -> int:
        return sum(
            _fits(role, candidate[at].text, reads_as_deadline)
            for role in columns.by_role
            for at in columns.by_role[role]
        )

    shifted = {at: (*squares[:at], Square(), *squares[at:-1]) for at in range(1, columns.width)}
    best = max(shifted, key=lambda at: (fitness(shifted[at]), at))
    if fitness(shifted[best]) < fitness(squares) + CLEARLY_BETTER:
        return Aligned(line)
    return Aligned(replace(line, squares=shifted[best]), (_missing_cell(columns, line, best),))


def _fits(role: Role, text: str, reads_as_deadline: Callable[[str], bool]) -> int:
    """How well a text sits in a column, from −2 to 2; an empty cell says nothing."""
    if not text:
        return 0
    if role is Role.DEADLINE:
        return 2 if reads_as_deadline(text) else -2
    if role is Role.RESPONSIBLE:
        return 2 if reads_as_parties(text) and not reads_as_deadline(text) else -2
    return 0


def _missing_cell(columns: Columns, line: Line, at: int) -> Problem:
    label = columns.labels[at] or "без названия"
    count = f"ячеек {line.given} вместо {columns.width}" if line.given < columns.width else "ячейки сдвинуты"
    return Problem(
        "missing_cell",
        f"В строке {count}: похоже, пропущена ячейка «{label}». Остальные отнесены к своим графам по смыслу, "
        "проверьте их.",
    )
