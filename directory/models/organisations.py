"""Municipalities and the organisations of their education."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.urls import reverse

from deadlines.workdays import Shift
from kit.sorting import holds_all, searchable, sort_key

if TYPE_CHECKING:
    from directory.models.accounts import Account


class Municipality(models.Model):
    """One city or district: the boundary that no query crosses."""

    title = models.CharField("название", max_length=200, unique=True, help_text="Например: Заречинск")
    title_genitive = models.CharField("название в родительном падеже", max_length=200)
    time_zone = models.CharField("часовой пояс", max_length=40, default="Asia/Yekaterinburg")

    class Meta:
        verbose_name = "муниципалитет"
        verbose_name_plural = "муниципалитеты"

    def __str__(self) -> str:
        return self.title


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(municipality=account.municipality_id)

    def found_by(self, words: str) -> Self:
        """Organisations whose name holds every one of the words, in any case, with е or ё."""
        return self.filter(holds_all(words))

    def in_natural_order(self) -> Self:
        return self.order_by("sort_key", "pk")


class Organisation(models.Model):
    class Kind(models.TextChoices):
        AUTHORITY = "authority", "управление образования"
        CENTRE = "centre", "методический центр"
        SCHOOL = "school", "школа"
        KINDERGARTEN = "kindergarten", "детский сад"
        EXTRA = "extra", "учреждение дополнительного образования"
        INSTITUTE = "institute", "институт развития образования"

    SHIFTS = [
        (Shift.BACKWARD.value, "на рабочий день раньше"),
        (Shift.FORWARD.value, "на рабочий день позже"),
        (Shift.NONE.value, "не переносится"),
    ]

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="organisations", verbose_name="муниципалитет"
    )
    kind = models.CharField("вид", max_length=20, choices=Kind)
    title = models.CharField("полное название", max_length=400)
    short_title = models.CharField("короткое название", max_length=120, help_text="Например: Школа № 9")
    shift = models.CharField("срок в выходной", max_length=10, choices=SHIFTS, default=Shift.BACKWARD.value)
    sort_key = models.CharField("ключ порядка", max_length=400, editable=False, db_index=True)
    search_text = models.TextField("текст для поиска", editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "short_title"], name="organisation_short_title_is_unique")
        ]

    def __str__(self) -> str:
        return self.short_title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.short_title)[:400]
        self.search_text = searchable(self.short_title, self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("directory:organisation-detail", args=[self.pk])
