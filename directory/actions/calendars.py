"""Verbs of the municipality's own days: load a sheet of them, take a change or a whole sheet back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from deadlines.production import OwnDay
from directory.actions import versions
from directory.models import Account, CalendarDay, Municipality

LOADED = "загружено из файла"


@dataclass(frozen=True)
class Change:
    """What a row of a sheet would do to the calendar; ``before`` is nothing when the day is new."""

    before: OwnDay | None
    after: OwnDay


def changes_of(days: Iterable[OwnDay], municipality: Municipality) -> list[Change]:
    """What a sheet would change, by day; rows that say what is known already change nothing."""
    known = {day.day: day.as_own_day() for day in municipality.calendar_days.all()}
    changes = [Change(known.get(own.day), own) for own in days if known.get(own.day) != own]
    return sorted(changes, key=lambda change: change.after.day)


@transaction.atomic
def load(changes: Iterable[Change], municipality: Municipality, *, by: Account, at: datetime) -> list[Any]:
    """Write every change of a sheet or none and return the versions; raises ``Taken`` if a day was named meanwhile."""
    present = {day.day: day for day in municipality.calendar_days.select_for_update()}
    written = []
    for change in changes:
        own = change.after
        day = present.get(own.day) or CalendarDay(municipality=municipality, day=own.day)
        day.is_working, day.title = own.is_working, own.why
        # The same moment on all of them: by it a sheet is taken back as a whole.
        day._history_date = at  # type: ignore[attr-defined]  # noqa: SLF001 - simple-history documents it
        written.append(versions.keep(day, by=by, because=LOADED))
    return written


@transaction.atomic
def take_back(version: Any, *, by: Account) -> int:
    """Undo what this version has kept, or the whole sheet that it came with; how many days that were.

    Raises ``ChangedSince`` and writes nothing when any of them has been changed again.
    """
    together = _come_with(version)
    for each in together:
        versions.take_back(each, by=by)
    return len(together)


def _come_with(version: Any) -> list[Any]:
    """The versions that one sheet has written, or this one alone."""
    if version.history_change_reason != LOADED:
        return [version]
    same_sheet = CalendarDay.history.filter(
        municipality=version.municipality_id,
        history_date=version.history_date,
        history_user=version.history_user_id,
        history_change_reason=LOADED,
    )
    return list(same_sheet.order_by("id"))
