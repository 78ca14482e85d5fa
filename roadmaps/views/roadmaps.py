"""The list of roadmaps, one roadmap as a document, its head and its sections."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from deadlines import wording
from deadlines.year import AcademicYear, default_basis
from directory.requests import PortalRequest
from directory.visible import Visible
from journal.views import PAGE, HistoryView, newest_first
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.messages import offer_undo
from kit.views import PressView, VerbView, WayBackMixin
from kit.worded import Given, Question
from roadmaps import policy, table
from roadmaps.actions import editing, lines
from roadmaps.actions.understanding import keep_head
from roadmaps.filters import RoadmapFilter
from roadmaps.forms.roadmaps import PassagesForm, RoadmapForm, SectionForm
from roadmaps.models import Indicator, Passage, Roadmap, RoadmapItem, Section
from roadmaps.views.held import HeldMixin

ROADMAPS = Visible[Roadmap](Roadmap.objects.all())
PASSAGES = Question(Passage.objects.filter(roadmap=Given("roadmap")).order_by("position", "pk"))


class RoadmapList(VisibleMixin, ListView):
    model = Roadmap
    template_name = "roadmaps/roadmap_list.html"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Roadmap]:
        self.filter = RoadmapFilter(self.request.GET, queryset=super().get_queryset())
        return self.filter.qs.order_by("-starts_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = [roadmap.pk for roadmap in context["page_obj"]]
        counted = {
            roadmap.pk: roadmap for roadmap in Roadmap.objects.filter(pk__in=shown).with_progress(self.request.today)
        }
        return context | {
            "roadmaps": [counted[pk] for pk in shown],
            "filter": self.filter,
            "may_compose": policy.compose_roadmaps(self.request.user),
        }


class RoadmapDetail(DetailView):
    request: PortalRequest
    model = Roadmap
    template_name = "roadmaps/roadmap_detail.html"

    def get_object(self, queryset: QuerySet[Roadmap] | None = None) -> Roadmap:
        return ROADMAPS.get(self.kwargs["pk"], self.request.user, policy.view_roadmap)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = self.request.today
        query = self.request.GET
        filters = table.Filters(
            party=query.get("party", ""), month=query.get("month", ""), state=query.get("state", "")
        )
        year = _year(query.get("year", ""), self.object, today)
        plan = table.draw(self.object, today=today, filters=filters, year=year)
        may_edit = policy.edit_roadmap(self.request.user, self.object)
        return super().get_context_data(**kwargs) | {
            "plan": plan,
            "facts": _facts(plan.counts, query, today),
            "months": [
                month
                | {
                    "url": _address(query, month=month["key"], state=""),
                    "is_current": month["key"] == filters.month if filters.month else month["is_current"],
                }
                for month in plan.months
            ],
            "filters": filters,
            "states": table.STATES,
            "passages": _passages(self.object),
            "may_edit": may_edit,
            "may_mark": policy.mark_roadmap(self.request.user, self.object),
            "previous_year": _overlap(AcademicYear(year.september - 1), self.object),
            "next_year": _overlap(AcademicYear(year.september + 1), self.object),
        }


def _address(query: QueryDict, **changes: str) -> str:
    """The same page with some parameters changed; an empty one is left out."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"


def _facts(counts: dict[str, int], query: QueryDict, today: date) -> list[dict[str, Any]]:
    """The strip of figures: each that counts rows opens them."""
    items = counts["items"]
    return [
        {"number": items, "label": wording.plural(items, "мероприятие,мероприятия,мероприятий")},
        {
            "number": f"{counts['done']} из {counts['points']}",
            "label": "сроков выполнено",
            "url": _address(query, state=table.DONE, month=""),
        },
        {
            "number": counts["late"],
            "label": wording.plural(counts["late"], "срок просрочен,срока просрочено,сроков просрочено"),
            "url": _address(query, state=table.LATE, month=""),
            "kind": "late" if counts["late"] else "",
        },
        {
            "number": counts["this_month"],
            "label": wording.plural(
                counts["this_month"], "срок в этом месяце,срока в этом месяце,сроков в этом месяце"
            ),
            "url": _address(query, month=f"{today:%Y-%m}", state=""),
        },
        {
            "number": counts[f"state_{table.ASKS}"],
            "label": "нужно уточнить",
            "url": _address(query, state=table.ASKS, month=""),
        },
    ]


def _year(asked: str, roadmap: Roadmap, today: date) -> AcademicYear:
    """The academic year of the heat strip: as asked within the roadmap's period, else today's brought into it."""
    first, last = AcademicYear.of(roadmap.starts_on), AcademicYear.of(roadmap.ends_on)
    if asked.isdecimal() and first.september <= int(asked[:4]) <= last.september:
        return AcademicYear(int(asked[:4]))
    return AcademicYear.of(min(max(today, roadmap.starts_on), roadmap.ends_on))


def _overlap(year: AcademicYear, roadmap: Roadmap) -> AcademicYear | None:
    return year if year.starts_on <= roadmap.ends_on and year.ends_on >= roadmap.starts_on else None


def _passages(roadmap: Roadmap) -> list[tuple[str, list[Passage]]]:
    """The text part by kind, in the order in which papers give it."""
    passages = PASSAGES.records(roadmap=roadmap.pk)
    return [
        (label, found)
        for kind, label in Passage.Kind.choices
        if (found := [passage for passage in passages if passage.kind == kind])
    ]


