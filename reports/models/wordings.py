"""Case forms that a person corrected by hand: the municipality's papers remember them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from directory.models import Municipality
from directory.roles import Permission
from journal.models import History, Remembered

if TYPE_CHECKING:
    from directory.models import Account


class WordingQuerySet(models.QuerySet["Wording"]):
    def visible_to(self, account: Account) -> Self:
        if not account.holds(Permission.ORDER_EDIT):
            return self.none()
        return self.filter(municipality=account.municipality_id)


class Wording(Remembered):
    """One text in one case, as somebody has set it right: «директор МКУ» → «директору МКУ»."""

    class Case(models.TextChoices):
        GENITIVE = "genitive", "родительный (кого, чего)"
        DATIVE = "dative", "дательный (кому, чему)"
        ACCUSATIVE = "accusative", "винительный (кого, что)"
        INSTRUMENTAL = "instrumental", "творительный (кем, чем)"
        PREPOSITIONAL = "prepositional", "предложный (о ком, о чём)"

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="wordings", verbose_name="муниципалитет"
    )
    nominative = models.CharField("в именительном падеже", max_length=400)
    case = models.CharField("падеж", max_length=15, choices=Case)
    form = models.CharField("как пишется", max_length=400)

    objects = WordingQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "падежная форма"
        verbose_name_plural = "падежные формы"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "nominative", "case"], name="wording_is_one_for_a_text_and_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nominative} → {self.form}"
