"""From a document to a roadmap: brought in, mended by a person, confirmed; brought twice, it is the same."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history

from deadlines import phrases
from deadlines.span import Basis, Period
from directory.models import Account, Municipality
from roadmaps.actions.understanding import lay_points, name_parties, understand_phrase
from roadmaps.importers.parties import read_parties
from roadmaps.importers.understood import Problem
from roadmaps.models import Indicator, Passage, Roadmap, RoadmapImport, RoadmapItem, Section, SubItem

#: The lists of the understood document that become passages of the roadmap.
PASSAGES = (
    ("tasks", Passage.Kind.TASK),
    ("directions", Passage.Kind.DIRECTION),
    ("forms", Passage.Kind.FORM),
    ("stages", Passage.Kind.STAGE),
    ("expected_results", Passage.Kind.RESULT),
    ("legal_bases", Passage.Kind.LEGAL_BASIS),
)

#: The cells of an understood row that a person may mend in the preview.
MENDABLE = ("number", "text", "form", "participants", "deadline", "responsible")


class NothingToImport(Exception):
    """The understood document holds no item; the message is Russian."""


class PeriodUnknown(Exception):
    """The document names no period and nobody has given one; the message is Russian."""


def fingerprint(understood: Mapping[str, Any]) -> str:
    """SHA-256 of what was understood: the same plan saved anew by Word is still the same plan."""
    return hashlib.sha256(json.dumps(understood, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def bring(
    understood: dict[str, Any], *, filename: str, municipality: Municipality, by: Account | None, at: datetime
) -> tuple[RoadmapImport, bool]:
    """The import of this document and whether it is new; one that was brought before is returned as it stands."""
    if not any(section["items"] for section in understood["sections"]):
        raise NothingToImport("В документе не нашлось ни одного мероприятия.")
    digest = fingerprint(understood)
    try:
        with transaction.atomic():
            return RoadmapImport.objects.get_or_create(
                municipality=municipality,
                digest=digest,
                defaults={
                    "filename": filename[:120],
                    "understood": understood,
                    "brought_by": by,
                    "brought_at": at,
                },
            )
    except IntegrityError:
        return RoadmapImport.objects.get(municipality=municipality, digest=digest), False


@transaction.atomic
def mend_row(roadmap_import: RoadmapImport, *, section: int, row: int, cells: Mapping[str, str]) -> dict[str, Any]:
    """Write a person's cells into one understood row and read its deadline anew; returns the row.

    Raises ``IndexError`` when there is no such row.
    """
    current = RoadmapImport.objects.select_for_update(of=("self",)).get(pk=roadmap_import.pk)
    item = current.understood["sections"][section]["items"][row]
    for cell, text in cells.items():
        if cell == "responsible":
            item["responsible_text"] = text
            item["responsible"] = [
                {"kind": party.kind.value, "label": party.label} for party in read_parties(text).parties
            ]
        else:
            item[cell] = text
    item["mended"] = True
    if "deadline" in cells:
        _read_deadline(item, current.understood)
    item["problems"] = [{**problem, "settled": True} for problem in item["problems"]]
    current.save(update_fields=["understood"])
    return item


@transaction.atomic
def mend_head(roadmap_import: RoadmapImport, *, head: Mapping[str, Any]) -> RoadmapImport:
    """Write title, period, basis and document as a person gave them, and read every deadline anew."""
    current = RoadmapImport.objects.select_for_update(of=("self",)).get(pk=roadmap_import.pk)
    understood = current.understood
    understood["title"] = head["title"]
    understood["basis"] = head["basis"]
    understood["period"] = {"start": head["starts_on"].isoformat(), "end": head["ends_on"].isoformat()}
    understood["document"].update(
        kind=head["document_kind"] or None,
        number=head["document_number"] or None,
        date=head["document_on"].isoformat() if head["document_on"] else None,
        issuer=head["issuer"] or None,
        signatory=head["signatory"] or None,
    )
    understood["problems"] = [{**problem, "settled": True} for problem in understood["problems"]]
    for section in understood["sections"]:
        for item in section["items"]:
            _read_deadline(item, understood)
            _doubt_anew(item)
    current.save(update_fields=["understood"])
    return current


def _doubt_anew(item: dict[str, Any]) -> None:
    """Say of the deadline what its new reading leaves in doubt; what a person has settled stays settled."""
    doubts = []
    if item["deadline"] and item.get("warnings"):
        doubts.append(asdict(Problem.of_deadline(item["deadline"], item["warnings"])))
    kept = [problem for problem in item["problems"] if problem["code"] != "deadline_doubtful"]
    settled = [problem for problem in item["problems"] if problem["message"] in {doubt["message"] for doubt in doubts}]
    item["problems"] = kept + (settled or doubts)


def _read_deadline(item: dict[str, Any], understood: Mapping[str, Any]) -> None:
    """Set what the deadline of an understood row means; until the period is known there are no dates to be sure of."""
    try:
        reading = phrases.read(item["deadline"] or "", *period_of(understood))
    except PeriodUnknown:
        item["points"] = []
        return
    item["kind"], item["warnings"] = reading.kind.value, list(reading.warnings)
    item["points"] = [
        {"start": point.starts_on.isoformat(), "due": point.due_on.isoformat()} for point in reading.points
    ]


def period_of(understood: Mapping[str, Any]) -> tuple[Period, Basis]:
    """Period and year basis of the understood document; raises ``PeriodUnknown``."""
    starts, ends = understood["period"]["start"], understood["period"]["end"]
    if not starts or not ends:
        raise PeriodUnknown("Укажите, на какой срок принят документ: с какого и по какой день.")
    return Period(date.fromisoformat(starts), date.fromisoformat(ends)), Basis(understood["basis"])


@transaction.atomic
def confirm(roadmap_import: RoadmapImport, *, by: Account | None, at: datetime, today: date) -> Roadmap:
    """Make the understood document a roadmap, once; pressed twice, it is the same roadmap."""
    current = RoadmapImport.objects.select_for_update(of=("self",)).get(pk=roadmap_import.pk)
    if current.roadmap:
        return current.roadmap
    roadmap = _make_roadmap(current.understood, municipality=current.municipality, by=by, today=today)
    _make_passages(current.understood, roadmap)
    _make_table(current.understood, roadmap, by=by)
    current.roadmap, current.confirmed_at = roadmap, at
    current.save(update_fields=["roadmap", "confirmed_at"])
    return roadmap


def _make_roadmap(
    understood: Mapping[str, Any], *, municipality: Municipality, by: Account | None, today: date
) -> Roadmap:
    period, basis = period_of(understood)
    document = understood["document"]
    roadmap = Roadmap(
        municipality=municipality,
        title=(understood["title"] or "Без названия")[:1000],
        kind=_kind_of(understood["title"] or ""),
        # A document with its number and date has been approved on paper; without them it is still a draft.
        state=Roadmap.State.APPROVED if document["number"] and document["date"] else Roadmap.State.DRAFT,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        basis=basis.value,
        document_kind=document["kind"] or "",
        document_number=(document["number"] or "")[:50],
        document_on=date.fromisoformat(document["date"]) if document["date"] else None,
        issuer=(document["issuer"] or "")[:500],
        signatory=(document["signatory"] or "")[:200],
        goal=understood.get("goal") or "",
        watched_from=today,
        remarks=_open_problems(understood),
        created_by=by,
    )
    roadmap.sign(by=by, because="Загружено из документа")
    roadmap.save()
    return roadmap


def _kind_of(title: str) -> str:
    lowered = title.lower()
    if "дорожн" in lowered:
        return Roadmap.Kind.ROADMAP
    return Roadmap.Kind.PROGRAMME if "программ" in lowered else Roadmap.Kind.PLAN


def _open_problems(holder: Mapping[str, Any]) -> list[dict[str, str]]:
    """Problems that nobody has settled; they stay beside the row until somebody does."""
    return [
        {"code": problem["code"], "message": problem["message"]}
        for problem in holder["problems"]
        if not problem.get("settled")
    ]


def _make_passages(understood: Mapping[str, Any], roadmap: Roadmap) -> None:
    passages = []
    for key, kind in PASSAGES:
        for position, statement in enumerate(understood.get(key) or []):
            stage = statement if isinstance(statement, dict) else {}
            passages.append(
                Passage(
                    roadmap=roadmap,
                    kind=kind,
                    position=position,
                    text=stage.get("title") or statement,
                    starts_on=date.fromisoformat(stage["start"]) if stage.get("start") else None,
                    ends_on=date.fromisoformat(stage["end"]) if stage.get("end") else None,
                )
            )
    Passage.objects.bulk_create(passages)


def _make_table(understood: Mapping[str, Any], roadmap: Roadmap, *, by: Account | None) -> None:
    sections = bulk_create_with_history(
        [
            Section(roadmap=roadmap, position=place, title=section["title"] or "")
            for place, section in enumerate(understood["sections"], start=1)
        ],
        Section,
        default_user=by,
        default_change_reason="Загружено из документа",
    )
    items, subitems, indicators = [], [], []
    for section, source in zip(sections, understood["sections"], strict=True):
        for place, indicator in enumerate(source["indicators"]):
            indicators.append(_indicator(indicator, section, place))
        for place, row in enumerate(source["items"], start=1):
            item = _item(row, section, place)
            understand_phrase(item, roadmap)
            items.append(item)
    items = bulk_create_with_history(
        items, RoadmapItem, default_user=by, default_change_reason="Загружено из документа"
    )
    rows = [row for source in understood["sections"] for row in source["items"]]
    for item, row in zip(items, rows, strict=True):
        subitems += [
            SubItem(item=item, position=place, text=part["text"], phrase=part.get("deadline") or "")
            for place, part in enumerate(row["subitems"])
        ]
    SubItem.objects.bulk_create(subitems)
    Indicator.objects.bulk_create(indicators)
    items = list(RoadmapItem.objects.filter(section__roadmap=roadmap).prefetch_related("subitems"))
    name_parties(items, roadmap=roadmap)
    lay_points(items, roadmap=roadmap)


def _item(row: Mapping[str, Any], section: Section, position: int) -> RoadmapItem:
    return RoadmapItem(
        section=section,
        position=position,
        number=(row["number"] or "")[:20],
        text=row["text"],
        form=(row["form"] or "")[:300],
        participants=(row["participants"] or "")[:300],
        phrase=row["deadline"] or "",
        responsible=row["responsible_text"],
        remarks=_open_problems(row),
    )


def _indicator(indicator: Mapping[str, Any], section: Section, position: int) -> Indicator:
    target = indicator["target"]
    return Indicator(
        section=section,
        position=position,
        text=indicator["text"],
        target=None if target is None else Decimal(str(target)),
        unit=indicator["unit"] or "",
        comparison=indicator["comparison"],
    )


def discard(roadmap_import: RoadmapImport) -> bool:
    """Forget a document; whether nobody has made a roadmap of it meanwhile, which then remembers its document."""
    count, _ = RoadmapImport.objects.filter(pk=roadmap_import.pk, confirmed_at=None).delete()
    return bool(count)


def forget_abandoned(*, before: datetime) -> int:
    """Remove imports that were brought before a moment and never confirmed."""
    count, _ = RoadmapImport.objects.abandoned(before).delete()
    return count
