"""The demo's roadmaps as documents: read from their files, with the years of the day of loading written in."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from deadlines import phrases
from deadlines.span import Basis, Period
from deadlines.workdays import Workdays
from deadlines.year import AcademicYear
from roadmaps.importers import understood
from roadmaps.importers.parties import read_parties

FOLDER = Path(__file__).parent / "roadmaps"
NAMES = ("directive", "plan", "programme")

#: What a file says, one table of it: a document, a section, an item.
Source = dict[str, Any]


@dataclass(frozen=True)
class Document:
    """A roadmap as an import understands it, and what only a demo knows: who controls it and how its items went."""

    filename: str
    controller: str
    amendment: Source | None
    roadmap: understood.UnderstoodRoadmap
    schedules: tuple[Source, ...]
    stories: tuple[Source, ...]


def documents(today: date) -> list[Document]:
    return [_document(name, today) for name in NAMES]


def window_in(year: int, window: list[str]) -> Period:
    """The days of a yearly window such as ["04-20", "05-20"] in one year."""
    starts_on, ends_on = (date.fromisoformat(f"{year}-{day}") for day in window)
    return Period(starts_on, ends_on)


def _document(name: str, today: date) -> Document:
    source = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    period = _period(source, today)
    source = _with_years(source, period.starts_on.year)
    return Document(
        filename=source["filename"],
        controller=source.get("controller", ""),
        amendment=source.get("amendment"),
        roadmap=_roadmap(source, period),
        schedules=tuple(source.get("schedules", ())),
        stories=tuple(item for section in source["sections"] for item in section["items"]),
    )


def _period(source: Source, today: date) -> Period:
    """``lasts`` years of the document's basis, the first of them ``begins`` years away from the year of today."""
    if source["basis"] == Basis.ACADEMIC:
        first = AcademicYear(AcademicYear.of(today).september + source["begins"])
        return Period(first.starts_on, AcademicYear(first.september + source["lasts"] - 1).ends_on)
    first_year = today.year + source["begins"]
    return Period(date(first_year, 1, 1), date(first_year + source["lasts"] - 1, 12, 31))


def _with_years(value: Any, first: int) -> Any:
    """The same values with {y0}, {y1}, … in their texts replaced by years, {y1} the first of the period."""
    if isinstance(value, str):
        return value.format_map({f"y{place}": first + place - 1 for place in range(4)})
    if isinstance(value, list):
        return [_with_years(part, first) for part in value]
    if isinstance(value, dict):
        return {key: _with_years(part, first) for key, part in value.items()}
    return value


def _roadmap(source: Source, period: Period) -> understood.UnderstoodRoadmap:
    document = source["document"]
    signed_on = _day(document.get("date"))
    return understood.UnderstoodRoadmap(
        title=source["title"],
        document=understood.Document(**document | {"date": signed_on and Workdays().shifted(signed_on)}),
        period=understood.Span(period.starts_on, period.ends_on),
        sections=tuple(_section(section, period, Basis(source["basis"])) for section in source["sections"]),
        basis=source["basis"],
        goal=source["goal"],
        tasks=tuple(source.get("tasks", ())),
        directions=tuple(source.get("directions", ())),
        forms=tuple(source.get("forms", ())),
        stages=tuple(
            understood.Stage(stage["title"], _day(stage["start"]), _day(stage["end"]))
            for stage in source.get("stages", ())
        ),
        expected_results=tuple(source.get("expected_results", ())),
        legal_bases=tuple(source.get("legal_bases", ())),
        problems=_problems(source),
    )


def _section(source: Source, period: Period, basis: Basis) -> understood.Section:
    return understood.Section(
        title=source["title"],
        indicators=tuple(understood.Indicator(**indicator) for indicator in source.get("indicators", ())),
        items=tuple(_item(item, period, basis) for item in source["items"]),
    )


def _item(source: Source, period: Period, basis: Basis) -> understood.Item:
    form, reading = source.get("form", ""), phrases.read(source["deadline"], period, basis)
    return understood.Item(
        number=source.get("number", ""),
        text=source["text"],
        form=form,
        forms=(form,) if form else (),
        participants=source.get("participants", ""),
        deadline=source["deadline"],
        kind=reading.kind.value,
        schedule=reading.schedule,
        points=tuple(understood.Point(point.starts_on, point.due_on) for point in reading.points),
        responsible=read_parties(source["responsible"]).parties,
        responsible_text=source["responsible"],
        subitems=tuple(understood.SubItem(**part) for part in source.get("subitems", ())),
        result="",
        note="",
        line=0,
        problems=_problems(source),
    )


def _problems(source: Source) -> tuple[understood.Problem, ...]:
    return tuple(understood.Problem(**remark) for remark in source.get("remarks", ()))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
