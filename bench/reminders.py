"""`python -m bench.reminders`: the reminders' idle minute and morning scan over 10,000 and 1,000,000 control points."""

import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - models only after the settings
from django.db import connection  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.utils import timezone  # noqa: E402

from deadlines.workdays import Shift, Workdays  # noqa: E402
from directory.models import Account, Appointment, Municipality, Organisation, StaffMember  # noqa: E402
from directory.roles import Role  # noqa: E402
from reminders import sources  # noqa: E402
from reminders.actions import sweeping  # noqa: E402
from reminders.models import Round  # noqa: E402
from reminders.plan import USUAL, Duty, due_days  # noqa: E402
from roadmaps.models import Party, Roadmap, RoadmapItem, Section  # noqa: E402

FEW, MANY, DUE = 10_000, 1_000_000, 3_000
ITEMS = 1_000
ROUNDS = 15
IDLE_ROUNDS = 300
IDLE_GOAL, SCAN_GOAL, GROWTH_GOAL = 3.0, 1.5, 1.5
TODAY = date(2026, 11, 24)

#: The question of a morning as one would write it for this one purpose.
BY_HAND = """
    SELECT p.id, p.due_on, i.id, i.text, u.text, r.title, r.created_by_id, ca.id, a.id
    FROM roadmaps_controlpoint p
    JOIN roadmaps_roadmapitem i ON i.id = p.item_id AND i.removed_at IS NULL
    JOIN roadmaps_section s ON s.id = i.section_id AND s.removed_at IS NULL
    JOIN roadmaps_roadmap r ON r.id = s.roadmap_id AND r.municipality_id = %s AND r.state = 'approved'
    LEFT JOIN roadmaps_subitem u ON u.id = p.subitem_id
    LEFT JOIN roadmaps_party q ON q.item_id = i.id
    LEFT JOIN directory_account a ON a.staff_member_id = q.staff_member_id
    LEFT JOIN directory_account ca ON ca.staff_member_id = r.controller_id
    WHERE p.state = 'open' AND p.due_on = ANY(%s) AND NOT p.is_checkin AND p.due_on >= r.watched_from
"""

#: Points of an item, one a day; the days asked for come round in turn, all others are years ahead.
POINTS = """
    INSERT INTO roadmaps_controlpoint (item_id, starts_on, due_on, planned_on, is_checkin, state, note)
    SELECT (%(items)s::bigint[])[1 + n %% %(item_count)s], day, day, '1900-01-01'::date + n / %(item_count)s, false,
           'open', ''
    FROM (
        SELECT n, CASE WHEN n < %(due)s THEN (%(days)s::date[])[1 + n %% %(day_count)s]
                       ELSE %(today)s::date + 60 + n %% 3000 END AS day
        FROM generate_series(%(first)s, %(last)s - 1) AS n
    ) AS points
"""


def main() -> int:
    call_command("migrate", verbosity=0)
    city, items = fill()
    days = asked_days()
    idle, scan = {}, {}
    told, found = sources.readers(city, TODAY), 0
    for count, begun in ((FEW, 0), (MANY, FEW)):
        add_points(items, days, first=begun, last=count)
        idle[count] = beside(idle_tick, select_one, IDLE_ROUNDS)
        scan[count] = beside(lambda: duties(city, told, days), lambda: by_hand(city, told, days), ROUNDS)
        found = len(duties(city, told, days))
    print(f"{'reminders':<40}{'ms':>8}{'× floor':>9}{'goal':>7}   {found} duties of {MANY} points")
    goals = [
        ("idle minute / SELECT 1", idle[MANY][0], idle[MANY][0] / idle[MANY][1], IDLE_GOAL),
        ("scan of a morning / SQL by hand", scan[MANY][0], scan[MANY][0] / scan[MANY][1], SCAN_GOAL),
        (f"idle minute, {FEW} → {MANY} points", idle[MANY][0], idle[MANY][0] / idle[FEW][0], GROWTH_GOAL),
        (f"scan of a morning, {FEW} → {MANY} points", scan[MANY][0], scan[MANY][0] / scan[FEW][0], GROWTH_GOAL),
    ]
    for name, milliseconds, ratio, goal in goals:
        verdict = "" if ratio <= goal else "  MISSED"
        print(f"{name:<40}{milliseconds:>8.2f}{ratio:>9.2f}{f'≤ {goal}':>7}{verdict}")
    return 0 if found == DUE and all(ratio <= goal for _, _, ratio, goal in goals) else 1


