"""Filters of the outbox, kept in the address."""

import django_filters

from kit.filters import SearchFilter
from reminders.models import Letter


class LetterFilter(django_filters.FilterSet):
    q = SearchFilter()
    state = django_filters.ChoiceFilter(label="Состояние", choices=Letter.State.choices, empty_label="любое")

    class Meta:
        model = Letter
        fields = ["q", "state"]
