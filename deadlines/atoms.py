"""The smallest statements a phrase is made of, before they are put together."""

from dataclasses import dataclass
from enum import Enum, auto

from deadlines.lexicon import Unit
from deadlines.parts import Shape, Stretch, half
from deadlines.span import Kind


@dataclass(frozen=True)
class Years:
    """One year or several in a row; ``academic`` ones are named by their Septembers, ``plain`` are called «годы»."""

    first: int
    last: int
    academic: bool = False
    plain: bool = False

    def __len__(self) -> int:
        return self.last - self.first + 1

    @property
    def is_doubtful(self) -> bool:
        """Whether two calendar years may have been meant as one academic: «2025-2026»."""
        return self.last == self.first + 1 and not (self.academic or self.plain)


@dataclass(frozen=True)
class Halves:
    """Halves of a year whose kind is known only later."""

    first: int
    last: int

    def of_year(self, *, academic: bool) -> Stretch:
        return Stretch(half(self.first, academic=academic).start, half(self.last, academic=academic).end)


@dataclass(frozen=True)
class Window:
    """A part of the year, with its years when they are named.

    ``is_span`` tells «май-июнь» from «май»; ``until`` names only the day by which.
    """

    shape: Shape | Halves
    years: Years | None = None
    is_span: bool = False
    until: bool = False


#: «Месяца, следующего за отчётным».
FOLLOWING = 0


@dataclass(frozen=True)
class MonthDays:
    """Days of a month that is not named: «5 числа», «вторая декада месяца».

    ``month`` is the one of a quarter when said («первого месяца квартала»), or ``FOLLOWING`` it.
    """

    first: int
    last: int
    month: int | None = None


@dataclass(frozen=True)
class MonthWeekday:
    """«Третья среда месяца»."""

    nth: int
    weekday: int


@dataclass(frozen=True)
class Weekday:
    """«По пятницам»."""

    number: int


@dataclass(frozen=True)
class Every:
    """A rhythm: so many ``times`` in every ``step`` units."""

    unit: Unit
    step: int = 1
    times: int = 1


@dataclass(frozen=True)
class WithinYear:
    """«В течение года»: of the academic one, of the calendar one, or (``None``) of the basis.

    ``is_aside`` when the words may merely fill («текущего года»).
    """

    academic: bool | None = None
    is_aside: bool = False


@dataclass(frozen=True)
class Whole:
    """«Весь период реализации»."""


@dataclass(frozen=True)
class Loose:
    """Words that name no day: ongoing, on request, by a schedule."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Warned:
    """Something the reader must be told."""

    text: str


@dataclass(frozen=True)
class Rest:
    """Words not understood."""

    words: str


class Mark(Enum):
    """What stands between and before."""

    BREAK = auto()
    AND = auto()
    DASH = auto()
    FROM = auto()
    TO = auto()  # «по», between or before
    UNTIL = auto()
    EXCEPT = auto()
    ONWARD = auto()  # «далее»


Atom = Years | Window | MonthDays | MonthWeekday | Weekday | Every | WithinYear | Whole | Loose | Warned | Rest | Mark
