"""The page that machines ask: alive or not, and nothing else."""

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client
from django.urls import reverse

HEALTH = reverse("portal:health")


@pytest.mark.django_db
def test_it_answers_a_stranger_with_one_word():
    answer = Client().get(HEALTH)

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_without_the_database_it_does_not_say_ok(monkeypatch):
    def unreachable(*_):
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", unreachable)
    client = Client(raise_request_exception=False)

    answer = client.get(HEALTH)

    assert answer.status_code == 500
    assert b"ok" not in answer.content.partition(b"<main")[2]
