"""The demo's roadmaps as documents: read from their files, with the years of the day of loading written in."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from deadlines.span import Basis, Period
from deadlines.year import AcademicYear

FOLDER = Path(__file__).parent / "roadmaps"
NAMES = ("directive", "plan", "programme")


@dataclass(frozen=True)
class Document:
    """One roadmap as an import understands it, and what a demo adds: its schedules and how its items went."""

    filename: str
    understood: dict[str, Any]
    schedules: list[dict[str, Any]]
    items: list[dict[str, Any]]


def documents(today: date) -> list[Document]:
    return [_document(name, today) for name in NAMES]


def _document(name: str, today: date) -> Document:
    source = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    period = _period(source, today)
    source = _with_years(source, period.starts_on.year)
    return Document(
        filename=source["filename"],
        understood=_understood(source, period),
        schedules=source.get("schedules", []),
        items=[item for section in source["sections"] for item in section["items"]],
    )


def _period(source: dict[str, Any], today: date) -> Period:
    """``lasts`` years of the document's basis, the first of them ``begins`` years away from the year of today."""
    if source["basis"] == Basis.ACADEMIC:
        first = AcademicYear(AcademicYear.of(today).september + source["begins"])
        return Period(first.starts_on, AcademicYear(first.september + source["lasts"] - 1).ends_on)
    first_year = today.year + source["begins"]
    return Period(date(first_year, 1, 1), date(first_year + source["lasts"] - 1, 12, 31))


def _with_years(value: Any, first: int) -> Any:
    """The same values with {y0}, {y1}, … in their texts replaced by years, {y1} the first of the period."""
    if isinstance(value, str):
        return value.format_map({f"y{place}": first + place - 1 for place in range(5)})
    if isinstance(value, list):
        return [_with_years(part, first) for part in value]
    if isinstance(value, dict):
        return {key: _with_years(part, first) for key, part in value.items()}
    return value


def _understood(source: dict[str, Any], period: Period) -> dict[str, Any]:
    """The shape that an import of a real document has."""
    document = dict.fromkeys(("kind", "number", "date", "issuer", "signatory")) | source["document"]
    return {
        "title": source["title"],
        "document": document,
        "period": {"start": period.starts_on.isoformat(), "end": period.ends_on.isoformat()},
        "basis": source["basis"],
        "goal": source.get("goal"),
        "tasks": source.get("tasks", []),
        "directions": source.get("directions", []),
        "forms": source.get("forms", []),
        "stages": source.get("stages", []),
        "expected_results": source.get("results", []),
        "legal_bases": source.get("legal", []),
        "problems": source.get("remarks", []),
        "sections": [_section(section) for section in source["sections"]],
    }


def _section(section: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": section["title"],
        "indicators": [{"target": None, "unit": None} | indicator for indicator in section.get("indicators", [])],
        "items": [_item(item) for item in section["items"]],
    }


def _item(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": item.get("number", ""),
        "text": item["text"],
        "form": item.get("form", ""),
        "participants": item.get("participants", ""),
        "deadline": item["deadline"],
        "responsible_text": item["responsible"],
        "subitems": item.get("subitems", []),
        "problems": item.get("remarks", []),
    }


def window_in(year: int, window: list[str]) -> Period:
    """The days of a yearly window such as ["04-20", "05-20"] in one year."""
    starts_on, ends_on = (date.fromisoformat(f"{year}-{day}") for day in window)
    return Period(starts_on, ends_on)
