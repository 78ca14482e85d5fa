"""The personal calendar: whose address opens it, what stands in it, and how apps keep it fresh."""

from datetime import date, timedelta

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from directory.roles import Role
from reminders import feed
from reminders.models import Preference
from roadmaps.models import ControlPoint
from tests.factories import directory, reminders, roadmaps


@pytest.fixture
def school(db, today):
    return directory.organisation()


@pytest.fixture
def person(school):
    return directory.staff_member(municipality=school.municipality)


@pytest.fixture
def preference(school, person):
    return reminders.preference(account=directory.reader(Role.TEACHER, school, staff=person))


@pytest.fixture
def section(school):
    return roadmaps.section(roadmap=roadmaps.approved(municipality=school.municipality, title="План города"))


@pytest.fixture
def owe(section, person):
    """Makes a deadline on which the person stands as responsible."""

    def owe(**fields):
        item = roadmaps.item(section=section, number="3", text=fields.pop("text", "Сдать отчёт"))
        roadmaps.party(item=item, staff_member=person)
        return roadmaps.point(item=item, **fields)

    return owe


def path(preference):
    return reverse("reminders:feed", args=[feed.token_of(preference)])


def fetch(preference, **headers):
    return Client().get(path(preference), headers=headers)


def events(preference):
    return Calendar.from_ical(fetch(preference).content).walk("VEVENT")


def test_ones_own_open_deadlines_are_whole_days_with_their_roadmap_and_link(preference, owe, settings):
    settings.SITE_URL = "https://portal.example.org"
    point = owe(due_on=date(2026, 12, 5))

    calendar = Calendar.from_ical(fetch(preference).content)

    assert (calendar["method"], calendar["x-wr-calname"], calendar["version"]) == ("PUBLISH", "Мои сроки", "2.0")
    [event] = calendar.walk("VEVENT")
    link = f"https://portal.example.org{point.get_absolute_url()}"
    assert {name: str(event[name]) for name in ("uid", "summary", "description", "url")} == {
        "uid": f"controlpoint-{point.pk}@portal.example.org",
        "summary": "Сдать отчёт",
        "description": f"План города, п. 3\n{link}",
        "url": link,
    }
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 5), date(2026, 12, 6))
    assert event.walk("VALARM") == []


def test_what_is_done_or_anothers_or_of_a_draft_leaves(preference, owe, section, person, today):
    stays = owe(due_on=today - timedelta(days=3))
    done = owe(due_on=today)
    done.complete(on=today, by=preference.account, at=roadmaps.A_MOMENT)
    roadmaps.point(item=roadmaps.item(section=section), due_on=today)
    owe(due_on=today, is_checkin=True)
    draft = roadmaps.section(roadmap=roadmaps.roadmap(municipality=person.municipality))
    drafted = roadmaps.item(section=draft)
    roadmaps.party(item=drafted, staff_member=person)
    roadmaps.point(item=drafted, due_on=today)

    assert [str(event["uid"]).split("@")[0] for event in events(preference)] == [f"controlpoint-{stays.pk}"]


def test_a_moved_deadline_keeps_its_name_and_counts_its_changes(preference, owe):
    point = owe(due_on=date(2026, 12, 5))
    [before] = events(preference)

    point.move(to=date(2026, 12, 9), by=preference.account, because="Каникулы")
    [after] = events(preference)

    assert before["uid"] == after["uid"]
    assert after["dtstart"].dt == date(2026, 12, 9)
    assert int(after["sequence"]) == int(before["sequence"]) + 1
    assert after["last-modified"].dt >= before["last-modified"].dt


def test_long_lines_are_folded_and_signs_escaped(preference, owe):
    text = "Проверить; сверить, описать\\подшить: " + "очень длинное дело " * 20
    owe(text=text + "\nBEGIN:VEVENT", due_on=date(2026, 12, 5))

    body = fetch(preference).content

    assert max(map(len, body.split(b"\r\n"))) <= 75
    assert body.count(b"\r\nBEGIN:VEVENT") == 1
    [event] = events(preference)
    assert str(event["summary"]) == text + "\nBEGIN:VEVENT"


def test_an_unchanged_calendar_is_not_sent_twice(preference, owe):
    point = owe(due_on=date(2026, 12, 5))
    first = fetch(preference)

    again = fetch(preference, if_none_match=first["ETag"])
    point.move(to=date(2026, 12, 9), by=preference.account, because="Каникулы")
    moved = fetch(preference, if_none_match=first["ETag"])

    assert (first["Content-Type"], first["Cache-Control"]) == ("text/calendar; charset=utf-8", "private, no-cache")
    assert [(answer.status_code, bool(answer.content)) for answer in (again, moved)] == [(304, False), (200, True)]


def test_an_address_opens_nothing_once_it_is_given_up_or_its_owner_has_left(preference, school, today):
    address, account = path(preference), preference.account
    opened = []

    def knock():
        opened.append(Client().get(address).status_code)

    knock()
    Preference.objects.filter(pk=preference.pk).update(calendar_key="другой")
    knock()
    Preference.objects.filter(pk=preference.pk).update(calendar_key=preference.calendar_key)
    account.is_active = False
    account.save()
    knock()
    account.is_active = True
    account.save()
    knock()
    appointment = account.acting_as
    appointment.ends_on = today - timedelta(days=1)
    appointment.save()
    knock()
    account.acting_as = None
    account.save()
    knock()

    assert opened == [200, 404, 404, 200, 404, 404]


@pytest.mark.parametrize("spoil", [
    lambda token: token[:-1],
    lambda token: token.replace(".", ":"),
    lambda token: token.split(".")[0],
    lambda token: "." + token,
    lambda token: "x" * 5000,
    lambda token: Signer(key="другой ключ", salt="reminders.feed", sep=".").sign(token.split(".")[0]),
    lambda token: Signer(salt="other", sep=".").sign(token.split(".")[0]),
])  # fmt: skip
def test_a_made_up_address_is_not_found(spoil, preference):
    address = reverse("reminders:feed", args=[spoil(feed.token_of(preference))])

    assert Client().get(address).status_code == 404


def test_what_the_database_holds_is_no_address(preference):
    address = reverse("reminders:feed", args=[preference.calendar_key])

    assert Client().get(address).status_code == 404


def test_a_calendar_asks_no_more_for_many_deadlines_than_for_one(preference, owe, django_assert_num_queries):
    for number in range(30):
        owe(due_on=date(2026, 12, 1) + timedelta(days=number))

    with django_assert_num_queries(2):
        fetch(preference)

    assert ControlPoint.objects.count() == 30
