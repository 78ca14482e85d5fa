"""Filters of the directory's lists, kept in the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from directory.models import Organisation, StaffMember


class OrganisationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Найти", method="search")
    kind = django_filters.ChoiceFilter(label="Вид", choices=Organisation.Kind.choices, empty_label="любой")

    class Meta:
        model = Organisation
        fields = ["q", "kind"]

    def search(self, queryset: Any, name: str, words: str) -> QuerySet[Organisation]:
        return queryset.found_by(words)


class StaffFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Найти", method="search")

    class Meta:
        model = StaffMember
        fields = ["q"]

    def search(self, queryset: Any, name: str, words: str) -> QuerySet[StaffMember]:
        return queryset.found_by(words)
