"""On which days the people of the demo report: no weekends, no feasts."""

from datetime import date, timedelta

SATURDAY = 5
FEASTS = {(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}


def working_day_up_to(day: date) -> date:
    """The day itself or the nearest earlier one on which people work.

    >>> working_day_up_to(date(2026, 1, 4))
    datetime.date(2025, 12, 31)
    """
    while day.weekday() >= SATURDAY or (day.month, day.day) in FEASTS:
        day -= timedelta(days=1)
    return day
