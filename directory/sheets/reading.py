"""A file becomes rows of plain texts in a child process; what is wrong with a cell is told by its row and column."""

import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from directory.sheets.catalogue import SHEETS
from directory.sheets.cells import printed
from directory.sheets.columns import Column, RowCheck, Sheet
from kit.confined import Bounds, Refusals, Unreadable, answer_confined, ask_confined

MOST_BYTES = 20 * 2**20
#: Everything that is wrong is counted; so many are told.
MOST_TOLD = 2_000
_SHOWN_VALUE = 120
_MIB = 2**20

_BOUNDS = Bounds(memory_bytes=700 * _MIB, processor_seconds=30, clock_seconds=90, answer_bytes=60 * _MIB)
_REFUSALS = Refusals(
    too_heavy="Файл слишком сложен для разбора: оставьте в нём одну таблицу и загрузите снова.",
    too_long="Разбор файла занял слишком много времени: разделите таблицу на несколько файлов.",
    broken="Файл не удалось разобрать: откройте его, сохраните заново как .xlsx и загрузите.",
)

#: What a person typed instead of cells, by line and key of the column; nothing where the row is left out.
Mends = Mapping[str, Mapping[str, str] | None]


@dataclass(frozen=True)
class Wrong:
    """A cell that is refused: where, what stands there, and a sentence that says what to do."""

    line: int
    key: str
    value: str
    why: str


@dataclass(frozen=True)
class Rows:
    """The rows of a file: ``keys`` name the texts that follow the line number in each."""

    keys: list[str]
    rows: list[list[Any]]
    wrong: list[Wrong]
    wrong_total: int
    notes: list[str]


def read_confined(path: Path, kind: str, *, mends: Mends | None = None) -> Rows:
    """The rows of the file at ``path``; raises ``Unreadable`` with lines for its owner."""
    with path.open("rb") as document:
        told = ask_confined(__name__, [kind, mends or {}], document, bounds=_BOUNDS, refusals=_REFUSALS)
    return Rows(**told | {"wrong": [Wrong(*cell) for cell in told["wrong"]]})


def _read(order: Any, document: IO[bytes]) -> dict[str, Any]:
    from directory.sheets.files import open_file  # noqa: PLC0415 - after the bounds are set
    from directory.sheets.heads import SEARCHED_ROWS, find_heads  # noqa: PLC0415

    # The child ends soon: looking for what it might forget of millions of texts takes longer than its work.
    gc.disable()
    kind, mends = order
    sheet = SHEETS[kind]
    data = document.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable(f"Файл больше {MOST_BYTES // _MIB} МБ: разделите таблицу на несколько файлов.")
    opened = open_file(data)
    rows = iter(opened.rows)
    first = list(islice(rows, SEARCHED_ROWS))
    heads = find_heads(first, sheet)
    below = chain((row for row in first if row[0] > heads.line), rows)
    reading = _Reading(sheet, heads.places, mends)
    reading.take(below, {line: name for line, name in opened.merged.items() if line >= heads.line})
    if not reading.rows and not reading.wrong:
        raise Unreadable("Под названиями столбцов пусто: заполните строки и загрузите снова.")
    return {
        "keys": reading.keys,
        "rows": reading.rows,
        "wrong": reading.wrong[:MOST_TOLD],
        "wrong_total": len(reading.wrong),
        "notes": [*opened.notes, *heads.notes],
    }


class _Refused(str):
    """What is wrong with a value, among the texts of its column."""

    __slots__ = ()


class _Known(dict[Any, str]):
    """The texts of one column by what stood in the cells: most values of a column repeat."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._column = column

    def __missing__(self, value: Any) -> str:
        text = self[value] = self._read(printed(value))
        return text

    def _read(self, text: str) -> str:
        if self._column.is_required and not text:
            return _Refused("Здесь пусто. Заполните ячейку.")
        try:
            return self._column.read(text)
        except ValueError as wrong:
            return _Refused(wrong)


class _Judged(dict[tuple[str, ...], tuple[str, str] | None]):
    """What a check says of several texts of a row at once, each time the same."""

    def __init__(self, check: RowCheck, keys: list[str]) -> None:
        super().__init__()
        self._check = check
        self.of = itemgetter(*(keys.index(key) for key in check.keys))

    def __missing__(self, texts: tuple[str, ...]) -> tuple[str, str] | None:
        said = self[texts] = self._check.judge(*texts)
        return said


class _Reading:
    """One pass over the rows of a file."""

    def __init__(self, sheet: Sheet, places: dict[str, int], mends: Mends) -> None:
        self.keys = list(places)
        self.rows: list[list[Any]] = []
        self.wrong: list[tuple[int, str, str, str]] = []
        self._mends = mends
        self._places = list(places.values())
        self._known = [_Known(sheet.by_key[key]) for key in self.keys]
        self._judged = [_Judged(check, self.keys) for check in sheet.checks if set(check.keys) <= places.keys()]
        self._width = max(self._places) + 1

    def take(self, rows: Iterator[tuple[int, list[Any]]], merged: Mapping[int, str]) -> None:
        for line, cells in rows:
            if not any(cells):
                continue
            if line in merged:
                why = "Ячейки объединены. Разъедините их и заполните каждую."
                self.wrong.append((line, "", merged[line], why))
                continue
            chosen = self._chosen(line, cells)
            if chosen:
                self._take_row(line, chosen)

    def _chosen(self, line: int, cells: list[Any]) -> list[Any] | None:
        """The cells of our columns, mended; nothing where the row is left out."""
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        chosen = [cells[place] for place in self._places]
        if not self._mends or str(line) not in self._mends:
            return chosen
        mend = self._mends[str(line)]
        return None if mend is None else [mend.get(key, cell) for key, cell in zip(self.keys, chosen, strict=True)]

    def _take_row(self, line: int, cells: list[Any]) -> None:
        texts = [known[cell] for known, cell in zip(self._known, cells, strict=True)]
        if _Refused in set(map(type, texts)):
            self._refuse(line, cells, texts)
            return
        said = [word for judged in self._judged if (word := judged[judged.of(texts)])]
        self.wrong += [(line, key, texts[self.keys.index(key)], why) for key, why in said]
        if not said:
            self.rows.append([line, *texts])

    def _refuse(self, line: int, cells: list[Any], texts: list[str]) -> None:
        """A row of blanks alone is no row."""
        shown = [printed(cell)[:_SHOWN_VALUE] for cell in cells]
        if any(shown):
            told = zip(self.keys, shown, texts, strict=True)
            self.wrong += [(line, key, cell, str(text)) for key, cell, text in told if isinstance(text, _Refused)]


if __name__ == "__main__":
    answer_confined(_read)
