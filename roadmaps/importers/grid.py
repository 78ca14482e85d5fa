"""A table's rows laid over its columns: merged cells take their width, so that a column means one thing all the way."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmaps.importers.sheet import Cell, Row, Table
from roadmaps.importers.wording import is_marked, plain


@dataclass(frozen=True)
class Square:
    """What stands in one column of one row; ``covered`` marks a column hidden under the merged cell on its left."""

    text: str = ""
    is_bold: bool = False
    spans: int = 1
    continues: bool = False
    covered: bool = False


@dataclass(frozen=True)
class Line:
    """One row over the columns; ``given`` counts the columns that its cells really covered."""

    squares: tuple[Square, ...]
    number: int
    given: int

    def text(self, column: int) -> str:
        """What stands in the column, nothing beyond the row's end."""
        return self.squares[column].text if column < len(self.squares) else ""

    @property
    def filled(self) -> list[int]:
        """The columns that hold text."""
        return [column for column, square in enumerate(self.squares) if square.text]

    @property
    def only_text(self) -> str:
        """The text of the only filled square, or of squares repeating it (a merge some writers fill in throughout)."""
        texts = {square.text for square in self.squares if square.text}
        return texts.pop() if len(texts) == 1 else ""


def lay(table: Table) -> list[Line]:
    """The rows of a table as lines of squares, all of the widest row's width."""
    width = max((row.width for row in table.rows), default=0)
    return [_line(row, width) for row in table.rows]


def text_of(lines: Iterable[Line]) -> list[str]:
    """The texts of lines in reading order, for rows that are no part of the plan."""
    return [square.text for line in lines for square in line.squares if square.text]


def _line(row: Row, width: int) -> Line:
    squares = [square for cell in row.cells for square in _squares(cell)]
    missing = width - len(squares)
    return Line((*squares, *[Square()] * missing), row.line, len(squares))


def _squares(cell: Cell) -> list[Square]:
    first = Square(plain(cell.text), is_marked(cell.text), cell.spans, cell.continues)
    return [first, *[Square(covered=True)] * (cell.spans - 1)]
