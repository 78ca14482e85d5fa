"""Working days by the production calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.workdays import Shift, Workdays, known


@pytest.mark.parametrize(
    ("day", "backward", "forward"),
    [
        (date(2024, 9, 15), date(2024, 9, 13), date(2024, 9, 16)),  # a Sunday
        (date(2024, 9, 13), date(2024, 9, 13), date(2024, 9, 13)),  # a Friday
        (date(2026, 12, 31), date(2026, 12, 30), date(2027, 1, 11)),  # a Thursday, off by decree
        (date(2025, 11, 1), date(2025, 11, 1), date(2025, 11, 1)),  # a Saturday worked for Monday
        (date(2025, 11, 3), date(2025, 11, 1), date(2025, 11, 5)),  # that Monday, before the holiday of the 4th
        (date(2025, 6, 13), date(2025, 6, 11), date(2025, 6, 16)),
    ],
)
def test_a_day_off_moves_to_a_working_one(day, backward, forward):
    workdays = Workdays()

    assert workdays.shifted(day) == backward
    assert workdays.shifted(day, Shift.FORWARD) == forward
    assert workdays.shifted(day, Shift.NONE) == day


def test_an_override_makes_a_regional_day_off_and_a_worked_saturday():
    workdays = Workdays({date(2026, 4, 21): False, date(2026, 4, 18): True})

    assert workdays.shifted(date(2026, 4, 21)) == date(2026, 4, 20)
    assert workdays.shifted(date(2026, 4, 18)) == date(2026, 4, 18)


def test_a_year_without_transfers_is_not_known_yet():
    assert (known(2025), known(2026), known(2045)) == (True, True, False)


@given(st.dates(date(2010, 1, 1), date(2040, 12, 31)), st.sampled_from([Shift.BACKWARD, Shift.FORWARD]))
def test_a_shifted_day_is_worked_and_near(day, shift):
    shifted = Workdays().shifted(day, shift)

    assert Workdays().is_working(shifted)
    assert abs((shifted - day).days) <= 12
    assert (shifted <= day) if shift is Shift.BACKWARD else (shifted >= day)


def test_a_calendar_without_a_working_day_leaves_the_day_as_it_is():
    closed = Workdays({date(2026, 1, 1).replace(day=day): False for day in range(1, 32)})

    assert closed.shifted(date(2026, 1, 20)) == date(2025, 12, 30)
