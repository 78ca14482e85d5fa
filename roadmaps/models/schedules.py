"""External schedules, such as the timetable of nation-wide tests: yearly windows and the days schools have named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from directory.models import Account, Municipality, Organisation
from directory.roles import Permission
from journal.models import History, Remembered

if TYPE_CHECKING:
    from deadlines.span import Period


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def visible_to(self, account: Account) -> Self:
        if not account.holds(Permission.ROADMAP_VIEW):
            return self.none()
        return self.filter(municipality=account.municipality_id)


class Schedule(Remembered):
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="schedules", verbose_name="муниципалитет"
    )
    title = models.CharField("название графика", max_length=300, help_text="Например: график проведения ВПР")

    objects = ScheduleQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "график"
        verbose_name_plural = "графики"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "title"], name="schedule_title_is_unique"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:schedule-detail", args=[self.pk])


class ScheduleWindowQuerySet(models.QuerySet["ScheduleWindow"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(schedule__in=Schedule.objects.visible_to(account))

    def due_within(self, period: Period) -> Self:
        return self.filter(ends_on__range=(period.starts_on, period.ends_on))


class ScheduleWindow(Remembered):
    """The days of one year in which the scheduled event happens, both ends included."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="windows", verbose_name="график")
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")

    objects = ScheduleWindowQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "окно графика"
        verbose_name_plural = "окна графика"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="window_ends_after_it_starts"),
            models.UniqueConstraint(fields=["schedule", "ends_on"], name="window_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%d.%m.%Y} – {self.ends_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return self.schedule.get_absolute_url()


class ScheduleDay(Remembered):
    """The day that one school has named inside a window."""

    window = models.ForeignKey(ScheduleWindow, on_delete=models.CASCADE, related_name="days", verbose_name="окно")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="schedule_days", verbose_name="организация"
    )
    day = models.DateField("день")

    history = History()

    class Meta:
        verbose_name = "день школы"
        verbose_name_plural = "дни школ"
        constraints = [
            models.UniqueConstraint(fields=["window", "organisation"], name="school_names_one_day_a_window"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.day:%d.%m.%Y}"
