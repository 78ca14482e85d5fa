"""Working days by the Russian production calendar, for reminding and control; the day printed stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays


class Shift(StrEnum):
    """Where a deadline on a day off moves: instructions on paperwork go backward, the civil code forward."""

    BACKWARD = "backward"
    FORWARD = "forward"
    NONE = "none"


@dataclass(frozen=True)
class Workdays:
    """A production calendar; ``overrides`` tells whether a day is worked, for regional days and late decrees."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether the day is worked in a five-day week.

        >>> Workdays().is_working(date(2025, 11, 1))  # a Saturday worked for Monday the 3rd
        True
        """
        if day in self.overrides:
            return self.overrides[day]
        return bool(_russia(day.year).is_working_day(day))

    def shifted(self, day: date, to: Shift = Shift.BACKWARD) -> date:
        """The day itself if worked, else the nearest working one before or after.

        >>> Workdays().shifted(date(2024, 9, 15)).isoformat()
        '2024-09-13'
        """
        step = timedelta(days={Shift.BACKWARD: -1, Shift.FORWARD: 1, Shift.NONE: 0}[to])
        while step and not self.is_working(day):
            day += step
        return day


def known(year: int) -> bool:
    """Whether the year's transfers of days off are known; without them the calendar is provisional.

    Every year moves some days off by decree, so a year without such a move is one not yet decreed.
    """
    return any("substituted" in name for name in _russia(year).values())


@cache
def _russia(year: int) -> holidays.HolidayBase:
    # English names on purpose: `known` reads them; nobody else sees them.
    return holidays.country_holidays("RU", years=year, language="en_US")
