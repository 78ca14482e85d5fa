"""Bulk edits: what one decision changed in many cards, kept so that the whole of it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from directory.models.organisations import Municipality

if TYPE_CHECKING:
    from directory.models.accounts import Account


class BulkEditQuerySet(models.QuerySet["BulkEdit"]):
    def visible_to(self, account: Account) -> Self:
        """Whoever made it takes it back, nobody else."""
        return self.filter(municipality=account.municipality_id, made_by=account.pk)


class BulkEdit(models.Model):
    """``changed`` lists [key, {field: [before, after]}], days as ISO texts, subjects as lists of keys."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="bulk_edits", verbose_name="муниципалитет"
    )
    because = models.CharField("причина", max_length=300)
    changed = models.JSONField("что изменено", editable=False)
    made_by = models.ForeignKey(
        "Account", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто изменил", editable=False
    )
    made_at = models.DateTimeField("когда изменено", auto_now_add=True)
    undone_by = models.ForeignKey(
        "Account", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто вернул", editable=False
    )
    undone_at = models.DateTimeField("когда возвращено", null=True, editable=False)

    objects = BulkEditQuerySet.as_manager()

    class Meta:
        verbose_name = "правка нескольких карточек"
        verbose_name_plural = "правки нескольких карточек"
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False), name="bulk_edit_is_undone_at_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"правка {self.made_at:%d.%m.%Y}"
