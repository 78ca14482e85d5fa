"""The roadmap's table as its page shows it: printed cells, what became of their deadlines, filters over both.

Rows are plain dictionaries read by ``values``: the page draws hundreds of them and templates look keys up fastest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypedDict

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from deadlines import wording
from deadlines.span import Kind
from deadlines.year import AcademicYear
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


class PointRow(TypedDict):
    pk: int
    due_on: date
    is_checkin: bool
    state: str
    done_on: date | None


class ItemRow(TypedDict):
    """One row of the page; ``state`` is a key of ``STATES``, ``badge`` its words, ``says`` stands under the phrase."""

    pk: str
    number: str
    text: str
    form: str
    participants: str
    phrase: str
    note: str
    parties: list[dict[str, Any]]
    subitems: list[dict[str, Any]]
    remarks: list[dict[str, str]]
    warnings: list[str]
    state: str
    look: str
    badge: str
    says: str
    next_point: str
    has_more: bool
    points: list[PointRow]


class SectionRow(TypedDict):
    pk: str
    title: str
    items: list[ItemRow]
    indicators: list[dict[str, Any]]


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

    def admit(self, row: ItemRow) -> bool:
        return (
            (not self.state or row["state"] == self.state)
            and (not self.party or any(party["key"] == self.party for party in row["parties"]))
            and (not self.month or any(f"{point['due_on']:%Y-%m}" == self.month for point in row["points"]))
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


ITEM_FIELDS = (
    "pk", "section_id", "number", "text", "form", "participants", "phrase", "note",
    "kind", "schedule_id", "schedule__title", "remarks", "warnings",
)  # fmt: skip
POINT_FIELDS = ("pk", "item_id", "due_on", "is_checkin", "state", "done_on")


def draw(roadmap: Roadmap, *, today: date, filters: Filters, year: AcademicYear) -> Table:
    """The table of one roadmap in six queries, whatever its size."""
    items = RoadmapItem.objects.filter(section__roadmap=roadmap).living().in_order()
    rows = _rows(items, roadmap, today=today)
    by_section: dict[int, list[ItemRow]] = defaultdict(list)
    points: list[PointRow] = []
    for section, row in rows:
        points += row["points"]
        if filters.admit(row):
            by_section[section].append(row)
    indicators: dict[int, list[Any]] = defaultdict(list)
    for indicator in (
        Indicator.objects.filter(section__roadmap=roadmap).order_by("position", "pk").values("pk", "section_id", "text")
    ):
        indicators[indicator["section_id"]].append(indicator)
    sections: list[SectionRow] = [
        {"pk": SafeString(pk), "title": title, "items": by_section[pk], "indicators": indicators[pk]}
        for pk, title in Section.objects.filter(roadmap=roadmap)
        .living()
        .order_by("position", "pk")
        .values_list("pk", "title")
        if by_section[pk] or not filters
    ]
    everything = [row for _, row in rows]
    return Table(
        sections=sections,
        months=_months(points, roadmap, today=today, year=year),
        year=year,
        parties=sorted({(party["key"], party["label"]) for row in everything for party in row["parties"]}),
        has_forms=any(row["form"] for row in everything),
        has_participants=any(row["participants"] for row in everything),
        counts=_counts(everything, points, roadmap, today),
    )


def draw_row(item: RoadmapItem, *, today: date) -> ItemRow:
    """One row anew, after an edit."""
    return _rows(RoadmapItem.objects.filter(pk=item.pk), item.section.roadmap, today=today)[0][1]


def _rows(items: QuerySet[RoadmapItem], roadmap: Roadmap, *, today: date) -> list[tuple[int, ItemRow]]:
    """Rows with the ids of their sections, in the order given."""
    ids = items.values("pk")  # asked for by the database itself: hundreds of parameters take longer to pass
    parties = _grouped(Party.objects.filter(item__in=ids), "position", "label", "key", "kind", "staff_member_id")
    subitems = _grouped(SubItem.objects.filter(item__in=ids), "position", "text", "phrase")
    points = _grouped(ControlPoint.objects.filter(item__in=ids), "due_on", *POINT_FIELDS[2:], "pk")
    waiting = set(Postponement.objects.waiting().filter(point__item__in=ids).values_list("point__item_id", flat=True))
    rows = []
    for item in items.values(*ITEM_FIELDS):
        pk = item["pk"]
        state, badge, says, next_point = _standing(item, points[pk], roadmap, today=today)
        if pk in waiting:
            says = f"{says}; просят перенести" if says else "просят перенести"
        row: ItemRow = {
            # A number would be drawn by the locale's rules at every use, and a plain text would be escaped.
            "pk": SafeString(pk),
            "number": item["number"],
            "text": item["text"],
            "form": item["form"],
            "participants": item["participants"],
            "phrase": item["phrase"],
            "note": item["note"],
            "parties": parties[pk],
            "subitems": subitems[pk],
            "remarks": item["remarks"],
            "warnings": item["warnings"] if points[pk] else [],
            "state": state,
            "look": LOOKS.get(state, state),
            "badge": badge,
            "says": says,
            "next_point": SafeString(next_point or ""),
            "has_more": bool(subitems[pk] or item["note"] or item["remarks"]),
            "points": points[pk],
        }
        rows.append((item["section_id"], row))
    return rows


def _grouped(records: Any, order: str, *fields: str) -> dict[int, list[Any]]:
    """Records as dictionaries, by item, in order."""
    found: dict[int, list[Any]] = defaultdict(list)
    for record in records.order_by(order, "pk").values("item_id", order, *fields):
        found[record["item_id"]].append(record)
    return found


def _standing(
    item: dict[str, Any], points: list[PointRow], roadmap: Roadmap, *, today: date
) -> tuple[str, str, str, int | None]:
    """State, words of the badge, the line under the phrase, and the point to mark next."""
    if not points:
        return _without_points(item)
    if points[0]["is_checkin"]:
        return _going(points, today)
    waiting = [point for point in points if point["state"] == OPEN and point["due_on"] >= roadmap.watched_from]
    late = [point for point in waiting if point["due_on"] < today]
    if late:
        first = late[0]
        more = f" и ещё {len(late) - 1}" if len(late) > 1 else ""
        return LATE, "просрочено", f"{_day_left(first['due_on'], today)}{more}", first["pk"]
    if waiting:
        first = waiting[0]
        near = first["due_on"] <= today + timedelta(days=wording.NEAR_DAYS)
        badge = "скоро" if near else _progress(points)
        return NEAR if near else AHEAD, badge, _day_left(first["due_on"], today), first["pk"]
    return _all_closed(points, roadmap)


def _day_left(due_on: date, today: date) -> str:
    return f"{wording.day(due_on, today)}, {wording.left(due_on, today)}"


def _progress(points: list[PointRow]) -> str:
    done = sum(point["state"] in CLOSED_WELL for point in points)
    return f"{done} из {len(points)}" if done else "впереди"


def _going(points: list[PointRow], today: date) -> tuple[str, str, str, int | None]:
    ahead = [point for point in points if point["state"] == OPEN and point["due_on"] >= today]
    if not ahead:
        if _open(points):
            return PAST, "срок прошёл", "срок карты закончился", None
        return DONE, "завершено", "отметки поставлены", None
    return GOING, "идёт", f"отметка раз в год, ближайшая {wording.day(ahead[0]['due_on'], today)}", ahead[0]["pk"]


def _open(points: list[PointRow]) -> list[PointRow]:
    return [point for point in points if point["state"] == OPEN]


def _all_closed(points: list[PointRow], roadmap: Roadmap) -> tuple[str, str, str, int | None]:
    left = _open(points)
    if left:
        point = left[-1]
        early = roadmap.document_on and point["due_on"] < roadmap.document_on
        when = wording.day(point["due_on"], roadmap.watched_from)
        why = f"раньше документа от {roadmap.document_on:%d.%m.%Y}" if early else "до начала учёта в портале"
        return DONE if len(left) < len(points) else PAST, "срок прошёл", f"{when}, {why}", point["pk"]
    if any(point["state"] not in CLOSED_WELL for point in points):
        return DONE, "закрыто", "есть невыполненные сроки", None
    done = [point["done_on"] for point in points if point["done_on"]]
    return DONE, "выполнено", f"отмечено {done[-1]:%d.%m.%Y}" if done else "не потребовалось", None


def _without_points(item: dict[str, Any]) -> tuple[str, str, str, int | None]:
    kind = item["kind"]
    if kind == Kind.ON_REQUEST:
        return GOING, "по запросу", "без даты", None
    if kind == Kind.BY_SCHEDULE:
        if item["schedule_id"]:
            return ASKS, "нет дат", f"в графике «{item['schedule__title']}» нет окна на этот период", None
        return ASKS, "нет графика", "даты появятся, когда назначат график", None
    if kind == Kind.UNKNOWN:
        return ASKS, "уточнить срок", "; ".join(item["warnings"]) or "срок не указан", None
    return ASKS, "уточнить срок", "; ".join(item["warnings"]) or "в период карты не попадает ни одного дня", None


def _is_late(point: PointRow, roadmap: Roadmap, today: date) -> bool:
    return point["state"] == OPEN and not point["is_checkin"] and roadmap.watched_from <= point["due_on"] < today


def _months(points: list[PointRow], roadmap: Roadmap, *, today: date, year: AcademicYear) -> list[MonthCell]:
    due: Counter[tuple[int, int]] = Counter()
    late: Counter[tuple[int, int]] = Counter()
    for point in points:
        if point["is_checkin"]:
            continue
        month = (point["due_on"].year, point["due_on"].month)
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


def _counts(rows: Iterable[ItemRow], points: list[PointRow], roadmap: Roadmap, today: date) -> dict[str, int]:
    """Figures of the strip above the table, each counted over points that a day is set for."""
    dated = [point for point in points if not point["is_checkin"]]
    states = Counter(row["state"] for row in rows)
    return {
        "items": sum(states.values()),
        "points": len(dated),
        "done": sum(point["state"] in CLOSED_WELL for point in dated),
        "late": sum(_is_late(point, roadmap, today) for point in dated),
        "this_month": sum(f"{point['due_on']:%Y-%m}" == f"{today:%Y-%m}" for point in dated),
        **{f"state_{state}": states[state] for state in STATES},
    }
