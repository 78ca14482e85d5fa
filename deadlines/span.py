"""What a deadline comes to: a period, points in it, and the reading of one phrase."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What sort of deadline a phrase names."""

    ONCE = "once"
    PERIOD = "period"
    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    ONGOING = "ongoing"
    ON_REQUEST = "on_request"
    BY_SCHEDULE = "by_schedule"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """Which year «ежегодно» and «в течение года» speak of."""

    CALENDAR = "calendar"
    ACADEMIC = "academic"


@dataclass(frozen=True)
class Period:
    """The days of a roadmap, both ends included."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise ValueError("A period cannot end before it starts.")

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, order=True)
class Point:
    """One dated occurrence: work may start on one day and is due on the other, both included."""

    starts_on: date
    due_on: date

    def __post_init__(self) -> None:
        if self.due_on < self.starts_on:
            raise ValueError("A point cannot be due before it starts.")


@dataclass(frozen=True)
class Reading:
    """How a phrase was understood within one period.

    ``points`` are unique, sorted by due day and lie inside the period; for ``Kind.ONGOING`` they are check-ins.
    ``schedule`` holds the words of the schedule a ``Kind.BY_SCHEDULE`` waits for.
    ``warnings`` are short Russian phrases in lower case, to stand in a list.
    """

    phrase: str
    kind: Kind
    schedule: str | None = None
    points: tuple[Point, ...] = ()
    warnings: tuple[str, ...] = ()
