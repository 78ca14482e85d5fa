"""Windows put into the years they are named with, or into every year of a period."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from deadlines import recurrence
from deadlines.atoms import Halves, Window, Years
from deadlines.clauses import Between
from deadlines.parts import DECEMBER, Shape
from deadlines.span import Period, Point
from deadlines.wording import day
from deadlines.year import SEPTEMBER, AcademicYear

LEAP_DAY = "29 февраля в невисокосный год — 28-го"


@dataclass(frozen=True)
class Placed:
    """Points of one window; ``is_yearly`` when it recurs, ``is_span`` when it has a beginning and an end of its own."""

    points: tuple[Point, ...]
    is_yearly: bool = False
    is_span: bool = False
    warnings: tuple[str, ...] = ()


def place(entry: Window | Between, period: Period, *, academic: bool, onward: bool) -> Placed:
    """The entry's points, before clipping; ``onward`` repeats a named year's window in every later year."""
    if isinstance(entry, Between):
        return _between(entry, academic=academic)
    if isinstance(entry.shape, Halves) and entry.years and entry.years.is_doubtful:
        # Two years side by side have one first half only when they are an academic year.
        entry = replace(entry, years=Years(entry.years.first, entry.years.first, academic=True))
    shape, warnings = _shape(entry, academic=academic)
    if entry.years is None:
        points = list(_every_year(shape, period))
        return Placed(tuple(points), is_yearly=True, warnings=(*warnings, *_leap(shape, points, period)))
    if onward and entry.until:
        return _up_to(shape, entry.years, period)
    if onward and len(entry.years) == 1:
        first = next(_in_years(shape, entry.years), None)
        note = f"повторяется каждый год с {entry.years.first}"
        points = [point for point in _every_year(shape, period) if first and point >= first]
        return Placed(tuple(points), is_yearly=True, warnings=(*warnings, note, *_leap(shape, points, period)))
    points = list(_in_years(shape, entry.years))
    if entry.until:
        points = [_reaching(point, period) for point in points]
    if academic and entry.years.is_doubtful and not shape.wraps:
        school = next(_in_years(shape, Years(entry.years.first, entry.years.first, academic=True)), None)
        warnings = (*warnings, *([f"в учебном году — только {day(school.due_on)}"] if school else []))
    if shape.wraps and len(entry.years) == 1 and not entry.years.academic:
        warnings = (*warnings, _two_winters(shape, entry.years.first))
    return Placed(tuple(points), len(points) > 1, entry.is_span, warnings)


def _up_to(shape: Shape, years: Years, period: Period) -> Placed:
    """«Ежегодно до 31.12.2026»: the day of each year, the named one being the last."""
    last = list(_in_years(shape, years))[-1:]
    points = [point for point in _every_year(shape, period) if last and point <= last[0]]
    return Placed(tuple(points), is_yearly=True, warnings=(f"повторяется каждый год по {years.last}",))


def years_as_points(years: Years) -> list[Point]:
    """The years as one span; academic ones from the first 1 September to the last 31 May."""
    if years.academic:
        return [Point(AcademicYear(years.first).starts_on, AcademicYear(years.last).work_ends_on)]
    return [Point(date(years.first, 1, 1), date(years.last, DECEMBER, 31))]


def _shape(window: Window, *, academic: bool) -> tuple[Shape, tuple[str, ...]]:
    """The window's shape; halves of a calendar year named by number are calendar halves even on the academic basis."""
    if not isinstance(window.shape, Halves):
        return window.shape, ()
    if window.years is None:
        return window.shape.of_year(academic=academic), ()
    shape = window.shape.of_year(academic=window.years.academic)
    if academic and not window.years.academic:
        other = window.shape.of_year(academic=True)
        read = [next(_in_years(each, window.years)) for each in (shape, other)]
        return shape, (f"полугодие календарного года, до {day(read[0].due_on)}; учебного — до {day(read[1].due_on)}",)
    return shape, ()


def _every_year(shape: Shape, period: Period) -> Iterator[Point]:
    for year in recurrence.years(period):
        point = shape.in_year(year)
        if point:
            yield point


def _in_years(shape: Shape, years: Years) -> Iterator[Point]:
    """Once in each of the years.

    A window over the new year ends in a single year named («декабрь-январь 2025») and starts in the first of two.
    """
    numbers = range(years.first, years.last + 1)
    if years.academic:
        numbers = range(years.first + (shape.first_month < SEPTEMBER), years.last + 1 + (shape.first_month < SEPTEMBER))
    elif shape.wraps:
        numbers = range(years.first - (len(years) == 1), years.last)
    for year in numbers:
        point = shape.in_year(year)
        if point:
            yield point


def _two_winters(shape: Shape, year: int) -> str:
    ends = [point.due_on for start in (year - 1, year) if (point := shape.in_year(start))]
    return f"прочитано до {day(ends[0])}; если {year} — год начала, до {day(ends[-1])}"


def _reaching(point: Point, period: Period) -> Point:
    """A day to be met by; past the end of the period it is due at the end."""
    runs_past = point.due_on > period.ends_on
    return Point(period.starts_on, point.due_on) if runs_past else point


def _leap(shape: Shape, points: list[Point], period: Period) -> tuple[str, ...]:
    """The warning, when 29 February is named and a common year of the period has none."""
    days = {day for point in points if point.due_on in period for day in (point.starts_on, point.due_on)}
    moved = any((day.month, day.day) == (2, 28) for day in days)
    return (LEAP_DAY,) if shape.on_leap_day and moved else ()


def _between(entry: Between, *, academic: bool) -> Placed:
    """From a window with its year to another, or to the end of a year."""
    start_shape, warnings = _shape(entry.start, academic=academic)
    first = next(_in_years(start_shape, entry.start.years or Years(1, 1)), None)
    if first is None:
        return Placed(())
    due = _end(entry.end, first, academic=academic)
    if due is None or due < first.starts_on:
        return Placed((first,), warnings=(*warnings, "конец раньше начала: взято только начало"))
    return Placed((Point(first.starts_on, due),), is_span=True, warnings=warnings)


def _end(end: Window | Years, first: Point, *, academic: bool) -> date | None:
    if isinstance(end, Years):
        return years_as_points(end)[-1].due_on
    shape, _ = _shape(end, academic=academic)
    if end.years:
        point = next(_in_years(shape, end.years), None)
        return point.due_on if point else None
    later = (shape.in_year(year) for year in (first.starts_on.year, first.starts_on.year + 1))
    return next((point.due_on for point in later if point and point.due_on >= first.starts_on), None)
