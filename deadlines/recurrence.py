"""Rhythms laid over a period: the parts of years, quarters, months and weeks that touch it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from deadlines.parts import DECEMBER, LAST_DAY, WEEK, day_of, nth_weekday
from deadlines.span import Basis, Period, Point
from deadlines.year import MAY, SEPTEMBER, AcademicYear


def clipped(points: Iterable[Point], period: Period) -> tuple[list[Point], bool]:
    """Points of the period, and whether one ran past its end (it is then due on the last day)."""
    found: set[Point] = set()
    ran_past = False
    for point in points:
        if point.due_on < period.starts_on or point.starts_on > period.ends_on:
            continue
        ran_past = ran_past or point.due_on > period.ends_on
        found.add(Point(max(point.starts_on, period.starts_on), min(point.due_on, period.ends_on)))
    return sorted(found, key=lambda point: (point.due_on, point.starts_on)), ran_past


def years(period: Period) -> range:
    """Calendar years any window touching the period can start in."""
    return range(max(period.starts_on.year - 1, date.min.year), min(period.ends_on.year, date.max.year - 1) + 1)


def basis_years(period: Period, basis: Basis) -> Iterator[Point]:
    """Whole years of the basis that touch the period."""
    for year in years(period):
        if basis is Basis.ACADEMIC:
            academic = AcademicYear(year)
            yield Point(academic.starts_on, academic.ends_on)
        else:
            yield Point(date(year, 1, 1), date(year, DECEMBER, 31))


def learning_years(period: Period) -> Iterator[Point]:
    """Academic years as far as their work goes, 1 September to 31 May."""
    for year in years(period):
        academic = AcademicYear(year)
        yield Point(academic.starts_on, academic.work_ends_on)


def months(period: Period, step: int = 1, first_month: int = 1) -> Iterator[Point]:
    """Blocks of ``step`` months; those of a year are counted from its ``first_month``."""
    for year in years(period):
        for month in range(first_month, first_month + DECEMBER, step):
            last = month + step - 1
            yield Point(_first_of(year, month), _last_of(year, last))


def halves(period: Period, *, academic: bool) -> Iterator[Point]:
    for year in years(period):
        if academic:
            yield Point(date(year, SEPTEMBER, 1), date(year, DECEMBER, 31))
            yield Point(date(year + 1, 1, 1), date(year + 1, MAY, 31))
        else:
            yield from (Point(date(year, 1, 1), date(year, 6, 30)), Point(date(year, 7, 1), date(year, DECEMBER, 31)))


def month_days(period: Period, first: int, last: int) -> Iterator[Point]:
    """The same days of every month; a shorter month ends with its last day."""
    for year in years(period):
        for month in range(1, DECEMBER + 1):
            yield Point(day_of(year, month, first), day_of(year, month, last))


def month_weekdays(period: Period, nth: int, weekday: int) -> Iterator[Point]:
    for year in years(period):
        for month in range(1, DECEMBER + 1):
            day = nth_weekday(year, month, nth, weekday)
            if day:
                yield Point(day, day)


def weeks(period: Period) -> Iterator[Point]:
    """Monday to Sunday."""
    monday = period.starts_on - timedelta(days=min(period.starts_on.weekday(), (period.starts_on - date.min).days))
    while monday <= period.ends_on:
        sunday = monday + timedelta(days=min(WEEK - 1, (date.max - monday).days))
        yield Point(monday, sunday)
        if (date.max - monday).days < WEEK:
            return
        monday += timedelta(days=WEEK)


def weekdays(period: Period, weekday: int) -> Iterator[Point]:
    for week in weeks(period):
        offset = (weekday - week.starts_on.weekday()) % WEEK
        if offset <= (week.due_on - week.starts_on).days:
            day = week.starts_on + timedelta(days=offset)
            yield Point(day, day)


def _first_of(year: int, month: int) -> date:
    return date(year + (month - 1) // DECEMBER, (month - 1) % DECEMBER + 1, 1)


def _last_of(year: int, month: int) -> date:
    return day_of(year + (month - 1) // DECEMBER, (month - 1) % DECEMBER + 1, LAST_DAY)
