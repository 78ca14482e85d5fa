"""What a roadmap says in print, collected whole, and frozen by an order."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from directory.models import Account
from roadmaps.models import Edition, Indicator, Passage, Roadmap, RoadmapItem, Section, SubItem

ITEM_CELLS = ("number", "text", "form", "participants", "phrase", "responsible", "note")


def content_of(roadmap: Roadmap) -> dict[str, Any]:
    """The roadmap as printed, in plain texts and numbers; ids tell the same row from another one."""
    items, indicators = _items(roadmap), _indicators(roadmap)
    sections = Section.objects.filter(roadmap=roadmap).living().order_by("position", "pk").values_list("pk", "title")
    return {
        "title": roadmap.title,
        "kind": roadmap.kind,
        "starts_on": roadmap.starts_on.isoformat(),
        "ends_on": roadmap.ends_on.isoformat(),
        "goal": roadmap.goal,
        "passages": _passages(roadmap),
        "sections": [
            {"id": pk, "title": title, "indicators": indicators[pk], "items": items[pk]} for pk, title in sections
        ],
    }


def _passages(roadmap: Roadmap) -> dict[str, list[str]]:
    statements = defaultdict(list)
    for passage in roadmap.passages.order_by("position", "pk"):
        statements[passage.kind].append(passage.as_line())
    return {kind: statements[kind] for kind in Passage.Kind.values if statements[kind]}


def _indicators(roadmap: Roadmap) -> dict[int, list[dict[str, Any]]]:
    found = defaultdict(list)
    for indicator in Indicator.objects.filter(section__roadmap=roadmap).order_by("position", "pk"):
        found[indicator.section_id].append({"id": indicator.pk, "text": indicator.text})
    return found


def _items(roadmap: Roadmap) -> dict[int, list[dict[str, Any]]]:
    parts = defaultdict(list)
    for part in SubItem.objects.filter(item__section__roadmap=roadmap).order_by("position", "pk"):
        parts[part.item_id].append({"text": part.text, "phrase": part.phrase})
    found = defaultdict(list)
    for item in RoadmapItem.objects.filter(section__roadmap=roadmap).living().in_order():
        cells = {cell: getattr(item, cell) for cell in ITEM_CELLS}
        found[item.section_id].append({"id": item.pk} | cells | {"subitems": parts[item.pk]})
    return found


@transaction.atomic
def freeze(
    roadmap: Roadmap,
    *,
    content: dict[str, Any],
    document_kind: str,
    document_number: str,
    document_on: date,
    by: Account,
    at: datetime,
) -> Edition:
    """Keep what an order says under the next number of its roadmap's editions."""
    last = roadmap.editions.aggregate(last=Max("number"))["last"]
    return Edition.objects.create(
        roadmap=roadmap,
        number=1 if last is None else last + 1,
        content=content,
        document_kind=document_kind,
        document_number=document_number,
        document_on=document_on,
        frozen_by=by,
        frozen_at=at,
    )
