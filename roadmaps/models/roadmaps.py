"""The roadmap as a document: its head, its passages of text and its sections."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from deadlines.span import Basis, Period
from directory.models import Account, Municipality, StaffMember
from directory.roles import Permission
from journal.models import History, Remembered, Removable
from kit.sorting import holds_all, searchable

if TYPE_CHECKING:
    from datetime import date
    from typing import Any


def visible_to(account: Account, path: str = "") -> Q:
    """Who sees which roadmaps: those who compose see drafts, everybody else what has been approved.

    ``path`` leads from the filtered record to its roadmap («item__section__roadmap__»): one rule for all of them.
    """
    own = Q(**{f"{path}municipality": account.municipality_id})
    if account.holds(Permission.ROADMAP_EDIT):
        return own
    if account.holds(Permission.ROADMAP_VIEW):
        return own & ~Q(**{f"{path}state": "draft"})
    return Q(pk=None)


class RoadmapQuerySet(models.QuerySet["Roadmap"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(visible_to(account))

    def found_by(self, words: str) -> Self:
        return self.filter(holds_all(words))

    def with_progress(self, today: date) -> Self:
        """Annotates ``with_items``, ``with_points``, ``with_done`` and ``with_late``: counts over living items."""
        living = Q(sections__items__removed_at=None, sections__removed_at=None)
        point = "sections__items__points"
        counted = living & Q(**{f"{point}__is_checkin": False})
        late = counted & Q(
            **{
                f"{point}__state": "open",
                f"{point}__due_on__lt": today,
                f"{point}__due_on__gte": F("watched_from"),
            }
        )
        return self.annotate(
            with_items=Count("sections__items", filter=living, distinct=True),
            with_points=Count(point, filter=counted, distinct=True),
            with_done=Count(point, filter=counted & Q(**{f"{point}__state": "done"}), distinct=True),
            with_late=Count(point, filter=late, distinct=True),
        )


class Roadmap(Remembered):
    """A plan of work that an order approves: a roadmap, a plan of measures or a programme."""

    class Kind(models.TextChoices):
        ROADMAP = "roadmap", "дорожная карта"
        PLAN = "plan", "план мероприятий"
        PROGRAMME = "programme", "программа"

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        APPROVED = "approved", "действует"
        CLOSED = "closed", "завершена"

    class DocumentKind(models.TextChoices):
        NONE = "", "нет документа"
        ORDER = "приказ", "приказ"
        DIRECTIVE = "распоряжение", "распоряжение"
        RESOLUTION = "постановление", "постановление"
        DECISION = "решение", "решение"

    class TextState(models.TextChoices):
        """Who may change what is printed: everybody who composes, nobody, or whoever prepares an amending order."""

        FREE = "free", "правят свободно"
        FROZEN = "frozen", "утверждён приказом"
        AMENDED = "amended", "готовят изменения"

    BASES = [(Basis.CALENDAR.value, "календарный год"), (Basis.ACADEMIC.value, "учебный год")]

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="roadmaps", verbose_name="муниципалитет"
    )
    title = models.CharField("название", max_length=1000)
    kind = models.CharField("вид", max_length=20, choices=Kind, default=Kind.ROADMAP)
    state = models.CharField("состояние", max_length=20, choices=State, default=State.DRAFT)
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    basis = models.CharField("счёт годов", max_length=10, choices=BASES, default=Basis.CALENDAR.value)
    document_kind = models.CharField("документ", max_length=20, choices=DocumentKind, blank=True)
    document_number = models.CharField("номер документа", max_length=50, blank=True)
    document_on = models.DateField("дата документа", null=True, blank=True)
    issuer = models.CharField("кто утвердил", max_length=500, blank=True)
    signatory = models.CharField("кто подписал", max_length=200, blank=True)
    controller = models.ForeignKey(
        StaffMember,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="controlled_roadmaps",
        verbose_name="кто контролирует исполнение",
    )
    text_state = models.CharField(
        "правка текста", max_length=10, choices=TextState, default=TextState.FREE, editable=False
    )
    goal = models.TextField("цель", blank=True)
    watched_from = models.DateField(
        "следить за сроками с", help_text="Сроки до этого дня прошли до портала и просроченными не считаются."
    )
    remarks = models.JSONField("замечания к документу", default=list, blank=True)
    search_text = models.TextField("текст для поиска", editable=False)
    created_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто завёл"
    )
    created_at = models.DateTimeField("когда заведена", auto_now_add=True)

    objects = RoadmapQuerySet.as_manager()
    history = History(excluded_fields=["search_text"])

    class Meta:
        verbose_name = "дорожная карта"
        verbose_name_plural = "дорожные карты"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="roadmap_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = searchable(self.title, self.document_number, self.issuer)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:roadmap-detail", args=[self.pk])

    def document_words(self) -> str:
        """«распоряжение от 12.09.2025 № 418», as much of it as is known; empty without a document."""
        kind = self.get_document_kind_display() if self.document_kind else "документ"
        parts = [f"от {self.document_on:%d.%m.%Y}" if self.document_on else "", f"№ {self.document_number}"]
        known = " ".join(part for part in parts[: 2 if self.document_number else 1] if part)
        return f"{kind} {known}" if known else ""

    def settle_remarks(self, *, by: Account) -> None:
        self.remarks = []
        self.sign(by=by, because="Замечания к документу просмотрены")
        self.save(update_fields=["remarks"])

    def approve(
        self,
        *,
        number: str,
        on: date,
        kind: str,
        issuer: str,
        signatory: str,
        controller: StaffMember | None,
        by: Account,
    ) -> None:
        """Put the roadmap in force by a registered document; from then on its text waits for an amending one."""
        self.state, self.text_state = self.State.APPROVED, self.TextState.FROZEN
        self.document_kind, self.document_number, self.document_on = kind, number, on
        self.issuer, self.signatory, self.controller = issuer, signatory, controller
        self.sign(by=by, because=f"Утверждена: {self.document_words()}")
        self.save(
            update_fields=[
                "state", "text_state", "document_kind", "document_number", "document_on",
                "issuer", "signatory", "controller", "search_text",
            ]
        )  # fmt: skip

    def open_for_amendment(self, *, by: Account) -> None:
        """Let the text be changed again while an amending order is prepared."""
        self._turn_text(self.TextState.AMENDED, by=by, because="Готовят приказ о внесении изменений")

    def close_amendment(self, *, by: Account, because: str) -> None:
        """Freeze the text again: the amending order is registered or given up."""
        self._turn_text(self.TextState.FROZEN, by=by, because=because)

    def _turn_text(self, state: TextState, *, by: Account, because: str) -> None:
        self.text_state = state
        self.sign(by=by, because=because)
        self.save(update_fields=["text_state"])

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    @property
    def year_basis(self) -> Basis:
        return Basis(self.basis)


class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(visible_to(account, "roadmap__"))

    def living(self) -> Self:
        return self.filter(removed_at=None)


class Section(Removable):
    """A part of a roadmap, or a task of a plan; its title is kept as printed, number included."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="sections", verbose_name="дорожная карта"
    )
    position = models.PositiveIntegerField("место")
    title = models.TextField("название раздела", blank=True)
    removed_at = models.DateTimeField("когда удалён", null=True, blank=True)
    removed_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто удалил"
    )

    objects = SectionQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "раздел"
        verbose_name_plural = "разделы"

    def __str__(self) -> str:
        return self.title or "без названия"

    def get_absolute_url(self) -> str:
        return f"{self.roadmap.get_absolute_url()}#section-{self.pk}"


