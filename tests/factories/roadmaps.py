"""The smallest valid records of roadmaps, and situations built of them."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from django.core.files.base import ContentFile
from model_bakery import baker

from deadlines.span import Basis
from roadmaps.models import (
    ControlPoint,
    Edition,
    Indicator,
    Party,
    Passage,
    Postponement,
    Proof,
    Roadmap,
    RoadmapImport,
    RoadmapItem,
    Schedule,
    ScheduleDay,
    ScheduleWindow,
    Section,
    SubItem,
)
from tests.factories.directory import municipality, organisation

A_MOMENT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

_numbers = itertools.count(1)


def roadmap(**fields: Any) -> Roadmap:
    """A draft for one academic year."""
    if "municipality" not in fields:
        fields["municipality"] = municipality()
    year = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 8, 31), "basis": Basis.ACADEMIC.value}
    defaults = year | {"title": f"Дорожная карта {next(_numbers)}", "watched_from": date(2026, 9, 1)}
    return baker.make(Roadmap, **defaults | fields)


def approved(**fields: Any) -> Roadmap:
    return roadmap(state=Roadmap.State.APPROVED, **fields)


def edition(**fields: Any) -> Edition:
    if "roadmap" not in fields:
        fields["roadmap"] = approved()
    document = {"document_kind": "приказ", "document_number": "38-од", "document_on": date(2026, 9, 1)}
    defaults = {"number": 1, "content": {"title": "Дорожная карта"}, "frozen_at": A_MOMENT}
    return baker.make(Edition, **defaults | document | fields)


def section(**fields: Any) -> Section:
    if "roadmap" not in fields:
        fields["roadmap"] = roadmap()
    return baker.make(Section, **{"position": next(_numbers), "title": "Раздел"} | fields)


def passage(**fields: Any) -> Passage:
    if "roadmap" not in fields:
        fields["roadmap"] = roadmap()
    return baker.make(Passage, **{"kind": Passage.Kind.TASK, "position": 0, "text": "Помочь новичкам"} | fields)


def indicator(**fields: Any) -> Indicator:
    if "section" not in fields:
        fields["section"] = section()
    defaults = {"position": 0, "text": "Доля новичков", "comparison": Indicator.Comparison.AT_LEAST}
    return baker.make(Indicator, **defaults | fields)


def item(**fields: Any) -> RoadmapItem:
    if "section" not in fields:
        fields["section"] = section()
    return baker.make(RoadmapItem, **{"position": next(_numbers), "text": "Провести семинар"} | fields)


def subitem(**fields: Any) -> SubItem:
    if "item" not in fields:
        fields["item"] = item()
    return baker.make(SubItem, **{"position": next(_numbers), "text": "Собрать отзывы"} | fields)


def party(**fields: Any) -> Party:
    if "item" not in fields:
        fields["item"] = item()
    return baker.make(
        Party, **{"position": 0, "kind": Party.Kind.ROLE, "label": "Методисты", "key": "методисты"} | fields
    )


def point(**fields: Any) -> ControlPoint:
    """An open point; ``due_on`` alone says which day it is."""
    if "item" not in fields:
        fields["item"] = item()
    due_on = fields.setdefault("due_on", date(2026, 12, 1))
    return baker.make(ControlPoint, **{"starts_on": due_on, "planned_on": due_on} | fields)


def done_point(**fields: Any) -> ControlPoint:
    made = point(**fields)
    made.state, made.done_on, made.closed_at = ControlPoint.State.DONE, made.due_on, A_MOMENT
    made.save()
    return made


def postponement(**fields: Any) -> Postponement:
    """A request that waits for a decision."""
    if "point" not in fields:
        fields["point"] = point()
    defaults = {"was_due_on": fields["point"].due_on, "new_due_on": date(2027, 2, 1), "because": "Каникулы"}
    return baker.make(Postponement, **defaults | {"requested_at": A_MOMENT} | fields)


def proof(**fields: Any) -> Proof:
    """A link; ``file_proof`` is a file."""
    if "point" not in fields:
        fields["point"] = point()
    return baker.make(Proof, **{"link": "https://example.org/news", "added_at": A_MOMENT} | fields)


def file_proof(**fields: Any) -> Proof:
    name = fields.setdefault("filename", "Отчёт.pdf")
    made = baker.prepare(
        Proof,
        **{"content_type": "application/pdf", "added_at": A_MOMENT, "point": fields.pop("point", None) or point()}
        | fields,
    )
    made.file.save(name, ContentFile(b"%PDF-1.7\n%%EOF\n"), save=True)
    return made


def schedule(**fields: Any) -> Schedule:
    if "municipality" not in fields:
        fields["municipality"] = municipality()
    return baker.make(Schedule, **{"title": f"График {next(_numbers)}"} | fields)


def window(**fields: Any) -> ScheduleWindow:
    if "schedule" not in fields:
        fields["schedule"] = schedule()
    return baker.make(ScheduleWindow, **{"starts_on": date(2027, 4, 5), "ends_on": date(2027, 4, 9)} | fields)


def schedule_day(**fields: Any) -> ScheduleDay:
    if "window" not in fields:
        fields["window"] = window()
    if "organisation" not in fields:
        fields["organisation"] = organisation(municipality=fields["window"].schedule.municipality)
    return baker.make(ScheduleDay, **{"day": fields["window"].starts_on} | fields)


def roadmap_import(**fields: Any) -> RoadmapImport:
    """A document that waits for its confirmation."""
    if "municipality" not in fields:
        fields["municipality"] = municipality()
    defaults = {"filename": "План.docx", "digest": f"{next(_numbers):064}", "understood": understood()}
    return baker.make(RoadmapImport, **defaults | {"brought_at": A_MOMENT} | fields)


def understood(*rows: dict[str, Any], **head: Any) -> dict[str, Any]:
    """What the importers hand over: one section with the given rows, or with one row."""
    nothing = dict.fromkeys(("kind", "number", "date", "issuer", "signatory", "post", "place", "approval"))
    section_of_rows = {"title": "Раздел", "indicators": [], "items": list(rows) or [understood_row()], "problems": []}
    return {
        "title": "План мероприятий",
        "document": nothing,
        "period": {"start": "2026-09-01", "end": "2027-08-31"},
        "basis": Basis.ACADEMIC.value,
        "sections": [section_of_rows],
        "problems": [],
    } | head


def understood_row(**cells: Any) -> dict[str, Any]:
    printed = {"number": "1.", "text": "Провести семинар", "form": "", "participants": "", "deadline": "март"}
    meant = {"kind": "period", "schedule": None, "points": [], "responsible": [], "subitems": [], "problems": []}
    return printed | meant | {"responsible_text": "Методисты", "note": "", "result": "", "line": 1} | cells
