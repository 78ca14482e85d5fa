"""The columns of a sheet, named once for reading, writing, the blank and the page that explains it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from directory.sheets.cells import Reader, folded, nearest


def _as_is(code: str) -> str:
    return code


@dataclass(frozen=True)
class Column:
    """One column: ``read`` brings what was typed to a plain text, ``show`` turns that into what people read."""

    key: str
    head: str
    read: Reader
    hint: str
    example: str
    show: Callable[[str], str] = _as_is
    #: The column must be there, and so must the text of each cell.
    is_required: bool = False
    #: The column must be there; what an empty cell means is decided with the registry in view.
    is_key: bool = False
    also: tuple[str, ...] = ()

    @property
    def must_be_there(self) -> bool:
        return self.is_required or self.is_key


@dataclass(frozen=True)
class RowCheck:
    """What is wrong between several cells of a row: the column to mend, by its key, and a Russian sentence.

    ``judge`` gets the plain texts of the columns ``keys``; the check is left out where one of them is not there.
    """

    keys: tuple[str, ...]
    judge: Callable[..., tuple[str, str] | None]


@dataclass(frozen=True)
class Sheet:
    """A sheet people exchange; ``checks`` look at several cells of a row at once."""

    kind: str
    columns: tuple[Column, ...]
    checks: tuple[RowCheck, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def by_head(self) -> dict[str, Column]:
        return {folded(head): column for column in self.columns for head in (column.head, *column.also)}

    def nearest_to(self, head: str) -> Column | None:
        """The column that a misspelt head probably means."""
        near = nearest(folded(head), self.by_head)
        return self.by_head[near] if near else None
