"""Items of a roadmap: what is to be done, by when and by whom, as printed and as understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.urls import reverse

from deadlines.span import Kind
from directory.models import Account, StaffMember
from journal.models import History, Remembered, Removable
from roadmaps.models.roadmaps import Section, visible_to
from roadmaps.models.schedules import Schedule

if TYPE_CHECKING:
    pass


class RoadmapItemQuerySet(models.QuerySet["RoadmapItem"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(visible_to(account, "section__roadmap__"))

    def living(self) -> Self:
        return self.filter(removed_at=None, section__removed_at=None)

    def in_order(self) -> Self:
        return self.order_by("section__position", "section_id", "position", "pk")


class RoadmapItem(Removable):
    """One row of the roadmap's table. What is printed stands verbatim; what it was taken to mean stands beside it."""

    REMOVED, RESTORED = "Удалено", "Возвращено"
    KINDS = [
        (Kind.ONCE.value, "один раз"),
        (Kind.PERIOD.value, "за период"),
        (Kind.YEARLY.value, "ежегодно"),
        (Kind.HALF_YEARLY.value, "раз в полугодие"),
        (Kind.QUARTERLY.value, "раз в квартал"),
        (Kind.MONTHLY.value, "раз в месяц"),
        (Kind.WEEKLY.value, "раз в неделю"),
        (Kind.ONGOING.value, "постоянно"),
        (Kind.ON_REQUEST.value, "по запросу"),
        (Kind.BY_SCHEDULE.value, "по графику"),
        (Kind.UNKNOWN.value, "не понято"),
    ]

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items", verbose_name="раздел")
    position = models.PositiveIntegerField("место")
    number = models.CharField("№", max_length=20, blank=True)
    text = models.TextField("мероприятие")
    form = models.CharField("форма", max_length=300, blank=True)
    participants = models.CharField("участники", max_length=300, blank=True)
    phrase = models.TextField("срок", blank=True)
    responsible = models.TextField("ответственные", blank=True)
    note = models.TextField("примечание", blank=True)
    kind = models.CharField("вид срока", max_length=20, choices=KINDS, default=Kind.UNKNOWN.value, editable=False)
    warnings = models.JSONField("предупреждения о сроке", default=list, blank=True, editable=False)
    schedule = models.ForeignKey(
        Schedule, null=True, blank=True, on_delete=models.SET_NULL, related_name="items", verbose_name="график"
    )
    remarks = models.JSONField("замечания к строке", default=list, blank=True)
    removed_at = models.DateTimeField("когда удалено", null=True, blank=True)
    removed_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто удалил"
    )

    objects = RoadmapItemQuerySet.as_manager()
    history = History(excluded_fields=["kind", "warnings"])

    class Meta:
        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"
        indexes = [models.Index(fields=["section", "position"], name="item_in_order")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:item-detail", args=[self.pk])

    @property
    def bare_number(self) -> str:
        """The printed number as it stands within a sentence: without the dot that ends it."""
        return self.number.rstrip(".")

    @classmethod
    def cell(cls, name: str) -> models.Field[Any, Any]:
        """The field behind a cell of the row."""
        field = cls._meta.get_field(name)
        if not isinstance(field, models.Field):
            raise TypeError(f"{name} is not a cell of a row.")
        return field

    @property
    def is_blank(self) -> bool:
        """Nobody has written anything into this row yet."""
        cells = (self.text, self.phrase, self.responsible, self.form, self.participants, self.note)
        return not any(cells)

    def settle_remarks(self, *, by: Account) -> None:
        self.remarks = []
        self.sign(by=by, because="Замечания просмотрены")
        self.save(update_fields=["remarks"])


class SubItem(Remembered):
    """A part of an item with a text of its own, and a deadline of its own where the document names one."""

    item = models.ForeignKey(RoadmapItem, on_delete=models.CASCADE, related_name="subitems", verbose_name="мероприятие")
    position = models.PositiveIntegerField("место")
    text = models.TextField("подпункт")
    phrase = models.TextField("срок", blank=True)

    history = History()

    class Meta:
        verbose_name = "подпункт"
        verbose_name_plural = "подпункты"

    def __str__(self) -> str:
        return self.text


class Party(models.Model):
    """One responsible party, as understood from the printed cell."""

    class Kind(models.TextChoices):
        ROLE = "role", "должность или роль"
        UNIT = "unit", "подразделение"
        ORGANISATION = "organisation", "организация"
        CLASS = "class", "все организации"
        PERSON = "person", "человек"
        GROUP = "group", "группа"

    item = models.ForeignKey(RoadmapItem, on_delete=models.CASCADE, related_name="parties", verbose_name="мероприятие")
    position = models.PositiveIntegerField("место")
    kind = models.CharField("вид", max_length=20, choices=Kind)
    label = models.CharField("кто", max_length=500)
    key = models.CharField("ключ для отбора", max_length=500, db_index=True, editable=False)
    staff_member = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="parties", verbose_name="сотрудник"
    )

    class Meta:
        verbose_name = "ответственный"
        verbose_name_plural = "ответственные"

    def __str__(self) -> str:
        return self.label
