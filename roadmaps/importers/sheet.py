"""What every reader gives: the paragraphs and tables of a document, in their order, without their looks."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cell:
    r"""One physical cell as a reader met it.

    ``text`` keeps line breaks as ``\n`` and is stripped at both ends; ``spans`` counts the columns it covers.
    ``continues`` marks a cell whose text stands in the row above (a vertical merge); its own text is empty.
    """

    text: str
    spans: int = 1
    continues: bool = False


@dataclass(frozen=True)
class Row:
    """One row of cells from left to right; a cell merged over several columns stands once.

    ``line`` is where a person finds it again: a line of the text, a row of the sheet or of the table, from 1.
    """

    cells: tuple[Cell, ...]
    line: int

    @property
    def width(self) -> int:
        """Columns covered, merged ones counted."""
        return sum(cell.spans for cell in self.cells)


@dataclass(frozen=True)
class Paragraph:
    """Text outside of tables, one paragraph or heading; line breaks inside it are kept."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of one table; a table continued on the next page is one table when the reader can tell."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheet:
    """A whole document: paragraphs and tables in reading order."""

    blocks: tuple[Paragraph | Table, ...] = field(default_factory=tuple)
