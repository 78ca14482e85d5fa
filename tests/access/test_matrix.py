"""Who gets what at every address: reader × address × method, held against the table in ``matrix.txt``."""

import re
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from roadmaps.models import Roadmap
from tests.access.addresses import addresses
from tests.access.planting import CANARY, plant

READERS = (
    "stranger", "administrator", "methodist", "manager", "deputy", "leader", "teacher", "expert",
    "foreign", "dismissed", "inactive",
)  # fmt: skip
#: What looking at a page may write: that somebody has looked at the personal data of somebody else, and, once a minute,
#: that the browser was here.
LOOKED = ('INSERT INTO "journal_access" ', 'UPDATE "directory_session" SET "seen_at" = ')
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)", re.IGNORECASE)
BELONG_TO_NO_ROADMAP = re.compile(
    "directory:|roadmaps:(schedule|window)|reminders:(reminder|letter|feed)|reports:(order|clause|register|bundle|destruction)"
)
CYRILLIC = re.compile(r"[А-Яа-яё]")


class Answer(NamedTuple):
    """What came back, and the statements by which the database was changed."""

    status: int
    context: Any
    body: str
    writes: list[str]


def matrix():
    """(address, method) → the statuses of the readers, in the order of ``READERS``."""
    lines = (Path(__file__).parent / "matrix.txt").read_text().splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return {(address, method): tuple(map(int, statuses)) for address, method, *statuses in rows}


MATRIX = matrix()


def browser(reader, signed_in):
    client = Client() if reader is None else signed_in(reader)
    client.raise_request_exception = False
    return client


def ask(client, method, url, **options):
    """The answer, its body and the statements that wrote to the database; all of it is undone at once."""
    cookies = deepcopy(client.cookies)
    reset_queries()  # Django remembers the last nine thousand only
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            response = getattr(client, method)(url, **options)
            body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    asked_for = [query["sql"] for query in asked.captured_queries]
    writes = [sql for sql in asked_for if WRITES.match(sql) and not sql.startswith(LOOKED)]
    return Answer(response.status_code, response.context, body.decode(errors="replace"), writes)


def test_every_address_has_its_rows_and_every_row_an_address():
    assert set(MATRIX) == {(address, method) for address in addresses() for method in ("get", "post")}


def test_each_reader_gets_the_agreed_answer(world, signed_in):
    browsers = {name: browser(world.readers[name], signed_in) for name in READERS}
    answers = {}

    for address, method in MATRIX:
        url = reverse(address, kwargs=world.records.get(address))
        asked = [ask(client, method, url) for client in browsers.values()]
        answers[address, method] = tuple(answer.status for answer in asked)
        for answer in asked:
            if answer.status == 403:
                assert CYRILLIC.search(answer.context["reason"])
                assert answer.context["reason"] in answer.body
            if answer.status in {302, 403, 404, 405}:
                assert CANARY not in answer.body
            if method == "get":
                assert answer.writes == []

    assert answers == MATRIX


def test_a_draft_does_not_exist_for_those_who_do_not_compose(world, signed_in):
    drafts = plant(world.here, state=Roadmap.State.DRAFT, mark="Черновик")
    # Neither organisations nor schedules nor letters belong to a roadmap; orders have drafts of their own.
    of_roadmaps = [address for address in drafts if not re.match(BELONG_TO_NO_ROADMAP, address)]
    others = [
        browser(world.readers[name], signed_in) for name in READERS if name not in {"stranger", "inactive", "methodist"}
    ]

    answers = {
        (address, method): {ask(client, method, reverse(address, kwargs=drafts[address])).status for client in others}
        for address in of_roadmaps
        for method in ("get", "post")
    }

    assert len(of_roadmaps) > 30
    assert set.union(*answers.values()) == {404, 405}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_without_the_token_of_our_own_page(method, world, signed_in):
    client = signed_in(world.readers["methodist"], enforce_csrf_checks=True)

    for address in addresses():
        answer = ask(client, method, reverse(address, kwargs=world.records.get(address)))

        assert (address, answer.status, answer.writes) == (address, 403, [])


def test_a_post_from_a_foreign_origin_is_refused_even_with_a_token(world, signed_in):
    client = signed_in(world.readers["methodist"], enforce_csrf_checks=True)
    page = client.get(reverse("roadmaps:roadmap-add")).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
    url = reverse("roadmaps:item-remove", kwargs=world.records["roadmaps:item-remove"])

    ours = ask(client, "post", url, data={"csrfmiddlewaretoken": token}, headers={"Origin": "http://testserver"})
    theirs = ask(client, "post", url, data={"csrfmiddlewaretoken": token}, headers={"Origin": "https://evil.example"})

    assert (ours.status, theirs.status) == (302, 403)
