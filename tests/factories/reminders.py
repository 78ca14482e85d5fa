"""The smallest valid records of the reminders."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from model_bakery import baker

from reminders.models import Letter, Preference, Reminder, Round
from tests.factories import directory

A_MOMENT = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)

_numbers = itertools.count(1)


def preference(**fields: Any) -> Preference:
    if "account" not in fields:
        fields["account"] = directory.account()
    return baker.make(Preference, **fields)


def round_of(**fields: Any) -> Round:
    if "municipality" not in fields:
        fields["municipality"] = directory.municipality()
    return baker.make(Round, **{"next_at": A_MOMENT} | fields)


def letter(**fields: Any) -> Letter:
    if "municipality" not in fields:
        fields["municipality"] = directory.municipality()
    usual = {
        "key": f"digest:{next(_numbers)}",
        "address": "reader@example.org",
        "subject": "Сроки на сегодня",
        "text": "Просрочено: отчёт.",
        "written_at": A_MOMENT,
        "try_at": A_MOMENT,
    }
    return baker.make(Letter, **usual | fields)


def reminder(**fields: Any) -> Reminder:
    if "account" not in fields:
        fields["account"] = directory.account()
    usual = {
        "source": f"roadmaps.controlpoint:{next(_numbers)}",
        "occasion": Reminder.Occasion.COMING,
        "title": "Сдать отчёт",
        "url": "/roadmaps/items/1/",
        "due_on": date(2026, 9, 15),
        "send_on": date(2026, 9, 8),
    }
    return baker.make(Reminder, **usual | fields)
