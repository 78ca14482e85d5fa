"""A year of the production calendar as people read it: what each day is and why, and how many days are worked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property

import holidays

from deadlines.wording import NOMINATIVE

WEEK = 7
MONTHS_OF_A_QUARTER = 3

#: How the library's Russian names begin to tell that a day off was moved here.
_MOVED = "перенесено"


class Sort(StrEnum):
    WORK = "work"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    #: A day off that a decree has moved here from a weekend.
    MOVED_OFF = "moved-off"
    #: A day of the weekend that is worked.
    MOVED_ON = "moved-on"

    @property
    def is_working(self) -> bool:
        return self in {Sort.WORK, Sort.MOVED_ON}


@dataclass(frozen=True)
class OwnDay:
    """A day that a municipality works or rests whatever the country does."""

    day: date
    is_working: bool
    why: str = ""


@dataclass(frozen=True)
class CalendarDate:
    """A day of the country's calendar, with the municipality's own word over it."""

    day: date
    country: Sort
    name: str
    own: OwnDay | None = None

    @property
    def is_working(self) -> bool:
        return self.own.is_working if self.own else self.country.is_working

    @property
    def differs(self) -> bool:
        return self.is_working != self.country.is_working

    @property
    def sort(self) -> Sort:
        """What the day is drawn as: of one's own days, only those that differ from the country's are remarkable."""
        if not self.differs:
            return self.country
        return Sort.MOVED_ON if self.is_working else Sort.HOLIDAY

    @property
    def why(self) -> str:
        """What is worth a word about the day, or nothing."""
        if self.own:
            return self.own.why or ("рабочий день" if self.own.is_working else "выходной день")
        return self.name


@dataclass(frozen=True)
class Month:
    number: int
    dates: tuple[CalendarDate, ...]

    @property
    def title(self) -> str:
        return NOMINATIVE[self.number]

    @property
    def working(self) -> int:
        return sum(each.is_working for each in self.dates)

    @property
    def weeks(self) -> list[list[CalendarDate | None]]:
        """Rows of seven, Monday first; nothing where another month stands."""
        cells: list[CalendarDate | None] = [None] * self.dates[0].day.weekday() + [*self.dates]
        cells += [None] * (-len(cells) % WEEK)
        return [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)]

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """Each reason with the days of the month it holds for: («1–6, 8», «Новогодние каникулы»)."""
        days: dict[str, list[int]] = defaultdict(list)
        for each in self.dates:
            if each.why:
                days[each.why].append(each.day.day)
        return [(runs(numbers), why) for why, numbers in days.items()]


@dataclass(frozen=True)
class ProductionYear:
    number: int
    months: tuple[Month, ...]

    @cached_property
    def working(self) -> int:
        return sum(month.working for month in self.months)

    @property
    def off(self) -> int:
        return sum(len(month.dates) for month in self.months) - self.working

    @property
    def quarters(self) -> list[int]:
        """Working days of each quarter."""
        starts = range(0, len(self.months), MONTHS_OF_A_QUARTER)
        return [sum(month.working for month in self.months[start : start + MONTHS_OF_A_QUARTER]) for start in starts]

    def __getitem__(self, day: date) -> CalendarDate:
        return self.months[day.month - 1].dates[day.day - 1]


def production_year(number: int, own: Iterable[OwnDay] = ()) -> ProductionYear:
    """The country's year with one's own days over it.

    >>> production_year(2026).working
    247
    """
    own_days = {each.day: each for each in own}
    return ProductionYear(number, tuple(_month(number, month, own_days) for month in range(1, 13)))


def _month(year: int, month: int, own: Mapping[date, OwnDay]) -> Month:
    first = date(year, month, 1)
    days = (first + timedelta(days=ahead) for ahead in range(31))
    return Month(month, tuple(_date(day, own.get(day)) for day in days if day.month == month))


def _date(day: date, own: OwnDay | None) -> CalendarDate:
    country = _russia(day.year)
    if name := country.get(day, ""):
        return CalendarDate(day, Sort.MOVED_OFF if _MOVED in name else Sort.HOLIDAY, name, own)
    is_weekend = country.is_weekend(day)
    if country.is_working_day(day):
        moved = "рабочий день вместо выходного" if is_weekend else ""
        return CalendarDate(day, Sort.MOVED_ON if is_weekend else Sort.WORK, moved, own)
    return CalendarDate(day, Sort.WEEKEND, "", own)


@cache
def _russia(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("RU", years=year, language="ru")


def runs(numbers: Iterable[int]) -> str:
    """Ascending numbers, neighbours joined.

    >>> runs([1, 2, 3, 5, 8, 9])
    '1–3, 5, 8–9'
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in found)
