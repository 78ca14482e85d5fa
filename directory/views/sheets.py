"""A sheet brought in by a person: checked, mended, confirmed; the long ones by the worker while one waits."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.generic import DetailView, FormView, View
from django.views.generic.detail import SingleObjectMixin

from directory import policy, tasks
from directory.actions import sheets
from directory.actions.progress import percent_written
from directory.filters import OrganisationFilter, StaffFilter
from directory.forms.sheets import SheetLoadForm, SheetMendForm
from directory.models import Account, Organisation, Position, SheetImport, StaffMember
from directory.requests import PortalRequest
from directory.resources.books import FORMATS, table_of, written
from directory.roles import Role
from directory.sheets.catalogue import SHEETS
from directory.sheets.columns import Sheet
from directory.texts import KnownPosition, Positions, organisations_told
from directory.views.watched import watch_list
from journal.models import Access
from kit.access import PolicyMixin, VisibleMixin, require
from kit.uploads import safe_name
from kit.verdicts import Verdict
from kit.views import PressView, VerbView, WayBackMixin

#: A bigger file is for the worker: its reader sees how far it is instead of waiting for the page.
LONG_BYTES = 100_000
LONG_ROWS = 1_000
SHOWN_REFUSALS = 100
REFUSAL_KEYS, REFUSAL_HEADS = ("line", "head", "value", "why"), ("Строка", "Столбец", "Сейчас", "Что не так")

#: A row of a sheet by the keys of its columns.
Texts = Mapping[str, str]

FILES: dict[str, str] = {SheetImport.Kind.STAFF: "Сотрудники", SheetImport.Kind.ORGANISATIONS: "Организации"}
TITLES: dict[str, str] = {
    SheetImport.Kind.STAFF: "Загрузить сотрудников",
    SheetImport.Kind.ORGANISATIONS: "Загрузить организации",
}
LISTS: dict[str, str] = {
    SheetImport.Kind.STAFF: "directory:staff-list",
    SheetImport.Kind.ORGANISATIONS: "directory:organisation-list",
}


class KindMixin:
    """A page about one kind of sheet, named in its address."""

    request: Any
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["kind"] not in SHEETS:
            raise Http404
        require(self.may(kwargs["kind"]))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def may(self, kind: str) -> Verdict:
        return policy.load_sheet(self.request.user, kind)

    @property
    def kind(self) -> str:
        return str(self.kwargs["kind"])

    @property
    def sheet(self) -> Sheet:
        return SHEETS[self.kind]


def _own_organisation(account: Account) -> Organisation | None:
    """The one organisation whose people the account may bring; nothing for those who keep the whole municipality."""
    return Organisation.objects.get(pk=account.organisation_id or 0) if account.role == Role.DEPUTY else None


class SheetLoad(KindMixin, WayBackMixin, FormView):
    form_class = SheetLoadForm
    template_name = "directory/sheet_load.html"

    def way_back(self) -> str:
        return reverse(LISTS[self.kind])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        brought = SheetImport.objects.visible_to(self.request.user).filter(kind=self.kind)
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "title": TITLES[self.kind],
            "columns": self.sheet.columns,
            "organisation": _own_organisation(self.request.user),
            "brought": brought.newest_first().defer("report")[:10],
        }

    def form_valid(self, form: SheetLoadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        account = self.request.user
        with transaction.atomic():
            brought = sheets.bring(
                file,
                kind=self.kind,
                filename=safe_name(file.name),
                municipality=account.municipality,
                organisation=_own_organisation(account),
                by=account,
                at=timezone.now(),
            )
        _go_on(brought)
        return redirect(brought)


def _go_on(brought: SheetImport) -> None:
    """Do the work at once where it is short; wake the worker where it is long."""
    counts = brought.report.get("counts", {})
    if brought.file.size > LONG_BYTES or sum(counts.values()) > LONG_ROWS:
        tasks.work_sheet.delay_on_commit(pk=brought.pk)  # type: ignore[attr-defined]  # Celery adds it for Django
    else:
        sheets.work(brought.pk, now=timezone.now())


class SheetBlank(KindMixin, View):
    """The heads alone: what to fill in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _file(self.sheet, [], ending="xlsx", name=f"{FILES[self.kind]}, бланк")


class SheetDownload(KindMixin, View):
    """The records of a list, filtered as in its address, as a sheet that can be brought back unchanged."""

    request: PortalRequest

    def may(self, kind: str) -> Verdict:
        account = self.request.user
        return policy.view_staff(account) if kind == SheetImport.Kind.STAFF else policy.view_organisations(account)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ending = request.GET.get("format", "xlsx")
        if ending not in FORMATS:
            raise Http404
        if self.kind == SheetImport.Kind.STAFF:
            watch_list(self.request, "сотрудники", deed=Access.Deed.SHEET)
        rows = self._staff() if self.kind == SheetImport.Kind.STAFF else self._organisations()
        return _file(self.sheet, rows, ending=ending, name=f"{FILES[self.kind]} {self.request.today:%d.%m.%Y}")

    def _staff(self) -> Iterator[Texts]:
        seen = StaffMember.objects.visible_to(self.request.user)
        people = StaffFilter(self.request.GET, queryset=seen, request=self.request).qs
        positions = Position.objects.filter(staff_member__in=people.order_by().values("pk"))
        if own := _own_organisation(self.request.user):
            positions = positions.filter(organisation=own)
        in_order = positions.order_by("staff_member__sort_key", "staff_member", "pk")
        return (known.texts for known in _last_ones(Positions(in_order).told(), self.request.today))

    def _organisations(self) -> Iterator[Texts]:
        seen = Organisation.objects.visible_to(self.request.user)
        found = OrganisationFilter(self.request.GET, queryset=seen).qs
        return (known.texts for known in organisations_told(found.order_by("sort_key", "pk")))


