"""Days, spans and readings in words."""

from datetime import date

import pytest

from deadlines import wording
from deadlines.phrases import read
from deadlines.span import Basis, Period, Point

TODAY = date(2026, 9, 17)
PLAN = (Period(date(2025, 9, 1), date(2028, 8, 31)), Basis.ACADEMIC)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "сроков"), (1, "срок"), (2, "срока"), (5, "сроков"), (11, "сроков"), (14, "сроков"), (21, "срок"), (22, "срока"),
     (111, "сроков"), (-3, "срока")],
)  # fmt: skip
def test_a_noun_agrees_with_its_number(number, words):
    assert wording.plural(number, "срок,срока,сроков") == words


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2026, 9, 17), "сегодня"),
        (date(2026, 9, 18), "завтра"),
        (date(2026, 9, 19), "через 2 дня"),
        (date(2026, 9, 30), "через 13 дней"),
        (date(2026, 10, 8), "через 21 день"),
        (date(2026, 9, 16), "просрочено на 1 день"),
        (date(2026, 8, 26), "просрочено на 22 дня"),
    ],
)
def test_how_far_a_day_is(due_on, words):
    assert wording.left(due_on, TODAY) == words


def test_the_year_is_left_out_when_it_is_this_one():
    assert wording.day(date(2026, 10, 31), TODAY) == "31 октября"
    assert wording.day(date(2027, 10, 31), TODAY) == "31 октября 2027"
    assert wording.day(date(2026, 10, 31)) == "31 октября 2026"


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (Point(date(2026, 9, 15), date(2026, 9, 15)), "15 сентября"),
        (Point(date(2026, 5, 1), date(2026, 6, 30)), "с 1 мая по 30 июня"),
        (Point(date(2026, 12, 25), date(2027, 1, 10)), "с 25 декабря 2026 по 10 января 2027"),
    ],
)
def test_a_span_names_both_its_ends(point, words):
    assert wording.span(point, TODAY) == words


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("Май-июнь, ежегодно", "с 1 мая по 30 июня каждый год: 30.06.2026, 30.06.2027, 30.06.2028"),
        ("до 15 сентября", "15 сентября каждый год: 15.09.2025, 15.09.2026, 15.09.2027"),
        ("октябрь и апрель", "каждый год: 31.10.2025, 30.04.2026, 31.10.2026, 30.04.2027, 31.10.2027, 30.04.2028"),
        ("ежемесячно", "раз в месяц: 30.09.2025, 31.10.2025, 30.11.2025, 31.12.2025, 31.01.2026, ещё 31"),
        ("до 1 октября 2026 года", "1 октября"),
        ("01.10.2026, 01.03.2027", "01.10.2026, 01.03.2027"),
        ("сентябрь 2026 - май 2027", "с 1 сентября 2026 по 31 мая 2027"),
        ("постоянно", "отметка раз в год, ближайшая 31.08.2027"),
        ("по запросу", "по запросу, без дат"),
        ("по графику ВПР", "даты появятся, когда назначат график «по графику ВПР»"),
        ("май 2020", "в период дорожной карты ничего не попадает"),
        ("абракадабра", "не понято"),
    ],
)
def test_a_reading_is_one_short_line(phrase, words):
    assert wording.understood(read(phrase, *PLAN), TODAY) == words


def test_a_reading_kept_as_plain_data_is_said_alike():
    words = wording.understood_points("yearly", ["2026-09-15", "2027-09-15"], None)

    assert words == "15 сентября каждый год: 15.09.2026, 15.09.2027"
