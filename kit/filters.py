"""The search line that stands above every list."""

from typing import Any

import django_filters
from django.db.models import QuerySet


class SearchFilter(django_filters.CharFilter):
    """Hands what was typed to ``found_by`` of the list's queryset."""

    def __init__(self) -> None:
        super().__init__(label="Найти")

    def filter(self, qs: Any, value: str) -> QuerySet[Any]:
        return qs.found_by(value) if value else qs
