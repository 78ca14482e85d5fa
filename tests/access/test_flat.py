"""A page of a thousand rows asks the database as often as a page of one, at every address."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import StaffMember
from roadmaps.models import Roadmap
from tests.access.addresses import addresses
from tests.access.crowding import Crowd

READERS = ("methodist", "manager", "administrator", "deputy")
#: Asked once a minute and not for the page: the browser was here.
NOTED = 'UPDATE "directory_session" SET "seen_at" = '
#: Of the readers, the first to whom an address shows a page, and how often that page asked.
Asked = dict[str, tuple[str, int]]


@pytest.fixture
def browsers(world, signed_in):
    clients = {name: signed_in(world.readers[name]) for name in READERS}
    for client in clients.values():
        client.raise_request_exception = False
    return clients


def questions(client, url):
    """How often a page asks the database; None where no page is shown."""
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
        b"".join(answer)  # what is streamed asks while it is read
        transaction.set_rollback(True)
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    asked = [query for query in captured.captured_queries if not query["sql"].startswith(NOTED)]
    return len(asked) if is_page else None


def pages(world, browsers) -> Asked:
    asked = {}
    for address in addresses():
        url = reverse(address, kwargs=world.records.get(address))
        counts = ((name, questions(client, url)) for name, client in browsers.items())
        asked[address] = next(((name, count) for name, count in counts if count is not None), None)
    return {address: told for address, told in asked.items() if told}


def asked_again(world, browsers, asked: Asked) -> Asked:
    return {
        address: (name, questions(browsers[name], reverse(address, kwargs=world.records.get(address))))
        for address, (name, _) in asked.items()
    }


def test_more_rows_ask_no_more_questions_at_any_address(world, browsers):
    crowd = Crowd()
    asked = pages(world, browsers)

    crowd.grow(1000)

    assert asked_again(world, browsers, asked) == asked

    assert len(asked) > 100
    assert StaffMember.objects.filter(municipality=world.here).count() > 1000


def test_a_question_for_each_row_would_be_seen(world, browsers, monkeypatch):
    """With one question more a row the list asks more, so the sameness above proves something."""
    url = reverse("roadmaps:roadmap-list")
    monkeypatch.setattr(Roadmap, "get_kind_display", lambda roadmap: roadmap.sections.count())
    before = questions(browsers["methodist"], url)

    Crowd().grow(3)

    assert questions(browsers["methodist"], url) == before + 2
