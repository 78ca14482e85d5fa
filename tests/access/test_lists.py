"""What lists show: our own rows and no others, drafts to composers only, and no more queries for more rows."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Organisation, StaffMember
from directory.roles import Role
from reports.models import Order
from roadmaps.models import (
    ControlPoint,
    Postponement,
    Roadmap,
    RoadmapImport,
    RoadmapItem,
    Schedule,
)
from tests.access.planting import CANARY, plant
from tests.factories import directory, reminders, reports, roadmaps

FOREIGN = "Соседский"

#: Every list and the text by which its row of ``plant`` is known.
LISTS = {
    "reminders:agenda": "Дело",
    "directory:organisation-list": "Школа",
    "directory:staff-list": "",
    "reports:order-list": "Приказ",
    "roadmaps:roadmap-list": "План",
    "roadmaps:schedule-list": "График",
    "roadmaps:postponement-list": "Дело",
    "roadmaps:import-add": "",
}
#: How a list is asked for all that it has.
WHOLE = {"reminders:agenda": {"whose": "all"}}
LISTED = (ControlPoint, Order, Organisation, Postponement, Roadmap, RoadmapImport, Schedule, StaffMember)


def shown(client, address):
    return client.get(reverse(address), WHOLE.get(address)).content.decode()


@pytest.mark.parametrize(("address", "text"), LISTS.items())
def test_a_list_shows_our_rows_and_no_foreign_ones(address, text, world, signed_in):
    plant(world.elsewhere, mark=FOREIGN)

    page = shown(signed_in(world.readers["methodist"]), address)

    assert f"{text} {CANARY}".strip() in page
    assert FOREIGN not in page


@pytest.mark.parametrize("address", LISTS)
def test_a_dismissed_reader_is_shown_nothing(address, world, signed_in):
    page = shown(signed_in(world.readers["dismissed"]), address)

    assert CANARY not in page


@pytest.mark.parametrize("address", LISTS)
def test_the_leak_would_be_seen(address, world, signed_in, monkeypatch):
    """With the boundary off the foreign row stands on the page, so its absence above proves the boundary."""
    plant(world.elsewhere, mark=FOREIGN)
    for model in LISTED:
        monkeypatch.setattr(model._default_manager._queryset_class, "visible_to", lambda rows, account: rows.all())

    page = shown(signed_in(world.readers["methodist"]), address)

    assert FOREIGN in page


@pytest.mark.parametrize("name", ["administrator", "manager", "deputy", "leader", "teacher", "expert"])
def test_drafts_are_on_no_list_of_those_who_do_not_compose(name, world, signed_in):
    plant(world.here, state=Roadmap.State.DRAFT, mark="Задумка")
    client = signed_in(world.readers[name])

    pages = [
        shown(client, address)
        for address in ("reminders:agenda", "roadmaps:roadmap-list", "roadmaps:postponement-list")
    ]

    assert f"План {CANARY}" in pages[1]
    assert not any("Задумка" in page for page in pages)


def test_a_schedule_page_leaves_out_items_of_drafts_and_of_others(world, signed_in):
    schedule = Schedule.objects.get(pk=world.records["roadmaps:schedule-detail"]["pk"])
    drafted = roadmaps.section(roadmap=roadmaps.roadmap(municipality=world.here))
    foreign = roadmaps.section(roadmap=roadmaps.approved(municipality=world.elsewhere))
    roadmaps.item(section=drafted, schedule=schedule, text="Задумка")
    roadmaps.item(section=foreign, schedule=schedule, text=FOREIGN)

    page = signed_in(world.readers["teacher"]).get(schedule.get_absolute_url()).content.decode()

    assert f"Дело {CANARY}" in page
    assert "Задумка" not in page
    assert FOREIGN not in page


def test_a_deputy_sees_the_people_of_the_school_only(world, signed_in):
    school = directory.organisation(municipality=world.here)
    own = directory.staff_member(municipality=world.here, last_name="Своя")
    directory.position(staff_member=own, organisation=school)

    page = shown(signed_in(directory.reader(Role.DEPUTY, school)), "directory:staff-list")

    assert "Своя" in page
    # Subjects are the municipality's: the filter offers them to every school.
    assert CANARY not in page.replace(f"Предмет {CANARY}", "")


def grow_orders(world, rows):
    accounts = [world.readers["methodist"], world.readers["manager"]]
    for number in range(rows):
        roadmap = roadmaps.approved(municipality=world.here)
        reports.registered_order(roadmap=roadmap)
        reports.order(roadmap=roadmap, created_by=accounts[number % 2])


def grow_clauses(world, rows):
    order = Order.objects.get(pk=world.records["reports:order-detail"]["pk"])
    for _ in range(rows):
        reports.clause(order=order)


def grow_orders_of_one_roadmap(world, rows):
    roadmap = Roadmap.objects.get(pk=world.records["roadmaps:roadmap-detail"]["pk"])
    roadmap.orders.drafts().delete()
    for _ in range(rows):
        edition = roadmaps.edition(roadmap=roadmap, number=roadmap.editions.count() + 1)
        reports.registered_order(roadmap=roadmap, edition=edition)


def grow_roadmaps(world, rows):
    for _ in range(rows):
        roadmaps.item(section=roadmaps.section(roadmap=roadmaps.approved(municipality=world.here)))


def grow_points(world, rows):
    """Late, near and far items of one roadmap, each with all that a row may carry."""
    item = RoadmapItem.objects.get(pk=world.records["roadmaps:item-detail"]["pk"])
    accounts = [world.readers["methodist"], world.readers["leader"]]
    for number in range(rows):
        row = roadmaps.item(section=item.section, remarks=[{"code": "x", "message": "Проверьте"}])
        roadmaps.party(item=row)
        roadmaps.subitem(item=row)
        point = roadmaps.point(item=row, due_on=date(2026, 11, 1) + timedelta(days=number))
        roadmaps.postponement(point=point, requested_by=accounts[number % 2])


def grow_one_item(world, rows):
    item = RoadmapItem.objects.get(pk=world.records["roadmaps:item-detail"]["pk"])
    for number in range(rows):
        subitem = roadmaps.subitem(item=item)
        closed = roadmaps.done_point(
            item=item, subitem=subitem, due_on=date(2026, 9, 1) + timedelta(days=number),
            closed_by=directory.reader(Role.LEADER, world.readers["leader"].acting_as.organisation),
        )  # fmt: skip
        roadmaps.proof(point=closed)
        roadmaps.postponement(
            point=closed, decision=Postponement.Decision.REFUSED, decided_at=roadmaps.A_MOMENT,
            decided_by=world.readers["manager"], requested_by=world.readers["leader"],
        )  # fmt: skip


def grow_directory(world, rows):
    for _ in range(rows):
        directory.position(
            staff_member=directory.staff_member(municipality=world.here),
            organisation=directory.organisation(municipality=world.here),
        )


def grow_people_of_one_school(world, rows):
    school = Organisation.objects.get(pk=world.records["directory:organisation-detail"]["pk"])
    for _ in range(rows):
        directory.position(staff_member=directory.staff_member(municipality=world.here), organisation=school)


def grow_one_organisation(world, rows):
    school = Organisation.objects.get(pk=world.records["directory:organisation-detail"]["pk"])
    first = date(1990, 1, 1) + timedelta(days=school.former_names.count())
    for number in range(rows):
        directory.former_name(organisation=school, ends_on=first + timedelta(days=number))
        directory.position(staff_member=directory.staff_member(municipality=world.here), organisation=school)


def grow_one_person(world, rows):
    person = StaffMember.objects.get(pk=world.records["directory:staff-detail"]["pk"])
    centre = world.readers["leader"].acting_as.organisation
    for _ in range(rows):
        school = directory.organisation(municipality=world.here)
        directory.position(staff_member=person, organisation=school)
        directory.position(staff_member=person, organisation=school, ends_on=date(2020, 8, 31))
        person.subjects.add(directory.subject(municipality=world.here))
        clerk = directory.reader(
            Role.METHODIST, centre, staff=directory.staff_member(municipality=world.here, last_name="Канцелярская")
        )
        directory.dismissal(staff_member=person, organisation=school, recorded_by=clerk)
        directory.merge(kept=person, merged_by=clerk)
        roadmap = roadmaps.approved(municipality=world.here, controller=person)
        item = roadmaps.item(section=roadmaps.section(roadmap=roadmap))
        roadmaps.party(item=item, staff_member=person)
        roadmaps.point(item=item, due_on=date(2026, 12, 1))


def grow_namesakes(world, rows):
    for _ in range(rows):
        person = directory.staff_member(municipality=world.here, last_name=CANARY)
        directory.position(staff_member=person)


def grow_pointing(world, rows):
    """What points at the second record of a merge."""
    other = StaffMember.objects.get(pk=world.records["directory:staff-merge-with"]["other"])
    for _ in range(rows):
        directory.position(staff_member=other)
        other.subjects.add(directory.subject(municipality=world.here))


def grow_schedules(world, rows):
    for _ in range(rows):
        roadmaps.window(schedule=roadmaps.schedule(municipality=world.here))


def grow_one_schedule(world, rows):
    schedule = Schedule.objects.get(pk=world.records["roadmaps:schedule-detail"]["pk"])
    roadmap = roadmaps.approved(municipality=world.here)
    first = date(2027, 5, 1) + timedelta(days=schedule.windows.count())
    for number in range(rows):
        day = first + timedelta(days=number)
        roadmaps.window(schedule=schedule, starts_on=day, ends_on=day)
        roadmaps.item(section=roadmaps.section(roadmap=roadmap), schedule=schedule)


def grow_imports(world, rows):
    for _ in range(rows):
        roadmaps.roadmap_import(municipality=world.here, brought_by=world.readers["methodist"])


def grow_history(world, rows):
    """Versions that name other records: sections, schedules and accounts, each version others."""
    item = RoadmapItem.objects.get(pk=world.records["roadmaps:item-history"]["pk"])
    centre = world.readers["leader"].acting_as.organisation
    for number in range(rows):
        item.schedule = roadmaps.schedule(municipality=world.here)
        item.note = f"Правка {number}"
        item._history_user = directory.reader(Role.METHODIST, centre)
        item.save()
        point = roadmaps.done_point(item=item, due_on=date(2025, 9, 1) + timedelta(days=item.points.count()))
        point.closed_by = item._history_user
        point.save()


def grow_import_rows(world, rows):
    brought = RoadmapImport.objects.get(pk=world.records["roadmaps:import-detail"]["pk"])
    more = [roadmaps.understood_row(text=f"Дело {number}") for number in range(rows)]
    brought.understood["sections"][0]["items"] += more
    brought.save()


def grow_reminders(world, rows):
    for _ in range(rows):
        reminders.reminder(account=world.readers["methodist"])


def grow_letters(world, rows):
    for _ in range(rows):
        reminders.letter(municipality=world.here, account=world.readers["methodist"])


#: address, how its rows grow, the queries it may ask: the session with its account, and the bell, included
PAGES = [
    ("reminders:agenda", grow_points, 5),
    ("reminders:reminder-list", grow_reminders, 4),
    ("reminders:letter-list", grow_letters, 4),
    ("reports:order-list", grow_orders, 5),
    ("reports:order-detail", grow_clauses, 25),
    ("roadmaps:roadmap-detail", grow_orders_of_one_roadmap, 11),
    ("roadmaps:roadmap-list", grow_roadmaps, 5),
    ("roadmaps:roadmap-detail", grow_points, 11),
    ("roadmaps:item-detail", grow_one_item, 12),
    ("roadmaps:item-history", grow_history, 9),
    ("roadmaps:postponement-list", grow_points, 4),
    ("roadmaps:schedule-list", grow_schedules, 4),
    ("roadmaps:schedule-detail", grow_one_schedule, 5),
    ("roadmaps:import-add", grow_imports, 3),
    ("roadmaps:import-detail", grow_import_rows, 3),
    ("directory:organisation-list", grow_directory, 5),
    ("directory:organisation-detail", grow_people_of_one_school, 6),
    ("directory:organisation-detail", grow_one_organisation, 6),
    ("directory:organisation-history", grow_one_organisation, 5),
    ("directory:staff-detail", grow_one_person, 12),
    ("directory:staff-history", grow_one_person, 9),
    ("directory:staff-edit", grow_one_person, 8),
    ("directory:staff-merge", grow_namesakes, 7),
    ("directory:staff-merge-with", grow_pointing, 20),
    ("directory:staff-list", grow_directory, 8),
]


@pytest.mark.parametrize(("address", "grow", "queries"), PAGES)
def test_a_page_asks_no_more_queries_for_two_hundred_rows_than_for_one(address, grow, queries, world, signed_in):
    client = signed_in(world.readers["methodist"])
    url = reverse(address, kwargs=world.records.get(address))
    asked = {}

    for rows, more in ((1, 1), (3, 2), (203, 200)):
        grow(world, more)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        asked[rows] = len(captured)

        assert response.status_code == 200

    assert asked == {1: queries, 3: queries, 203: queries}
