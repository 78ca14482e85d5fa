"""Evidence that a control point was met: a file kept under a name of ours, or a link."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from directory.models import Account
from roadmaps.models.points import ControlPoint
from roadmaps.models.roadmaps import visible_to


def proof_path(proof: Proof, filename: str) -> str:
    """A path that nobody can guess and no typed name can bend."""
    return f"proofs/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:10]}"


class ProofQuerySet(models.QuerySet["Proof"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(visible_to(account, "point__item__section__roadmap__"))


class Proof(models.Model):
    point = models.ForeignKey(
        ControlPoint, on_delete=models.CASCADE, related_name="proofs", verbose_name="контрольная точка"
    )
    file = models.FileField("файл", upload_to=proof_path, blank=True)
    filename = models.CharField("имя файла", max_length=120, blank=True)
    content_type = models.CharField("вид файла", max_length=100, blank=True)
    link = models.URLField("ссылка", max_length=1000, blank=True)
    added_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто приложил"
    )
    added_at = models.DateTimeField("когда приложено")

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = "подтверждение"
        verbose_name_plural = "подтверждения"
        constraints = [
            models.CheckConstraint(
                condition=(~Q(file="") & Q(link="")) | (Q(file="") & ~Q(link="")), name="proof_is_a_file_or_a_link"
            )
        ]

    def __str__(self) -> str:
        return self.filename or self.link

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:proof-detail", args=[self.pk])
