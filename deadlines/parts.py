"""Parts of the year a phrase can name, and where they fall in a given year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.lexicon import LAST
from deadlines.span import Point
from deadlines.year import MAY, SEPTEMBER

JANUARY, JUNE, JULY, DECEMBER = 1, 6, 7, 12
WEEK = 7

#: As the day of an end: the last one of any month.
LAST_DAY = 31


def day_of(year: int, month: int, day: int) -> date:
    """The day, or the last one of a shorter month."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def exists(day: int, month: int, year: int | None = None) -> bool:
    """Whether the calendar has such a day, in some year when none is given."""
    leap = 2024
    return 1 <= month <= DECEMBER and 1 <= day <= monthrange(year or leap, month)[1]


@dataclass(frozen=True)
class Stretch:
    """From one month and day to another, both included; may run over the new year.

    ``LAST_DAY`` as a day is the month's last one.
    """

    start: tuple[int, int]
    end: tuple[int, int]

    @property
    def wraps(self) -> bool:
        return self.end < self.start

    @property
    def first_month(self) -> int:
        return self.start[0]

    @property
    def last_month(self) -> int:
        return self.end[0]

    @property
    def length(self) -> int:
        """Months touched."""
        return (self.end[0] - self.start[0]) % DECEMBER + 1 if self.wraps or self.end[0] != self.start[0] else 1

    @property
    def on_leap_day(self) -> bool:
        return (2, 29) in {self.start, self.end}

    def in_year(self, year: int) -> Point:
        """The occurrence that starts in the calendar year."""
        return Point(day_of(year, *self.start), day_of(year + self.wraps, *self.end))


@dataclass(frozen=True)
class NthWeekday:
    """The first to fifth, or last, given weekday of a month; a fifth one some years lack."""

    month: int
    nth: int
    weekday: int

    wraps = False
    length = 1
    on_leap_day = False

    @property
    def first_month(self) -> int:
        return self.month

    @property
    def last_month(self) -> int:
        return self.month

    def in_year(self, year: int) -> Point | None:
        day = nth_weekday(year, self.month, self.nth, self.weekday)
        return Point(day, day) if day else None


Shape = Stretch | NthWeekday


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The day, or nothing when the month has no such one."""
    first = date(year, month, 1)
    days = [first + timedelta(days=(weekday - first.weekday()) % WEEK + WEEK * week) for week in range(5)]
    days = [day for day in days if day.month == month]
    if nth == LAST:
        return days[-1]
    return days[nth - 1] if nth <= len(days) else None


def whole_months(first: int, last: int) -> Stretch:
    return Stretch((first, 1), (last, LAST_DAY))


def quarter(number: int) -> Stretch:
    return whole_months(3 * number - 2, 3 * number)


def half(number: int, *, academic: bool) -> Stretch:
    """Halves of the calendar year end with June and December, those of the academic one with December and May."""
    if academic:
        return whole_months(SEPTEMBER, DECEMBER) if number == 1 else whole_months(JANUARY, MAY)
    return whole_months(JANUARY, JUNE) if number == 1 else whole_months(JULY, DECEMBER)


def season(first_month: int) -> Stretch:
    return whole_months(first_month, (first_month + 1) % DECEMBER + 1)
