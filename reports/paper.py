"""An order as it is read on paper: all that is drawn, already worded, nothing left to look up.

PDF, Word and the pictures of the preview draw the same record, so they cannot disagree.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Layout(StrEnum):
    """The edition of the standard for organisational papers that a document follows."""

    GOST_2016 = "2016"
    GOST_2025 = "2025"


#: ГОСТ Р 7.0.97-2025 is in force from this day; older papers keep the look of their time.
SINCE_2025 = date(2025, 8, 18)


def layout_of(day: date) -> Layout:
    """The edition in force on the day of a document.

    >>> layout_of(date(2025, 8, 17)).value
    '2016'
    """
    return Layout.GOST_2025 if day >= SINCE_2025 else Layout.GOST_2016


class Command(StrEnum):
    """How the commanding word of an order is set."""

    LINE = "line"  # «ПРИКАЗЫВАЮ:» on a line of its own
    SPACED = "spaced"  # «п р и к а з ы в а ю :» at the end of the preamble
    NONE = "none"  # a directive goes straight to its clauses


@dataclass(frozen=True)
class Head:
    """The letterhead; ``contacts`` are its small lines, in order, empty ones left out."""

    founder: str
    full_title: str
    short_title: str
    place: str
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clause:
    """One clause with its printed number: «1.», «2.1.»."""

    number: str
    text: str


@dataclass(frozen=True)
class Signature:
    """Who signs: the full title of the post and «И.О. Фамилия»."""

    post: str
    name: str


@dataclass(frozen=True)
class Column:
    """A column of the annex; ``weight`` is its share of the width, in parts."""

    title: str
    weight: int


@dataclass(frozen=True)
class Group:
    """A section of the annex: a row across the table with its title, then its rows of cells."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    title: str = ""


@dataclass(frozen=True)
class Passage:
    """A heading of the annex's text part and its statements, one a paragraph."""

    title: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """What the order approves: its mark upper right, its title, its text part and its tables.

    ``mark`` holds the lines of the mark: «Приложение», an empty line, «УТВЕРЖДЕНА», «приказом …», «от … № …».
    """

    mark: tuple[str, ...]
    title: str
    passages: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A whole order. ``number`` and ``dated`` are empty until it is registered: ruled lines stand in their place."""

    layout: Layout
    kind: str  # «ПРИКАЗ», «РАСПОРЯЖЕНИЕ»
    head: Head
    dated: str
    number: str
    heading: str  # «Об утверждении дорожной карты …», without a full stop
    preamble: str
    command: Command
    command_word: str  # «ПРИКАЗЫВАЮ», «ОБЯЗЫВАЮ»
    clauses: tuple[Clause, ...]
    signature: Signature
    performer: tuple[str, ...] = ()  # small lines at the foot of the last sheet: full name, telephone
    annexes: tuple[Annex, ...] = ()
    code: str = ""  # the address behind the square code of the 2025 edition; empty for none
