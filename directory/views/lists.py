"""The lists of staff and of organisations: filters, order, columns and page in the address."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import ListView
from django_filters import FilterSet

from directory import policy, table
from directory.filters import OrganisationFilter, StaffFilter
from directory.models import Organisation, SavedView, StaffMember
from directory.requests import PortalRequest
from directory.table import Column, Row
from directory.views.watched import WatchedListMixin
from kit.access import DoorMixin, VisibleMixin
from kit.paging import DeferredPaginator

#: Filters of staff whose choices never change.
SELECTS = ("work", "kind", "category", "engagement", "standing")

#: More columns than these scroll sideways, in a window of their own.
WIDE = 8


class Listing(DoorMixin, VisibleMixin, ListView):
    """Finds keys by the filters, draws the rows of one page; subclasses name the list, its columns and orders.

    An address without a query opens the reader's own default view.
    """

    request: PortalRequest
    paginate_by = 50
    paginator_class = DeferredPaginator
    list_name: str
    name_label: str
    columns: tuple[Column, ...]
    usual: tuple[str, ...]
    #: What these make of the records in sight: a filter, orders by the key of a column, rows.
    filter_of: Callable[[Any], FilterSet]
    orders: Callable[[], dict[str, Any]]
    rows: Callable[[Any], list[Row]]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.offered = table.offered(self.request.user, self.list_name)
        first = next((view for view in self.offered.views if view.opens_first and view.query), None)
        if first and not request.META["QUERY_STRING"]:
            return HttpResponseRedirect(f"?{first.query}")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        self.filter = self.filter_of(super().get_queryset())
        self.shown = table.chosen(self.columns, ",".join(self.request.GET.getlist("columns")), self.usual)
        self.sort = self.request.GET.get("sort", "")
        return self.in_order(self.filter.qs)

    def in_order(self, records: Any) -> QuerySet[Any]:
        return table.ordered(records, self.orders(), self.sort)

    def get_paginator(self, queryset: QuerySet[Any], per_page: int, *args: Any, **kwargs: Any) -> DeferredPaginator:
        return DeferredPaginator(queryset, per_page, rows=self.rows_of)

    def rows_of(self, keys: QuerySet[Any]) -> list[Row]:
        records: Any = self.model
        return self.rows(self.in_order(records.objects.filter(pk__in=keys)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        address = self.request.GET.copy()
        address.pop("page", None)
        shown = {column.key for column in self.shown}
        return context | {
            "filter": self.filter,
            "heads": [self._head(column) for column in (Column("name", self.name_label, "name"), *self.shown)],
            "choices": [(column, column.key in shown) for column in self.columns],
            "views": [(view.title, f"?{view.query or 'view='}") for view in self.offered.views],
            "list_name": self.list_name,
            "query": address.urlencode(),
        }

    def _head(self, column: Column) -> dict[str, Any]:
        """How a column is headed: a press asks for its order, another for the reverse."""
        is_up = bool(column.sort) and self.sort == column.sort
        is_down = bool(column.sort) and self.sort == f"-{column.sort}"
        order = "ascending" if is_up else "descending" if is_down else ""
        return {"label": column.label, "sort": f"-{column.sort}" if is_up else column.sort, "order": order}


class StaffList(WatchedListMixin, Listing):
    model = StaffMember
    template_name = "directory/staff_list.html"
    door = staticmethod(policy.view_staff)
    listed = "сотрудники"
    list_name = SavedView.List.STAFF
    columns, usual = table.STAFF_COLUMNS, table.USUAL_STAFF_COLUMNS
    name_label = "Сотрудник"

    def filter_of(self, staff: QuerySet[StaffMember]) -> StaffFilter:
        return StaffFilter(self.request.GET, queryset=staff, request=self.request)

    def orders(self) -> dict[str, Any]:
        return table.staff_orders(self.request.today)

    def rows(self, people: QuerySet[StaffMember]) -> list[Row]:
        return table.staff_rows(people, self.shown, self.offered.subjects, self.request.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_keep = policy.keep_staff(self.request.user)
        return super().get_context_data(**kwargs) | {
            "may_add": may_keep,
            "ticked": bool(may_keep),
            "may_keep_subjects": policy.keep_subjects(self.request.user),
            "is_wide": len(self.shown) > WIDE,
            "controls": self._controls(),
            "narrowed": any(self.request.GET.get(name) for name in ("subject", *SELECTS)),
        }

    def _controls(self) -> list[tuple[str, str, tuple[Any, ...], str]]:
        """Selects of the filter as plain tuples: drawn once for the same choice."""
        subjects = tuple((str(pk), title) for pk, title in self.offered.subjects.items())
        fields = self.filter.filters
        return [
            _control(self.request, "subject", "Предмет", "любой", subjects),
            *(
                _control(
                    self.request,
                    name,
                    fields[name].label,
                    fields[name].extra["empty_label"],
                    fields[name].extra["choices"],
                )
                for name in SELECTS
            ),
        ]


class OrganisationList(Listing):
    model = Organisation
    template_name = "directory/organisation_list.html"
    door = staticmethod(policy.view_organisations)
    list_name = SavedView.List.ORGANISATIONS
    columns, usual = table.ORGANISATION_COLUMNS, table.USUAL_ORGANISATION_COLUMNS
    name_label = "Название"

    def filter_of(self, places: QuerySet[Organisation]) -> OrganisationFilter:
        return OrganisationFilter(self.request.GET, queryset=places)

    def orders(self) -> dict[str, Any]:
        return table.organisation_orders(self.request.today)

    def rows(self, places: QuerySet[Organisation]) -> list[Row]:
        return table.organisation_rows(places, self.shown, self.request.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.filter.filters["kind"]
        return super().get_context_data(**kwargs) | {
            "may_add": policy.keep_organisations(self.request.user),
            "controls": [_control(self.request, "kind", kind.label, kind.extra["empty_label"], kind.extra["choices"])],
        }


def _control(request: PortalRequest, name: str, label: str, empty: str, choices: Any) -> tuple[Any, ...]:
    return name, label, (("", empty), *choices), request.GET.get(name, "")
