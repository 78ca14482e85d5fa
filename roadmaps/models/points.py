"""Control points: dated occurrences of an item, how each ended, and requests to postpone it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from directory.models import Account
from journal.models import History, Remembered
from roadmaps.models.items import RoadmapItem, SubItem
from roadmaps.models.roadmaps import visible_to


class ControlPointQuerySet(models.QuerySet["ControlPoint"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(visible_to(account, "item__section__roadmap__"))

    def living(self) -> Self:
        return self.filter(item__removed_at=None, item__section__removed_at=None)

    def open(self) -> Self:
        return self.filter(state=ControlPoint.State.OPEN)

    def watched(self) -> Self:
        """Points that can be late at all: no check-ins, none that had passed before the portal watched them."""
        return self.filter(is_checkin=False, due_on__gte=F("item__section__roadmap__watched_from"))

    def overdue(self, today: date) -> Self:
        return self.open().watched().filter(due_on__lt=today)

    def due_between(self, first: date, last: date) -> Self:
        return self.filter(due_on__range=(first, last))


class ControlPoint(Remembered):
    """One dated occurrence of an item: the days its window spans and what became of it."""

    class State(models.TextChoices):
        OPEN = "open", "в работе"
        DONE = "done", "выполнено"
        NOT_DONE = "not_done", "не выполнено"
        NOT_APPLICABLE = "not_applicable", "не требуется"

    item = models.ForeignKey(RoadmapItem, on_delete=models.CASCADE, related_name="points", verbose_name="мероприятие")
    subitem = models.ForeignKey(
        SubItem, null=True, blank=True, on_delete=models.CASCADE, related_name="points", verbose_name="подпункт"
    )
    starts_on = models.DateField("с")
    due_on = models.DateField("крайний срок")
    planned_on = models.DateField("срок по документу", editable=False)
    is_checkin = models.BooleanField("отметка о ходе", default=False)
    state = models.CharField("состояние", max_length=20, choices=State, default=State.OPEN)
    done_on = models.DateField("день исполнения", null=True, blank=True)
    note = models.TextField("пояснение", blank=True)
    closed_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто отметил"
    )
    closed_at = models.DateTimeField("когда отмечено", null=True, blank=True)

    objects = ControlPointQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "контрольная точка"
        verbose_name_plural = "контрольные точки"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "planned_on"], condition=Q(subitem=None), name="item_is_due_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["item", "subitem", "planned_on"],
                condition=Q(subitem__isnull=False),
                name="subitem_is_due_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on=None)),
                name="point_is_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="point_is_closed_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="open"), name="point_open_by_due_on")]

    def __str__(self) -> str:
        return f"{self.due_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return f"{reverse('roadmaps:item-detail', args=[self.item_id])}#point-{self.pk}"

    def complete(self, *, on: date, by: Account, at: datetime, note: str = "", proved_by: Sequence[str] = ()) -> None:
        """Close the point as done on a day; the history names the evidence."""
        proofs = f"Приложено: {', '.join(proved_by)}" if proved_by else ""
        self._close(self.State.DONE, on=on, by=by, at=at, note=note, because=proofs)

    def decline(self, *, because: str, by: Account, at: datetime) -> None:
        """Close the point as not done; the reason is part of the record."""
        self._close(self.State.NOT_DONE, on=None, by=by, at=at, note=because)

    def dismiss(self, *, because: str, by: Account, at: datetime) -> None:
        """Close the point as not applicable this time."""
        self._close(self.State.NOT_APPLICABLE, on=None, by=by, at=at, note=because)

    def reopen(self, *, by: Account) -> None:
        self.sign(by=by, because="Отметка снята")
        self.state, self.done_on, self.note = self.State.OPEN, None, ""
        self.closed_by, self.closed_at = None, None
        self.save(update_fields=["state", "done_on", "note", "closed_by", "closed_at"])

    def move(self, *, to: date, by: Account, because: str) -> None:
        """Postpone to another day; the day of the document stays in ``planned_on``."""
        self.sign(by=by, because=because)
        self.due_on = to
        self.save(update_fields=["due_on"])

    def _close(self, state: State, *, on: date | None, by: Account, at: datetime, note: str, because: str = "") -> None:
        self.sign(by=by, because=because)
        self.state, self.done_on, self.note, self.closed_by, self.closed_at = state, on, note, by, at
        self.save(update_fields=["state", "done_on", "note", "closed_by", "closed_at"])


class PostponementQuerySet(models.QuerySet["Postponement"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(visible_to(account, "point__item__section__roadmap__"))

    def living(self) -> Self:
        return self.filter(point__item__removed_at=None, point__item__section__removed_at=None)

    def waiting(self) -> Self:
        return self.filter(decision=Postponement.Decision.WAITING)


class Postponement(models.Model):
    """A request to move a point to another day, and the controller's decision on it."""

    class Decision(models.TextChoices):
        WAITING = "waiting", "ждёт решения"
        GRANTED = "granted", "перенос разрешён"
        REFUSED = "refused", "перенос не разрешён"

    point = models.ForeignKey(
        ControlPoint, on_delete=models.CASCADE, related_name="postponements", verbose_name="контрольная точка"
    )
    was_due_on = models.DateField("прежний срок")
    new_due_on = models.DateField("новый срок")
    because = models.TextField("причина")
    requested_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто просит"
    )
    requested_at = models.DateTimeField("когда попросили")
    decision = models.CharField("решение", max_length=20, choices=Decision, default=Decision.WAITING)
    decided_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто решил"
    )
    decided_at = models.DateTimeField("когда решили", null=True, blank=True)
    reply = models.TextField("ответ", blank=True)

    objects = PostponementQuerySet.as_manager()

    class Meta:
        verbose_name = "просьба о переносе"
        verbose_name_plural = "просьбы о переносе"
        constraints = [
            models.UniqueConstraint(
                fields=["point"], condition=Q(decision="waiting"), name="one_request_waits_for_a_point"
            ),
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_at=None) | ~Q(decision="waiting") & Q(decided_at__isnull=False),
                name="decision_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was_due_on:%d.%m.%Y} → {self.new_due_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return self.point.get_absolute_url()
