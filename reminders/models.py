"""What a person is to be reminded of, the letters that tell it, and how each person wants to be told."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from directory.models import Account, Municipality
from directory.roles import Permission
from kit.sorting import searchable
from reminders.plan import DAYS_BEFORE, Wish

if TYPE_CHECKING:
    from datetime import date, datetime


def new_key() -> str:
    return secrets.token_urlsafe(16)


def days_before() -> list[int]:
    return list(DAYS_BEFORE)


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(account=account)


class Preference(models.Model):
    """How one account wants to be reminded; whoever has not chosen gets a letter at every usual mark."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="preference", verbose_name="учётная запись"
    )
    by_mail = models.BooleanField("письмом", default=True)
    days_before = models.JSONField("за сколько дней", default=days_before)
    away_from = models.DateField("в отпуске с", null=True, blank=True)
    away_until = models.DateField("в отпуске по", null=True, blank=True)
    #: Part of the secret address of the personal calendar; a new one closes the old address.
    calendar_key = models.CharField("ключ календаря", max_length=40, default=new_key, editable=False)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "настройка напоминаний"
        verbose_name_plural = "настройки напоминаний"
        constraints = [
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None) | Q(away_until__gte=F("away_from")),
                name="leave_has_both_ends_in_order",
            )
        ]

    def __str__(self) -> str:
        return str(self.account)

    def wish(self) -> Wish:
        """The same as the plan of reminders takes it."""
        return Wish(tuple(self.days_before), self.away_from, self.away_until)


class Round(models.Model):
    """How far the reminding of a municipality has come: the last day told, and when the next one is due."""

    municipality = models.OneToOneField(
        Municipality, on_delete=models.CASCADE, related_name="round", verbose_name="муниципалитет"
    )
    told_on = models.DateField("последний день", null=True, blank=True)
    next_at = models.DateTimeField("следующий обход", db_index=True)

    class Meta:
        verbose_name = "обход"
        verbose_name_plural = "обходы"

    def __str__(self) -> str:
        return str(self.municipality)


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, account: Account) -> Self:
        """The administrator sees the municipality's letters, everybody else those to themselves."""
        if account.holds(Permission.OUTBOX_VIEW):
            return self.filter(municipality=account.municipality_id)
        return self.filter(account=account, municipality=account.municipality_id)

    def found_by(self, words: str) -> Self:
        """By the person's name, the address or the subject."""
        name = Q(*(("account__staff_member__search_text__contains", word) for word in searchable(words).split()))
        return self.filter(name | Q(address__icontains=words) | Q(subject__contains=words))

    def waiting(self, now: datetime) -> Self:
        """Letters to be tried now: new ones, failed ones whose pause is over, and those whose holder fell silent."""
        return self.filter(state=Letter.State.QUEUED, try_at__lte=now)

    def held(self) -> Self:
        """Letters that somebody is sending, or was sending when he died."""
        return self.filter(state=Letter.State.QUEUED).exclude(holder="")


class Letter(models.Model):
    """One letter as it was written; sending it changes nothing but its state.

    While a worker sends it, ``try_at`` lies in the future: that is the lease, and it ends by itself if the worker dies.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "ждёт отправки"
        SENT = "sent", "отправлено"
        FAILED = "failed", "не доставлено"

    key = models.CharField("ключ", max_length=120, unique=True, help_text="Второго письма с тем же ключом не бывает.")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="letters", verbose_name="муниципалитет"
    )
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters", verbose_name="кому"
    )
    address = models.CharField("адрес", max_length=254, blank=True)
    subject = models.CharField("тема", max_length=250)
    text = models.TextField("текст")
    html = models.TextField("текст с разметкой", blank=True)
    state = models.CharField("состояние", max_length=10, choices=State, default=State.QUEUED)
    written_at = models.DateTimeField("когда составлено")
    try_at = models.DateTimeField("когда пробовать")
    holder = models.CharField("кто отправляет", max_length=200, blank=True, editable=False)
    attempts = models.PositiveIntegerField("попыток", default=0)
    trouble = models.TextField("что помешало", blank=True)
    sent_at = models.DateTimeField("когда отправлено", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="letter_is_sent_at_a_moment",
            )
        ]
        indexes = [
            models.Index(fields=["try_at", "id"], condition=Q(state="queued"), name="letter_waits_in_order"),
            models.Index(
                fields=["holder"], condition=Q(state="queued") & ~Q(holder=""), name="letter_held_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("reminders:letter-detail", args=[self.pk])


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(account=account)

    def untold(self) -> Self:
        return self.filter(letter=None)

    def told(self, today: date) -> Self:
        """Reminders whose day has come."""
        return self.filter(send_on__lte=today)

    def unread(self, today: date) -> Self:
        return self.told(today).filter(seen_at=None)

    def of_source(self, source: str) -> Self:
        return self.filter(source=source)

    def read(self, *, at: datetime) -> None:
        """Mark as read what was not."""
        self.filter(seen_at=None).update(seen_at=at)


class Reminder(models.Model):
    """One duty recalled to one person on one day.

    The day follows from the deadline, so nobody has to tell the reminders that a point has moved: the next
    reconciliation adds and removes rows. A row that went out in a letter is never rewritten.
    """

    class Occasion(models.TextChoices):
        COMING = "coming", "скоро"
        TODAY = "today", "сегодня"
        LATE = "late", "просрочено"
        WATCHED = "watched", "просрочено у исполнителя"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="reminders", verbose_name="кому")
    source = models.CharField("о чём", max_length=60, help_text="Вид и номер записи, из которой следует срок.")
    occasion = models.CharField("повод", max_length=10, choices=Occasion)
    title = models.TextField("дело")
    url = models.CharField("адрес в портале", max_length=200)
    due_on = models.DateField("крайний срок")
    send_on = models.DateField("день напоминания")
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="reminders", verbose_name="письмо"
    )
    seen_at = models.DateTimeField("когда прочитано", null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "напоминание"
        verbose_name_plural = "напоминания"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "source", "due_on", "send_on"], name="duty_is_recalled_once_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["account", "send_on"], condition=Q(seen_at=None), name="reminder_unread_by_account"),
        ]

    def __str__(self) -> str:
        return self.title
