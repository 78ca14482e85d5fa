"""What is remembered of a record: who changed it and why, and who looked at the data of whom."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.signals import post_save, pre_save
from django.utils.text import Truncator
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from kit import worded

if TYPE_CHECKING:
    from datetime import datetime

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


class Removable(Remembered):
    """A record that is taken out with its moment and its hand, and can be brought back; its model has both fields."""

    #: What its history says, in the gender of its name.
    REMOVED, RESTORED = "Удалён", "Возвращён"

    removed_at: Any
    removed_by: Any

    class Meta:
        abstract = True

    def remove(self, *, by: Any, at: datetime) -> None:
        self.removed_at, self.removed_by = at, by
        self._keep_whether_removed(by=by, because=self.REMOVED)

    def restore(self, *, by: Any) -> None:
        self.removed_at, self.removed_by = None, None
        self._keep_whether_removed(by=by, because=self.RESTORED)

    def _keep_whether_removed(self, *, by: Any, because: str) -> None:
        self.sign(by=by, because=because)
        self.save(update_fields=["removed_at", "removed_by"])  # type: ignore[misc]  # they are its model's


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


class WrittenForGood(Exception):
    """What the log of accesses holds is neither rewritten nor removed."""


class AccessQuerySet(models.QuerySet["Access"]):
    def of_municipality(self, municipality: int | None) -> Self:
        return self.filter(municipality=municipality)

    def about(self, person: int | None) -> Self:
        return self.filter(person=person)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def update(self, **_: Any) -> NoReturn:
        raise WrittenForGood

    def delete(self) -> NoReturn:
        raise WrittenForGood

    def rename_people(self, name: str) -> int:
        """Put a nameless name in the place of those looked at; this and the next are all that ever changes here."""
        return models.QuerySet.update(self, person_name=name)

    def rename_readers(self, name: str) -> int:
        return models.QuerySet.update(self, reader_name=name)


class Access(models.Model):
    """Somebody looked at the personal data of somebody else.

    Names stand as they were: no foreign key, so that nothing removed elsewhere takes the trace along.
    """

    class Deed(models.TextChoices):
        CARD = "card", "открыта карточка"
        EDIT = "edit", "карточка открыта для правки"
        HISTORY = "history", "открыта история"
        MERGE = "merge", "карточка открыта для объединения"
        CONSENT = "consent", "открыт файл согласия"
        DOSSIER = "dossier", "открыты все данные"
        EXPORT = "export", "данные выгружены"
        DEPERSONALISE = "depersonalise", "открыто обезличивание"
        ACT = "act", "скачан акт об уничтожении"
        ACCOUNT = "account", "открыта учётная запись"
        SHEET = "sheet", "скачан список"
        LIST = "list", "открыт список"
        LETTER = "letter", "открыто письмо"

    at = models.DateTimeField("когда")
    municipality = models.BigIntegerField("муниципалитет")
    reader = models.BigIntegerField("учётная запись")
    reader_name = models.CharField("кто", max_length=320)
    role = models.CharField("роль", max_length=60)
    #: Nothing for a whole list; its name says then how it was filtered.
    person = models.BigIntegerField("номер карточки", null=True, blank=True)
    person_name = models.CharField("чьи данные", max_length=320)
    deed = models.CharField("что сделано", max_length=15, choices=Deed)
    #: People on the page of a list; nothing for one person, and for a sheet that is written out as it is read.
    shown = models.PositiveIntegerField("сколько строк", null=True, blank=True)
    address = models.CharField("страница", max_length=200)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = "обращение к персональным данным"
        verbose_name_plural = "обращения к персональным данным"
        indexes = [
            models.Index(fields=["municipality", "-at", "-id"], name="access_in_order"),
            models.Index(fields=["person", "-at", "-id"], name="access_of_person_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_name}: {self.get_deed_display()}, {self.person_name}"

    def save(self, *_: Any, **__: Any) -> None:
        """One plain insertion: the page waits for it."""
        if not self._state.adding:
            raise WrittenForGood
        worded.insert(self)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise WrittenForGood
