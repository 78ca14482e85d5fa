"""A sheet of cells → one understood roadmap, every doubt beside its row and nothing repaired in silence."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from deadlines.phrases import read, read_lines
from deadlines.span import Basis, Kind, Period, Reading
from deadlines.year import default_basis
from roadmaps.importers.columns import Role
from roadmaps.importers.dates import years_in
from roadmaps.importers.findings import about_document, about_sections, about_stages, about_titles, with_findings
from roadmaps.importers.indicators import read_indicators
from roadmaps.importers.items import Reader, deadline_phrase, read_defaults, read_item
from roadmaps.importers.order import Front, read_front, title_of
from roadmaps.importers.plan import Plan, find_plan
from roadmaps.importers.programme import Programme, read_programme, span_of
from roadmaps.importers.rows import SectionDraft
from roadmaps.importers.sheet import Sheet
from roadmaps.importers.understood import Indicator, Problem, Section, Span, UnderstoodRoadmap
from roadmaps.importers.wording import joined

PERIOD_LINE = re.compile(r"^(?:период|срок\w*)\s+(?:реализации|действия|выполнения)\b.*20\d\d", re.IGNORECASE)
YEARS_LINE = re.compile(
    r"^(?:на\s+)?20\d\d(?:\s*[-–—/]\s*(?:20)?\d\d)?\s*(?:уч\w*\.?\s*)?(?:год\w*|гг?\.?)$", re.IGNORECASE
)
# Whether a phrase is a deadline at all does not hang on the period; any one will do to ask.
ANY_PERIOD = Period(date(2020, 1, 1), date(2029, 12, 31))
LONGEST_TITLE = 400


def understand(sheet: Sheet) -> UnderstoodRoadmap:
    """What the document says; raises ``NotARoadmap`` when it holds no plan of work."""
    plan = find_plan(sheet, _reads_as_deadline)
    front = read_front(plan.before, plan.after)
    title = _title(front, plan)
    programme = read_programme([*front.body, *plan.after])
    period, about_period = _period(title, front, plan)
    basis = _basis(f"{title} {front.title_of_order}", period)
    reader = _reader(period, basis, front.document.date, plan.roles)
    sections = with_findings(_sections(plan, programme, reader))
    problems = [
        *about_document(front.document, front.annex),
        *about_titles(title, front.title_of_order),
        *about_period,
        *about_stages(programme.stages, period),
        *_about_plan(plan, title),
    ]
    return UnderstoodRoadmap(
        title=title,
        document=front.document,
        period=period,
        sections=sections,
        basis=basis.value,
        annex=front.annex,
        controller=front.controller,
        goal=programme.goal,
        tasks=programme.tasks,
        directions=programme.directions,
        forms=programme.forms,
        stages=programme.stages,
        expected_results=programme.expected_results,
        legal_bases=programme.legal_bases,
        schedules=_schedules(sections),
        problems=tuple(problems),
    )


@lru_cache(maxsize=10_000)
def _reads_as_deadline(text: str) -> bool:
    return read(" ".join(text.split()), ANY_PERIOD, Basis.CALENDAR).kind is not Kind.UNKNOWN


def _title(front: Front, plan: Plan) -> str:
    """The annex's own title, else the order's, else the first line that could be one."""
    own = title_of(front.body) or front.title_of_order
    return own or next((joined(line) for line in plan.before if len(line) < LONGEST_TITLE), "")


def _basis(titles: str, period: Span) -> Basis:
    if period.start and period.end:
        return default_basis(titles, Period(period.start, period.end))
    return Basis.CALENDAR


def _period(title: str, front: Front, plan: Plan) -> tuple[Span, list[Problem]]:
    """The period by the title, by the line that names it, else by the years that the cells name."""
    lines = [*front.body, *plan.after]
    named = [title, front.title_of_order, *(line for line in lines if PERIOD_LINE.match(line))]
    named += [line for line in plan.before if YEARS_LINE.match(line)]
    span = next((span for text in named if (span := span_of(text))), None)
    if span:
        return span, []
    years = _years_of_cells(plan.sections)
    if years:
        inferred = Span(date(min(years), 1, 1), date(max(years), 12, 31))
        return inferred, [
            Problem(
                "period_inferred",
                f"Период в документе не назван: по срокам в таблице взято {min(years)}–{max(years)} годы, проверьте.",
            )
        ]
    return Span(), [Problem("period_missing", "Период в документе не назван: укажите его, тогда появятся даты.")]


def _years_of_cells(sections: Sequence[SectionDraft]) -> list[int]:
    drafts = [draft for section in sections for draft in section.items]
    years = [year for draft in drafts for year in years_in(deadline_phrase(draft))]
    return years or [year for section in sections for text in section.indicators for year in years_in(text)]


def _reader(period: Span, basis: Basis, document_date: date | None, roles: frozenset[Role]) -> Reader:
    has_period = period.start is not None and period.end is not None
    whole = Period(period.start, period.end) if period.start and period.end else ANY_PERIOD

    @cache
    def one(phrase: str) -> Reading:
        return read(phrase, whole, basis)

    @cache
    def by_lines(phrase: str) -> tuple[Reading, ...]:
        return read_lines(phrase, whole, basis)

    return Reader(one, by_lines, document_date, roles, has_period)


def _sections(plan: Plan, programme: Programme, reader: Reader) -> list[Section]:
    differing = about_sections([section.title for section in plan.sections], programme.directions)
    sections = []
    for index, draft in enumerate(plan.sections):
        section = Section(
            title=draft.title,
            indicators=_indicators(draft),
            items=tuple(read_item(item, reader) for item in draft.items),
        )
        if draft.defaults:
            section = replace(section, defaults=read_defaults(draft.defaults), problems=(_about_defaults(),))
        if index in differing:
            section = replace(section, problems=(*section.problems, differing[index]))
        sections.append(section)
    return sections


def _indicators(draft: SectionDraft) -> tuple[Indicator, ...]:
    """The task's indicators, and those among expected results that name a figure; other results are the item's."""
    results = read_indicators(item.text(Role.RESULT) for item in draft.items)
    return (*read_indicators(draft.indicators), *(result for result in results if result.target is not None))


def _about_defaults() -> Problem:
    return Problem(
        "section_with_data",
        "В строке заголовка заполнены и другие графы: прочитано как раздел с общими значениями, а не как мероприятие.",
    )


def _about_plan(plan: Plan, title: str) -> list[Problem]:
    problems = []
    if not title:
        problems.append(Problem("title_missing", "Название дорожной карты не найдено: впишите его."))
    if plan.is_headless:
        problems.append(
            Problem("head_missing", "У таблицы нет заголовков: графы определены по содержанию, проверьте их.")
        )
    if Role.DEADLINE not in plan.roles and not plan.is_headless:
        problems.append(
            Problem("no_deadline_column", "В таблице нет графы сроков: назначьте сроки мероприятиям или разделам.")
        )
    if Role.RESPONSIBLE not in plan.roles and not plan.is_headless:
        problems.append(Problem("no_responsible_column", "В таблице нет графы ответственных: назначьте их."))
    problems += [
        Problem(
            "unread_column",
            f"Графа «{label or 'без названия'}» не прочитана: перенесите нужное из неё в другие графы.",
        )
        for label in plan.unread
    ]
    return problems


def _schedules(sections: Sequence[Section]) -> tuple[str, ...]:
    """The schedules that deadlines wait for, each once."""
    named = (item.schedule for section in sections for item in section.items if item.schedule)
    return tuple(dict.fromkeys(named))
