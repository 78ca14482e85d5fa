"""Whole dates, months and years as documents write them."""

import calendar
import re
from datetime import date

MONTH_STEMS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма[йяе]",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
MONTH = "|".join(rf"(?P<m{number}>{stem})" for number, stem in enumerate(MONTH_STEMS, start=1))
QUOTE = r"[«\"“”„»_\s]*"
DATE = re.compile(
    rf"(?<!\d){QUOTE}(?P<day>\d{{1,2}}){QUOTE}[.\s/]\s*(?:(?P<month>\d{{1,2}})|(?:{MONTH})[а-яё]*)[.\s/]\s*"
    r"(?P<year>\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
YEAR = re.compile(rf"(?<![а-яё])(?:{MONTH})[а-яё]*\s+(?P<year>20\d\d)", re.IGNORECASE)
CENTURY, CENTURY_LONG = 2000, 100
YEAR = re.compile(r"(?<![\d.№])20[0-4]\d(?!\d)")


def find_date(text: str) -> date | None:
    """The first whole date of a text: 24.11.2021, 29.12.23, «1» сентября 2020 года.

    >>> find_date("от « 29 » 12 2023 г.")
    datetime.date(2023, 12, 29)
    """
    return next((day for match in DATE.finditer(text) if (day := _date(match))), None)


def last_day(month: date) -> date:
    """The last day of the month in which ``month`` lies."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def years_in(text: str) -> list[int]:
    """All years of this century's first half named in a text."""
    return [int(year) for year in YEAR.findall(text)]


def _date(match: re.Match[str]) -> date | None:
    year = int(match["year"])
    year += CENTURY if year < CENTURY_LONG else 0  # «29.12.23»
    month = int(match["month"]) if match["month"] else _month(match)
    try:
        return date(year, month, int(match["day"]))
    except ValueError:
        return None


def _month(match: re.Match[str]) -> int:
    return next(number for number in range(1, 13) if match[f"m{number}"])
