"""Municipalities and the organisations of their education."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.urls import reverse

from deadlines.workdays import Shift
from directory.roles import Role
from journal.models import History, Remembered
from kit.sorting import holds_all, searchable, sort_key

if TYPE_CHECKING:
    from datetime import date

    from directory.models.accounts import Account


@dataclass(frozen=True)
class Name:
    """What an organisation is called: in full, in the genitive, and shortly."""

    title: str
    title_genitive: str
    short_title: str


class Municipality(models.Model):
    """One city or district: the boundary that no query crosses."""

    title = models.CharField("название", max_length=200, unique=True, help_text="Например: Заречинск")
    title_genitive = models.CharField("название в родительном падеже", max_length=200)
    time_zone = models.CharField("часовой пояс", max_length=40, default="Asia/Yekaterinburg")
    asks_second_factor = models.BooleanField("регистрирует приказы только вошедший с кодом", default=False)

    class Meta:
        verbose_name = "муниципалитет"
        verbose_name_plural = "муниципалитеты"

    def __str__(self) -> str:
        return self.title


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(municipality=account.municipality_id)

    def staffed_by(self, account: Account) -> Self:
        """Those that work and in which this account may give somebody a position: a deputy's own school alone."""
        places = self.visible_to(account).filter(closed_on=None)
        return places.filter(pk=account.organisation_id) if account.role == Role.DEPUTY else places

    def found_by(self, words: str) -> Self:
        """Organisations whose name holds every one of the words, in any case, with е or ё."""
        return self.filter(holds_all(words))

    def in_natural_order(self) -> Self:
        return self.order_by("sort_key", "pk")


class Organisation(Remembered):
    """An organisation under its name of today; what it was called before stands in ``former_names``."""

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
    title_genitive = models.CharField(
        "полное название в родительном падеже",
        max_length=400,
        blank=True,
        help_text="Например: Средней общеобразовательной школы № 9",
    )
    short_title = models.CharField("короткое название", max_length=120, help_text="Например: Школа № 9")
    inn = models.CharField("номер ИНН", max_length=12, blank=True, help_text="По нему организацию находят в таблицах.")
    address = models.CharField("адрес", max_length=300, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    site = models.CharField("сайт", max_length=120, blank=True)
    closed_on = models.DateField("день закрытия", null=True, blank=True)
    shift = models.CharField("срок в выходной", max_length=10, choices=SHIFTS, default=Shift.BACKWARD.value)
    sort_key = models.CharField("ключ порядка", max_length=400, editable=False, db_index=True)
    search_text = models.TextField("текст для поиска", editable=False)

    objects = OrganisationQuerySet.as_manager()
    history = History(excluded_fields=["sort_key", "search_text"])

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "short_title"], name="organisation_short_title_is_unique"),
            models.UniqueConstraint(
                fields=["municipality", "inn"], condition=~models.Q(inn=""), name="organisation_inn_is_unique"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "sort_key", "id"], name="organisations_in_order")]

    def __str__(self) -> str:
        return self.short_title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.short_title)[:400]
        self.search_text = searchable(self.short_title, self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("directory:organisation-detail", args=[self.pk])

    @property
    def name(self) -> Name:
        return Name(self.title, self.title_genitive, self.short_title)

    def named_on(self, day: date) -> Name:
        """What the organisation was called on a day: papers keep the name of their time."""
        former = self.former_names.filter(ends_on__gte=day).order_by("ends_on").first()
        return former.name if former else self.name

    def rename(self, to: Name, *, on: date, by: Account, because: str = "") -> None:
        """Take another name from a day on; the one so far ends the day before."""
        FormerName.objects.create(
            organisation=self,
            title=self.title,
            title_genitive=self.title_genitive,
            short_title=self.short_title,
            ends_on=on - timedelta(days=1),
        )
        self.title, self.title_genitive, self.short_title = to.title, to.title_genitive, to.short_title
        self.sign(by=by, because=because)
        self.save()

    def close(self, *, on: date, by: Account, because: str = "") -> None:
        """Take the last day of its work; what it has done and its people's history stay."""
        self.closed_on = on
        self.sign(by=by, because=because)
        self.save(update_fields=["closed_on"])

    def reopen(self, *, by: Account, because: str = "") -> None:
        self.closed_on = None
        self.sign(by=by, because=because)
        self.save(update_fields=["closed_on"])


class FormerName(models.Model):
    """A name that an organisation bore until a day; it began where the one before it ended."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="former_names", verbose_name="организация"
    )
    title = models.CharField("полное название", max_length=400)
    title_genitive = models.CharField("полное название в родительном падеже", max_length=400, blank=True)
    short_title = models.CharField("короткое название", max_length=120)
    ends_on = models.DateField("последний день")

    class Meta:
        verbose_name = "прежнее название"
        verbose_name_plural = "прежние названия"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "ends_on"], name="former_name_ends_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.short_title

    @property
    def name(self) -> Name:
        return Name(self.title, self.title_genitive, self.short_title)
