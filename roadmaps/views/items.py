"""Rows of the roadmap: the card, the cells edited in place, a new row, its place, removal and return."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import escape
from django.views.generic import DetailView, UpdateView, View
from django.views.generic.detail import SingleObjectMixin

from deadlines import phrases, wording
from directory.requests import PortalRequest
from directory.visible import Visible
from journal.views import HistoryView, newest_first
from kit.access import PolicyMixin, VisibleMixin
from kit.messages import offer_undo
from kit.texts import tidy
from kit.views import PressView, VerbView, WayBackMixin
from roadmaps import policy, table
from roadmaps.actions import editing, lines, schedules
from roadmaps.forms.items import FollowForm, ItemForm, PartsForm
from roadmaps.models import ControlPoint, Roadmap, RoadmapItem, Section
from roadmaps.views.held import HeldMixin

#: Cells whose change changes the rest of the row.
TELLING = {"phrase", "responsible"}
CONFLICT, REFUSED = 409, 422

ITEMS = RoadmapItem.objects.select_related("section__roadmap")
#: With its roadmap, which an order may be freezing: whoever comes second sees what the first has made of it.
LOCKED_ITEMS = Visible[RoadmapItem](ITEMS.select_for_update(of=("section__roadmap", "self")))


class ItemDetail(PolicyMixin, VisibleMixin, DetailView):
    model = RoadmapItem
    queryset = ITEMS
    policy = staticmethod(policy.view_item)
    template_name = "roadmaps/item_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account, item = self.request.user, self.object
        points = item.points.select_related("closed_by__staff_member", "subitem").prefetch_related(
            "proofs", "postponements__requested_by__staff_member", "postponements__decided_by__staff_member"
        )
        return super().get_context_data(**kwargs) | {
            "row": table.draw_row(item, today=self.request.today),
            "points": _open_first(points.order_by("due_on", "pk")),
            "roadmap": item.section.roadmap,
            "may_edit": policy.edit_item(account, item),
            "may_mark": policy.mark_points(account, item),
            "may_decide": policy.decide_postponements(account),
            "may_restore": policy.restore_item(account, item),
        }


def _open_first(points: Iterable[ControlPoint]) -> list[ControlPoint]:
    """What is still to be done by its day, then what is closed, the newest first."""
    every = list(points)
    closed = [point for point in every if point.state != ControlPoint.State.OPEN]
    return [point for point in every if point.state == ControlPoint.State.OPEN] + closed[::-1]


class ItemEdit(HeldMixin, WayBackMixin, PolicyMixin, VisibleMixin, UpdateView):
    """The whole row as one form, for those who edit without scripts."""

    model = RoadmapItem
    queryset = ITEMS
    form_class = ItemForm
    policy = staticmethod(policy.edit_item)
    template_name = "roadmaps/item_form.html"

    def form_valid(self, form: ItemForm) -> HttpResponse:
        """Save cell by cell: what another editor has changed meanwhile is shown, the rest is kept."""
        typed = form.cleaned_data
        clashes = {}
        for cell in editing.CELLS:
            if tidy(typed[cell]) == tidy(typed[f"was_{cell}"]):
                continue
            try:
                editing.edit_cell(
                    self.object.pk, cell=cell, to=typed[cell], was=typed[f"was_{cell}"], by=self.request.user
                )
            except editing.EditedMeanwhile as meanwhile:
                clashes[cell] = meanwhile.theirs
        if not clashes:
            messages.success(self.request, "Мероприятие сохранено.")
            return redirect(f"{self.object.section.roadmap.get_absolute_url()}#item-{self.object.pk}")
        form.show_clashes(clashes)
        return self.form_invalid(form)


class ItemCell(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """One cell in hand: GET gives its field, POST saves it at once or shows both texts."""

    model = RoadmapItem
    queryset = ITEMS
    policy = staticmethod(policy.edit_item)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.cell = kwargs["cell"]
        if self.cell not in editing.CELLS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        text = getattr(self.object, self.cell)
        return self._render("_cell_edit", text=text, was=text)

    @method_decorator(transaction.atomic)
    def post(self, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Locked as it is looked up: what is judged and compared is what is written over.
        self.object = item = LOCKED_ITEMS.get(self.kwargs["pk"], request.user, policy.edit_item)
        text, was = request.POST.get("text", ""), request.POST.get("was", "")
        try:
            editing.write_cell(item, cell=self.cell, to=text, was=was, by=request.user)
        except editing.EditedMeanwhile as meanwhile:
            return self._render("_cell_conflict", status=CONFLICT, text=text, theirs=meanwhile.theirs)
        except editing.TooLong as refusal:
            return self._render("_cell_edit", status=REFUSED, text=text, was=was, error=str(refusal))
        if self.cell in TELLING:
            return _row(request, item)
        response = HttpResponse(escape(getattr(item, self.cell)))
        response["HX-Trigger"] = "saved"
        return response

    def _render(self, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
        field = RoadmapItem.cell(self.cell)
        context |= {
            "item": self.object,
            "cell": self.cell,
            "label": field.verbose_name,
            "limit": field.max_length,
            "roadmap": self.object.section.roadmap,
        }
        return render(self.request, f"roadmaps/{name}.html", context, status=status)


def _row(request: PortalRequest, item: RoadmapItem) -> HttpResponse:
    """The whole row anew, in place of the old one."""
    context = {
        "row": table.draw_row(item, today=request.today),
        "may_mark": policy.mark_roadmap(request.user, item.section.roadmap),
    }
    response = render(request, "roadmaps/_item_row.html", context)
    response["HX-Retarget"] = f"#item-{item.pk}"
    response["HX-Reswap"] = "outerHTML"
    response["HX-Trigger"] = "saved"
    return response


class ItemAdd(HeldMixin, PressView):
    """An empty row after the row named by ``after``, or at the end of the section."""

    model = Section
    queryset = Section.objects.select_related("roadmap")
    policy = staticmethod(policy.edit_section)

    def press(self, record: Section) -> HttpResponse:
        after = None
        if wanted := self.request.POST.get("after", ""):
            after = record.items.living().filter(pk=_number(wanted)).first()
        item = editing.add_item(record, after=after, by=self.request.user)
        if self.request.htmx:
            return _row(self.request, item)
        return redirect("roadmaps:item-edit", pk=item.pk)


class ItemMove(HeldMixin, PressView):
    """By one place (``step`` is -1 or 1), or before the row ``before`` of the section ``section``."""

    model = RoadmapItem
    queryset = ITEMS
    policy = staticmethod(policy.edit_item)

    def press(self, record: RoadmapItem) -> HttpResponse:
        form = self.request.POST
        if form.get("step") in ("-1", "1"):
            editing.move_item_by_one(record, step=int(form["step"]), by=self.request.user)
        else:
            roadmap = record.section.roadmap_id
            section = Section.objects.living().filter(roadmap=roadmap, pk=_number(form.get("section", ""))).first()
            if section is None:
                return HttpResponseBadRequest("Нет такого раздела в этой дорожной карте.")
            before = section.items.living().exclude(pk=record.pk).filter(pk=_number(form.get("before", ""))).first()
            editing.move_item(record, to=section, before=before, by=self.request.user)
        if self.request.headers.get("Accept") == "application/json":
            return JsonResponse({"moved": record.pk})
        return redirect(f"{record.section.roadmap.get_absolute_url()}#item-{record.pk}")


class ItemRemove(HeldMixin, PressView):
    model = RoadmapItem
    queryset = ITEMS
    policy = staticmethod(policy.edit_item)

    def press(self, record: RoadmapItem) -> HttpResponse:
        record.remove(by=self.request.user, at=timezone.now())
        offer_undo(self.request, "Мероприятие удалено.", reverse("roadmaps:item-restore", args=[record.pk]))
        return redirect(f"{record.section.roadmap.get_absolute_url()}#section-{record.section_id}")


class ItemRestore(HeldMixin, PressView):
    model = RoadmapItem
    queryset = ITEMS
    policy = staticmethod(policy.restore_item)

    def press(self, record: RoadmapItem) -> HttpResponse:
        record.restore(by=self.request.user)
        messages.success(self.request, "Мероприятие возвращено.")
        return redirect(f"{record.section.roadmap.get_absolute_url()}#item-{record.pk}")


class ItemRemarkSettle(HeldMixin, PressView):
    """Take the remarks to a row off: a person has seen them."""

    model = RoadmapItem
    queryset = ITEMS
    policy = staticmethod(policy.keep_item)

    def press(self, record: RoadmapItem) -> HttpResponse:
        record.settle_remarks(by=self.request.user)
        if self.request.htmx:
            return _row(self.request, record)
        return redirect(f"{record.section.roadmap.get_absolute_url()}#item-{record.pk}")


class ItemFollow(HeldMixin, VerbView):
    """Name the schedule an item follows."""

    model = RoadmapItem
    queryset = ITEMS
    policy = staticmethod(policy.keep_item)
    form_class = FollowForm
    template_name = "roadmaps/item_follow.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"schedule": self.object.schedule_id}

    def form_valid(self, form: FollowForm) -> HttpResponse:
        schedules.follow(self.object, form.cleaned_data["schedule"], by=self.request.user)
        messages.success(self.request, "График назначен, сроки пересчитаны.")
        return redirect(self.object)


class ItemParts(HeldMixin, VerbView):
    """The sub-items of a row, one a line."""

    model = RoadmapItem
    queryset = ITEMS
    policy = staticmethod(policy.edit_item)
    form_class = PartsForm
    template_name = "roadmaps/item_parts.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"item": self.object}

    def form_valid(self, form: PartsForm) -> HttpResponse:
        try:
            lines.write_parts(self.object, to=form.cleaned_data["parts"], was=form.was("parts"), by=self.request.user)
        except lines.LinesChangedMeanwhile as meanwhile:
            form.show_clashes(meanwhile.theirs)
        except lines.PartIsMarked as refusal:
            form.add_error("parts", str(refusal))
        else:
            messages.success(self.request, "Подпункты сохранены, сроки прочитаны.")
            return redirect(self.object)
        return self.form_invalid(form)


class ItemHistory(VisibleMixin, HistoryView):
    """The row together with its control points: marking one done is part of the row's life."""

    model = RoadmapItem

    def parts(self) -> Any:
        return newest_first(ControlPoint.history.filter(item=self.object))


class DeadlinePreview(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """How a phrase is understood within a roadmap, while it is being typed."""

    model = Roadmap
    policy = staticmethod(policy.view_roadmap)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        roadmap = self.get_object()
        phrase = request.GET.get("text", "")
        reading = phrases.read(phrase, roadmap.period, roadmap.year_basis)
        context = {"reading": reading, "understood": wording.understood(reading, self.request.today)}
        return render(request, "roadmaps/_deadline_preview.html", context)


def _number(text: str) -> int:
    """The id in a form field, or 0 that no record has."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0  # noqa: PLR2004 - digits of a bigint
