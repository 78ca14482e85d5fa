"""Bundles: many orders drawn by the worker into one archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from directory.models import Account, Municipality
from reports.models.orders import Order

if TYPE_CHECKING:
    from datetime import datetime


class BundleQuerySet(models.QuerySet["Bundle"]):
    def visible_to(self, account: Account) -> Self:
        """Whoever asked for a bundle gets it: what it holds was chosen among what that reader sees."""
        return self.filter(requested_by=account, municipality=account.municipality_id)

    def newest_first(self) -> Self:
        return self.order_by("-requested_at", "-pk")


class Bundle(models.Model):
    """One archive asked for; ``drawn`` of ``total`` papers are ready, ``failed`` could not be drawn."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="bundles", verbose_name="муниципалитет"
    )
    requested_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто попросил"
    )
    requested_at = models.DateTimeField("когда попросили")
    total = models.PositiveIntegerField("документов")
    drawn = models.PositiveIntegerField("готово", default=0)
    failed = models.PositiveIntegerField("не вышло", default=0)
    archive = models.FileField("архив", blank=True)
    #: SHA-256 of the archive, hexadecimal.
    digest = models.CharField("отпечаток файла", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("размер файла, байт", default=0)
    finished_at = models.DateTimeField("когда готов", null=True, blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = "пачка документов"
        verbose_name_plural = "пачки документов"
        constraints = [
            models.CheckConstraint(
                condition=Q(archive="", finished_at=None) | Q(finished_at__isnull=False),
                name="archive_is_kept_when_finished",
            )
        ]

    def __str__(self) -> str:
        return f"документы, {self.total}"

    def get_absolute_url(self) -> str:
        return reverse("reports:bundle-detail", args=[self.pk])


class BundledOrderQuerySet(models.QuerySet["BundledOrder"]):
    def waiting(self, now: datetime) -> Self:
        """Papers to be drawn now: new ones, and those whose worker fell silent."""
        return self.filter(state=BundledOrder.State.QUEUED, try_at__lte=now)


class BundledOrder(models.Model):
    """One paper of a bundle.

    While a worker draws it, ``try_at`` lies in the future: that is the lease, and it ends by itself if the worker dies.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "ждёт"
        DRAWN = "drawn", "готов"
        FAILED = "failed", "не вышло"

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="papers", verbose_name="пачка")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+", verbose_name="приказ")
    position = models.PositiveIntegerField("место")
    state = models.CharField("состояние", max_length=10, choices=State, default=State.QUEUED)
    try_at = models.DateTimeField("когда рисовать")
    attempts = models.PositiveIntegerField("попыток", default=0)
    trouble = models.TextField("что помешало", blank=True)
    pdf = models.FileField("файл", blank=True)

    objects = BundledOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "документ пачки"
        verbose_name_plural = "документы пачки"
        constraints = [models.UniqueConstraint(fields=["bundle", "order"], name="order_is_bundled_once")]
        indexes = [models.Index(fields=["try_at"], condition=Q(state="queued"), name="bundled_order_waits")]

    def __str__(self) -> str:
        return str(self.order)
