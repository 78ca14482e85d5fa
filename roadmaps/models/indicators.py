"""Target indicators of a section, as the document words them."""

from __future__ import annotations

from typing import Self

from django.db import models

from directory.models import Account
from journal.models import History, Remembered
from roadmaps.models.roadmaps import Section, visible_to


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(visible_to(account, "section__roadmap__"))


class Indicator(Remembered):
    class Comparison(models.TextChoices):
        AT_LEAST = "at_least", "не менее"
        AT_MOST = "at_most", "не более"
        REACH = "reach", "достичь"
        GROWTH = "growth", "рост"
        PRESENCE = "presence", "наличие"

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="indicators", verbose_name="раздел")
    position = models.PositiveIntegerField("место")
    text = models.TextField("показатель")
    target = models.DecimalField("цель", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField("единица", max_length=40, blank=True)
    comparison = models.CharField("сравнение", max_length=20, choices=Comparison)

    objects = IndicatorQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "целевой показатель"
        verbose_name_plural = "целевые показатели"

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return self.section.get_absolute_url()
