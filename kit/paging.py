"""Pages of long lists: counted and skipped over keys alone, rows joined to the few keys that are shown."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class DeferredPaginator(Paginator):
    """Takes what is found, bare and in order; ``rows`` is handed the keys of one page as a subquery.

    What only rows need (joins, annotations) is never counted and never skipped over.
    """

    def __init__(self, found: QuerySet[Any], per_page: int, *, rows: Callable[[QuerySet[Any]], Sequence[Any]]) -> None:
        super().__init__(found, per_page)
        self.found, self.rows = found, rows

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = self.found.values("pk")[start : start + self.per_page]
        return Page(self.rows(keys) if self.count else [], number, self)
