"""The roadmap's table as its page shows it: printed cells, what became of their deadlines, filters over both.

What a row shows is a plain tuple: a page has hundreds of them, and the same row is drawn once (``{% drawn %}``).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple, TypedDict

from django.db.models import Exists, OuterRef, QuerySet

from deadlines import wording
from deadlines.span import Kind
from deadlines.year import AcademicYear
from kit.worded import Given, Question
from roadmaps.models import ControlPoint, Indicator, Party, Postponement, Roadmap, RoadmapItem, Section, SubItem

LATE, NEAR, AHEAD, GOING, DONE, ASKS, PAST = "late", "near", "ahead", "going", "done", "asks", "past"

#: States of a row by which the page filters, in the order of urgency.
STATES = {
    LATE: "просрочено",
    NEAR: "скоро",
    AHEAD: "впереди",
    GOING: "идёт постоянно",
    ASKS: "нужно уточнить",
    DONE: "выполнено",
    PAST: "прошло до учёта",
}

#: The look of each state, by the kinds that badges know.
LOOKS = {AHEAD: "plain", ASKS: "waiting", PAST: "plain"}

OPEN = ControlPoint.State.OPEN.value
CLOSED_WELL = (ControlPoint.State.DONE.value, ControlPoint.State.NOT_APPLICABLE.value)
MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


class PointRow(NamedTuple):
    pk: int
    due_on: date
    is_checkin: bool
    state: str
    done_on: date | None


class ItemRow(NamedTuple):
    """What one row shows; ``state`` is a key of ``STATES``, ``badge`` its words, ``says`` stands under the phrase."""

    pk: int
    number: str
    text: str
    form: str
    participants: str
    phrase: str
    note: str
    parties: tuple[str, ...]
    subitems: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    warnings: tuple[str, ...]
    state: str
    look: str
    badge: str
    says: str
    next_point: int | None


class FoundRow(NamedTuple):
    """A row with what it is found and counted by."""

    section: int
    shown: ItemRow
    parties: list[tuple[str, str]]
    points: list[PointRow]


class SectionRow(TypedDict):
    pk: int
    title: str
    items: list[ItemRow]
    indicators: list[tuple[int, str]]


class MonthCell(TypedDict):
    """One month of the heat strip; ``key`` is «2026-11»."""

    key: str
    label: str
    n: int
    late: int
    is_current: bool


@dataclass(frozen=True)
class Filters:
    """What the address asks for; empty fields ask for everything. ``month`` is «2026-11»."""

    party: str = ""
    month: str = ""
    state: str = ""

    def __bool__(self) -> bool:
        return bool(self.party or self.month or self.state)

    def admit(self, row: FoundRow) -> bool:
        return (
            (not self.state or row.shown.state == self.state)
            and (not self.party or any(key == self.party for key, _ in row.parties))
            and (not self.month or any(f"{point.due_on:%Y-%m}" == self.month for point in row.points))
        )


@dataclass
class Table:
    """Everything below the head of the roadmap's page."""

    sections: list[SectionRow]
    months: list[MonthCell]
    year: AcademicYear
    parties: list[tuple[str, str]]
    has_forms: bool
    has_participants: bool
    counts: dict[str, int] = field(default_factory=dict)


ITEM_COLUMNS = (
    "section_id", "pk", "number", "text", "form", "participants", "phrase", "note",
    "kind", "schedule__title", "remarks", "warnings", "is_postponed",
)  # fmt: skip


class Questions:
    """What is asked for some rows, each question worded once; the parts of rows are asked for by item."""

    def __init__(self, items: QuerySet[RoadmapItem]) -> None:
        parts = {"item__in": items.values("pk")}
        postponed = Exists(Postponement.objects.waiting().filter(point__item=OuterRef("pk")))
        self.items = Question(items.annotate(is_postponed=postponed).values_list(*ITEM_COLUMNS))
        self.parties = Question(
            Party.objects.filter(**parts).order_by("position", "pk").values_list("item_id", "key", "label")
        )
        self.subitems = Question(
            SubItem.objects.filter(**parts).order_by("position", "pk").values_list("item_id", "text", "phrase")
        )
        self.points = Question(
            ControlPoint.objects.filter(**parts)
            .order_by("due_on", "pk")
            .values_list("item_id", "pk", "due_on", "is_checkin", "state", "done_on")
        )


