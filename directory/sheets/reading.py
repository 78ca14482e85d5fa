"""A file becomes rows of plain texts in a child process; what is wrong with a cell is told by its row and column."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from directory.sheets.catalogue import SHEETS
from directory.sheets.checking import Row, check
from kit.confined import Bounds, Refusals, Unreadable, answer_confined, ask_confined

MOST_BYTES = 20 * 2**20
#: Everything that is wrong is counted; so many are told.
MOST_TOLD = 2_000
_MERGED = "Ячейки объединены. Разъедините их и заполните каждую."
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
    """The rows of a file in which nothing is wrong: their lines, and by the key of each column their texts."""

    lines: list[int]
    columns: dict[str, list[str]]
    wrong: list[Wrong]
    wrong_total: int
    notes: list[str]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.columns)

    def by_line(self) -> Iterator[tuple[int, dict[str, str]]]:
        keys = self.keys
        texts = zip(*self.columns.values(), strict=True)
        return ((line, dict(zip(keys, row, strict=True))) for line, row in zip(self.lines, texts, strict=True))


def read_confined(path: Path, kind: str, *, mends: Mends | None = None) -> Rows:
    """The rows of the file at ``path``; raises ``Unreadable`` with lines for its owner."""
    with path.open("rb") as document:
        told = ask_confined(__name__, [kind, mends or {}], document, bounds=_BOUNDS, refusals=_REFUSALS)
    columns = {key: texts.split("\n") if told["lines"] else [] for key, texts in told["columns"].items()}
    return Rows(**told | {"columns": columns, "wrong": [Wrong(*cell) for cell in told["wrong"]]})


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
    below = (row for row in chain(first, rows) if row[0] > heads.line and any(row[1]))
    wanted = list(_mended(below, heads.places, {int(line): cells for line, cells in mends.items()}))
    merged = [(line, "", opened.merged[line], _MERGED) for line, _ in wanted if line in opened.merged]
    checked = check(sheet, [row for row in wanted if row[0] not in opened.merged], heads.places)
    wrong = sorted([*merged, *checked.refused], key=itemgetter(0))
    if not checked.lines and not wrong:
        raise Unreadable("Под названиями столбцов пусто: заполните строки и загрузите снова.")
    return {
        "lines": checked.lines,
        # No text holds a line break; one string for a column is carried much sooner than a list of its texts.
        "columns": {key: "\n".join(texts) for key, texts in checked.columns.items()},
        "wrong": wrong[:MOST_TOLD],
        "wrong_total": len(wrong),
        "notes": [*opened.notes, *heads.notes],
    }


def _mended(rows: Iterable[Row], places: Mapping[str, int], mends: Mapping[int, Any]) -> Iterator[Row]:
    """The rows with what a person typed in place of their cells, without those left out."""
    for line, cells in rows:
        if line not in mends:
            yield line, cells
        elif (typed := mends[line]) is not None:
            by_place = dict(enumerate(cells)) | {places[key]: text for key, text in typed.items() if key in places}
            yield line, [by_place.get(place, "") for place in range(max(by_place) + 1)]


if __name__ == "__main__":
    answer_confined(_read)
