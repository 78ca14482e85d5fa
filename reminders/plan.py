"""Pure plan: which duty is recalled to whom on which day."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from deadlines.workdays import Shift, Workdays

#: Days before a deadline on which it is recalled, unless a person chooses otherwise (product.md T1).
DAYS_BEFORE = (14, 7, 3, 1, 0)
#: The performer hears of a late duty the next day, after a week and then weekly; the controller from the week on.
FIRST_LATE = 1
WEEK = 7

DAY = timedelta(days=1)


class Occasion(StrEnum):
    COMING = "coming"
    TODAY = "today"
    LATE = "late"
    WATCHED = "watched"


class Duty(NamedTuple):
    """What one account owes by a day, or, when ``is_watched``, what others owe under its control.

    A tuple, because a morning makes thousands of them and a frozen dataclass takes five times as long to make.
    """

    account: int
    source: str
    title: str
    url: str
    due_on: date
    shift: Shift = Shift.BACKWARD
    is_watched: bool = False
    #: The document in which the duty stands.
    within: str = ""


@dataclass(frozen=True)
class Wish:
    """How early one account wants to be reminded, and when it is away; both ends of a leave are included."""

    days_before: tuple[int, ...] = DAYS_BEFORE
    away_from: date | None = None
    away_until: date | None = None

    def is_away(self, day: date) -> bool:
        return bool(self.away_from and self.away_until and self.away_from <= day <= self.away_until)

    def back_on(self, workdays: Workdays) -> date | None:
        """The first working day after the leave."""
        return workdays.shifted(self.away_until + DAY, Shift.FORWARD) if self.away_until else None


#: Of whoever has not chosen.
USUAL = Wish()


@dataclass(frozen=True)
class Planned:
    """One row to be: this duty is recalled to this account on this day."""

    account: int
    source: str
    title: str
    url: str
    due_on: date
    send_on: date
    occasion: Occasion


def plan(
    duties: Iterable[Duty], wishes: Mapping[int, Wish], workdays: Workdays, *, since: date, today: date
) -> set[Planned]:
    """What is to be recalled for the days after ``since`` up to ``today``.

    Of the marks that a duty has in these days only the newest counts: after a stoppage nobody hears of one thing twice.
    Whoever owes a duty and watches it as well hears of it as the one who owes.
    """

    @cache
    def newest(due_on: date, shift: Shift, wish: Wish, is_watched: bool) -> date | None:
        days = marks(control_day(due_on, shift, workdays), wish, workdays, since=since, today=today, watched=is_watched)
        return max(days, default=None)

    planned: dict[tuple[int, str, date], Planned] = {}
    for duty in sorted(duties, key=lambda duty: duty.is_watched, reverse=True):
        send_on = newest(duty.due_on, duty.shift, wishes.get(duty.account, USUAL), duty.is_watched)
        if send_on:
            planned[duty.account, duty.source, duty.due_on] = Planned(
                duty.account, duty.source, duty.title, duty.url, duty.due_on, send_on, occasion(duty, workdays, today)
            )
    return set(planned.values())


def control_day(due_on: date, shift: Shift, workdays: Workdays) -> date:
    """The day on which a deadline is looked at: the due day, moved off a day of rest as the organisation does."""
    return workdays.shifted(due_on, shift)


def occasion(duty: Duty, workdays: Workdays, today: date) -> Occasion:
    if duty.is_watched:
        return Occasion.WATCHED
    control = control_day(duty.due_on, duty.shift, workdays)
    return Occasion.LATE if control < today else Occasion.TODAY if control == today else Occasion.COMING


def marks(
    control: date, wish: Wish, workdays: Workdays, *, since: date, today: date, watched: bool = False
) -> set[date]:
    """The working days after ``since`` up to ``today`` on which a duty is recalled; ``watched``: by its controller.

    Marks before the deadline move back to a working day, late ones forward; what falls into a leave waits for its end.
    """
    first = min(since + DAY, wish.away_from or since + DAY)
    before = () if watched else (workdays.shifted(control - timedelta(days=days)) for days in wish.days_before)
    after = (
        workdays.shifted(control + timedelta(days=days), Shift.FORWARD)
        for days in _late_days(control, _reach(first, workdays), today, watched=watched)
    )
    back_on = wish.back_on(workdays)
    days = {back_on if back_on and wish.is_away(day) else day for day in (*before, *after)}
    return {day for day in days if since < day <= today}


def due_days(
    wishes: Collection[Wish],
    shifts: Collection[Shift],
    workdays: Workdays,
    *,
    since: date,
    today: date,
    earliest: date,
) -> set[date]:
    """Every due day from ``earliest`` on that may have a mark after ``since`` up to ``today``, leaves left aside.

    The plan read backwards, so that a database is asked for days and never for sums: from the days of the marks
    to the control days, and from these to the due days that move onto them.
    """
    first, last = _reach(since + DAY, workdays), workdays.shifted(today + DAY, Shift.FORWARD)
    before = {
        day + timedelta(days=days)
        for days in {days for wish in wishes for days in wish.days_before}
        for day in _days(since + DAY, last)
    }
    # A due day at the end of long holidays is looked at before them: further back than the earliest due day itself.
    begins = min((control_day(earliest, shift, workdays) for shift in shifts), default=earliest)
    late = {
        day - timedelta(days=days)
        for day in _days(first, today + DAY)
        for days in (FIRST_LATE, *range(WEEK, (day - begins).days + 1, WEEK))
    }
    found = {due_on for control in before | late for due_on in _moved_onto(control, shifts, workdays)}
    return {due_on for due_on in found if due_on >= earliest}


def _late_days(control: date, first: date, last: date, *, watched: bool) -> Iterator[int]:
    """After how many days a late duty is recalled, as far as the day lies between these two."""
    if not watched and first <= control + FIRST_LATE * DAY <= last:
        yield FIRST_LATE
    weeks_over = max(1, -(-(first - control).days // WEEK))
    yield from range(weeks_over * WEEK, (last - control).days + 1, WEEK)


def _reach(day: date, workdays: Workdays) -> date:
    """The earliest day whose mark moves forward to this day or later: the one after the last working day before it."""
    return workdays.shifted(day - DAY) + DAY


def _moved_onto(control: date, shifts: Collection[Shift], workdays: Workdays) -> Iterator[date]:
    """The due days whose control day is this one: itself, and days of rest that move onto it."""
    if Shift.NONE in shifts or workdays.is_working(control):
        yield control
    for shift, step in ((Shift.BACKWARD, DAY), (Shift.FORWARD, -DAY)):
        if shift in shifts and workdays.is_working(control):
            day = control + step
            while not workdays.is_working(day):
                yield day
                day += step


def _days(first: date, end: date) -> Iterator[date]:
    """Days from the first up to, and without, the end."""
    return (first + timedelta(days=days) for days in range((end - first).days))
