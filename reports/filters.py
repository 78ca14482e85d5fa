"""Filters of the list of orders, kept in the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from kit.filters import SearchFilter
from reports.models import Order


class OrderFilter(django_filters.FilterSet):
    q = SearchFilter()
    state = django_filters.ChoiceFilter(label="Состояние", choices=Order.State.choices, empty_label="любое")
    year = django_filters.ChoiceFilter(label="Год", field_name="register__year", empty_label="любой", choices=())

    class Meta:
        model = Order
        fields = ["q", "state", "year"]

    def __init__(self, data: Any, *, queryset: QuerySet[Order]) -> None:
        super().__init__(data, queryset=queryset)
        years = queryset.registered().order_by("-register__year").values_list("register__year", flat=True).distinct()  # type: ignore[attr-defined]
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]
