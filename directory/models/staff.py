"""People who work in the municipality's education, and the positions they hold over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q

from directory.models.organisations import Municipality, Organisation
from directory.roles import Role
from kit.sorting import holds_all, searchable, sort_key

if TYPE_CHECKING:
    from datetime import date

    from directory.models.accounts import Account


class StaffMemberQuerySet(models.QuerySet["StaffMember"]):
    def visible_to(self, account: Account) -> Self:
        """The centre and the department see the whole municipality, a school sees its own people."""
        people = self.filter(municipality=account.municipality_id)
        if account.role == Role.DEPUTY:
            return people.filter(positions__organisation=account.organisation_id).distinct()
        return people

    def found_by(self, words: str) -> Self:
        return self.filter(holds_all(words))

    def in_natural_order(self) -> Self:
        return self.order_by("sort_key", "pk")


class StaffMember(models.Model):
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="staff", verbose_name="муниципалитет"
    )
    last_name = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    patronymic = models.CharField("отчество", max_length=100, blank=True)
    sort_key = models.CharField("ключ порядка", max_length=320, editable=False, db_index=True)
    search_text = models.TextField("текст для поиска", editable=False)

    objects = StaffMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "сотрудник"
        verbose_name_plural = "сотрудники"

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.full_name)
        self.search_text = searchable(self.full_name)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.last_name, self.first_name, self.patronymic)))

    @property
    def short_name(self) -> str:
        """«Иванова А. П.»: the surname and initials as the centre's papers write them."""
        initials = " ".join(f"{name[0]}." for name in (self.first_name, self.patronymic) if name)
        return f"{self.last_name} {initials}".strip()


class PositionQuerySet(models.QuerySet["Position"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(staff_member__in=StaffMember.objects.visible_to(account))

    def held_on(self, day: date) -> Self:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


class Position(models.Model):
    """One job of one person at one organisation, both ends included; an open end is a job that goes on."""

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="positions", verbose_name="сотрудник"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="positions", verbose_name="организация"
    )
    title = models.CharField("должность", max_length=200)
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = "должность"
        verbose_name_plural = "должности"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="position_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.title
