"""The text part of a programme: goal, tasks, directions, forms of work, stages, expected results, legal bases."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roadmaps.importers.dates import MONTH, last_day, years_in
from roadmaps.importers.understood import Span, Stage
from roadmaps.importers.wording import ends_open, joined

LEADS = {
    "legal_bases": re.compile(r"(?:нормативн|правов)\S*\s+(?:\S+\s+)?(?:основ|баз|документ)", re.IGNORECASE),
    "expected_results": re.compile(r"ожидаем\w+\s+(?:конечн\w+\s+)?результат", re.IGNORECASE),
    "stages": re.compile(r"\bэтапы?\b", re.IGNORECASE),
    "forms": re.compile(r"\bформы\b", re.IGNORECASE),
    "directions": re.compile(r"направлени(?:я|ями)\b", re.IGNORECASE),
    "tasks": re.compile(r"\bзадачи\b", re.IGNORECASE),
}
GOAL = re.compile(
    r"^(?:основн\w+\s+)?цель(?!ю)(?:\s+\S+){0,4}?\s*(?:[-–—:])\s*(?P<goal>\S.*)$", re.IGNORECASE | re.DOTALL
)
LISTED = re.compile(r"^(?:[-–—•*·▪]\s*(?:\d{1,2}\)\s*)?|\d{1,2}[.)]\s+)")
STAGE = re.compile(
    r"^(?:[-–—•]\s*)?(?P<title>(?:\d|[IVX]+)(?:-?й)?\s+этап.*?|[А-ЯЁ]\w+\s+этап.*?)\s*[(:–—-]\s*(?P<span>[^()]*20\d\d[^()]*?)\)?[.;]?$",
    re.DOTALL,
)
NAMED_MONTH = re.compile(rf"(?<![а-яё])(?:{MONTH})[а-яё]*(?:\s+(?P<year>20\d\d))?", re.IGNORECASE)


@dataclass(frozen=True)
class Programme:
    """What the text says besides the table."""

    goal: str | None = None
    tasks: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    expected_results: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()


def read_programme(lines: Sequence[str]) -> Programme:
    """The lists of a programme by the words that lead them in, and its goal."""
    lists: dict[str, tuple[str, ...]] = {}
    for index, line in enumerate(lines):
        name = _lead(line)
        if name and name not in lists:
            entries = _entries(lines[index + 1 :])
            if entries:
                lists[name] = entries
    stages = tuple(stage for line in lists.pop("stages", ()) if (stage := _stage(line)))
    stages = stages or tuple(stage for line in lines if (stage := _stage(line)))
    goal = next((match["goal"] for line in lines if (match := GOAL.match(line))), None)
    return Programme(goal=joined(goal) if goal else None, stages=stages, **lists)


def span_of(text: str) -> Span | None:
    """The period that a text names: «сентябрь 2024 г. – июнь 2025 г.», «2021-2024», «2024/2025 учебный год»."""
    months = list(NAMED_MONTH.finditer(text))
    if months and months[-1]["year"]:
        return _span_of_months(months)
    years = years_in(re.sub(r"(20\d\d)\s*([/–—-])\s*(\d\d)(?!\d)", r"\1\g<2>20\3", text))
    if not years:
        return None
    if re.search(r"уч(?:ебн\w+|\.)\s*г", text, re.IGNORECASE) or re.search(r"20\d\d/20\d\d", text):
        last = max(years) if len(set(years)) > 1 else max(years) + 1
        return Span(date(min(years), 9, 1), date(last, 8, 31))
    return Span(date(min(years), 1, 1), date(max(years), 12, 31))


def _span_of_months(months: list[re.Match[str]]) -> Span:
    """A month without a year takes the year of the next one that has it."""
    year = 0
    days = []
    for match in reversed(months):
        year = int(match["year"] or year)
        days.append(date(year, next(number for number in range(1, 13) if match[f"m{number}"]), 1))
    return Span(min(days), last_day(max(days)))


def _lead(line: str) -> str | None:
    if not line.endswith(":"):
        return None
    return next((name for name, pattern in LEADS.items() if pattern.search(line)), None)


def _entries(lines: Sequence[str]) -> tuple[str, ...]:
    """A list under its lead: marked lines while they last, or unmarked ones up to the one without a semicolon."""
    entries: list[str] = []
    is_marked = bool(lines) and (LISTED.match(lines[0]) is not None or _stage(lines[0]) is not None)
    for line in lines:
        is_new = LISTED.match(line) is not None or _stage(line) is not None
        if is_marked and not is_new:
            if entries and (line[0].islower() or ends_open(entries[-1])):
                entries[-1] += f"\n{line}"
                continue
            break
        if not is_marked and entries and not entries[-1].endswith(";"):
            break
        entries.append(line)
    if not is_marked and len(entries) == 1:
        return ()
    return tuple(joined(LISTED.sub("", entry)).rstrip(" ;") for entry in entries)


def _stage(line: str) -> Stage | None:
    match = STAGE.match(line)
    span = span_of(match["span"]) if match else None
    return Stage(joined(match["title"]), span.start, span.end) if match and span else None
