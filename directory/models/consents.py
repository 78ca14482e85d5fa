"""Consents to the use of personal data: a document of its own for each kind since 01.09.2025 (152-ФЗ, ст. 9 и 10.1)."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from directory.models.staff import StaffMember
from journal.models import History, Remembered

if TYPE_CHECKING:
    from datetime import date

    from directory.models.accounts import Account


def consent_path(consent: Consent, filename: str) -> str:
    """A path that nobody can guess and no typed name can bend."""
    return f"consents/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:10]}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(staff_member__in=StaffMember.objects.visible_to(account))

    def newest_first(self) -> Self:
        return self.order_by("-given_on", "-pk")


class Consent(Remembered):
    """One paper signed by a person; the paper itself is named by its number or lies here as a scan."""

    class Kind(models.TextChoices):
        PROCESSING = "processing", "обработка персональных данных"
        SPREADING = "spreading", "распространение персональных данных"

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="consents", verbose_name="сотрудник"
    )
    kind = models.CharField("на что согласие", max_length=10, choices=Kind)
    given_on = models.DateField("дата согласия")
    until = models.DateField("действует по", null=True, blank=True)
    number = models.CharField("номер документа", max_length=50, blank=True)
    file = models.FileField("скан", upload_to=consent_path, blank=True)
    filename = models.CharField("имя файла", max_length=120, blank=True, editable=False)
    content_type = models.CharField("вид файла", max_length=100, blank=True, editable=False)
    withdrawn_on = models.DateField("дата отзыва", null=True, blank=True)
    because = models.CharField("причина отзыва", max_length=300, blank=True)

    objects = ConsentQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("given_on")), name="consent_ends_after_it_is_given"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
            models.CheckConstraint(condition=~Q(number="") | ~Q(file=""), name="consent_has_number_or_scan"),
        ]

    def __str__(self) -> str:
        return f"согласие на {self.get_kind_display()} от {self.given_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return self.staff_member.get_absolute_url()

    def withdraw(self, *, on: date, because: str, by: Account) -> None:
        self.withdrawn_on, self.because = on, because
        self.sign(by=by, because=f"отозвано: {because}")
        self.save(update_fields=["withdrawn_on", "because"])

    def is_in_force(self, day: date) -> bool:
        return (
            self.given_on <= day
            and (self.until is None or self.until >= day)
            and (self.withdrawn_on is None or self.withdrawn_on > day)
        )
