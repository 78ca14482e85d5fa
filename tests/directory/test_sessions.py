"""Sessions read by one question: a living one holds what was kept, one that is over holds nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import Session
from directory.sessions import SessionStore

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
