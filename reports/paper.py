"""An order as it is read on paper: all that is drawn, already worded, nothing left to look up.

PDF, Word and the pictures of the preview draw the same record, so they cannot disagree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Layout(StrEnum):
    """The edition of the standard for organisational papers that a document follows."""

    GOST_2016 = "2016"
    GOST_2025 = "2025"

    @property
    def corner(self) -> int:
        """The longest line of what stands in a corner of the sheet (heading, mark of the annex), in millimetres."""
        return 80 if self is Layout.GOST_2025 else 75


#: ГОСТ Р 7.0.97-2025 is in force from this day; older papers keep the look of their time.
SINCE_2025 = date(2025, 8, 18)


def layout_of(day: date) -> Layout:
    """The edition in force on the day of a document.

    >>> layout_of(date(2025, 8, 17)).value
    '2016'
    """
    return Layout.GOST_2025 if day >= SINCE_2025 else Layout.GOST_2016


#: What a sheet holds between its margins, in millimetres, and how many columns are still read on an upright one.
UPRIGHT_WIDTH, WIDE_WIDTH, UPRIGHT_COLUMNS = 170, 257, 5
#: A letter of the table's 12 points, wide ones of a word in mind, and both paddings of a cell, in millimetres.
LETTER, PADDING = 2.45, 3.5
#: No sheet is turned for the sake of one longer word: it is hyphenated.
UNBROKEN = 14
BREAKS, SIGNS = re.compile(r"[\s/-]"), ".,;:()«»"


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

    @property
    def is_wide(self) -> bool:
        """Whether the table wants a landscape sheet: many columns, or one that an upright sheet makes too narrow."""
        return len(self.columns) > UPRIGHT_COLUMNS or self.is_tight(UPRIGHT_WIDTH, at_most=UNBROKEN)

    def is_tight(self, whole: float, *, at_most: int | None = None) -> bool:
        """Whether some word finds no room in its column when the table is ``whole`` millimetres wide.

        ``at_most`` letters of a word are counted.
        """
        return any(
            width < PADDING + LETTER * len(word[:at_most])
            for width, word in zip(self.widths(whole), self._longest_words(), strict=True)
        )

    def widths(self, whole: float) -> tuple[float, ...]:
        """The columns' widths by their weights, in the unit of ``whole``."""
        parts = sum(column.weight for column in self.columns)
        return tuple(whole * column.weight / parts for column in self.columns)

    @property
    def shares(self) -> tuple[str, ...]:
        """The columns' widths in per cent, as a style sheet reads them."""
        return tuple(f"{width:.3f}" for width in self.widths(100))

    def _longest_words(self) -> Iterator[str]:
        """The longest word of each column that no space, hyphen or slash divides, without signs around it."""
        rows = [row for group in self.groups for row in group.rows]
        for place, column in enumerate(self.columns):
            words = BREAKS.split(" ".join((column.title, *(row[place] for row in rows))))
            yield max((word.strip(SIGNS) for word in words), key=len)


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

    @property
    def is_wide(self) -> bool:
        """Whether the tables lie on landscape sheets; the text part stands upright all the same."""
        return any(table.is_wide for table in self.tables)

    @property
    def is_tight(self) -> bool:
        """Whether words of the tables are hyphenated; where all of them fit, none is."""
        return any(table.is_tight(WIDE_WIDTH if self.is_wide else UPRIGHT_WIDTH) for table in self.tables)


@dataclass(frozen=True)
class Paper:
    """A whole order. ``number`` and ``dated`` are empty until it is registered: ruled lines stand in their place.

    Without a ``kind`` it is no order: only its annexes are drawn.
    """

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

    @property
    def is_order(self) -> bool:
        return bool(self.kind)

    @property
    def is_draft(self) -> bool:
        return not self.number

    @property
    def title(self) -> str:
        """What the file is called by those who read its properties.

        >>> head, signature = Head("", "", "", ""), Signature("", "")
        >>> Paper(
        ...     Layout.GOST_2025, "ПРИКАЗ", head, "01.09.2026", "73", "О плане", "", Command.LINE, "", (), signature
        ... ).title
        'Приказ от 01.09.2026 № 73 «О плане»'
        """
        if not self.is_order:
            return self.heading
        registered = "(проект)" if self.is_draft else f"от {self.dated} № {self.number}"
        return f"{self.kind.capitalize()} {registered} «{self.heading}»"