def fill() -> tuple[Municipality, list[int]]:
    """A city with one roadmap of a thousand items, each owed by one teacher; returns the items' ids."""
    city = Municipality.objects.create(title="Срочинск", title_genitive="Срочинска")
    school = Organisation.objects.create(
        municipality=city, kind=Organisation.Kind.SCHOOL, title="Школа № 1", short_title="Школа № 1"
    )
    person = StaffMember.objects.create(municipality=city, last_name="Срокова", first_name="Анна")
    account = Account.objects.create_account("due@example.org", staff_member=person)
    account.acting_as = Appointment.objects.create(account=account, role=Role.TEACHER, organisation=school)
    account.save(update_fields=["acting_as"])
    Round.objects.create(municipality=city, next_at=timezone.now() + timedelta(days=1))
    roadmap = Roadmap.objects.create(
        municipality=city,
        title="Дорожная карта",
        state=Roadmap.State.APPROVED,
        starts_on=date(2024, 1, 1),
        ends_on=date(2036, 12, 31),
        watched_from=date(2024, 1, 1),
    )
    section = Section.objects.create(roadmap=roadmap, position=0)
    items = RoadmapItem.objects.bulk_create(
        RoadmapItem(section=section, position=place, text=f"Провести семинар {place}") for place in range(ITEMS)
    )
    Party.objects.bulk_create(
        Party(item=item, position=0, kind=Party.Kind.PERSON, label="А. Срокова", staff_member=person) for item in items
    )
    return city, [item.pk for item in items]


def asked_days() -> list[date]:
    """Every due day that a morning asks for, three years of late ones among them."""
    yesterday = TODAY - timedelta(days=1)
    asked = due_days(
        [USUAL], [Shift.BACKWARD], Workdays(), since=yesterday, today=TODAY, earliest=TODAY - timedelta(days=1000)
    )
    return sorted(asked)


def add_points(items: list[int], days: list[date], *, first: int, last: int) -> None:
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"items": items, "item_count": ITEMS, "days": days, "day_count": len(days), "due": DUE}
        cursor.execute(POINTS, {**values, "today": TODAY, "first": first, "last": last})
        # What PostgreSQL does by itself within a minute.
        cursor.execute("VACUUM ANALYZE")


def idle_tick() -> bool:
    return sweeping.is_anything_due(timezone.now())


def select_one() -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()


def duties(city: Municipality, told: dict[int, sources.Reader], days: list[date]) -> list[Duty]:
    """What a round asks: all that is owed by these days."""
    return list(sources.roadmap_points(city, told, Q(due_on__in=days)))


def by_hand(city: Municipality, told: dict[int, sources.Reader], days: list[date]) -> list[Duty]:
    """The same duties where every point has one person who may be told, and nothing has to be looked after."""
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [city.pk, days])
        return [
            Duty(
                account, f"point:{pk}", part or text, f"/items/{item}/#{pk}", due_on, told[account].shift, False, title
            )
            for pk, due_on, item, text, part, title, _, _, account in cursor
        ]


def beside(ours: Callable[[], object], floor: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Milliseconds of both, turn by turn, so that a busy neighbour falls on both; the best ones."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 2):
        for call, found in ((ours, times[0]), (floor, times[1])):
            began = time.perf_counter()
            call()
            if turn > 1:
                found.append((time.perf_counter() - began) * 1000)
    return min(times[0]), min(times[1])


if __name__ == "__main__":
    sys.exit(main())
