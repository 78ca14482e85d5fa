"""What a document was understood to say: a roadmap in plain values, with every doubt beside its row."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, Self


class PartyKind(StrEnum):
    """What a responsible party is; a class stands for every organisation or association of a kind."""

    ROLE = "role"
    UNIT = "unit"
    ORGANISATION = "organisation"
    CLASS = "class"
    PERSON = "person"
    GROUP = "group"


class Comparison(StrEnum):
    """How a value is held against its target."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    REACH = "reach"
    GROWTH = "growth"
    PRESENCE = "presence"


@dataclass(frozen=True)
class Problem:
    """One doubt, in a sentence that says what is wrong and what to do."""

    code: str
    message: str

    @classmethod
    def of_deadline(cls, phrase: str, warnings: Iterable[str]) -> Self:
        """The doubt about a deadline that was read with these warnings."""
        return cls("deadline_doubtful", f"Срок «{phrase}» понят с оговоркой: {'; '.join(warnings)}.")


@dataclass(frozen=True)
class Party:
    """One responsible party as printed."""

    kind: PartyKind
    label: str


@dataclass(frozen=True)
class Point:
    """One dated control point, both days included."""

    start: dt.date
    due: dt.date
    is_before_document: bool = False


@dataclass(frozen=True)
class SubItem:
    """A part of an item; ``deadline`` is its own phrase, or nothing when the item's one holds for it."""

    text: str
    deadline: str | None = None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """A target indicator as printed, with what was read of it; ``until`` is the day a named year ends."""

    text: str
    target: int | float | None = None
    unit: str | None = None
    comparison: Comparison = Comparison.PRESENCE
    until: dt.date | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Item:
    """One row of work; ``line`` is where it stands in the document, ``number`` and ``responsible_text`` as printed."""

    number: str
    text: str
    form: str
    forms: tuple[str, ...]
    participants: str
    deadline: str
    kind: str
    schedule: str | None
    points: tuple[Point, ...]
    responsible: tuple[Party, ...]
    responsible_text: str
    subitems: tuple[SubItem, ...]
    result: str
    note: str
    line: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Defaults:
    """What a section row says for all of its items."""

    form: str = ""
    participants: str = ""
    deadline: str = ""
    responsible: tuple[Party, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of the plan: a titled group of items, or a task with its indicators."""

    title: str
    indicators: tuple[Indicator, ...]
    items: tuple[Item, ...]
    defaults: Defaults = Defaults()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Document:
    """The order that approves the roadmap."""

    kind: str | None = None
    number: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    signatory: str | None = None
    post: str | None = None
    place: str | None = None
    approval: str | None = None


@dataclass(frozen=True)
class Annex:
    """The mark of the annex, which may name an order of its own."""

    number: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True)
class Span:
    """A period, both days included; a bound that the document does not give is nothing."""

    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True)
class Stage:
    """One stage of a programme."""

    title: str
    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True)
class UnderstoodRoadmap:
    """The whole document as understood."""

    title: str
    document: Document
    period: Span
    sections: tuple[Section, ...]
    basis: str
    annex: Annex | None = None
    controller: str | None = None
    goal: str | None = None
    tasks: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    expected_results: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same in lists, dictionaries and strings; days as YYYY-MM-DD."""
        return _as_json(self)


def _as_json(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_as_json(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
