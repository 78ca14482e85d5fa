"""The finest rhythm a statement names: how often, and on which days."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from deadlines import recurrence
from deadlines.atoms import Every, MonthDays
from deadlines.clauses import Statement
from deadlines.lexicon import MONTHS_IN, Unit
from deadlines.parts import DECEMBER
from deadlines.span import Kind, Period, Point
from deadlines.wording import plural
from deadlines.year import MAY

_KINDS = {1: Kind.MONTHLY, 3: Kind.QUARTERLY, 6: Kind.HALF_YEARLY}
_HALF_YEAR = 6


@dataclass(frozen=True)
class Rhythm:
    """Every so many ``months``, or each week when that is 0; ``days`` name days inside them."""

    kind: Kind
    months: int
    stated: Statement
    warnings: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether it names its own days, so that months beside it only limit it."""
        stated = self.stated
        return self.months == 0 or bool(stated.month_days or stated.month_weekdays)

    def points(self, period: Period, *, academic: bool) -> Iterator[Point]:
        stated = self.stated
        for weekday in stated.weekdays:
            yield from recurrence.weekdays(period, weekday.number)
        for nth in stated.month_weekdays:
            points = recurrence.month_weekdays(period, nth.nth, nth.weekday)
            yield from (point for point in points if self._is_month(point, None, academic=academic))
        for days in stated.month_days:
            points = recurrence.month_days(period, days.first, days.last)
            yield from (point for point in points if self._is_month(point, days, academic=academic))
        if not (stated.weekdays or stated.month_weekdays or stated.month_days):
            yield from self._parts(period, academic=academic)

    def _parts(self, period: Period, *, academic: bool) -> Iterator[Point]:
        if self.months == 0:
            weeks = max((every.step for every in self.stated.rhythms if every.unit is Unit.WEEK), default=1)
            return islice(recurrence.weeks(period), weeks - 1, None, weeks)
        if any(every.unit is Unit.DECADE for every in self.stated.rhythms):
            return chain.from_iterable(recurrence.month_days(period, *days) for days in ((1, 10), (11, 20), (21, 31)))
        if self.months == _HALF_YEAR:
            return recurrence.halves(period, academic=academic)
        return recurrence.months(period, self.months)

    def _is_month(self, point: Point, days: MonthDays | None, *, academic: bool) -> bool:
        """Whether days of this month belong to the rhythm of longer parts: by default the month after each part."""
        if self.months <= 1:
            return True
        month = point.due_on.month
        is_learning = academic and self.months == _HALF_YEAR
        ends = (DECEMBER, MAY) if is_learning else range(self.months, DECEMBER + 1, self.months)
        if days is None:
            return month in ends
        if days.month:
            return any(month == (end - self.months + days.month - 1) % DECEMBER + 1 for end in ends)
        return any(month == end % DECEMBER + 1 for end in ends)


def rhythm_of(stated: Statement) -> Rhythm | None:
    """The finest of the rhythms named; «ежегодно» is none of them."""
    warnings = unkept(stated)
    lengths = [months for months in map(_months, stated.rhythms) if months < DECEMBER]
    if stated.weekdays and any(0 < months < DECEMBER for months in map(_months, stated.rhythms)):
        warnings.append("назван день недели: прочитано как каждую неделю")
    if stated.weekdays:
        return Rhythm(Kind.WEEKLY, 0, stated, tuple(warnings))
    if (stated.month_days or stated.month_weekdays) and not lengths:
        return Rhythm(Kind.MONTHLY, 1, stated, tuple(warnings))
    if not lengths:
        return None
    months = min(lengths)
    if months > 1 and any(days.month is None for days in stated.month_days):
        warnings.append("месяц не назван: взят следующий за отчётным; иначе — последний месяц отчётного")
    kind = Kind.WEEKLY if months == 0 else _KINDS.get(months, Kind.MONTHLY)
    return Rhythm(kind, months, stated, tuple(warnings))


def _about_weeks(every: Every) -> tuple[str, ...]:
    if every.unit is not Unit.WEEK or every.times > 1:
        return ("прочитано как раз в неделю: точнее дни назовите сами",)
    return ("недели отсчитаны от начала периода",) if every.step > 1 else ()


def unkept(stated: Statement) -> list[str]:
    """What of the rhythms named cannot be kept: «3 раза в год» says no days."""
    return [warning for every in stated.rhythms for warning in _normal(every)[1]]


def _months(every: Every) -> int:
    return _normal(every)[0]


def _normal(every: Every) -> tuple[int, tuple[str, ...]]:
    """Length in months (0 for weeks) and what cannot be kept of it."""
    if every.unit is Unit.DECADE:
        return 1, ()
    if every.unit not in MONTHS_IN:
        return 0, _about_weeks(every)
    months = MONTHS_IN[every.unit] * every.step
    if months % every.times == 0 and months // every.times in (*_KINDS, DECEMBER):
        return months // every.times, ()
    if every.times > 1:
        times = f"{every.times} {plural(every.times, 'раз,раза,раз')}"
        return months, (f"{times}: назначен только последний день, остальные назовите сами",)
    return months, () if months in _KINDS or months >= DECEMBER else ("части отсчитаны от января",)
