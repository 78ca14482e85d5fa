"""Filters of lists, kept in the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from roadmaps.models import Roadmap


class RoadmapFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Найти", method="search")
    state = django_filters.ChoiceFilter(label="Состояние", choices=Roadmap.State.choices, empty_label="любое")
    kind = django_filters.ChoiceFilter(label="Вид", choices=Roadmap.Kind.choices, empty_label="любой")

    class Meta:
        model = Roadmap
        fields = ["q", "state", "kind"]

    def search(self, queryset: Any, name: str, words: str) -> QuerySet[Roadmap]:
        return queryset.found_by(words)