OF_ROADMAP = Questions(RoadmapItem.objects.filter(section__roadmap=Given("roadmap")).living().in_order())
OF_ITEM = Questions(RoadmapItem.objects.filter(pk=Given("item")))
SECTIONS = Question(
    Section.objects.filter(roadmap=Given("roadmap")).living().order_by("position", "pk").values_list("pk", "title")
)
INDICATORS = Question(
    Indicator.objects.filter(section__roadmap=Given("roadmap"))
    .order_by("position", "pk")
    .values_list("section_id", "pk", "text")
)


def draw(roadmap: Roadmap, *, today: date, filters: Filters, year: AcademicYear) -> Table:
    """The table of one roadmap in six queries, whatever its size."""
    rows = _rows(OF_ROADMAP, roadmap, today=today, given={"roadmap": roadmap.pk})
    by_section: dict[int, list[ItemRow]] = defaultdict(list)
    for row in rows:
        if filters.admit(row):
            by_section[row.section].append(row.shown)
    indicators = _grouped(INDICATORS, {"roadmap": roadmap.pk})
    sections: list[SectionRow] = [
        {"pk": pk, "title": title, "items": by_section[pk], "indicators": indicators[pk]}
        for pk, title in SECTIONS.rows(roadmap=roadmap.pk)
        if by_section[pk] or not filters
    ]
    points = [point for row in rows for point in row.points]
    return Table(
        sections=sections,
        months=_months(points, roadmap, today=today, year=year),
        year=year,
        parties=sorted({party for row in rows for party in row.parties}),
        has_forms=any(row.shown.form for row in rows),
        has_participants=any(row.shown.participants for row in rows),
        counts=_counts(rows, points, roadmap, today),
    )


def draw_row(item: RoadmapItem, *, today: date) -> ItemRow:
    """One row anew, after an edit."""
    return _rows(OF_ITEM, item.section.roadmap, today=today, given={"item": item.pk})[0].shown


def _rows(ask: Questions, roadmap: Roadmap, *, today: date, given: dict[str, int]) -> list[FoundRow]:
    parties, subitems = _grouped(ask.parties, given), _grouped(ask.subitems, given)
    points: dict[int, list[PointRow]] = defaultdict(list)
    for item, *point in ask.points.rows(**given):
        points[item].append(PointRow(*point))
    rows = []
    for (
        section, pk, number, text, form, participants, phrase, note, kind, schedule, remarks, warnings, is_postponed
    ) in ask.items.rows(**given):  # fmt: skip
        state, badge, says, next_point = (
            _standing(points[pk], roadmap, today=today) if points[pk] else _without_points(kind, schedule, warnings)
        )
        if is_postponed:
            says = f"{says}; просят перенести" if says else "просят перенести"
        shown = ItemRow(
            pk=pk,
            number=number,
            text=text,
            form=form,
            participants=participants,
            phrase=phrase,
            note=note,
            parties=tuple(label for _, label in parties[pk]),
            subitems=tuple(subitems[pk]),
            remarks=tuple(remark["message"] for remark in remarks),
            warnings=tuple(warnings) if points[pk] else (),
            state=state,
            look=LOOKS.get(state, state),
            badge=badge,
            says=says,
            next_point=next_point,
        )
        rows.append(FoundRow(section, shown, parties[pk], points[pk]))
    return rows


def _grouped(question: Question[Any], given: dict[str, int]) -> dict[int, list[Any]]:
    """Rows of a question by their first column, each without it."""
    found: dict[int, list[Any]] = defaultdict(list)
    for key, *row in question.rows(**given):
        found[key].append(tuple(row))
    return found


def _standing(points: list[PointRow], roadmap: Roadmap, *, today: date) -> tuple[str, str, str, int | None]:
    """State, words of the badge, the line under the phrase, and the point to mark next."""
    if points[0].is_checkin:
        return _going(points, today)
    waiting = [point for point in points if point.state == OPEN and point.due_on >= roadmap.watched_from]
    late = [point for point in waiting if point.due_on < today]
    if late:
        first = late[0]
        more = f" и ещё {len(late) - 1}" if len(late) > 1 else ""
        return LATE, "просрочено", f"{_day_left(first.due_on, today)}{more}", first.pk
    if waiting:
        first = waiting[0]
        near = first.due_on <= today + timedelta(days=wording.NEAR_DAYS)
        badge = "скоро" if near else _progress(points)
        return NEAR if near else AHEAD, badge, _day_left(first.due_on, today), first.pk
    return _all_closed(points, roadmap)


