"""Filters of lists, kept in the address."""

import django_filters

from kit.filters import SearchFilter
from roadmaps.models import Roadmap


class RoadmapFilter(django_filters.FilterSet):
    q = SearchFilter()
    state = django_filters.ChoiceFilter(label="Состояние", choices=Roadmap.State.choices, empty_label="любое")
    kind = django_filters.ChoiceFilter(label="Вид", choices=Roadmap.Kind.choices, empty_label="любой")

    class Meta:
        model = Roadmap
        fields = ["q", "state", "kind"]