def _last_ones(positions: Iterator[KnownPosition], today: date) -> Iterator[KnownPosition]:
    """The positions each person holds; of one who holds none any more, the one that ended last."""
    for _, of_person in groupby(positions, key=lambda known: known.person):
        told = list(of_person)
        going_on = [known for known in told if not known.texts["ends_on"] or known.texts["ends_on"] >= f"{today}"]
        yield from going_on or [max(told, key=lambda known: known.texts["ends_on"])]


def _file(sheet: Sheet, rows: Iterable[Texts], *, ending: str, name: str) -> HttpResponse:
    content = written(sheet, rows, ending=ending, title=FILES[sheet.kind])
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{name}.{ending}")}
    return HttpResponse(content, content_type=FORMATS[ending].CONTENT_TYPE, headers=headers)


class SheetDetail(PolicyMixin, VisibleMixin, DetailView):
    """What the sheet would change, or how far the worker is; the page asks again by itself."""

    model = SheetImport
    policy = staticmethod(policy.view_sheet)

    def get_template_names(self) -> list[str]:
        return ["directory/_sheet_progress.html" if self.request.htmx else "directory/sheet_detail.html"]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        if self.request.htmx and not self.object.is_at_work:
            # The work is over: the page itself has much more to show than its progress.
            response["HX-Refresh"] = "true"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.object.report
        counts = report.get("counts", {})
        wrong = report.get("wrong", [])
        return super().get_context_data(**kwargs) | {
            "title": TITLES[self.object.kind],
            "list_address": reverse(LISTS[self.object.kind]),
            "facts": _facts(counts),
            "refused": _by_line(wrong[:SHOWN_REFUSALS]),
            "untold": counts.get("refused", 0) - len(wrong[:SHOWN_REFUSALS]),
            "may_confirm": policy.confirm_sheet(self.request.user, self.object),
            "percent": percent_written(self.object) if self.object.state == SheetImport.State.WRITING else None,
            "is_late": self.object.is_at_work and self.object.attempts > 1,
            "left_out": sorted(int(line) for line, mend in self.object.mends.items() if mend is None),
        }


def _facts(counts: dict[str, int]) -> list[dict[str, Any]]:
    refused = counts.get("refused", 0)
    return [
        {"label": "добавится", "number": counts.get("added", 0)},
        {"label": "изменится", "number": counts.get("changed", 0)},
        {"label": "без изменений", "number": counts.get("same", 0)},
        {"label": "ошибок", "number": refused, "kind": "late" if refused else ""},
    ]


def _by_line(wrong: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Refusals of one row together; a row without a cell to mend is mended in the file."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for cell in wrong:
        rows.setdefault(cell["line"], []).append(cell)
    return [
        {"line": line, "cells": cells, "is_mendable": all(cell["key"] for cell in cells)}
        for line, cells in rows.items()
    ]


class SheetRefusals(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """Everything that is wrong with a sheet, to be mended in the file beside it."""

    model = SheetImport
    policy = staticmethod(policy.view_sheet)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        brought = self.get_object()
        rows = [REFUSAL_HEADS, *([cell[key] for key in REFUSAL_KEYS] for cell in brought.report.get("wrong", []))]
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename="Ошибки таблицы.csv")}
        return HttpResponse(table_of(rows), content_type="text/csv; charset=utf-8", headers=headers)


class SheetMend(VerbView):
    """The refused cells of one row, typed anew."""

    model = SheetImport
    policy = staticmethod(policy.mend_sheet)
    form_class = SheetMendForm
    template_name = "directory/sheet_mend.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        columns = SHEETS[self.object.kind].by_key
        refused = [cell for cell in self.object.report.get("wrong", []) if cell["line"] == self.kwargs["line"]]
        cells = [(columns[cell["key"]], cell["value"], cell["why"]) for cell in refused if cell["key"]]
        if not cells:
            raise Http404
        return super().get_form_kwargs() | {"columns": cells}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"line": self.kwargs["line"]}

    def form_valid(self, form: SheetMendForm) -> HttpResponse:
        return _mended(self.request, self.object, line=self.kwargs["line"], cells=form.cleaned_data)


class SheetLeave(PressView):
    """Leave one row out of the sheet."""

    model = SheetImport
    policy = staticmethod(policy.mend_sheet)

    def press(self, record: SheetImport) -> HttpResponse:
        return _mended(self.request, record, line=self.kwargs["line"], cells=None)


def _mended(
    request: HttpRequest, sheet_import: SheetImport, *, line: int, cells: dict[str, str] | None
) -> HttpResponse:
    try:
        sheets.mend(sheet_import, line=line, cells=cells, at=timezone.now())
    except (sheets.TooManyMends, sheets.ChangedSince) as refusal:
        messages.error(request, str(refusal))
    else:
        _go_on(sheet_import)
        messages.success(request, f"Строка {line} {'пропущена' if cells is None else 'исправлена'}, таблица проверена.")
    return redirect(sheet_import)


class SheetConfirm(PressView):
    model = SheetImport
    policy = staticmethod(policy.confirm_sheet)

    def press(self, record: SheetImport) -> HttpResponse:
        try:
            sheets.confirm(record, seen=self.request.POST.get("seen", ""), at=timezone.now())
        except sheets.ChangedSince as refusal:
            messages.warning(self.request, str(refusal))
        else:
            _go_on(record)
        return redirect(record)


class SheetDiscard(PressView):
    model = SheetImport
    policy = staticmethod(policy.mend_sheet)

    def press(self, record: SheetImport) -> HttpResponse:
        sheets.discard(record)
        messages.success(self.request, "Загрузка отменена, ничего не записано.")
        return redirect("directory:sheet-load", kind=record.kind)
