"""Verbs of the municipality's own days: keep one, remove one, take a change back, load many."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from deadlines.production import OwnDay
from directory.models import Account, CalendarDay, Municipality

LOADED = "загружено из файла"
TAKEN_BACK = "правка отменена"


class DayTaken(Exception):
    """The municipality has named this day already."""


class ChangedSince(Exception):
    """The day has been changed again since the change that was to be taken back."""


@dataclass(frozen=True)
class Change:
    """What a row of a sheet would do to the calendar; ``before`` is nothing when the day is new."""

    before: OwnDay | None
    after: OwnDay


def keep_day(day: CalendarDay, *, by: Account, because: str = "") -> Any:
    """Write the day and return the version that its history has kept; raises ``DayTaken``."""
    day.sign(by=by, because=because)
    try:
        with transaction.atomic():
            day.save()
    except IntegrityError as refusal:
        raise DayTaken from refusal
    return _latest(day.pk)


@transaction.atomic
def remove_day(day: CalendarDay, *, by: Account, because: str = "") -> Any:
    """Forget the day, so that it is as in the country again; the version by which it can be brought back."""
    key = day.pk
    day.sign(by=by, because=because)
    day.delete()
    return _latest(key)


@transaction.atomic
def take_back(version: Any, *, by: Account) -> None:
    """Undo the change that this version has kept; raises ``ChangedSince`` unless it is the day's latest."""
    # Two presses at once wait here for each other; the second finds a later version.
    present = CalendarDay.objects.select_for_update().filter(pk=version.id).first()
    if _latest(version.id) != version:
        raise ChangedSince
    if present and version.history_type == "+":
        remove_day(present, by=by, because=TAKEN_BACK)
        return
    before = version.instance if version.history_type == "-" else version.prev_record.instance
    try:
        keep_day(before, by=by, because=TAKEN_BACK)
    except DayTaken as taken:
        raise ChangedSince from taken


def _latest(key: int) -> Any:
    return CalendarDay.history.filter(id=key).order_by("-history_date", "-history_id").first()


def changes_of(days: Iterable[OwnDay], municipality: Municipality) -> list[Change]:
    """What a sheet would change, by day; rows that say what is known already change nothing."""
    known = {day.day: day.as_own_day() for day in municipality.calendar_days.all()}
    changes = [Change(known.get(own.day), own) for own in days if known.get(own.day) != own]
    return sorted(changes, key=lambda change: change.after.day)


@transaction.atomic
def load(changes: Iterable[Change], municipality: Municipality, *, by: Account) -> None:
    """Write every change of a sheet or none; raises ``DayTaken`` when a day was named meanwhile."""
    present = {day.day: day for day in municipality.calendar_days.select_for_update()}
    for change in changes:
        own = change.after
        day = present.get(own.day) or CalendarDay(municipality=municipality, day=own.day)
        day.is_working, day.title = own.is_working, own.why
        keep_day(day, by=by, because=LOADED)
