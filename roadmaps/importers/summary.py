"""An understood roadmap told to a person in plain lines, with every doubt under its row."""

from collections.abc import Iterable, Iterator
from datetime import date

from roadmaps.importers.understood import Document, Indicator, Item, Problem, Section, Span, UnderstoodRoadmap

KIND_WORDS = {
    "once": "к дате",
    "period": "за период",
    "yearly": "ежегодно",
    "half_yearly": "по полугодиям",
    "quarterly": "по кварталам",
    "monthly": "ежемесячно",
    "weekly": "еженедельно",
    "ongoing": "постоянно",
    "on_request": "по запросу",
    "by_schedule": "по графику",
    "unknown": "не понят",
}
ABSENT = "не указано"
DAYS_SHOWN = 3


def summary(roadmap: UnderstoodRoadmap) -> str:
    """The whole roadmap as text of many lines."""
    return "\n".join(_lines(roadmap))


def _lines(roadmap: UnderstoodRoadmap) -> Iterator[str]:
    items = [item for section in roadmap.sections for item in section.items]
    indicators = sum(len(section.indicators) for section in roadmap.sections)
    yield roadmap.title or "Без названия"
    yield f"Документ: {_document(roadmap.document)}"
    yield f"Период: {_span(roadmap.period)}"
    yield f"Разделов: {len(roadmap.sections)}, мероприятий: {len(items)}, показателей: {indicators}"
    yield from _problems(roadmap.problems, "")
    for section in roadmap.sections:
        yield ""
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield section.title or "Без раздела"
    yield from _problems(section.problems, "  ")
    for item in section.items:
        yield from _item(item)
    for indicator in section.indicators:
        yield f"  Показатель: {indicator.text} [{_target(indicator)}]"
        yield from _problems(indicator.problems, "    ")


def _item(item: Item) -> Iterator[str]:
    yield f"  {item.number} {item.text}".rstrip()
    phrase = item.deadline.replace("\n", " / ") or ABSENT
    yield f"    Срок: {phrase} ({KIND_WORDS[item.kind]}{_days(item)})"
    yield f"    Ответственные: {', '.join(party.label for party in item.responsible) or ABSENT}"
    for part in item.subitems:
        yield f"    – {part.text}" + (f": {part.deadline}" if part.deadline else "")
    yield from _problems(item.problems, "    ")


def _days(item: Item) -> str:
    days = [_day(point.due) for point in item.points]
    shown = ", ".join(days[:DAYS_SHOWN])
    return f": {shown}" + (f" и ещё {len(days) - DAYS_SHOWN}" if len(days) > DAYS_SHOWN else "") if days else ""


def _problems(problems: Iterable[Problem], margin: str) -> Iterator[str]:
    for problem in problems:
        yield f"{margin}! {problem.message}"


def _document(document: Document) -> str:
    number = f"№ {document.number}" if document.number else ""
    day = f"от {_day(document.date)}" if document.date else ""
    signed = f"подписал(а) {document.signatory}" if document.signatory else ""
    known = " ".join(part for part in (document.kind, number, day) if part)
    return ", ".join(part for part in (known, document.issuer, signed) if part) or ABSENT


def _span(span: Span) -> str:
    return f"{_day(span.start)} – {_day(span.end)}" if span.start and span.end else ABSENT


def _target(indicator: Indicator) -> str:
    if indicator.target is None:
        return {"growth": "рост"}.get(indicator.comparison.value, "наличие")
    sign = {"at_least": "не менее", "at_most": "не более", "reach": "достичь"}[indicator.comparison.value]
    return f"{sign} {indicator.target} {indicator.unit or ''}".rstrip()


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
