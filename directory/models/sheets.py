"""Sheets brought in: a file, what was mended in it, what it would change, and how far its writing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from directory.models.accounts import Account
from directory.models.organisations import Municipality, Organisation
from directory.roles import Role

if TYPE_CHECKING:
    from datetime import datetime


class SheetImportQuerySet(models.QuerySet["SheetImport"]):
    def visible_to(self, account: Account) -> Self:
        """Whoever brought a sheet sees it, in the place it was brought for."""
        own = self.filter(requested_by=account, municipality=account.municipality_id)
        return own.filter(organisation=account.organisation_id if account.role == Role.DEPUTY else None)

    def waiting(self, now: datetime) -> Self:
        """Sheets for the worker: new ones, and those whose worker fell silent."""
        return self.filter(state__in=SheetImport.AT_WORK, try_at__lte=now)

    def newest_first(self) -> Self:
        return self.order_by("-requested_at", "-pk")


class SheetImport(models.Model):
    """The file and the mends are the truth; ``report`` is derived from them and from the registry, again each time.

    While a worker has the sheet in hand, ``try_at`` lies in the future: that is the lease, and it ends by itself if
    the worker dies. Writing is one transaction that also ends the work, so it happens once or not at all.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", "сотрудники"
        ORGANISATIONS = "organisations", "организации"

    class State(models.TextChoices):
        READING = "reading", "читается"
        CHECKED = "checked", "проверена"
        WRITING = "writing", "записывается"
        WRITTEN = "written", "записана"
        FAILED = "failed", "не вышло"

    AT_WORK = (State.READING, State.WRITING)

    kind = models.CharField("вид", max_length=15, choices=Kind)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="sheet_imports", verbose_name="муниципалитет"
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sheet_imports",
        verbose_name="организация",
        help_text="Пусто: таблица на весь муниципалитет.",
    )
    file = models.FileField("файл", blank=True)
    filename = models.CharField("имя файла", max_length=120)
    state = models.CharField("состояние", max_length=10, choices=State, default=State.READING)
    #: By line of the file: what a person typed instead of its cells, or nothing where the row is left out.
    mends = models.JSONField("исправления", default=dict, blank=True)
    report = models.JSONField("что изменится", default=dict, blank=True)
    #: SHA-256 of the whole difference that the report tells of, hexadecimal.
    seen = models.CharField("отпечаток разницы", max_length=64, blank=True)
    trouble = models.TextField("что помешало", blank=True)
    requested_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто загрузил"
    )
    requested_at = models.DateTimeField("когда загружено")
    written_at = models.DateTimeField("когда записано", null=True, blank=True)
    try_at = models.DateTimeField("когда взяться")
    attempts = models.PositiveIntegerField("попыток", default=0)

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = "загрузка таблицы"
        verbose_name_plural = "загрузки таблиц"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="written", written_at__isnull=False) | ~Q(state="written") & Q(written_at=None),
                name="sheet_is_written_at_a_moment",
            )
        ]
        indexes = [
            models.Index(fields=["try_at"], condition=Q(state__in=["reading", "writing"]), name="sheet_import_waits")
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("directory:sheet-detail", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK
