"""The academic year and the year a roadmap lives by."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.span import Basis, Period, Point
from deadlines.year import AcademicYear, default_basis


def test_the_year_is_named_by_its_september():
    year = AcademicYear(2025)

    assert (year.starts_on, year.work_ends_on, year.ends_on) == (date(2025, 9, 1), date(2026, 5, 31), date(2026, 8, 31))
    assert (str(year), str(AcademicYear(2099))) == ("2025/26 учебный год", "2099/00 учебный год")


def test_months_go_from_september_to_august():
    assert AcademicYear(2025).months == (
        (2025, 9), (2025, 10), (2025, 11), (2025, 12), (2026, 1), (2026, 2), (2026, 3), (2026, 4), (2026, 5), (2026, 6),
        (2026, 7), (2026, 8),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "september"), [(date(2025, 8, 31), 2024), (date(2025, 9, 1), 2025), (date(2026, 1, 1), 2025)]
)
def test_the_new_year_begins_on_the_first_of_september(day, september):
    assert AcademicYear.of(day) == AcademicYear(september)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_every_day_lies_in_its_own_year_only(day):
    year = AcademicYear.of(day)

    assert day in year
    assert day not in AcademicYear(year.september - 1)
    assert day not in AcademicYear(year.september + 1)


@pytest.mark.parametrize(
    ("title", "start", "basis"),
    [
        ("План на 2025-2026 учебный год", date(2025, 8, 15), Basis.ACADEMIC),
        ("План на 2025-2026 уч. г.", date(2025, 8, 15), Basis.ACADEMIC),
        ("План на 2025/26", date(2025, 8, 15), Basis.ACADEMIC),
        ("Дорожная карта", date(2025, 9, 1), Basis.ACADEMIC),
        ("Дорожная карта на 2021-2024 годы", date(2021, 1, 1), Basis.CALENDAR),
        ("План работы учреждения на 2025 год", date(2025, 1, 1), Basis.CALENDAR),
        ("", date(2025, 10, 1), Basis.CALENDAR),
    ],
)
def test_the_basis_follows_the_title_and_the_first_day(title, start, basis):
    assert default_basis(title, Period(start, date(2028, 12, 31))) is basis


def test_a_period_and_a_point_cannot_run_backward():
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2025, 9, 2), date(2025, 9, 1))
    with pytest.raises(ValueError, match="before it starts"):
        Point(date(2025, 9, 2), date(2025, 9, 1))
