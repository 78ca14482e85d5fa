"""A document brought in by a person: read, shown as understood, mended, confirmed."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView, FormView, View
from django.views.generic.detail import SingleObjectMixin

from deadlines import wording
from directory.requests import PortalRequest
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.confined import Unreadable
from kit.texts import tidy
from kit.uploads import safe_name
from kit.views import PressView, VerbView, WayBackMixin
from roadmaps import policy
from roadmaps.actions import imports
from roadmaps.forms.imports import ImportForm, ImportHeadForm
from roadmaps.importers.confined import understand_confined
from roadmaps.models import RoadmapImport


class ImportAdd(WayBackMixin, DoorMixin, FormView):
    form_class = ImportForm
    template_name = "roadmaps/import_add.html"
    door = staticmethod(policy.compose_roadmaps)

    def way_back(self) -> str:
        return reverse("roadmaps:roadmap-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = RoadmapImport.objects.visible_to(self.request.user).waiting()
        return super().get_context_data(**kwargs) | {
            "waiting": waiting.defer("understood")
            .select_related("brought_by__staff_member")
            .order_by("-brought_at", "-pk")[:10]
        }

    def form_valid(self, form: ImportForm) -> HttpResponse:
        field = "file" if form.cleaned_data["file"] else "pasted"
        try:
            understood, filename = _understand(form.cleaned_data)
            roadmap_import, is_new = imports.bring(
                understood,
                filename=filename,
                municipality=self.request.user.municipality,
                by=self.request.user,
                at=timezone.now(),
            )
        except (Unreadable, imports.NothingToImport) as refusal:
            form.add_error(field, str(refusal))
            return self.form_invalid(form)
        if roadmap_import.roadmap:
            messages.info(self.request, "Этот документ уже загружен: вот его дорожная карта. Ничего не изменено.")
            return redirect(roadmap_import.roadmap)
        if not is_new:
            messages.info(self.request, "Этот документ уже загружали. Продолжайте с того места, где остановились.")
        return redirect(roadmap_import)


def _understand(typed: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """What was understood of the file or of the paste, and the name to remember it by.

    The document is read by a confined child from a temporary file; raises ``Unreadable``.
    """
    if upload := typed["file"]:
        filename = safe_name(upload.name)
        chunks = upload.chunks()
    else:
        html = typed["pasted_html"].strip()
        filename = "Вставленная таблица.html" if html else "Вставленная таблица.txt"
        chunks = [(html or typed["pasted"]).encode()]
    with tempfile.NamedTemporaryFile(prefix="roadmap-") as kept:
        for chunk in chunks:
            kept.write(chunk)
        kept.flush()
        return understand_confined(Path(kept.name), filename), filename


class ImportDetail(PolicyMixin, VisibleMixin, DetailView):
    """The preview: the document as understood, each problem beside its row."""

    model = RoadmapImport
    policy = staticmethod(policy.view_import)
    template_name = "roadmaps/import_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if self.object.roadmap:
            return redirect(self.object.roadmap)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        understood = self.object.understood
        sections = [
            section | {"index": at, "rows": [_row(item, at, place) for place, item in enumerate(section["items"])]}
            for at, section in enumerate(understood["sections"])
        ]
        rows = [row for section in sections for row in section["rows"]]
        return super().get_context_data(**kwargs) | {
            "understood": understood,
            "sections": sections,
            "facts": _facts(sections, rows, sum(row["is_doubtful"] for row in rows) + len(_open(understood))),
            "head_problems": _open(understood),
            "head": _head(understood),
            "period_is_known": bool(understood["period"]["start"] and understood["period"]["end"]),
            "has_forms": any(row["form"] for row in rows),
            "has_participants": any(row["participants"] for row in rows),
        }


def _facts(sections: list[Any], rows: list[dict[str, Any]], doubts: int) -> list[dict[str, Any]]:
    dates = sum(len(row["points"]) for row in rows)
    return [
        {"number": len(rows), "label": wording.plural(len(rows), "мероприятие,мероприятия,мероприятий")},
        {"number": len(sections), "label": wording.plural(len(sections), "раздел,раздела,разделов")},
        {"number": dates, "label": wording.plural(dates, "дата прочитана,даты прочитано,дат прочитано")},
        {
            "number": doubts,
            "label": wording.plural(doubts, "место проверить,места проверить,мест проверить"),
            "kind": "near" if doubts else "",
        },
    ]


def _open(holder: dict[str, Any]) -> list[dict[str, Any]]:
    return [problem for problem in holder["problems"] if not problem.get("settled")]


def _row(item: dict[str, Any], section: int, place: int) -> dict[str, Any]:
    """An understood item as the preview shows it."""
    problems = _open(item)
    return item | {
        "section": section,
        "place": place,
        "open_problems": problems,
        "is_doubtful": bool(problems),
        "says": wording.understood_points(item["kind"], [point["due"] for point in item["points"]], item["schedule"]),
    }


def _head(understood: dict[str, Any]) -> dict[str, Any]:
    document = understood["document"]
    return {
        "title": understood["title"],
        "starts_on": _day(understood["period"]["start"]),
        "ends_on": _day(understood["period"]["end"]),
        "basis": understood["basis"],
        "document_kind": document["kind"],
        "document_number": document["number"],
        "document_on": _day(document["date"]),
        "issuer": document["issuer"],
        "signatory": document["signatory"],
    }


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


class ImportHead(VerbView):
    model = RoadmapImport
    policy = staticmethod(policy.mend_import)
    form_class = ImportHeadForm
    template_name = "roadmaps/import_head.html"

    def get_initial(self) -> dict[str, Any]:
        return _head(self.object.understood)

    def form_valid(self, form: ImportHeadForm) -> HttpResponse:
        imports.mend_head(self.object, head=form.cleaned_data)
        messages.success(self.request, "Сохранено. Сроки прочитаны заново.")
        return redirect(self.object)


class ImportRow(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """One understood row: GET opens its fields, POST writes them and shows the row anew."""

    model = RoadmapImport
    policy = staticmethod(policy.mend_import)

    def get(self, request: PortalRequest, *args: Any, section: int, place: int, **kwargs: Any) -> HttpResponse:
        record = self.get_object()
        try:
            item = record.understood["sections"][section]["items"][place]
        except IndexError as error:
            raise Http404 from error
        context = {"object": record, "row": _row(item, section, place)}
        if request.htmx:
            return render(request, "roadmaps/_import_row_edit.html", context)
        return render(request, "roadmaps/import_row.html", context)

    def post(self, request: PortalRequest, *args: Any, section: int, place: int, **kwargs: Any) -> HttpResponse:
        record = self.get_object()
        cells = {cell: tidy(request.POST[cell]) for cell in imports.MENDABLE if cell in request.POST}
        try:
            item = imports.mend_row(record, section=section, row=place, cells=cells)
        except IndexError as error:
            raise Http404 from error
        if not request.htmx:
            return redirect(f"{record.get_absolute_url()}#row-{section}-{place}")
        context = {"object": record, "row": _row(item, section, place), "is_mended": True}
        response = render(request, "roadmaps/_import_row.html", context)
        response["HX-Trigger"] = "saved"
        return response


class ImportConfirm(PressView):
    model = RoadmapImport
    policy = staticmethod(policy.confirm_import)

    def press(self, record: RoadmapImport) -> HttpResponse:
        try:
            roadmap = imports.confirm(record, by=self.request.user, at=timezone.now(), today=self.request.today)
        except imports.PeriodUnknown as refusal:
            messages.error(self.request, str(refusal))
            return redirect("roadmaps:import-head", pk=record.pk)
        messages.success(self.request, "Дорожная карта в портале: сроки прочитаны, можно работать.")
        return redirect(roadmap)


class ImportDiscard(PressView):
    model = RoadmapImport
    policy = staticmethod(policy.mend_import)

    def press(self, record: RoadmapImport) -> HttpResponse:
        if not imports.discard(record):
            messages.warning(self.request, "Этот документ только что стал дорожной картой: вот она.")
            return redirect(record)
        messages.success(self.request, "Загрузка отменена, ничего не сохранено.")
        return redirect("roadmaps:import-add")
