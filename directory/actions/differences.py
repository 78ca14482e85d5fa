"""What a sheet would change in the registry, told so that a person can decide, and so that two can be told apart."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from directory.models import Account, Municipality, Organisation
from directory.sheets.columns import Sheet
from directory.sheets.reading import Rows, Wrong

Row = Mapping[str, str]

#: The page tells so many of each; the counts are of all.
TOLD = 200


@dataclass(frozen=True)
class Scope:
    """Whose records a sheet may touch: one organisation's, or the whole municipality's; and who brings it."""

    municipality: Municipality
    organisation: Organisation | None
    by: Account


class Refusal(NamedTuple):
    """Why a row is refused: the key of the column to mend, what stands there, and a sentence that says what to do."""

    key: str
    value: str
    why: str


@dataclass(frozen=True)
class Changed:
    """One row that differs: by column, what stands in the portal and what in the sheet."""

    line: int
    record: int
    name: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass
class Difference:
    """A sheet beside the registry."""

    wrong: list[Wrong]
    wrong_total: int
    added: dict[int, Row] = field(default_factory=dict)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0

    def refuse(self, line: int, refusal: Refusal) -> None:
        self.wrong.append(Wrong(line, *refusal))
        self.wrong_total += 1

    @property
    def is_empty(self) -> bool:
        return not self.added and not self.changed

    def mark(self) -> str:
        """Tells two differences apart: the registry may change between the preview and the press."""
        added = (f"{line}\0" + "\0".join(row.values()) for line, row in self.added.items())
        changed = (repr((change.line, change.record, change.cells)) for change in self.changed)
        return hashlib.sha256("\n".join([*added, "", *changed]).encode()).hexdigest()


def difference_of(rows: Rows) -> Difference:
    """The beginning of a comparison: what was refused while reading is refused."""
    return Difference(wrong=list(rows.wrong), wrong_total=rows.wrong_total)


def report_of(difference: Difference, sheet: Sheet) -> dict[str, Any]:
    """For the page: counts of all, the first rows of each kind in the words of the sheet."""

    def words(key: str, text: str) -> str:
        return sheet.by_key[key].show(text)

    return {
        "counts": {
            "added": len(difference.added),
            "changed": len(difference.changed),
            "same": difference.same,
            "refused": difference.wrong_total,
        },
        "added": [
            {
                "line": line,
                "cells": [[sheet.by_key[key].head, words(key, text)] for key, text in row.items() if words(key, text)],
            }
            for line, row in islice(difference.added.items(), TOLD)
        ],
        "changed": [
            {
                "line": change.line,
                "name": change.name,
                "cells": [[sheet.by_key[key].head, words(key, was), words(key, now)] for key, was, now in change.cells],
            }
            for change in difference.changed[:TOLD]
        ],
        "wrong": [
            {
                "line": wrong.line,
                "key": wrong.key,
                "head": sheet.by_key[wrong.key].head if wrong.key else "",
                "value": wrong.value,
                "why": wrong.why,
            }
            for wrong in sorted(difference.wrong, key=lambda wrong: wrong.line)
        ],
    }
