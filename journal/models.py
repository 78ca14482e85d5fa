"""What a record must have to be remembered: who changed it and why, told by the verb that changes it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.signals import post_save, pre_save
from django.utils.text import Truncator
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from kit import worded

#: Characters of a reason that a history row can hold.
REASON_LENGTH = 100


class Remembered(models.Model):
    """A record with a history: each verb signs its change before saving."""

    class Meta:
        abstract = True

    def sign(self, *, by: Any, because: str = "") -> None:
        """Put the account and the reason on the next saved version; nobody stands for the portal itself."""
        self._history_user = by
        self._change_reason = Truncator(because).chars(REASON_LENGTH)

    def rewrite(self, *names: str) -> None:
        """``save(update_fields=names)`` in words made once, for records without a ``save`` of their own."""
        told = {"sender": type(self), "instance": self, "update_fields": frozenset(names)}
        pre_save.send(**told, raw=False, using=DEFAULT_DB_ALIAS)
        worded.update(self, *names)
        post_save.send(**told, raw=False, using=DEFAULT_DB_ALIAS, created=False)


class KeptManager(HistoryManager):
    """The manager of past versions; the library makes a new class of it for every version it writes."""

    @classmethod
    @cache
    def from_queryset(cls, *made_of: Any) -> Any:
        return super().from_queryset(*made_of)


class Version(models.Model):
    """A past version, written once and never again: a plain insertion is all that its saving takes."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if self._state.adding:
            worded.insert(self)
        else:
            super().save(*args, **options)


class History(HistoricalRecords):
    """The past versions of a record: one row for each change."""

    def __init__(self, **options: Any) -> None:
        super().__init__(history_manager=KeptManager, bases=[Version], **options)
