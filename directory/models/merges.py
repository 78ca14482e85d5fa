"""Merges of two records of one person, kept so that each can be undone."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from directory.models.accounts import Account
from directory.models.staff import StaffMember


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(kept__in=StaffMember.objects.visible_to(account))

    def standing(self) -> Self:
        return self.filter(undone_at=None)


class Merge(models.Model):
    """One record has taken over all that pointed at another of the same person; the other is gone."""

    kept = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="merges", verbose_name="запись")
    swallowed_name = models.CharField("присоединённая запись", max_length=320)
    because = models.CharField("причина", max_length=300)
    #: Columns of the record that is gone, its key among them.
    swallowed = models.JSONField("содержание присоединённой", editable=False)
    #: What was changed elsewhere, the kept record included: [model, key, {column: [before, after]}].
    changes = models.JSONField("перенесено и изменено", default=list, editable=False)
    #: Links that both records had, as they stood in the one that is gone: [model, {column: value}].
    dropped = models.JSONField("повторы", default=list, editable=False)
    merged_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто объединил", editable=False
    )
    merged_at = models.DateTimeField("когда объединено", auto_now_add=True)
    undone_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто разъединил", editable=False
    )
    undone_at = models.DateTimeField("когда разъединено", null=True, editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "объединение записей"
        verbose_name_plural = "объединения записей"
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False), name="merge_is_undone_at_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"объединение с записью «{self.swallowed_name}»"

    def get_absolute_url(self) -> str:
        return self.kept.get_absolute_url()
