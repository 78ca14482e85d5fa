"""What stands at the head of an organisation's papers, and how it numbers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from directory.models.organisations import Organisation
from journal.models import History, Remembered

if TYPE_CHECKING:
    from directory.models.accounts import Account


class LetterheadQuerySet(models.QuerySet["Letterhead"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(organisation__municipality=account.municipality_id)


class Letterhead(Remembered):
    """The requisites of an organisation that issues orders (ГОСТ Р 7.0.97, реквизиты 05–08, 13)."""

    class Layout(models.TextChoices):
        BY_DATE = "", "по дате документа"
        GOST_2016 = "2016", "ГОСТ Р 7.0.97-2016"
        GOST_2025 = "2025", "ГОСТ Р 7.0.97-2025"

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="letterhead", verbose_name="организация"
    )
    founder = models.CharField(
        "вышестоящая организация", max_length=400, blank=True, help_text="Например: Администрация города Заречинска"
    )
    full_title = models.CharField("полное название по уставу", max_length=500)
    short_title = models.CharField("короткое название", max_length=120, help_text="Например: МКУ «ИМЦ»")
    place = models.CharField("место составления", max_length=120, blank=True, help_text="Например: г. Заречинск")
    address = models.CharField("адрес", max_length=300, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    site = models.CharField("сайт", max_length=120, blank=True)
    okpo = models.CharField("код ОКПО", max_length=10, blank=True)
    ogrn = models.CharField("номер ОГРН", max_length=15, blank=True)
    inn = models.CharField("номер ИНН", max_length=12, blank=True)
    kpp = models.CharField("код КПП", max_length=9, blank=True)
    layout = models.CharField("оформление", max_length=4, choices=Layout, blank=True)

    objects = LetterheadQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "бланк"
        verbose_name_plural = "бланки"

    def __str__(self) -> str:
        return self.short_title

    def get_absolute_url(self) -> str:
        return self.organisation.get_absolute_url()
