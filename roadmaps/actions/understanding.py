"""Keeps beside the printed cells what they mean: control points, responsible parties."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from deadlines import phrases
from deadlines.span import Kind, Point
from directory.models import Account, StaffMember
from kit.sorting import searchable
from roadmaps.importers.parties import read_parties
from roadmaps.models import ControlPoint, Party, Roadmap, RoadmapItem, ScheduleWindow


@dataclass(frozen=True)
class Wanted:
    """A point that the document asks for; ``subitem_id`` is None for the item as a whole."""

    subitem_id: int | None
    starts_on: date
    due_on: date
    is_checkin: bool

    @property
    def key(self) -> tuple[int | None, date]:
        return (self.subitem_id, self.due_on)


def understand_phrase(item: RoadmapItem, roadmap: Roadmap) -> None:
    """Set ``kind`` and ``warnings`` of an item from its phrase; the caller saves."""
    reading = phrases.read(item.phrase, roadmap.period, roadmap.year_basis)
    item.kind, item.warnings = reading.kind.value, list(reading.warnings)
    if item.kind != Kind.BY_SCHEDULE:
        item.schedule = None


def wanted_points(item: RoadmapItem, roadmap: Roadmap, windows: dict[int, list[Point]]) -> list[Wanted]:
    """The points of one item: of its sub-items where they have phrases, of its schedule, or of its own phrase."""
    dated = [subitem for subitem in item.subitems.all() if subitem.phrase]
    if dated:
        return [
            Wanted(subitem.pk, point.starts_on, point.due_on, is_checkin=False)
            for subitem in dated
            for point in phrases.read(subitem.phrase, roadmap.period, roadmap.year_basis).points
        ]
    if item.schedule_id:
        points: Iterable[Point] = windows.get(item.schedule_id, [])
    else:
        points = phrases.read(item.phrase, roadmap.period, roadmap.year_basis).points
    checkin = item.kind == Kind.ONGOING
    return [Wanted(None, point.starts_on, point.due_on, is_checkin=checkin) for point in points]


@transaction.atomic
def lay_points(items: Iterable[RoadmapItem], *, roadmap: Roadmap) -> int:
    """Make the points of these items what their phrases ask for; returns how many were laid anew.

    A point that somebody has closed, postponed, asked to postpone or proved stays, whatever the phrase says now.
    """
    items = list(items)
    windows: dict[int, list[Point]] = defaultdict(list)
    schedules = {item.schedule_id for item in items if item.schedule_id}
    if schedules:
        for window in ScheduleWindow.objects.filter(schedule__in=schedules).due_within(roadmap.period):
            windows[window.schedule_id].append(Point(window.starts_on, window.ends_on))

    points = ControlPoint.objects.filter(item__in=items)
    # Held before anything is asked of them: a mark that is being made is waited for and then kept.
    held = list(points.order_by("pk").select_for_update(of=("self",)))
    touched = set(points.filter(proofs__isnull=False).values_list("pk", flat=True)) | set(
        points.filter(postponements__isnull=False).values_list("pk", flat=True)
    )
    standing: dict[int, dict[tuple[int | None, date], ControlPoint]] = defaultdict(dict)
    for point in held:
        standing[point.item_id][(point.subitem_id, point.planned_on)] = point

    new: list[ControlPoint] = []
    changed: list[ControlPoint] = []
    gone: list[int] = []
    for item in items:
        wanted = {point.key: point for point in wanted_points(item, roadmap, windows)}
        have = standing[item.pk]
        for key, plan in wanted.items():
            laid = have.get(key)
            if laid is None:
                new.append(
                    ControlPoint(
                        item=item,
                        subitem_id=plan.subitem_id,
                        starts_on=plan.starts_on,
                        due_on=plan.due_on,
                        planned_on=plan.due_on,
                        is_checkin=plan.is_checkin,
                    )
                )
            elif (laid.starts_on, laid.is_checkin) != (plan.starts_on, plan.is_checkin):
                laid.starts_on, laid.is_checkin = plan.starts_on, plan.is_checkin
                changed.append(laid)
        gone += [
            point.pk
            for key, point in have.items()
            if key not in wanted and point.state == ControlPoint.State.OPEN and point.pk not in touched
        ]
    ControlPoint.objects.filter(pk__in=gone).delete()
    ControlPoint.objects.bulk_update(changed, ["starts_on", "is_checkin"])
    bulk_create_with_history(new, ControlPoint)
    return len(new)


@transaction.atomic
def name_parties(items: Iterable[RoadmapItem], *, roadmap: Roadmap) -> None:
    """Make the responsible parties of these items what their printed cells say, people tied to staff by name."""
    items = list(items)
    Party.objects.filter(item__in=items).delete()
    parties = [
        Party(
            item=item,
            position=place,
            kind=party.kind,
            label=party.label[:500],
            key=searchable(party.label)[:500],
        )
        for item in items
        for place, party in enumerate(read_parties(item.responsible).parties)
    ]
    people = [party for party in parties if party.kind == Party.Kind.PERSON]
    if people:
        staff = _staff_by_short_name(roadmap)
        for party in people:
            party.staff_member_id = staff.get(party.key)
    Party.objects.bulk_create(parties)


def _staff_by_short_name(roadmap: Roadmap) -> dict[str, int]:
    """Staff ids by «иванова а п»; a name that two people share names nobody."""
    found: dict[str, int] = {}
    shared: set[str] = set()
    for person in StaffMember.objects.filter(municipality=roadmap.municipality_id):
        key = searchable(person.short_name)
        if key in found:
            shared.add(key)
        found[key] = person.pk
    return {key: pk for key, pk in found.items() if key not in shared}


@transaction.atomic
def keep_head(roadmap: Roadmap, *, by: Account) -> bool:
    """Save a changed head; whether its period or year basis changed, which are what every phrase is read by."""
    before = Roadmap.objects.select_for_update(of=("self",)).get(pk=roadmap.pk)
    roadmap.sign(by=by)
    roadmap.save()
    is_read_anew = (before.period, before.basis) != (roadmap.period, roadmap.basis)
    if is_read_anew:
        understand_anew(roadmap)
    return is_read_anew


@transaction.atomic
def understand_anew(roadmap: Roadmap) -> int:
    """Read every phrase again after the period or the year basis has changed."""
    items = list(RoadmapItem.objects.filter(section__roadmap=roadmap).prefetch_related("subitems"))
    for item in items:
        understand_phrase(item, roadmap)
    RoadmapItem.objects.bulk_update(items, ["kind", "warnings", "schedule"])
    return lay_points(items, roadmap=roadmap)
