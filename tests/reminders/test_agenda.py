"""The home page: what is late, what comes, and for whom."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.urls import reverse

from directory.roles import Role
from reminders.agenda import TITLES, points_of
from reminders.sources import readers, roadmap_points, source_of
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


@pytest.fixture
def owing(section, centre):
    """A person with an account, and a maker of the deadlines that name him or her late."""
    person = directory.staff_member(municipality=centre.municipality, last_name="Громова")

    def owe(**fields):
        item = roadmaps.item(section=section, responsible="Громова Д.")
        roadmaps.party(item=item, staff_member=person, label="Громова Д.", key="громова")
        return roadmaps.point(item=item, **fields)

    owe.person = person
    return owe


def test_whoever_owes_something_begins_with_the_own(owing, section, centre, signed_in, today):
    manager = signed_in(directory.reader(Role.MANAGER, centre, staff=owing.person))
    roadmaps.point(item=roadmaps.item(section=section), due_on=today)

    before = manager.get(HOME).context["whose"]
    owing(due_on=today + timedelta(days=100))

    assert (before, manager.get(HOME).context["whose"]) == ("all", "mine")
    assert list(groups(manager)) == ["Позже"]
    assert list(groups(manager, whose="all")) == ["Сегодня", "Позже"]


def test_a_teacher_cannot_ask_for_what_others_owe(owing, section, centre, signed_in, today):
    owing(due_on=today)
    teacher = signed_in(directory.reader(Role.TEACHER, centre))

    page = teacher.get(HOME, {"whose": "all", "party": "громова"})

    assert (page.context["whose"], page.context["groups"], page.context["debtors"]) == ("mine", [], [])


def test_who_owes_what_is_late_is_counted_and_filters(owing, section, desk, today):
    for days in (-1, -2, 3):
        owing(due_on=today + timedelta(days=days))
    other = roadmaps.item(section=section)
    roadmaps.party(item=other, label="Методисты", key="методисты")
    roadmaps.point(item=other, due_on=today - timedelta(days=5))

    page = desk.get(HOME, {"whose": "all", "party": "громова"})

    assert [(one.label, one.late) for one in page.context["debtors"]] == [("Громова Д.", 2), ("Методисты", 1)]
    assert [(group.key, group.count) for group in page.context["groups"]] == [("late", 2), ("week", 1)]


def test_what_others_owe_is_told_apart_by_their_names(owing, section, centre, desk, today):
    Roadmap.objects.update(created_by=directory.reader(Role.METHODIST, centre))
    owing(due_on=today)

    assert '<div class="quiet day__who">Громова Д.</div>' in desk.get(HOME).content.decode()


def test_one_group_goes_on_page_by_page(owing, desk, today, monkeypatch):
    monkeypatch.setattr("reminders.views.agenda.SHOWN", dict.fromkeys(TITLES, 2))
    late = [owing(due_on=today - timedelta(days=days)) for days in (5, 4, 3)]

    alone = desk.get(HOME, {"whose": "all", "group": "late", "page": "2"}).context["alone"]

    assert (alone.points, alone.count) == (late[2:], 3)


def test_further_rows_follow_the_last_one_shown_whatever_was_marked_meanwhile(owing, desk, today, monkeypatch):
    monkeypatch.setattr("reminders.views.agenda.SHOWN", dict.fromkeys(TITLES, 2))
    late = [owing(due_on=today - timedelta(days=days)) for days in (5, 4, 4, 3, 2)]
    late[0].complete(on=today, by=directory.account(), at=roadmaps.A_MOMENT)

    part = desk.get(HOME, {"whose": "all", "group": "late", "after": late[1].pk}, headers={"HX-Request": "true"})

    assert (part.context["group"].points, part.context["group"].has_more) == (late[2:4], True)
    assert "<html" not in part.content.decode()


def test_the_page_and_the_letters_agree_on_what_is_ones_own(city, today):
    """Named or not, kept for those who cannot be told (closed, dismissed, moved), controlled, kept by nobody."""
    closed, dismissed = city.reader(Role.TEACHER), city.reader(Role.TEACHER, ends_on=today - timedelta(days=1))
    closed.is_active = False
    closed.save()
    moved = city.reader(Role.TEACHER, directory.organisation())
    city.point(city.deputy, due_on=today)
    city.point(city.deputy, city.methodist, due_on=today)
    city.point(due_on=today)
    for gone in (closed, dismissed, moved):
        city.point(gone, due_on=today)
    over = roadmaps.roadmap(municipality=city.municipality, state=Roadmap.State.CLOSED, created_by=city.methodist)
    city.point(city.deputy, due_on=today, section=roadmaps.section(roadmap=over))
    second = city.reader(Role.METHODIST, city.centre)
    imported = roadmaps.approved(municipality=city.municipality, controller=city.deputy.staff_member)
    city.point(due_on=today, section=roadmaps.section(roadmap=imported))
    for keeper in (None, dismissed):
        orphan = roadmaps.approved(municipality=city.municipality, created_by=keeper)
        city.point(due_on=today, section=roadmaps.section(roadmap=orphan))
    told = readers(city.municipality, today)

    for account in (city.methodist, city.deputy, second):
        told_in_letters = roadmap_points(city.municipality, told, Q(), of=[account.pk])
        letters = {duty.source for duty in told_in_letters if not duty.is_watched}
        page = {source_of(point.pk) for point in points_of(account.act(today), today)}

        assert page == letters
        assert len(page) == {city.methodist: 7, city.deputy: 3, second: 2}[account]


def test_a_closed_point_is_shown_and_not_closed_again(owing, desk, today):
    point = owing(due_on=today)
    point.decline(because="Болезнь", by=directory.account(email="first@example.org"), at=roadmaps.A_MOMENT)
    address = reverse("reminders:point-complete", args=[point.pk])
    headers = {"HX-Request": "true"}

    pages = [
        desk.get(address, headers=headers).content.decode(),
        desk.post(address, {"done_on": today}, headers=headers).content.decode(),
    ]

    assert ["не выполнено" in page and "first@example.org: отмечено раньше" in page for page in pages] == [True, True]
    point.refresh_from_db()
    assert (point.state, point.note) == ("not_done", "Болезнь")


def test_without_scripts_the_form_of_the_roadmaps_is_led_to(owing, desk, today):
    point = owing(due_on=today)

    answer = desk.get(reverse("reminders:point-complete", args=[point.pk]))

    assert answer.url == reverse("roadmaps:point-complete", args=[point.pk])


def test_a_file_is_attached_in_place(owing, desk, today):
    point = owing(due_on=today)
    file = SimpleUploadedFile("Отчёт.txt", "Провели".encode(), content_type="text/plain")

    desk.post(
        reverse("reminders:point-complete", args=[point.pk]), {"done_on": today, "file": file},
        headers={"HX-Request": "true"},
    )  # fmt: skip

    assert [proof.filename for proof in point.proofs.all()] == ["Отчёт.txt"]


def test_a_mark_is_taken_back_in_place(owing, desk, today):
    point = owing(due_on=today)
    address = reverse("reminders:point-reopen", args=[point.pk])
    point.complete(on=today, by=directory.account(), at=roadmaps.A_MOMENT)

    pages = [desk.post(address, headers={"HX-Request": "true"}).content.decode() for _ in range(2)]

    assert [reverse("reminders:point-complete", args=[point.pk]) in page for page in pages] == [True, True]
    point.refresh_from_db()
    assert point.state == "open"
    assert point.history.filter(state="open").count() == 2
