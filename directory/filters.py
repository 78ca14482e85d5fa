"""Filters of the directory's lists, kept in the address."""

import django_filters

from directory.models import Organisation, StaffMember
from kit.filters import SearchFilter


class OrganisationFilter(django_filters.FilterSet):
    q = SearchFilter()
    kind = django_filters.ChoiceFilter(label="Вид", choices=Organisation.Kind.choices, empty_label="любой")

    class Meta:
        model = Organisation
        fields = ["q", "kind"]


class StaffFilter(django_filters.FilterSet):
    q = SearchFilter()

    class Meta:
        model = StaffMember
        fields = ["q"]
