"""Filters of the directory's lists, kept in the address."""

from typing import Any

import django_filters
from django import forms
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet

from directory.models import Account, Appointment, Organisation, Position, StaffMember
from directory.roles import Role
from journal.models import Access
from kit.filters import SearchFilter

#: How the address asks for people without a category: an empty value asks for everybody.
NO_CATEGORY = "none"
CATEGORIES = [(key or NO_CATEGORY, label) for key, label in StaffMember.Category.choices]


class OrganisationFilter(django_filters.FilterSet):
    q = SearchFilter()
    kind = django_filters.ChoiceFilter(label="Вид", choices=Organisation.Kind.choices, empty_label="любой")

    class Meta:
        model = Organisation
        fields = ["q", "kind"]


class NameFilter(django_filters.CharFilter):
    """Part of a name as it was written down; SQLite tells capital Cyrillic letters from small ones."""

    def filter(self, qs: Any, value: str) -> QuerySet[Any]:
        if not value:
            return qs
        field = self.field_name
        return qs.filter(Q(**{f"{field}__icontains": value}) | Q(**{f"{field}__contains": value.title()}))


class AccessFilter(django_filters.FilterSet):
    person = NameFilter(field_name="person_name", label="Чьи данные")
    reader = NameFilter(field_name="reader_name", label="Кто смотрел")
    since = django_filters.DateFilter(field_name="at", lookup_expr="date__gte", label="С")
    until = django_filters.DateFilter(field_name="at", lookup_expr="date__lte", label="По")

    class Meta:
        model = Access
        fields = ["person", "reader", "since", "until"]


class KeyFilter(django_filters.Filter):
    """The key of a record, small enough for any database to hold."""

    field_class = forms.IntegerField

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=BigIntegerField.MAX_BIGINT, **options)


class AccountFilter(django_filters.FilterSet):
    q = SearchFilter()
    role = django_filters.ChoiceFilter(label="Роль", choices=Role.choices, empty_label="любая", method="in_role")
    is_active = django_filters.ChoiceFilter(
        label="Вход", choices=[("True", "открыт"), ("False", "закрыт")], empty_label="любой"
    )

    class Meta:
        model = Account
        fields = ["q", "role", "is_active"]

    def in_role(self, accounts: QuerySet[Account], _: str, role: str) -> QuerySet[Account]:
        """Whoever has the role today in what the reader keeps."""
        held = Appointment.objects.visible_to(self.request.user).in_force(self.request.today).filter(role=role)
        return accounts.filter(pk__in=held.values("account"))


class StaffFilter(django_filters.FilterSet):
    """What is asked of a position is asked of one: at a school and by engagement finds one that is both.

    Needs the request: who works, who is young and who is a novice is told as of its day.
    """

    q = SearchFilter()
    place = django_filters.CharFilter(label="Где работает")
    organisation = KeyFilter(label="Организация")
    kind = django_filters.ChoiceFilter(label="Вид организации", choices=Organisation.Kind.choices, empty_label="любой")
    subject = KeyFilter(label="Предмет")
    category = django_filters.ChoiceFilter(label="Категория", choices=CATEGORIES, empty_label="любая")
    engagement = django_filters.ChoiceFilter(
        label="Занятость", choices=Position.Engagement.choices, empty_label="любая"
    )
    standing = django_filters.ChoiceFilter(
        label="Кто", choices=[("young", "молодые"), ("novice", "начинающие")], empty_label="все"
    )
    work = django_filters.ChoiceFilter(
        label="Работают", choices=[("now", "сейчас"), ("left", "уволены")], empty_label="неважно"
    )

    class Meta:
        model = StaffMember
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> QuerySet[StaffMember]:
        chosen, today = self.form.cleaned_data, self.request.today
        found = queryset.found_by(chosen["q"]) if chosen.get("q") else queryset
        if chosen.get("subject"):
            found = found.filter(subjects=chosen["subject"])
        if chosen.get("category"):
            found = found.filter(category="" if chosen["category"] == NO_CATEGORY else chosen["category"])
        if chosen.get("standing"):
            found = found.young_on(today) if chosen["standing"] == "young" else found.novice_on(today)
        return self._at_work(found)

    def _at_work(self, found: Any) -> QuerySet[StaffMember]:
        """Those who hold such a position now; who held one and does no more; or who ever held one."""
        work, today, conditions = self.form.cleaned_data.get("work"), self.request.today, self._of_position()
        positions = Position.objects.filter(conditions, staff_member=OuterRef("pk"))
        held = Exists(positions.held_on(today))
        if work == "now":
            return found.filter(held)
        if work == "left":
            found = found.filter(~held)
        return found.filter(Exists(positions)) if conditions else found

    def _of_position(self) -> Q:
        chosen = self.form.cleaned_data
        conditions = Q()
        if chosen.get("organisation"):
            conditions &= Q(organisation=chosen["organisation"])
        if chosen.get("place"):
            conditions &= Q(organisation__in=Organisation.objects.found_by(chosen["place"]))
        if chosen.get("kind"):
            conditions &= Q(organisation__kind=chosen["kind"])
        if chosen.get("engagement"):
            conditions &= Q(engagement=chosen["engagement"])
        return conditions
