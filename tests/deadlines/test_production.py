"""The production calendar as it is read: counts as published, transfers, and one's own days over them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.production import OwnDay, Sort, production_year
from deadlines.workdays import Workdays


# As the production calendars of these years were published, for a week of 40 hours.
@pytest.mark.parametrize(("year", "working"), [(2024, 248), (2025, 247), (2026, 247)])
def test_the_year_has_as_many_working_days_as_published(year, working):
    read = production_year(year)

    assert (read.working, sum(read.quarters)) == (working, working)
    assert read.working + read.off == (date(year + 1, 1, 1) - date(year, 1, 1)).days


@pytest.mark.parametrize(
    ("day", "sort"),
    [
        (date(2025, 11, 1), Sort.MOVED_ON),
        (date(2025, 11, 3), Sort.MOVED_OFF),
        (date(2025, 11, 4), Sort.HOLIDAY),
        (date(2025, 11, 5), Sort.WORK),
        (date(2025, 11, 8), Sort.WEEKEND),
    ],
)
def test_each_day_is_of_its_sort(day, sort):
    assert production_year(day.year)[day].sort == sort


def test_a_month_tells_its_reasons_with_their_days():
    january = production_year(2026).months[0]

    assert january.remarks == [
        ("1–6, 8", "Новогодние каникулы"),
        ("7", "Рождество Христово"),
        ("9", "Выходной (перенесено с 03.01.2026)"),
    ]


def test_a_month_is_laid_out_in_weeks_from_monday():
    weeks = production_year(2026).months[10].weeks

    assert [cell and cell.day.day for cell in weeks[0]] == [None, None, None, None, None, None, 1]
    assert [cell and cell.day.day for cell in weeks[-1]] == [30, None, None, None, None, None, None]


def test_an_own_day_off_stands_over_the_country_and_says_why():
    city_day = date(2026, 8, 7)

    year = production_year(2026, [OwnDay(city_day, is_working=False, why="День города")])

    own = year[city_day]
    assert (own.sort, own.differs, own.is_working, own.why) == (Sort.HOLIDAY, True, False, "День города")
    assert year.working == production_year(2026).working - 1
    assert year.months[7].remarks == [("7", "День города")]


def test_an_own_day_like_the_country_s_changes_nothing_but_is_told():
    day = date(2026, 11, 4)

    own = production_year(2026, [OwnDay(day, is_working=False)])[day]

    assert (own.sort, own.differs, own.why) == (Sort.HOLIDAY, False, "выходной день")


def test_an_own_working_day_may_be_a_weekend():
    saturday = date(2026, 11, 7)

    own = production_year(2026, [OwnDay(saturday, is_working=True)])[saturday]

    assert (own.sort, own.differs, own.why) == (Sort.MOVED_ON, True, "рабочий день")


@given(st.integers(1992, 2098), st.integers(0, 364), st.booleans())
def test_the_page_and_the_reminders_read_the_same_calendar(year, ahead, is_working):
    day = date(year, 1, 1) + timedelta(days=ahead)
    read = production_year(year, [OwnDay(day, is_working)])
    workdays = Workdays({day: is_working})

    told = [each.is_working for month in read.months for each in month.dates]

    assert told == [workdays.is_working(each.day) for month in read.months for each in month.dates]
