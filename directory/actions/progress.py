"""How far the writing of a sheet is, told beside the database: nobody sees into a transaction before it ends."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.core.files.storage import default_storage

from directory.models import SheetImport

T = TypeVar("T")

_EVERY = 200
_WHOLE = 100


@dataclass
class Progress:
    """Counts what passes on its way into the database, and notes from time to time how many percent that is."""

    note: Path
    total: int = 0
    done: int = 0

    def passing(self, rows: Iterable[T]) -> Iterator[T]:
        """The same rows, counted."""
        for row in rows:
            yield row
            self.done += 1
            if self.done % _EVERY == 0:
                self._tell()

    def _tell(self) -> None:
        """Whoever reads meanwhile finds a whole number: the old one or the new one."""
        draft = self.note.with_suffix(".new")
        draft.write_text(str(min(_WHOLE, _WHOLE * self.done // max(self.total, 1))))
        draft.replace(self.note)


@contextmanager
def progress_of(sheet_import: SheetImport) -> Iterator[Progress]:
    """A count that is forgotten when the writing is over, however it ends."""
    try:
        yield Progress(_note(sheet_import))
    finally:
        forget_progress(sheet_import)


def forget_progress(sheet_import: SheetImport) -> None:
    """Take away what a killed worker has left as well."""
    _note(sheet_import).unlink(missing_ok=True)


def percent_written(sheet_import: SheetImport) -> int | None:
    """How much of the sheet has gone into the database; nothing where that is not known."""
    with suppress(OSError, ValueError):
        return int(_note(sheet_import).read_text())
    return None


def _note(sheet_import: SheetImport) -> Path:
    return Path(default_storage.path(f"{sheet_import.file.name}-progress"))