class RoadmapAdd(WayBackMixin, DoorMixin, CreateView):
    model = Roadmap
    form_class = RoadmapForm
    template_name = "roadmaps/roadmap_form.html"
    door = staticmethod(policy.compose_roadmaps)

    def way_back(self) -> str:
        return reverse("roadmaps:roadmap-list")

    def get_initial(self) -> dict[str, Any]:
        year = AcademicYear.of(self.request.today)
        return {"watched_from": self.request.today, "starts_on": year.starts_on, "ends_on": year.ends_on}

    def form_valid(self, form: RoadmapForm) -> HttpResponse:
        roadmap = form.save(commit=False)
        roadmap.municipality_id = self.request.user.municipality_id
        roadmap.created_by = self.request.user
        roadmap.sign(by=self.request.user)
        if "basis" not in form.changed_data:
            roadmap.basis = default_basis(roadmap.title, roadmap.period)
        roadmap.save()
        messages.success(self.request, "Дорожная карта заведена. Добавьте первый раздел.")
        return redirect(roadmap)


class RoadmapEdit(HeldMixin, WayBackMixin, PolicyMixin, VisibleMixin, UpdateView):
    model = Roadmap
    form_class = RoadmapForm
    policy = staticmethod(policy.edit_head)
    template_name = "roadmaps/roadmap_form.html"

    def form_valid(self, form: RoadmapForm) -> HttpResponse:
        is_read_anew = keep_head(form.instance, by=self.request.user)
        messages.success(self.request, "Сохранено. Сроки прочитаны заново." if is_read_anew else "Сохранено.")
        return redirect(form.instance)


class RoadmapPassages(HeldMixin, VerbView):
    """The text part: tasks, directions, forms of work, stages, results, legal bases."""

    model = Roadmap
    policy = staticmethod(policy.edit_roadmap)
    form_class = PassagesForm
    template_name = "roadmaps/roadmap_passages.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"roadmap": self.object}

    def form_valid(self, form: PassagesForm) -> HttpResponse:
        typed = {kind: form.cleaned_data[kind] for kind in Passage.Kind.values}
        was = {kind: form.was(kind) for kind in typed}
        try:
            lines.write_passages(self.object, to=typed, was=was, by=self.request.user)
        except lines.LinesChangedMeanwhile as meanwhile:
            form.show_clashes(meanwhile.theirs)
            return self.form_invalid(form)
        messages.success(self.request, "Текст сохранён.")
        return redirect(self.object)


class RoadmapHistory(VisibleMixin, HistoryView):
    """The head together with the text part, whose statements come and go whole."""

    model = Roadmap
    parts_come_and_go = True

    def parts(self) -> Any:
        return newest_first(Passage.history.filter(roadmap=self.object))[:PAGE]


class RoadmapRemarkSettle(HeldMixin, PressView):
    """Take a remark to the document off: a person has seen it."""

    model = Roadmap
    policy = staticmethod(policy.keep_roadmap)

    def press(self, record: Roadmap) -> HttpResponse:
        record.settle_remarks(by=self.request.user)
        return redirect(record)


class RoadmapRenumber(HeldMixin, PressView):
    """Number the rows through from the first section to the last."""

    model = Roadmap
    policy = staticmethod(policy.edit_roadmap)

    def press(self, record: Roadmap) -> HttpResponse:
        items = list(RoadmapItem.objects.filter(section__roadmap=record).living().in_order())
        changed = editing.renumber(items, by=self.request.user)
        messages.success(self.request, "Строки перенумерованы." if changed else "Номера и так идут по порядку.")
        return redirect(record)


class SectionAdd(HeldMixin, VerbView):
    model = Roadmap
    policy = staticmethod(policy.edit_roadmap)
    form_class = SectionForm
    template_name = "roadmaps/section_form.html"

    def form_valid(self, form: SectionForm) -> HttpResponse:
        section = editing.add_section(self.object.pk, title=form.cleaned_data["title"], by=self.request.user)
        return redirect(section)


class SectionEdit(HeldMixin, WayBackMixin, PolicyMixin, VisibleMixin, UpdateView):
    model = Section
    queryset = Section.objects.select_related("roadmap")
    form_class = SectionForm
    policy = staticmethod(policy.edit_section)
    template_name = "roadmaps/section_form.html"

    def form_valid(self, form: SectionForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        section = form.save()
        return redirect(section)


class SectionRemove(HeldMixin, PressView):
    model = Section
    queryset = Section.objects.select_related("roadmap")
    policy = staticmethod(policy.edit_section)

    def press(self, record: Section) -> HttpResponse:
        record.remove(by=self.request.user, at=timezone.now())
        offer_undo(
            self.request, "Раздел удалён вместе с мероприятиями.", reverse("roadmaps:section-restore", args=[record.pk])
        )
        return redirect(record.roadmap)


class SectionRestore(HeldMixin, PressView):
    model = Section
    queryset = Section.objects.select_related("roadmap")
    policy = staticmethod(policy.restore_section)

    def press(self, record: Section) -> HttpResponse:
        record.restore(by=self.request.user)
        messages.success(self.request, "Раздел возвращён.")
        return redirect(record)


class SectionHistory(VisibleMixin, HistoryView):
    """The section together with its indicators."""

    model = Section
    parts_come_and_go = True

    def parts(self) -> Any:
        return newest_first(Indicator.history.filter(section=self.object))[:PAGE]
