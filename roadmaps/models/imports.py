"""A document brought in: what was understood of it, mended by a person before it becomes a roadmap."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from directory.models import Account, Municipality
from directory.roles import Permission
from roadmaps.models.roadmaps import Roadmap


class RoadmapImportQuerySet(models.QuerySet["RoadmapImport"]):
    def visible_to(self, account: Account) -> Self:
        if not account.holds(Permission.ROADMAP_EDIT):
            return self.none()
        return self.filter(municipality=account.municipality_id)

    def waiting(self) -> Self:
        return self.filter(confirmed_at=None)

    def abandoned(self, before: datetime) -> Self:
        return self.waiting().filter(brought_at__lt=before)


class RoadmapImport(models.Model):
    """``understood`` has the shape that ``manage.py import_roadmap --json`` prints."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="roadmap_imports", verbose_name="муниципалитет"
    )
    filename = models.CharField("имя файла", max_length=120)
    #: SHA-256 of what was understood, hexadecimal.
    digest = models.CharField("отпечаток", max_length=64)
    understood = models.JSONField("как понято")
    brought_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто загрузил"
    )
    brought_at = models.DateTimeField("когда загружено")
    roadmap = models.ForeignKey(
        Roadmap, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports", verbose_name="дорожная карта"
    )
    confirmed_at = models.DateTimeField("когда подтверждено", null=True, blank=True)

    objects = RoadmapImportQuerySet.as_manager()

    class Meta:
        verbose_name = "загрузка"
        verbose_name_plural = "загрузки"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "digest"], name="document_is_brought_once"),
            models.CheckConstraint(
                condition=Q(roadmap=None) | Q(confirmed_at__isnull=False), name="import_is_confirmed_at_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:import-detail", args=[self.pk])
