"""The rows of a table checked column by column: most values of a column repeat, and each of them is read once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, zip_longest
from operator import itemgetter
from typing import Any

from directory.sheets.cells import printed
from directory.sheets.columns import Column, RowCheck, Sheet

#: A row of a file: its line and its cells.
Row = tuple[int, Sequence[Any]]
#: What is wrong with a cell: the key of its column, what stands there, and a sentence that says what to do.
Complaint = tuple[str, str, str]
Columns = Mapping[str, Sequence[Any]]

_SHOWN_VALUE = 120


@dataclass
class Checked:
    """The rows in which nothing is wrong, by column, and the complaints of all others by line."""

    lines: list[int]
    columns: dict[str, list[str]]
    refused: list[tuple[int, *Complaint]] = field(default_factory=list)

    def refuse(self, complaints: Mapping[int, Collection[Complaint]]) -> None:
        """Take out the rows at these places."""
        if complaints:
            self.refused += [(self.lines[place], *told) for place, said in complaints.items() for told in said]
            stays = [place not in complaints for place in range(len(self.lines))]
            self.lines = list(compress(self.lines, stays))
            self.columns = {key: list(compress(texts, stays)) for key, texts in self.columns.items()}


def check(sheet: Sheet, rows: Sequence[Row], places: Mapping[str, int]) -> Checked:
    """First each cell, then the cells of a row beside each other; ``places`` say where each column stands."""
    cells = _by_column(rows, places)
    columns = {key: list(map(_Texts(sheet.by_key[key]).__getitem__, column)) for key, column in cells.items()}
    checked = Checked([line for line, _ in rows], columns)
    checked.refuse(_unread(checked.columns, cells))
    checked.refuse(_at_odds(checked.columns, sheet.checks))
    checked.refused.sort(key=itemgetter(0))
    return checked


def _by_column(rows: Sequence[Row], places: Mapping[str, int]) -> Columns:
    """The cells of our columns; a row that ends early has empty cells there."""
    columns = list(zip_longest(*(cells for _, cells in rows), fillvalue=""))
    blank = [""] * len(rows)
    return {key: columns[place] if place < len(columns) else blank for key, place in places.items()}


class _Wrong(str):
    """What is wrong with a value, among the texts of its column."""

    __slots__ = ()


class _Texts(dict[Any, str]):
    """The texts of one column by what stood in its cells."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._column = column

    def __missing__(self, value: Any) -> str:
        text = self[value] = self._read(printed(value))
        return text

    def _read(self, text: str) -> str:
        if self._column.is_required and not text:
            return _Wrong("Здесь пусто. Заполните ячейку.")
        try:
            return self._column.read(text)
        except ValueError as wrong:
            return _Wrong(wrong)


def _unread(columns: Columns, cells: Columns) -> dict[int, list[Complaint]]:
    """Complaints of cells by the place of their row; a row of blanks alone is no row and complains of nothing."""
    doubtful = [column for column in columns.values() if _Wrong in set(map(type, column))]
    places = {place for column in doubtful for place, text in enumerate(column) if isinstance(text, _Wrong)}
    complaints = {}
    for place in places:
        shown = {key: printed(column[place])[:_SHOWN_VALUE] for key, column in cells.items()}
        told = ((key, columns[key][place]) for key in columns if any(shown.values()))
        complaints[place] = [(key, shown[key], str(text)) for key, text in told if isinstance(text, _Wrong)]
    return complaints


def _at_odds(columns: Columns, checks: Collection[RowCheck]) -> dict[int, list[Complaint]]:
    """Complaints of cells that contradict each other, by the place of their row; the same texts are judged once."""
    complaints: dict[int, list[Complaint]] = defaultdict(list)
    for rule in checks:
        if set(rule.keys) <= columns.keys():
            rows = list(zip(*(columns[key] for key in rule.keys), strict=True))
            said = {texts: words for texts in set(rows) if (words := rule.judge(*texts))}
            for place, texts in enumerate(rows):
                if texts in said:
                    key, why = said[texts]
                    complaints[place].append((key, columns[key][place], why))
    return complaints