def _day_left(due_on: date, today: date) -> str:
    return f"{wording.day(due_on, today)}, {wording.left(due_on, today)}"


def _progress(points: list[PointRow]) -> str:
    done = sum(point.state in CLOSED_WELL for point in points)
    return f"{done} из {len(points)}" if done else "впереди"


def _going(points: list[PointRow], today: date) -> tuple[str, str, str, int | None]:
    ahead = [point for point in points if point.state == OPEN and point.due_on >= today]
    if not ahead:
        if _open(points):
            return PAST, "срок прошёл", "срок карты закончился", None
        return DONE, "завершено", "отметки поставлены", None
    return GOING, "идёт", f"отметка раз в год, ближайшая {wording.day(ahead[0].due_on, today)}", ahead[0].pk


def _open(points: list[PointRow]) -> list[PointRow]:
    return [point for point in points if point.state == OPEN]


def _all_closed(points: list[PointRow], roadmap: Roadmap) -> tuple[str, str, str, int | None]:
    left = _open(points)
    if left:
        point = left[-1]
        early = roadmap.document_on and point.due_on < roadmap.document_on
        when = wording.day(point.due_on, roadmap.watched_from)
        why = f"раньше документа от {roadmap.document_on:%d.%m.%Y}" if early else "до начала учёта в портале"
        return DONE if len(left) < len(points) else PAST, "срок прошёл", f"{when}, {why}", point.pk
    if any(point.state not in CLOSED_WELL for point in points):
        return DONE, "закрыто", "есть невыполненные сроки", None
    done = [point.done_on for point in points if point.done_on]
    return DONE, "выполнено", f"отмечено {done[-1]:%d.%m.%Y}" if done else "не потребовалось", None


def _without_points(kind: str, schedule: str | None, warnings: list[str]) -> tuple[str, str, str, None]:
    if kind == Kind.ON_REQUEST:
        return GOING, "по запросу", "без даты", None
    if kind == Kind.BY_SCHEDULE:
        if schedule is not None:
            return ASKS, "нет дат", f"в графике «{schedule}» нет окна на этот период", None
        return ASKS, "нет графика", "даты появятся, когда назначат график", None
    if kind == Kind.UNKNOWN:
        return ASKS, "уточнить срок", "; ".join(warnings) or "срок не указан", None
    return ASKS, "уточнить срок", "; ".join(warnings) or "в период карты не попадает ни одного дня", None


def _is_late(point: PointRow, roadmap: Roadmap, today: date) -> bool:
    return point.state == OPEN and not point.is_checkin and roadmap.watched_from <= point.due_on < today


def _months(points: list[PointRow], roadmap: Roadmap, *, today: date, year: AcademicYear) -> list[MonthCell]:
    due: Counter[tuple[int, int]] = Counter()
    late: Counter[tuple[int, int]] = Counter()
    for point in points:
        if point.is_checkin:
            continue
        month = (point.due_on.year, point.due_on.month)
        due[month] += 1
        late[month] += _is_late(point, roadmap, today)
    return [
        {
            "key": f"{month[0]}-{month[1]:02}",
            "label": MONTHS[month[1] - 1],
            "n": due[month],
            "late": late[month],
            "is_current": month == (today.year, today.month),
        }
        for month in year.months
    ]


def _counts(rows: Iterable[FoundRow], points: list[PointRow], roadmap: Roadmap, today: date) -> dict[str, int]:
    """Figures of the strip above the table, each counted over points that a day is set for."""
    dated = [point for point in points if not point.is_checkin]
    states = Counter(row.shown.state for row in rows)
    return {
        "items": sum(states.values()),
        "points": len(dated),
        "done": sum(point.state in CLOSED_WELL for point in dated),
        "late": sum(_is_late(point, roadmap, today) for point in dated),
        "this_month": sum((point.due_on.year, point.due_on.month) == (today.year, today.month) for point in dated),
        **{f"state_{state}": states[state] for state in STATES},
    }
