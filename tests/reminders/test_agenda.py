"""The home page: what is late, what comes, and for whom."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from directory.roles import Role
from reminders.agenda import TITLES
from roadmaps.models import Roadmap
from tests.factories import directory, roadmaps

HOME = reverse("reminders:agenda")


@pytest.fixture
def centre(db, today):
    return directory.organisation()


@pytest.fixture
def section(centre):
    return roadmaps.section(roadmap=roadmaps.approved(municipality=centre.municipality))


@pytest.fixture
def desk(centre, signed_in):
    return signed_in(directory.reader(Role.METHODIST, centre))


def groups(client, **asked):
    page = client.get(HOME, asked)
    return {group.title: [str(point) for point in group.points] for group in page.context["groups"]}


def test_points_stand_in_the_group_of_their_urgency(desk, section, today):
    """The eighteenth of November 2026 is a Wednesday, its week ends on the twenty-second."""
    for days in (-1, 0, 1, 4, 5, 190):
        roadmaps.point(item=roadmaps.item(section=section), due_on=today + timedelta(days=days))

    assert groups(desk) == {
        "Просрочено": ["17.11.2026"],
        "Сегодня": ["18.11.2026"],
        "На этой неделе": ["19.11.2026", "22.11.2026"],
        "Позже": ["23.11.2026", "27.05.2027"],
    }


def test_what_asks_for_nothing_is_not_shown(desk, section, centre):
    day = date(2026, 11, 17)
    roadmaps.done_point(item=roadmaps.item(section=section), due_on=day)
    roadmaps.point(item=roadmaps.item(section=section), due_on=day, is_checkin=True)
    roadmaps.point(item=roadmaps.item(section=section), due_on=date(2026, 8, 31))
    roadmaps.point(item=roadmaps.item(section=section, removed_at=roadmaps.A_MOMENT), due_on=day)
    draft = roadmaps.section(roadmap=roadmaps.roadmap(municipality=centre.municipality))
    roadmaps.point(item=roadmaps.item(section=draft), due_on=day)
    dropped = roadmaps.section(roadmap=section.roadmap, removed_at=roadmaps.A_MOMENT)
    roadmaps.point(item=roadmaps.item(section=dropped), due_on=day)

    assert groups(desk) == {}


def test_a_reader_sees_the_own_points_once_and_no_others(section, centre, signed_in, today):
    person = directory.staff_member(municipality=centre.municipality)
    own = roadmaps.item(section=section)
    for position in range(2):
        roadmaps.party(item=own, staff_member=person, position=position)
    roadmaps.point(item=own, due_on=today)
    roadmaps.point(item=roadmaps.item(section=section), due_on=today - timedelta(days=1))

    assert groups(signed_in(directory.reader(Role.TEACHER, centre, staff=person))) == {"Сегодня": ["18.11.2026"]}


def test_a_reader_without_a_person_owes_nothing(section, centre, signed_in, today):
    item = roadmaps.item(section=section)
    roadmaps.party(item=item)
    roadmaps.point(item=item, due_on=today)

    assert groups(signed_in(directory.reader(Role.TEACHER, centre))) == {}


def test_requests_wait_on_the_page_of_those_who_decide(section, centre, signed_in, desk):
    request = roadmaps.postponement(point=roadmaps.point(item=roadmaps.item(section=section)))
    manager = signed_in(directory.reader(Role.MANAGER, centre))

    waiting = [client.get(HOME).context["waiting"] for client in (manager, desk)]

    assert waiting == [[request], []]


def test_a_request_of_a_removed_row_waits_for_nobody(section, centre, signed_in):
    removed = roadmaps.item(section=section, removed_at=roadmaps.A_MOMENT)
    roadmaps.postponement(point=roadmaps.point(item=removed))
    manager = signed_in(directory.reader(Role.MANAGER, centre))

    assert manager.get(HOME).context["waiting"] == []
    assert list(manager.get(reverse("roadmaps:postponement-list")).context["object_list"]) == []


def test_an_empty_home_says_what_to_do_first(desk):
    page = desk.get(HOME).content.decode()

    assert Roadmap.objects.count() == 0
    assert reverse("roadmaps:import-add") in page


def test_the_day_is_that_of_the_readers_municipality(settings, db, signed_in):
    """Late in the evening in Kaliningrad it is already tomorrow in Vladivostok."""
    days = []
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        there = directory.organisation(municipality=directory.municipality(time_zone=zone))
        days.append(signed_in(directory.reader(Role.METHODIST, there)).get(HOME).wsgi_request.today)

    assert days[0] > days[1]


def test_a_reader_is_offered_to_mark_what_the_policy_lets_mark_only(section, centre, signed_in, desk, today):
    """A manager watches everything and marks what names him or her."""
    person = directory.staff_member(municipality=centre.municipality)
    own, other = (roadmaps.item(section=section) for _ in range(2))
    roadmaps.party(item=own, staff_member=person)
    points = [roadmaps.point(item=item, due_on=today) for item in (own, other)]
    offers = [f'href="{reverse("roadmaps:point-complete", args=[point.pk])}"' for point in points]
    manager = signed_in(directory.reader(Role.MANAGER, centre, staff=person))

    shown = [
        [offer in client.get(HOME, {"whose": "all"}).content.decode() for offer in offers] for client in (manager, desk)
    ]

    assert groups(manager, whose="all") == {"Сегодня": ["18.11.2026", "18.11.2026"]}
    assert shown == [[True, False], [True, True]]


def test_however_much_is_late_the_present_is_shown(desk, section, today, monkeypatch):
    monkeypatch.setattr("reminders.views.agenda.SHOWN", dict.fromkeys(TITLES, 2))
    for days in (-9, -8, -7, 0, 1, 2, 7, 8, 9, 10):
        roadmaps.point(item=roadmaps.item(section=section), due_on=today + timedelta(days=days))

    found = desk.get(HOME).context["groups"]

    assert [(group.title, len(group.points), group.count) for group in found] == [
        ("Просрочено", 2, 3),
        ("Сегодня", 1, 1),
        ("На этой неделе", 2, 2),
        ("Позже", 2, 4),
    ]
