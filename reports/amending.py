"""The clause of an amending order and its parts, from a list of differences between two editions.

``amend(subject, approved_by, changes)`` → ``Amendment``: the opening words and one part a change, or, where changes
are many, one clause that sets the whole document out anew in an annex.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from reports.declension import Case
from reports.wording import NBSP, Act, Subject, quoted

#: From so many parts on, a new edition is easier to read than its list.
MANY = 15
#: A longer cell is set out anew: nobody compares two such texts word by word.
LONGEST_WORDS = 120
_FIGURES = re.compile(r"\d[\d.,/–-]*")


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One difference: ``number`` of the row, ``field`` its cell by the printed column («Срок»), empty for the row."""

    kind: Kind
    number: str
    field: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Amendment:
    """The clause, and its parts to be numbered below it."""

    text: str
    parts: tuple[str, ...] = ()


def amend(subject: Subject, approved_by: Act | None, changes: Sequence[Change], *, many: int = MANY) -> Amendment:
    """``approved_by`` is the document that approved what is amended."""
    act = f", {subject.noun.approved_before} {approved_by.by}" if approved_by else ""
    what = subject.in_case(Case.ACCUSATIVE) + act
    parts = list(_parts(changes))
    if not parts or len(parts) > many:
        comma = "," if act else ""
        return Amendment(f"Изложить {what}{comma} в новой редакции (приложение).")
    ends = [";"] * (len(parts) - 1) + ["."]
    return Amendment(
        f"Внести в {what}, следующие изменения:" if act else f"Внести в {what} следующие изменения:",
        tuple(part + end for part, end in zip(parts, ends, strict=True)),
    )


def _parts(changes: Iterable[Change]) -> Iterable[str]:
    """In the order given; rows that go one after another go in one breath."""
    for kind, group in groupby(changes, key=lambda change: change.kind):
        if kind is Kind.REMOVED:
            yield _removed([_number(change) for change in group])
        else:
            yield from map(_added if kind is Kind.ADDED else _changed, group)


def _removed(numbers: Sequence[str]) -> str:
    *most, last = numbers
    return f"пункты {', '.join(most)} и {last} исключить" if most else f"пункт{NBSP}{last} исключить"


def _added(change: Change) -> str:
    return f"дополнить пунктом{NBSP}{_number(change)} следующего содержания: {_text(change.after)}"


def _changed(change: Change) -> str:
    """Words for words where a reader would see what changed; else the row, or the cell, anew.

    >>> _changed(Change(Kind.CHANGED, "5", "Срок", "до 15 сентября", "до 1 октября")).replace(NBSP, " ")
    'в пункте 5 слова «до 15 сентября» заменить словами «до 1 октября»'
    """
    number, before, after = _number(change), _tidy(change.before), _tidy(change.after)
    if not change.field:
        return f"пункт{NBSP}{number} изложить в следующей редакции: {_text(change.after)}"
    if not before:
        return f"в пункте{NBSP}{number} графу {quoted(change.field)} дополнить словами {quoted(after)}"
    if not after:
        return f"в пункте{NBSP}{number} слова {_text(change.before)} исключить"
    if max(len(before), len(after)) > LONGEST_WORDS:
        column = quoted(change.field)
        return f"в пункте{NBSP}{number} графу {column} изложить в следующей редакции: {_text(change.after)}"
    if _FIGURES.fullmatch(before) and _FIGURES.fullmatch(after):
        return f"в пункте{NBSP}{number} цифры {quoted(before)} заменить цифрами {quoted(after)}"
    return f"в пункте{NBSP}{number} слова {quoted(before)} заменить словами {quoted(after)}"


def _number(change: Change) -> str:
    return change.number.strip().rstrip(".)")


def _text(typed: str) -> str:
    return quoted(_tidy(typed))


def _tidy(typed: str) -> str:
    """On one line, without the full stop that would stand before the closing quotation mark."""
    return " ".join(typed.split()).rstrip(".;")
