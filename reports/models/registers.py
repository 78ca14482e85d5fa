"""The year's register of an organisation, from which its orders take their numbers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from directory.models import Organisation
from directory.roles import Permission
from journal.models import History, Remembered
from reports.numbering import PatternRefused, check_pattern, number_by

if TYPE_CHECKING:
    from directory.models import Account


#: A pattern that is the bare number.
PLACE = "{number}"


def validate_pattern(pattern: str) -> None:
    try:
        check_pattern(pattern)
    except PatternRefused as refusal:
        raise ValidationError(str(refusal)) from refusal


class RegisterQuerySet(models.QuerySet["Register"]):
    def visible_to(self, account: Account) -> Self:
        if not account.holds(Permission.ORDER_REGISTER):
            return self.none()
        return self.filter(organisation__municipality=account.municipality_id)


class Register(Remembered):
    """One organisation's orders of one year. Its row is what everybody who registers holds in turn."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="registers", verbose_name="организация"
    )
    year = models.PositiveSmallIntegerField("год")
    pattern = models.CharField(
        "образец номера",
        max_length=40,
        default=PLACE,
        validators=[validate_pattern],
        help_text=f"Например: {PLACE}-од",
    )
    last_on_paper = models.PositiveIntegerField(
        "последний номер в бумажном журнале", default=0, help_text="С него портал продолжит счёт."
    )
    last_sequence = models.PositiveIntegerField("последний порядковый номер", default=0, editable=False)
    last_dated_on = models.DateField("день последнего номера", null=True, blank=True)

    objects = RegisterQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "журнал регистрации"
        verbose_name_plural = "журналы регистрации"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="register_is_one_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.year} год"

    def get_absolute_url(self) -> str:
        return reverse("reports:register-detail", args=[self.pk])

    def number_of(self, sequence: int, on: date) -> str:
        """«38-од» for 38, as the pattern has it."""
        return number_by(self.pattern, sequence, on)

    @property
    def next_sequence(self) -> int:
        return max(self.last_sequence, self.last_on_paper) + 1

    @property
    def next_number(self) -> str:
        """What the next order would be called on the day of the last one; a pattern with the month follows its day."""
        return self.number_of(self.next_sequence, self.last_dated_on or date(self.year, 1, 1))

    @property
    def last_number(self) -> str:
        """The last number given out; empty while there is none."""
        return self.number_of(self.last_sequence, self.last_dated_on) if self.last_dated_on else ""
