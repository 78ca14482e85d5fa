"""The history as a way back: what is kept or removed leaves a version, and the version says how to undo that."""

from typing import Any

from django.db import IntegrityError, transaction

from directory.actions.changes import ChangedSince
from directory.models import Account

TAKEN_BACK = "правка отменена"


class Taken(Exception):
    """Another record has what may be one record's alone."""


def keep(record: Any, *, by: Account, because: str = "") -> Any:
    """Write a record and return the version that its history has kept; raises ``Taken``."""
    record.sign(by=by, because=because)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as refusal:
        raise Taken from refusal
    return _latest(type(record), record.pk)


@transaction.atomic
def remove(record: Any, *, by: Account, because: str = "") -> Any:
    """Forget a record; the version by which it can be brought back."""
    key = record.pk
    record.sign(by=by, because=because)
    record.delete()
    return _latest(type(record), key)


@transaction.atomic
def take_back(version: Any, *, by: Account, because: str = TAKEN_BACK) -> None:
    """Undo the change that this version has kept; raises ``ChangedSince`` unless it is the record's latest."""
    model = version.instance_type
    # Two presses at once wait here for each other; the second finds a later version.
    present = model._base_manager.select_for_update().filter(pk=version.id).first()  # noqa: SLF001 - documented
    if _latest(model, version.id) != version:
        raise ChangedSince("С тех пор запись изменили ещё раз.")
    if present and version.history_type == "+":
        remove(present, by=by, because=because)
        return
    before = version.instance if version.history_type == "-" else version.prev_record.instance
    try:
        keep(before, by=by, because=because)
    except Taken as taken:
        raise ChangedSince("С тех пор появилась другая такая же запись.") from taken


def _latest(model: Any, key: int) -> Any:
    return model.history.filter(id=key).order_by("-history_date", "-history_id").first()
