"""What a statement comes to within a period: its kind, its points and what the reader must be told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from deadlines import recurrence
from deadlines.atoms import Halves, Loose, Window, Years
from deadlines.clauses import Between, Statement
from deadlines.lexicon import Unit
from deadlines.parts import DECEMBER, LAST_DAY, Stretch
from deadlines.placing import Placed, place, years_as_points
from deadlines.rhythm import rhythm_of, unkept
from deadlines.span import Basis, Kind, Period, Point
from deadlines.wording import day

UNSETTLED = "уточнить срок"
RAN_PAST = "срок выходит за конец периода: взят его последний день"


@dataclass(frozen=True)
class Meaning:
    """A kind with the points of the period and what the reader must be told."""

    kind: Kind
    points: tuple[Point, ...] = ()
    schedule: str | None = None
    warnings: tuple[str, ...] = ()


class Reader:
    """One statement read within one period.

    The ways of reading are tried from the vaguest words to the most exact; the first that fits decides.
    """

    def __init__(self, stated: Statement, period: Period, basis: Basis) -> None:
        self.stated = stated
        self.period = period
        self.basis = basis
        self.warnings = list(stated.warnings)
        self.rhythm = rhythm_of(stated)
        self.is_academic = basis is Basis.ACADEMIC or any(within.academic for within in stated.within)

    def read(self) -> Meaning:
        for way in (self._loose, self._by_rhythm, self._windows, self._years, self._since, self._whole, self._yearly):
            found = way()
            if found:
                return replace(found, warnings=tuple(self.warnings))
        return Meaning(Kind.UNKNOWN, warnings=tuple(self.warnings))

    # Words that name no day

    def _loose(self) -> Meaning | None:
        """By schedule, on request, ongoing; beside a time of its own they only limit how exact it is."""
        if not self.stated.loose or self._is_prose():
            return None
        chosen = min(self.stated.loose, key=lambda loose: _ORDER.index(loose.kind))
        if self._is_sharp(chosen.kind):
            self.warnings += [_beside(loose) for loose in self.stated.loose]
            return None
        self.warnings += [f"рядом сказано: «{loose.words}»" for loose in self.stated.loose if loose.kind != chosen.kind]
        if chosen.kind is Kind.ONGOING:
            return self._made(Kind.ONGOING, self._limited(recurrence.basis_years(self.period, self.basis)))
        return Meaning(chosen.kind, schedule=chosen.words if chosen.kind is Kind.BY_SCHEDULE else None)

    def _is_prose(self) -> bool:
        """Whether such words only happen to stand in a sentence about something else."""
        return len(" ".join(self.stated.rest).split()) > len(" ".join(each.words for each in self.stated.loose).split())

    def _is_sharp(self, kind: Kind) -> bool:
        """Whether the phrase also names a time that is kept."""
        stated = self.stated
        years_only = all(isinstance(entry, Years) for entry in stated.entries)
        if kind is Kind.ONGOING and years_only and not self.rhythm:
            return False
        return bool(stated.entries or self.rhythm or stated.by_years)

    # Rhythms

    def _by_rhythm(self) -> Meaning | None:
        rhythm = self.rhythm
        if rhythm is None:
            return None
        self.warnings += rhythm.warnings
        windows = self._named_windows()
        if bounds := self._up_to(windows, rhythm.months):
            points = list(rhythm.points(self.period, academic=self.is_academic))
            parts = [part for bound in bounds for part in recurrence.clipped(points, bound)[0]]
            return self._made(rhythm.kind, self._limited(parts, but_windows=True))
        if windows and not rhythm.is_exact and not any(_length(window) > rhythm.months for window in windows):
            named = [point for window in windows for point in self._placed(window).points]
            return self._made(rhythm.kind, self._limited(named, but_windows=True))
        return self._made(rhythm.kind, self._limited(rhythm.points(self.period, academic=self.is_academic)))

    def _up_to(self, windows: list[Window | Between], months: int) -> list[Period]:
        """«Ежемесячно до 31 мая»: one day by which a short rhythm ends, in each year of the basis or once.

        «Сентябрь 2025, далее ежемесячно» is the other way about: it begins there.
        """
        if windows and self.stated.onward:
            begins = min((point.starts_on for point in self._first_points(windows)), default=self.period.ends_on)
            return [Period(begins, max(begins, self.period.ends_on))]
        if len(windows) != 1 or not isinstance(windows[0], Window) or not windows[0].until:
            return []
        days = [point.due_on for point in self._placed(windows[0]).points]
        if windows[0].years:
            return [Period(min(self.period.starts_on, day), day) for day in days]
        years = list(recurrence.basis_years(self.period, self.basis)) if months <= 1 else []
        return [Period(year.starts_on, day) for day in days for year in years if year.starts_on <= day <= year.due_on]

    def _first_points(self, windows: list[Window | Between]) -> list[Point]:
        placed = [place(window, self.period, academic=self.is_academic, onward=False) for window in windows]
        return [point for each in placed for point in each.points if point.due_on >= self.period.starts_on]

    # Windows and years

    def _windows(self) -> Meaning | None:
        windows = self._named_windows()
        if not windows:
            return None
        placed = [self._placed(window) for window in windows]
        points = [point for each in placed for point in each.points]
        found = self._made(self._kind_of(placed), self._limited(points, but_windows=True))
        if len(found.points) > len(windows) and any(within.is_aside for within in self.stated.within):
            self.warnings.append("год назван не числом: взят каждый год периода")
        return found

    def _named_windows(self) -> list[Window | Between]:
        return [entry for entry in self.stated.entries if not isinstance(entry, Years)]

    def _kind_of(self, placed: list[Placed]) -> Kind:
        if any(each.is_yearly for each in placed):
            return _regular(self.stated) or Kind.YEARLY
        return Kind.PERIOD if len(placed) == 1 and placed[0].is_span else Kind.ONCE

    def _placed(self, entry: Window | Between) -> Placed:
        """Points of one window, told to start over every year when the phrase says so."""
        recurring = self.stated.onward or any(every.unit is Unit.YEAR for every in self.stated.rhythms)
        placed = place(entry, self.period, academic=self.is_academic, onward=recurring)
        self.warnings += [warning for warning in placed.warnings if warning not in self.warnings]
        return placed

    def _years(self) -> Meaning | None:
        """Years alone: one point for each that is named, or for each of a span that recurs."""
        years = [entry for entry in self.stated.entries if isinstance(entry, Years)]
        if self._is_recurring() or self.stated.onward:
            return None
        if not years:
            return self._by_year()
        if self.basis is Basis.ACADEMIC:
            self.warnings += [_two_readings(each) for each in years if each.is_doubtful]
        kind = Kind.PERIOD if len(years) == 1 and len(years[0]) > 1 else Kind.ONCE
        return self._made(kind, [point for each in years for point in years_as_points(each)])

    def _by_year(self) -> Meaning | None:
        """«К 2027 году» is due on its last day, as the centre decided; the other reading is named."""
        if not self.stated.by_years:
            return None
        points = []
        for by in self.stated.by_years:
            due = years_as_points(by.year)[-1].due_on
            self.warnings.append(
                f"прочитано как {day(due)} включительно; иначе — {day(due.replace(year=due.year - 1))}"
            )
            points.append(_by_day(due, self.period))
        return self._made(Kind.ONCE, points)

    def _since(self) -> Meaning | None:
        """A beginning without an end."""
        if not self.stated.since or self._is_recurring():
            return None
        start = self.stated.since[0].start
        if isinstance(start, Years) or start.years:
            return self._made(Kind.PERIOD, self._limited([Point(self.period.starts_on, self.period.ends_on)]))
        self.warnings.append("не сказано, до какого дня: взят последний день года")
        return self._made(Kind.YEARLY, self._open_years(start))

    def _open_years(self, start: Window) -> list[Point]:
        begins = [point.starts_on for point in self._placed(start).points]
        years = list(recurrence.basis_years(self.period, self.basis))
        return [Point(day, year.due_on) for day in begins for year in years if year.starts_on <= day <= year.due_on]

    def _whole(self) -> Meaning | None:
        if not self.stated.whole or any(every.unit is Unit.YEAR for every in self.stated.rhythms):
            return None
        return self._made(Kind.PERIOD, [Point(self.period.starts_on, self.period.ends_on)])

    def _yearly(self) -> Meaning | None:
        """«Ежегодно», «в течение года», «2025 г., далее ежегодно»."""
        stated = self.stated
        if not (self._is_recurring() or stated.onward):
            return None
        self.warnings += unkept(stated)
        firm = [within for within in stated.within if not within.is_aside]
        if not firm:
            self.warnings.append(UNSETTLED)
        return self._made(Kind.YEARLY, self._limited(self._years_meant()))

    def _years_meant(self) -> Iterable[Point]:
        step = max((every.step for every in self.stated.rhythms if every.unit is Unit.YEAR), default=1)
        within = self.stated.within[0].academic if self.stated.within else None
        if within:
            return recurrence.learning_years(self.period)
        basis = self.basis if within is None else Basis.CALENDAR
        points, _ = recurrence.clipped(recurrence.basis_years(self.period, basis), self.period)
        if step > 1:
            self.warnings.append("годы отсчитаны от начала периода")
        whole = {point.due_on for point in points[step - 1 :: step]}
        return [
            point
            for point in recurrence.basis_years(self.period, basis)
            if min(point.due_on, self.period.ends_on) in whole
        ]

    def _is_recurring(self) -> bool:
        return bool(self.stated.within) or any(every.unit is Unit.YEAR for every in self.stated.rhythms)

    # Limits

    def _limited(self, points: Iterable[Point], *, but_windows: bool = False) -> list[Point]:
        """Points inside the years, beginnings and ends the phrase names beside them."""
        found = list(points)
        for limits in self._limits(but_windows=but_windows):
            found = [part for limit in limits for part in recurrence.clipped(found, limit)[0]]
        return [
            point for point in found
            if point.due_on.month not in self.stated.except_months and point.due_on.year not in self.stated.except_years
        ]  # fmt: skip

    def _limits(self, *, but_windows: bool) -> list[list[Period]]:
        limits: list[list[Period]] = []
        for since in self.stated.since:
            begins = self._beginning(since.start)
            limits += [[Period(begins, max(begins, self.period.ends_on))]] if begins else []
        if self.stated.by_years and not self._is_by_year_alone():
            last = years_as_points(self.stated.by_years[0].year)[-1].due_on
            limits.append([Period(min(self.period.starts_on, last), last)])
        years = [entry for entry in self.stated.entries if isinstance(entry, Years)]
        if years:
            limits.append(self._limits_of(years))
        if not but_windows:
            limits += self._limits_of_windows()
        return limits

    def _is_by_year_alone(self) -> bool:
        return not (self.rhythm or self.stated.entries or self._is_recurring())

    def _limits_of(self, years: list[Years]) -> list[Period]:
        points = [point for each in years for point in years_as_points(each)]
        if self.stated.onward:
            return [Period(points[0].starts_on, max(points[0].starts_on, self.period.ends_on))]
        return [Period(point.starts_on, point.due_on) for point in points]

    def _limits_of_windows(self) -> list[list[Period]]:
        windows = self._named_windows()
        limits = [[_as_period(point) for window in windows for point in self._placed(window).points]] if windows else []
        if self.rhythm and any(within.academic for within in self.stated.within):
            limits.append([_as_period(point) for point in recurrence.learning_years(self.period)])
        return limits

    def _beginning(self, start: Window | Years) -> date | None:
        if isinstance(start, Years):
            return years_as_points(start)[0].starts_on
        points = self._placed(start).points
        if start.years:
            return points[0].starts_on if points else None
        return None

    def _made(self, kind: Kind, points: Iterable[Point]) -> Meaning:
        """The meaning with its points clipped to the period."""
        points = list(points)
        found, ran_past = recurrence.clipped(points, self.period)
        outside = [point for point in points if _is_outside(point, self.period)]
        if kind is Kind.ONCE and found and outside:
            self.warnings.append(f"вне периода: {', '.join(day(point.due_on) for point in outside)}")
        if ran_past:
            self.warnings.append(RAN_PAST)
        if not found:
            self.warnings.append("в период дорожной карты ничего не попадает")
        return Meaning(kind, tuple(found))


_ORDER = (Kind.BY_SCHEDULE, Kind.ON_REQUEST, Kind.ONGOING)


def _beside(loose: Loose) -> str:
    if loose.kind is Kind.BY_SCHEDULE:
        return f"точный день назначат: «{loose.words}»"
    return f"рядом сказано: «{loose.words}»"


def _is_outside(point: Point, period: Period) -> bool:
    return point.due_on < period.starts_on or point.starts_on > period.ends_on


def _length(window: Window | Between) -> int:
    """Months of a window, as far as it matters against a rhythm."""
    if isinstance(window, Between):
        return DECEMBER
    if isinstance(window.shape, Halves):
        return 6 * (window.shape.last - window.shape.first + 1)
    return window.shape.length


def _as_period(point: Point) -> Period:
    return Period(point.starts_on, point.due_on)


def _by_day(due: date, period: Period) -> Point:
    """The day itself; one past the end of the period counts from the period's start, so that it is due at the end."""
    return Point(min(due, period.starts_on) if due > period.ends_on else due, due)


def _regular(stated: Statement) -> Kind | None:
    """«1 и 2 полугодие», «I, II, III, IV квартал» are rhythms said part by part."""
    shapes = [entry.shape for entry in stated.entries if isinstance(entry, Window) and not entry.until]
    if len(shapes) == 2 and {Halves(1, 1), Halves(2, 2)} == set(shapes):  # noqa: PLR2004
        return Kind.HALF_YEARLY
    quarters = {Stretch((month, 1), (month + 2, LAST_DAY)) for month in (1, 4, 7, 10)}
    return Kind.QUARTERLY if quarters == set(shapes) else None


def _two_readings(years: Years) -> str:
    calendar = years_as_points(years)[-1].due_on
    academic = years_as_points(Years(years.first, years.first, academic=True))[0].due_on
    return f"прочитано как календарные годы, до {day(calendar)}; учебный год — до {day(academic)}"
