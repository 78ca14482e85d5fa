"""The plan of reminders: tables of days, and whatever Hypothesis can think of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.workdays import Shift, Workdays
from reminders.plan import DAY, USUAL, Duty, Occasion, Wish, due_days, marks, occasion, plan

WORKDAYS = Workdays()
WEDNESDAY = date(2026, 12, 16)


def duty(due_on=WEDNESDAY, **fields):
    return Duty(**{"account": 1, "source": "point:1", "title": "Отчёт", "url": "/1/", "due_on": due_on} | fields)


def days(*texts):
    return {date.fromisoformat(text) for text in texts}


def recalled(*duties, wishes=None, workdays=WORKDAYS, since, today):
    """The plan as {(account, source): (day, occasion)}."""
    rows = plan(duties, wishes or {}, workdays, since=date.fromisoformat(since), today=date.fromisoformat(today))
    assert len({(row.account, row.source) for row in rows}) == len(rows)
    return {(row.account, row.source): (row.send_on.isoformat(), row.occasion) for row in rows}


@pytest.mark.parametrize(
    ("control", "wish", "expected"),
    [
        # The third day before is a Sunday; the new year's rest moves the weekly mark of 6 January to the 11th.
        (
            "2026-12-16",
            USUAL,
            days(
                "2026-12-02", "2026-12-09", "2026-12-11", "2026-12-15", "2026-12-16",
                "2026-12-17", "2026-12-23", "2026-12-30", "2027-01-11", "2027-01-13",
            ),
        ),
        ("2026-12-16", Wish((3,)), days("2026-12-11", "2026-12-17", "2026-12-23", "2026-12-30", "2027-01-11", "2027-01-13")),
        # Away over everything that comes before: told once on the day of return, which is a Monday.
        (
            "2026-12-16",
            Wish(away_from=date(2026, 12, 1), away_until=date(2026, 12, 18)),
            days("2026-12-21", "2026-12-23", "2026-12-30", "2027-01-11", "2027-01-13"),
        ),
        # A Saturday worked by decree is as good as any day.
        ("2025-11-01", Wish(()), days("2025-11-05", "2025-11-10", "2025-11-17", "2025-11-24", "2025-12-01")),
    ],
)  # fmt: skip
def test_a_duty_is_recalled_on_these_days(control, wish, expected):
    control = date.fromisoformat(control)
    found = marks(control, wish, WORKDAYS, since=control - timedelta(days=30), today=control + timedelta(days=30))

    assert found == expected


def test_the_controller_hears_of_it_after_a_week_and_then_weekly():
    found = marks(WEDNESDAY, USUAL, WORKDAYS, since=date(2026, 11, 1), today=date(2027, 1, 15), watched=True)

    assert found == days("2026-12-23", "2026-12-30", "2027-01-11", "2027-01-13")


@pytest.mark.parametrize(
    ("shift", "day", "expected"),
    [
        # The due day is Sunday the 22nd: looked at on Friday, on Monday, or on the day itself.
        (Shift.BACKWARD, "2026-11-20", Occasion.TODAY),
        (Shift.BACKWARD, "2026-11-23", Occasion.LATE),
        (Shift.FORWARD, "2026-11-20", Occasion.COMING),
        (Shift.FORWARD, "2026-11-23", Occasion.TODAY),
        (Shift.NONE, "2026-11-20", Occasion.COMING),
        (Shift.NONE, "2026-11-23", Occasion.LATE),
    ],
)
def test_the_organisation_says_where_a_deadline_on_a_day_of_rest_moves(shift, day, expected):
    on = date.fromisoformat(day)

    found = plan([duty(date(2026, 11, 22), shift=shift)], {}, WORKDAYS, since=on - DAY, today=on)

    assert [(row.send_on, row.occasion) for row in found] == [(on, expected)]


def test_a_month_of_stoppage_leaves_one_row_a_duty():
    duties = [duty(source="point:1"), duty(source="point:2", due_on=date(2026, 12, 10)), duty(account=2)]

    found = recalled(*duties, since="2026-11-25", today="2026-12-25")

    assert found == {
        (1, "point:1"): ("2026-12-23", Occasion.LATE),
        (1, "point:2"): ("2026-12-24", Occasion.LATE),
        (2, "point:1"): ("2026-12-23", Occasion.LATE),
    }


def test_whoever_owes_what_it_controls_is_told_as_the_one_who_owes():
    both = [duty(is_watched=True), duty(), duty(account=2, is_watched=True)]

    found = recalled(*both, since="2026-12-22", today="2026-12-23")

    assert found == {
        (1, "point:1"): ("2026-12-23", Occasion.LATE),
        (2, "point:1"): ("2026-12-23", Occasion.WATCHED),
    }


def test_the_municipality_s_own_day_of_rest_is_silent():
    resting = Workdays({WEDNESDAY: False})

    assert recalled(duty(), workdays=resting, since="2026-12-15", today="2026-12-16") == {}
    assert recalled(duty(), workdays=resting, since="2026-12-14", today="2026-12-15") == {
        (1, "point:1"): ("2026-12-15", Occasion.TODAY)
    }


# A span with a new year's rest, a worked Saturday and the holidays of May.
BEGIN = date(2025, 9, 1)
some_day = st.integers(0, 500).map(lambda days: BEGIN + timedelta(days=days))
shifts = st.sampled_from(Shift)
overrides = st.dictionaries(some_day, st.booleans(), max_size=8)
ahead = st.lists(st.integers(0, 30), max_size=4, unique=True).map(tuple)


@st.composite
def wish(draw, *, may_leave=True):
    if not may_leave or draw(st.booleans()):
        return Wish(draw(ahead))
    leaves_on = draw(some_day)
    return Wish(draw(ahead), leaves_on, leaves_on + timedelta(days=draw(st.integers(0, 40))))


@st.composite
def life(draw):
    """A duty, a wish, a calendar, and the days on which the portal was at work."""
    days_off = Workdays(draw(overrides))
    owed = duty(draw(some_day), shift=draw(shifts), is_watched=draw(st.booleans()))
    first = draw(st.integers(-40, 20))
    span = [owed.due_on + timedelta(days=day) for day in range(first, first + 90)]
    working = [day for day in span if days_off.is_working(day)]
    stopped = draw(st.sets(st.sampled_from(working), max_size=60)) - {working[-1]}
    return owed, draw(wish()), days_off, span[0] - DAY, [day for day in working if day not in stopped]


def rounds(owed, wished, workdays, since, at_work):
    """The rows of every round, in order."""
    rows = []
    for today in at_work:
        rows += plan([owed], {owed.account: wished}, workdays, since=since, today=today)
        since = today
    return rows


@given(life())
def test_never_twice_a_day_never_on_a_day_of_rest_never_in_a_leave(lived):
    _, wished, workdays, *_ = lived
    told = [row.send_on for row in rounds(*lived)]

    assert len(set(told)) == len(told)
    assert [day for day in told if not workdays.is_working(day) or wished.is_away(day)] == []


@given(life())
def test_stopping_and_resuming_on_any_days_loses_no_duty(lived):
    owed, wished, workdays, since, at_work = lived
    every_day = [day for day in (since + DAY * n for n in range(1, 91)) if workdays.is_working(day)]
    without_stops = {row.send_on for row in rounds(owed, wished, workdays, since, every_day)}
    told = {row.send_on for row in rounds(*lived)}

    for began, ended in zip([since, *at_work], at_work, strict=False):
        meant = {day for day in without_stops if began < day <= ended}
        assert {day for day in told if began < day <= ended} == ({max(meant)} if meant else set())


@given(life())
def test_what_passes_its_day_is_recalled_late(lived):
    owed, wished, _, since, at_work = lived
    last = at_work[-1]
    known_late_since = owed.due_on + timedelta(days=60 if owed.is_watched else 50)
    if last < known_late_since or (wished.away_until or since) >= last:
        return

    late = [row for row in rounds(*lived) if row.occasion in {Occasion.LATE, Occasion.WATCHED}]

    assert late != []


@given(st.data())
def test_days_asked_of_the_database_leave_no_mark_out(data):
    workdays = Workdays(data.draw(overrides))
    since = data.draw(some_day)
    today = since + timedelta(days=data.draw(st.integers(1, 40)))
    wishes = data.draw(st.lists(wish(may_leave=False), min_size=1, max_size=3))
    shift = data.draw(shifts)
    earliest = today - timedelta(days=200)
    asked = due_days(wishes, {shift}, workdays, since=since, today=today, earliest=earliest)

    for ahead_by in range(-200, 60):
        owed = duty(today + timedelta(days=ahead_by), shift=shift)
        if any(plan([owed], {1: wished}, workdays, since=since, today=today) for wished in wishes):
            assert owed.due_on in asked


def test_a_due_day_at_the_end_of_the_holidays_is_asked_for_though_watching_began_on_it():
    sixth, july = date(2026, 1, 6), date(2026, 7, 25)
    owed = duty(sixth)

    asked = due_days([USUAL], {Shift.BACKWARD}, WORKDAYS, since=july - 40 * DAY, today=july, earliest=sixth)

    assert plan([owed], {}, WORKDAYS, since=july - 40 * DAY, today=july)
    assert sixth in asked


def test_of_years_of_late_days_one_working_day_asks_for_a_fifth():
    tuesday = date(2026, 11, 24)
    asked = due_days([USUAL], {Shift.BACKWARD}, WORKDAYS, since=tuesday - DAY, today=tuesday, earliest=date(2016, 1, 1))

    late = {day for day in asked if day < tuesday - timedelta(days=7)}
    assert 0.1 < len(late) / (tuesday - date(2016, 1, 1)).days < 0.2


def test_the_occasion_follows_from_the_control_day():
    assert occasion(duty(date(2026, 11, 22)), WORKDAYS, date(2026, 11, 20)) == Occasion.TODAY
    assert occasion(duty(date(2026, 11, 22), is_watched=True), WORKDAYS, date(2026, 12, 20)) == Occasion.WATCHED
