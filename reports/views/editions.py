"""Editions of a roadmap: what an order froze, and what changed since another one."""

from datetime import date
from typing import Any

from django.http import Http404
from django.views.generic import DetailView

from kit.access import VisibleMixin
from reports.annex import annex_of
from reports.models import Order
from reports.redline import marks
from roadmaps.comparison import Content, differences
from roadmaps.models import Edition, Passage, Roadmap, RoadmapItem

EDITIONS = Edition.objects.select_related("roadmap", "order")

CELLS = ("number", "text", "form", "participants", "phrase", "responsible", "note")
#: What a reader calls the parts of an edition.
NAMES = (
    {"title": "название", "kind": "вид", "starts_on": "начало", "ends_on": "окончание", "goal": "цель"}
    | {str(kind): str(label) for kind, label in Passage.Kind.choices}
    | {cell: str(RoadmapItem.cell(cell).verbose_name) for cell in CELLS}
    | {"subitems": "подпункты"}
)


class EditionDetail(VisibleMixin, DetailView):
    model = Edition
    queryset = EDITIONS
    template_name = "reports/edition_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = self.object.content
        items = [item for section in content["sections"] for item in section["items"]]
        return super().get_context_data(**kwargs) | {
            "order": order_of(self.object, self.request.user),
            "content": content,
            "kind": Roadmap.Kind(content["kind"]).label,
            "passages": annex_of(content).passages,
            "has_forms": any(item["form"] for item in items),
            "has_participants": any(item["participants"] for item in items),
            "has_previous": self.object.number > 1,
        }


class EditionChanges(VisibleMixin, DetailView):
    """One edition against another of the same roadmap, by default against the one before it."""

    model = Edition
    queryset = EDITIONS
    template_name = "reports/edition_changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = list(self.object.roadmap.editions.exclude(pk=self.object.pk).order_by("number"))
        wanted = self.request.GET.get("before", str(self.object.number - 1))
        before = next((edition for edition in others if str(edition.number) == wanted), None)
        if before is None:
            raise Http404
        older, newer = sorted((before, self.object), key=lambda edition: edition.number)
        return super().get_context_data(**kwargs) | {
            "older": older,
            "newer": newer,
            "others": others,
            "marks": marks(differences(readable(older.content), readable(newer.content)), NAMES),
        }


def order_of(edition: Edition, account: Any) -> Order | None:
    """The order that froze an edition, if this reader sees it."""
    return Order.objects.visible_to(account).filter(edition=edition).first()


def readable(content: Content) -> Content:
    """An edition with its head as a reader would say it."""
    days = {name: f"{date.fromisoformat(content[name]):%d.%m.%Y}" for name in ("starts_on", "ends_on")}
    return {**content, **days, "kind": Roadmap.Kind(content["kind"]).label}