class Passage(Remembered):
    """One statement of the text part: a task, a direction, a form of work, a stage, a result, a legal basis."""

    class Kind(models.TextChoices):
        TASK = "task", "задача"
        DIRECTION = "direction", "направление"
        FORM = "form", "форма работы"
        STAGE = "stage", "этап"
        RESULT = "result", "ожидаемый результат"
        LEGAL_BASIS = "legal_basis", "правовое основание"

    #: What a heading over several statements says.
    PLURALS = {
        Kind.TASK: "Задачи",
        Kind.DIRECTION: "Направления",
        Kind.FORM: "Формы работы",
        Kind.STAGE: "Этапы",
        Kind.RESULT: "Ожидаемые результаты",
        Kind.LEGAL_BASIS: "Правовые основания",
    }

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="passages", verbose_name="дорожная карта"
    )
    kind = models.CharField("что это", max_length=20, choices=Kind)
    position = models.PositiveIntegerField("место")
    text = models.TextField("текст")
    starts_on = models.DateField("начало этапа", null=True, blank=True)
    ends_on = models.DateField("конец этапа", null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = "положение"
        verbose_name_plural = "положения"

    def __str__(self) -> str:
        return self.text

    def as_line(self) -> str:
        """The statement in one line, a stage with its days: «Основной этап | 01.09.2026 – 31.05.2027»."""
        text = " ".join(self.text.split())
        if self.starts_on and self.ends_on:
            return f"{text} | {self.starts_on:%d.%m.%Y} – {self.ends_on:%d.%m.%Y}"
        return text

    @classmethod
    def parse_line(cls, kind: str, line: str) -> Self:
        """The statement of one line, not yet saved; raises ``ValueError`` when the days of a stage make no sense."""
        text, divider, days = line.rpartition("|")
        if kind != cls.Kind.STAGE or not divider:
            return cls(kind=kind, text=line)
        starts_on, ends_on = (
            datetime.strptime(day.strip(), "%d.%m.%Y").date()  # noqa: DTZ007 - a day, not a moment
            for day in re.split(r"\s*[-–—]\s*", days.strip(), maxsplit=1)
        )
        if ends_on < starts_on:
            raise ValueError("A stage cannot end before it starts.")
        return cls(kind=kind, text=text.strip(), starts_on=starts_on, ends_on=ends_on)
