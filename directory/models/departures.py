"""Dismissals: what a person's leaving has ended, kept so that a mistaken one can be withdrawn."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from directory.models.accounts import Account
from directory.models.organisations import Organisation
from directory.models.staff import Position, StaffMember


class DismissalQuerySet(models.QuerySet["Dismissal"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(staff_member__in=StaffMember.objects.visible_to(account))

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def that_ended(self, position: Position) -> Dismissal | None:
        """The one of these that has cut this position short, if any: what it holds can be given back."""
        of_person = self.filter(staff_member=position.staff_member_id).order_by("pk")
        mark = [position._meta.label_lower, position.pk]  # noqa: SLF001 - Django documents _meta
        return next((each for each in of_person if mark in (change[:2] for change in each.ended)), None)


class Dismissal(models.Model):
    """A person leaves one organisation, or all of them, after a last day of work.

    ``ended`` lists what was cut short: [model, key, {column: [before, after]}].
    """

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="dismissals", verbose_name="сотрудник"
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dismissals",
        verbose_name="откуда",
        help_text="Пусто: из всех организаций.",
    )
    dismissed_on = models.DateField("последний рабочий день")
    because = models.CharField("причина", max_length=300, blank=True)
    ended = models.JSONField("что завершено", default=list, editable=False)
    recorded_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто отметил", editable=False
    )
    recorded_at = models.DateTimeField("когда отмечено", auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто отменил", editable=False
    )
    withdrawn_at = models.DateTimeField("когда отменено", null=True, editable=False)

    objects = DismissalQuerySet.as_manager()

    class Meta:
        verbose_name = "увольнение"
        verbose_name_plural = "увольнения"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_by=None) | Q(withdrawn_at__isnull=False),
                name="dismissal_is_withdrawn_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"увольнение {self.dismissed_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return self.staff_member.get_absolute_url()
