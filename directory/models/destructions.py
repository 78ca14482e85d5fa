"""Acts of destruction: whose record was made nameless, when and by whom; the paper itself lies in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from directory.models.staff import StaffMember

if TYPE_CHECKING:
    from datetime import date

    from directory.models.accounts import Account


class DestructionQuerySet(models.QuerySet["Destruction"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(staff_member__in=StaffMember.objects.visible_to(account))

    def newest_first(self) -> Self:
        return self.order_by("-done_at", "-pk")

    def kept_too_long(self, today: date) -> Self:
        """Those whose act still lies here though its time is over."""
        return self.filter(keep_until__lt=today, act_removed_at=None)


class Destruction(models.Model):
    """One depersonalisation; the name of the person stands in the act alone, which is kept for three years and goes.

    ``erased`` and ``kept`` list [what, how many] and [what, why] without a name or a value.
    """

    staff_member = models.OneToOneField(
        StaffMember, on_delete=models.PROTECT, related_name="destruction", verbose_name="сотрудник"
    )
    because = models.CharField("причина", max_length=300)
    commission = models.JSONField("комиссия", default=list, help_text="Фамилия, имя, отчество и должность каждого.")
    erased = models.JSONField("что уничтожено", default=list)
    kept = models.JSONField("что осталось", default=list)
    done_by = models.ForeignKey(
        "Account", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто обезличил"
    )
    done_at = models.DateTimeField("когда обезличено")
    act = models.FileField("акт", blank=True)
    #: SHA-256 of the act, hexadecimal.
    digest = models.CharField("отпечаток файла", max_length=64, blank=True)
    #: The act and the export of the log are kept for three years (приказ Роскомнадзора 28.10.2022 № 179, п. 6).
    keep_until = models.DateField("хранить по")
    act_removed_at = models.DateTimeField("когда уничтожен акт", null=True, editable=False)

    objects = DestructionQuerySet.as_manager()

    class Meta:
        verbose_name = "акт об уничтожении персональных данных"
        verbose_name_plural = "акты об уничтожении персональных данных"
        constraints = [
            models.CheckConstraint(condition=Q(act_removed_at=None) | Q(act=""), name="removed_act_has_no_file"),
        ]

    def __str__(self) -> str:
        return f"акт № {self.pk} от {self.done_at:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("reports:destruction-detail", args=[self.pk])
