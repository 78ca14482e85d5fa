"""The municipality's own days of work and rest, where they differ from the country's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from deadlines.production import OwnDay
from deadlines.workdays import Workdays
from directory.models.organisations import Municipality
from journal.models import History, Remembered

if TYPE_CHECKING:
    from directory.models.accounts import Account


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(municipality=account.municipality_id)

    def of_year(self, year: int) -> Self:
        return self.filter(day__year=year)


class CalendarDay(Remembered):
    """One day on which the municipality works or rests otherwise than the production calendar says."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="calendar_days", verbose_name="муниципалитет"
    )
    day = models.DateField("день")
    is_working = models.BooleanField("рабочий", default=False)
    title = models.CharField("почему", max_length=200, blank=True, help_text="Например: День города")

    objects = CalendarDayQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "день календаря"
        verbose_name_plural = "дни календаря"
        constraints = [models.UniqueConstraint(fields=["municipality", "day"], name="calendar_names_a_day_once")]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("directory:calendar-year", args=[self.day.year])

    def as_own_day(self) -> OwnDay:
        return OwnDay(self.day, self.is_working, self.title)


def workdays_of(municipality: Municipality) -> Workdays:
    """The municipality's working days: the country's calendar with the municipality's own days over it."""
    return Workdays(dict(municipality.calendar_days.values_list("day", "is_working")))
