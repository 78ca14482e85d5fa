"""People who work in the municipality's education, and the positions they hold over time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least
from django.urls import reverse

from directory.models.organisations import FormerName, Municipality, Organisation
from directory.roles import Permission, Role
from journal.models import History, Remembered
from kit.sorting import holds_all, searchable, sort_key

if TYPE_CHECKING:
    from directory.models.accounts import Account


#: «Молодой педагог»: not older than this, the year of birth alone being kept (product.md D2).
YOUNG_UNTIL = 35
#: «Начинающий педагог»: in the first years of teaching.
NOVICE_YEARS = 3


class SubjectQuerySet(models.QuerySet["Subject"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(municipality=account.municipality_id)

    def called(self, title: str) -> Self:
        """Those of this name in any letters, of which a municipality wants one."""
        sought = searchable(title)
        return self.filter(pk__in=[pk for pk, known in self.values_list("pk", "title") if searchable(known) == sought])


class Subject(Remembered):
    """A subject that is taught: what ties the associations of schools to those of the city."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="subjects", verbose_name="муниципалитет"
    )
    title = models.CharField("название", max_length=120)

    objects = SubjectQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "предмет"
        verbose_name_plural = "предметы"
        constraints = [models.UniqueConstraint(fields=["municipality", "title"], name="subject_title_is_unique")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("directory:subject-list")


class StaffMemberQuerySet(models.QuerySet["StaffMember"]):
    def visible_to(self, account: Account) -> Self:
        """The centre and the department see the whole municipality, a school its own people, anybody else oneself."""
        people = self.filter(municipality=account.municipality_id)
        if account.role == Role.DEPUTY:
            own = Position.objects.filter(staff_member=models.OuterRef("pk"), organisation=account.organisation_id)
            return people.filter(models.Exists(own))
        return people if account.holds(Permission.STAFF_VIEW) else people.filter(account=account.pk)

    def found_by(self, words: str) -> Self:
        return self.filter(holds_all(words))

    def kept_by(self, account: Account) -> Self:
        """Those whose cards this account may keep, as ``is_kept_by`` says of one; nobody those made nameless."""
        if not account.holds(Permission.STAFF_EDIT):
            return self.none()
        named = self.filter(destruction=None)
        if account.role != Role.DEPUTY:
            return named
        end = Coalesce("positions__ends_on", models.Value(date.max))
        own = models.Max(end, filter=Q(positions__organisation=account.organisation_id))
        here = Position.objects.filter(organisation=account.organisation_id)
        people = StaffMember.objects.filter(pk__in=here.values("staff_member"))
        longest = people.annotate(last=models.Max(end), own=own).filter(last=F("own"))
        return named.filter(pk__in=longest.values("pk"))

    def in_natural_order(self) -> Self:
        return self.order_by("sort_key", "pk")

    def employed_on(self, day: date) -> Self:
        """People who hold some position on a day."""
        return self.filter(_employed(day))

    def with_consent_on(self, day: date, kind: str) -> Self:
        """People whose consent of a kind is in force on a day."""
        return self.filter(
            Q(consents__until=None) | Q(consents__until__gte=day),
            Q(consents__withdrawn_on=None) | Q(consents__withdrawn_on__gt=day),
            consents__kind=kind,
            consents__given_on__lte=day,
        ).distinct()

    def young_on(self, day: date) -> Self:
        """People who do not turn 36 in the year of a day; nobody whose year of birth is not known."""
        return self.filter(_young(day))

    def novice_on(self, day: date) -> Self:
        """People in the first three years of teaching on a day; nobody whose beginning is not known."""
        return self.filter(_novice(day))

    def with_standing(self, day: date) -> Self:
        """With ``is_employed``, ``is_young`` and ``is_novice``: the answers of the three questions for each person."""
        return self.annotate(
            is_employed=_employed(day),
            is_young=models.Case(models.When(_young(day), then=True), default=False),
            is_novice=models.Case(models.When(_novice(day), then=True), default=False),
        )


def _employed(day: date) -> models.Exists:
    return models.Exists(Position.objects.held_on(day).filter(staff_member=models.OuterRef("pk")))


def _young(day: date) -> Q:
    return Q(birth_year__gte=day.year - YOUNG_UNTIL, birth_year__lte=day.year)


def _novice(day: date) -> Q:
    return Q(teaching_from__lte=day, teaching_from__gt=_years_before(day, NOVICE_YEARS))


def _years_before(day: date, years: int) -> date:
    """The same day some years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


class StaffMember(Remembered):
    """A person; where and as what this person works stands in the positions.

    No more is kept than the indicators need: the year of birth instead of the day, no documents, no health.
    """

    class Category(models.TextChoices):
        NONE = "", "нет"
        COMPLIANCE = "compliance", "соответствие занимаемой должности"
        FIRST = "first", "первая"
        HIGHEST = "highest", "высшая"

    class Calling(models.TextChoices):
        NONE = "", "нет"
        METHODIST = "methodist", "педагог-методист"
        MENTOR = "mentor", "педагог-наставник"

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="staff", verbose_name="муниципалитет"
    )
    last_name = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    patronymic = models.CharField("отчество", max_length=100, blank=True)
    birth_year = models.PositiveSmallIntegerField("год рождения", null=True, blank=True)
    teaching_from = models.DateField("педагогическая работа с", null=True, blank=True)
    has_teaching_load = models.BooleanField("ведёт уроки или занятия", default=False)
    category = models.CharField("категория", max_length=12, choices=Category, blank=True)
    category_on = models.DateField("день присвоения категории", null=True, blank=True)
    #: Categories since 01.09.2023 have no end (приказ Минпросвещения 24.03.2023 № 196).
    category_until = models.DateField("категория действует по", null=True, blank=True)
    calling = models.CharField("дополнительная категория", max_length=12, choices=Calling, blank=True)
    subjects = models.ManyToManyField(Subject, blank=True, related_name="staff", verbose_name="предметы")
    email = models.EmailField("рабочая почта", blank=True)
    phone = models.CharField("рабочий телефон", max_length=60, blank=True)
    sort_key = models.CharField("ключ порядка", max_length=320, editable=False, db_index=True)
    search_text = models.TextField("текст для поиска", editable=False)

    objects = StaffMemberQuerySet.as_manager()
    history = History(excluded_fields=["sort_key", "search_text"])

    class Meta:
        verbose_name = "сотрудник"
        verbose_name_plural = "сотрудники"
        indexes = [models.Index(fields=["municipality", "sort_key", "id"], name="staff_in_natural_order")]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("directory:staff-detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.full_name)
        self.search_text = searchable(self.full_name)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.last_name, self.first_name, self.patronymic)))

    @property
    def short_name(self) -> str:
        """«Иванова А. П.»: the surname and initials as the centre's papers write them."""
        initials = " ".join(f"{name[0]}." for name in (self.first_name, self.patronymic) if name)
        return f"{self.last_name} {initials}".strip()

    def is_kept_by(self, organisation: int | None) -> bool:
        """Whether nobody elsewhere holds the person longer: several may keep one record together."""
        ends: dict[int, date] = {}
        for place, ends_on in self.positions.values_list("organisation", "ends_on"):
            ends[place] = max(ends.get(place, date.min), ends_on or date.max)
        return bool(ends) and ends.get(organisation or 0) == max(ends.values())


class PositionQuerySet(models.QuerySet["Position"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(staff_member__in=StaffMember.objects.visible_to(account))

    def with_place_on(self, day: date) -> Self:
        """With ``place``: the name of the organisation on a day, or on the last day of a job that was over by then."""
        borne = FormerName.objects.filter(
            organisation=models.OuterRef("organisation"), ends_on__gte=models.OuterRef("seen_on")
        )
        name = models.Subquery(borne.order_by("ends_on").values("short_title")[:1])
        seen_on = Least(Coalesce("ends_on", models.Value(day)), models.Value(day))
        return self.annotate(seen_on=seen_on, place=Coalesce(name, "organisation__short_title"))

    def held_on(self, day: date) -> Self:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


class Position(Remembered):
    """One job of one person at one organisation, both ends included; an open end is a job that goes on."""

    class Engagement(models.TextChoices):
        MAIN = "main", "основное место"
        INTERNAL = "internal", "внутреннее совместительство"
        EXTERNAL = "external", "внешнее совместительство"

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="positions", verbose_name="сотрудник"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="positions", verbose_name="организация"
    )
    title = models.CharField("должность", max_length=200)
    engagement = models.CharField("занятость", max_length=10, choices=Engagement, default=Engagement.MAIN)
    number = models.CharField(
        "табельный номер", max_length=20, blank=True, help_text="По нему сотрудника находят в таблицах организации."
    )
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)

    objects = PositionQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "должность"
        verbose_name_plural = "должности"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=~Q(number="") & Q(ends_on=None),
                name="payroll_number_is_one_persons",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="position_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.staff_member.get_absolute_url()

    def is_held_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)
