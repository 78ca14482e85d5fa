"""The academic year, 1 September to 31 August, and which year a roadmap lives by."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from deadlines.span import Basis, Period

SEPTEMBER = 9
MAY = 5


@dataclass(frozen=True, order=True)
class AcademicYear:
    """Twelve months from 1 September, named by that September.

    >>> str(AcademicYear.of(date(2026, 3, 1)))
    '2025/26 учебный год'
    """

    september: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The year in which ``day`` lies."""
        return cls(day.year if day.month >= SEPTEMBER else day.year - 1)

    @property
    def starts_on(self) -> date:
        return date(self.september, SEPTEMBER, 1)

    @property
    def ends_on(self) -> date:
        return date(self.september + 1, SEPTEMBER - 1, 31)

    @property
    def work_ends_on(self) -> date:
        """The last day of lessons and of the work «в течение учебного года»."""
        return date(self.september + 1, MAY, 31)

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Year and month twelve times, from September to August."""
        return tuple((self.september + (month < SEPTEMBER), month) for month in (9, 10, 11, 12, *range(1, SEPTEMBER)))

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def __str__(self) -> str:
        return f"{self.september}/{(self.september + 1) % 100:02} учебный год"


_ACADEMIC_WORDS = re.compile(r"\bуч(?:ебн\w*|\.)?\s*(?:г\b|г\.|год)|\b20\d\d\s*/\s*(?:20)?\d\d\b", re.IGNORECASE)


def default_basis(title: str, period: Period) -> Basis:
    """Academic when the title speaks of a «учебный год» or the period starts on 1 September, else calendar.

    >>> default_basis("Дорожная карта на 2025-2026 учебный год", Period(date(2025, 8, 1), date(2026, 6, 30))).value
    'academic'
    >>> default_basis("Дорожная карта", Period(date(2021, 1, 1), date(2024, 12, 31))).value
    'calendar'
    """
    starts_with_school = (period.starts_on.month, period.starts_on.day) == (SEPTEMBER, 1)
    return Basis.ACADEMIC if starts_with_school or _ACADEMIC_WORDS.search(title) else Basis.CALENDAR
