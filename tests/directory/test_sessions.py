"""Sessions: read by one question, listed to their owner, ended by hand, by silence and by age."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.models import Session
from directory.roles import Role
from directory.sessions import SessionStore
from directory.tasks import clear_sessions
from tests.factories import directory

pytestmark = pytest.mark.django_db


def kept(**values):
    session = SessionStore()
    session.update(values)
    session.save()
    return session.session_key


def test_a_session_holds_what_was_kept():
    key = kept(colour="тёмный")

    assert dict(SessionStore(key).items()) == {"colour": "тёмный"}


def test_a_session_that_is_over_is_empty_and_its_key_is_not_used_again():
    key = kept(colour="тёмный")
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    session = SessionStore(key)

    assert dict(session.items()) == {}
    session["colour"] = "светлый"
    session.save()
    assert session.session_key != key


def test_an_invented_key_is_not_taken_for_a_session():
    session = SessionStore("a" * 32)
    session["colour"] = "светлый"
    session.save()

    assert session.session_key != "a" * 32


PROFILE = reverse("directory:profile")
HOME = reverse("reminders:agenda")
YANDEX = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 YaBrowser/25.8 Safari/537.36"


@pytest.fixture
def methodist(db, today):
    return directory.reader(Role.METHODIST, directory.organisation())


def enter(account, agent=YANDEX):
    client = Client(headers={"User-Agent": agent})
    client.post(reverse("directory:signin"), {"username": account.email, "password": directory.PASSWORD})
    return client


def end(client, session):
    return client.post(reverse("directory:session-end", args=[session.code]))


def is_in(client):
    return client.get(HOME).status_code == 200


def at(monkeypatch, moment):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def test_the_profile_lists_the_browsers_and_marks_this_one(methodist):
    here, there = enter(methodist), enter(methodist, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")

    page = here.get(PROFILE).content.decode()

    assert "Яндекс Браузер, Windows" in page
    assert "Firefox, Linux" in page
    assert page.count("этот браузер") == 1
    assert not any(client.session.session_key in page for client in (here, there))


def test_one_session_is_ended_from_another_browser(methodist):
    here, there = enter(methodist), enter(methodist)

    end(here, Session.objects.get(pk=there.session.session_key))

    assert (is_in(here), is_in(there)) == (True, False)


def test_all_others_are_ended_at_once(methodist):
    here, *others = [enter(methodist) for _ in range(3)]

    here.post(reverse("directory:sessions-end-others"))

    assert [is_in(client) for client in (here, *others)] == [True, False, False]


def test_nobody_ends_the_session_of_another(methodist):
    other = directory.reader(Role.METHODIST, methodist.acting_as.organisation)
    here, there = enter(methodist), enter(other)

    answer = end(here, Session.objects.get(pk=there.session.session_key))
    here.post(reverse("directory:sessions-end-others"))

    assert answer.status_code == 404
    assert is_in(there)


def test_a_new_password_ends_the_others_and_changes_the_key_here(methodist):
    here, there = enter(methodist), enter(methodist)
    before = here.session.session_key
    typed = {
        "old_password": directory.PASSWORD,
        "new_password1": "сорок-два-моста-8",
        "new_password2": "сорок-два-моста-8",
    }

    here.post(reverse("directory:password"), typed)

    assert (is_in(here), is_in(there)) == (True, False)
    assert here.session.session_key != before
    assert Session.objects.filter(account=methodist).count() == 1


def test_a_request_within_the_minute_writes_nothing_and_a_later_one_writes_once(methodist, monkeypatch):
    client, now = enter(methodist), timezone.now()
    client.get(HOME)
    written = []
    for seconds in (30, 59, 61, 90):
        at(monkeypatch, now + timedelta(seconds=seconds))
        with CaptureQueriesContext(connection) as asked:
            client.get(HOME)
        written.append(sum(query["sql"].startswith("UPDATE") for query in asked))

    assert written == [0, 0, 1, 0]


@pytest.mark.parametrize(("late", "stays"), [(-60, True), (60, False)])
def test_after_twelve_hours_of_silence_the_session_is_over(late, stays, methodist, monkeypatch):
    client, now = enter(methodist), timezone.now()

    at(monkeypatch, now + timedelta(hours=12, seconds=late))

    assert is_in(client) is stays


@pytest.mark.parametrize(("late", "stays"), [(-60, True), (60, False)])
def test_seven_days_after_the_sign_in_it_is_over_however_busy(late, stays, methodist, monkeypatch):
    client, now = enter(methodist), timezone.now()
    for hours in range(10, 7 * 24, 10):
        at(monkeypatch, now + timedelta(hours=hours))
        assert is_in(client)

    at(monkeypatch, now + timedelta(days=7, seconds=late))

    assert is_in(client) is stays


def test_changing_the_role_does_not_lengthen_the_life_of_the_session(methodist, monkeypatch):
    other = directory.appointment(account=methodist, role=Role.TEACHER, organisation=methodist.acting_as.organisation)
    client = enter(methodist)
    begun = Session.objects.get(pk=client.session.session_key).begun_at

    client.post(reverse("directory:appointment-take-up", args=[other.pk]))

    assert Session.objects.get(pk=client.session.session_key).begun_at == begun


def test_what_is_over_is_cleared_at_night(methodist):
    session = directory.session(account=methodist)
    Session.objects.filter(pk=session.pk).update(expire_date=timezone.now() - timedelta(seconds=1))

    assert clear_sessions() == 1
    assert not Session.objects.exists()
