"""The bell: what it counts, what it asks, and what makes it fall silent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.roles import Role
from reminders.models import Reminder
from reminders.sources import source_of
from tests.factories import directory, reminders, roadmaps

BELL = reverse("reminders:reminder-list")


@pytest.fixture
def teacher(db, today):
    school = directory.organisation()
    return directory.reader(Role.TEACHER, school, staff=directory.staff_member(municipality=school.municipality))


@pytest.fixture
def desk(teacher, signed_in):
    return signed_in(teacher)


def unread(client):
    return client.get(reverse("directory:profile")).context["unread"]()


def test_the_bell_counts_what_has_come_and_is_not_read(desk, teacher, today):
    for days, seen_at in ((-8, None), (0, None), (1, None), (0, reminders.A_MOMENT)):
        reminders.reminder(account=teacher, send_on=today + timedelta(days=days), seen_at=seen_at)
    reminders.reminder(send_on=today)

    assert unread(desk) == 2


def test_the_bell_asks_once_a_page_and_stops_counting_at_a_hundred(desk, teacher, today):
    for _ in range(130):
        reminders.reminder(account=teacher, send_on=today)

    with CaptureQueriesContext(connection) as asked:
        page = desk.get(BELL)

    questions = [query["sql"] for query in asked.captured_queries if '"reminders_reminder"."seen_at"' in query["sql"]]
    assert [("LIMIT 100" in sql) for sql in questions if '"reminders_reminder"."title"' not in sql] == [True]
    assert '<span class="bell__count">99+</span>' in page.content.decode()


def test_only_ones_own_reminders_of_past_days_are_listed_the_newest_first(desk, teacher, today):
    for days in (-1, 0, 1):
        reminders.reminder(account=teacher, send_on=today + timedelta(days=days), title=f"Дело {days}")
    reminders.reminder(send_on=today, title="Чужое")

    listed = desk.get(BELL).context["object_list"]

    assert [reminder.title for reminder in listed] == ["Дело 0", "Дело -1"]


def test_looking_reads_nothing_and_opening_reads_one(desk, teacher, today):
    first, second = (reminders.reminder(account=teacher, send_on=today, url="/roadmaps/items/7/") for _ in range(2))

    desk.get(BELL)
    before = unread(desk)
    answer = desk.post(reverse("reminders:reminder-read", args=[first.pk]))

    assert (before, answer.url, unread(desk)) == (2, "/roadmaps/items/7/", 1)
    assert Reminder.objects.get(pk=second.pk).seen_at is None


def test_a_second_reading_keeps_the_moment_of_the_first(desk, teacher, today):
    read = reminders.reminder(account=teacher, send_on=today, seen_at=reminders.A_MOMENT)

    desk.post(reverse("reminders:reminder-read", args=[read.pk]))

    assert Reminder.objects.get(pk=read.pk).seen_at == reminders.A_MOMENT


def test_all_are_read_at_once_but_nobody_elses_and_none_to_come(desk, teacher, today):
    reminders.reminder(account=teacher, send_on=today)
    coming = reminders.reminder(account=teacher, send_on=today + timedelta(days=1))
    foreign = reminders.reminder(send_on=today)

    desk.post(reverse("reminders:reminder-read-all"))

    assert unread(desk) == 0
    assert set(Reminder.objects.filter(seen_at=None)) == {coming, foreign}


def test_a_foreign_reminder_is_not_found_and_not_read(desk, today):
    foreign = reminders.reminder(send_on=today)

    answer = desk.post(reverse("reminders:reminder-read", args=[foreign.pk]))

    assert answer.status_code == 404
    assert Reminder.objects.get(pk=foreign.pk).seen_at is None


def test_what_is_marked_in_place_is_read_for_the_one_who_marked(desk, teacher, today):
    section = roadmaps.section(roadmap=roadmaps.approved(municipality=teacher.acting_as.organisation.municipality))
    item = roadmaps.item(section=section)
    roadmaps.party(item=item, staff_member=teacher.staff_member)
    point = roadmaps.point(item=item, due_on=today)
    own = reminders.reminder(account=teacher, source=source_of(point.pk), send_on=today)
    other = reminders.reminder(source=source_of(point.pk), send_on=today)

    answer = desk.post(
        reverse("reminders:point-complete", args=[point.pk]), {"done_on": today}, headers={"HX-Request": "true"}
    )

    assert "выполнено 18 ноября" in answer.content.decode()
    seen = [Reminder.objects.get(pk=reminder.pk).seen_at is not None for reminder in (own, other)]
    assert seen == [True, False]
