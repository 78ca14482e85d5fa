"""What is known of the people of a school stays in it: a deputy of another school meets none of it anywhere."""

import html
import io
import zipfile

import pytest
from django.db import transaction
from django.urls import reverse

from directory.models import Organisation, StaffMember
from directory.roles import Role
from tests.access.addresses import addresses
from tests.access.planting import CANARY
from tests.factories import directory

#: Words that nothing but the records of the school's people holds.
SURNAME, NUMBER = "Свиристелева", "т-90417"


@pytest.fixture
def named(world):
    """The planted people under a name of their own, with a payroll number, and with versions that tell both."""
    for person in StaffMember.objects.filter(last_name__contains=CANARY):
        person.last_name = SURNAME
        person.save()
        for position in person.positions.all():
            position.number = f"{NUMBER}-{position.pk}"
            position.save()
    return world


def met(world, client, words):
    """The addresses at which one of the words is met: on a page, in a list, in a file or in a book's parts."""
    client.raise_request_exception = False
    found = set()
    for address in addresses():
        with transaction.atomic():
            answer = client.get(reverse(address, kwargs=world.records.get(address)), {"q": SURNAME.lower()})
            content = b"".join(answer)
            transaction.set_rollback(True)
        # What was asked stands in the field of the search, in small letters.
        if any(word in text for text in texts(content) for word in words):
            found.add(address)
    return found


def texts(content):
    """The page as it is read; of a book each of its parts, in which letters stand by their numbers."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [book.read(name) for name in book.namelist()]
    return [html.unescape(part.decode(errors="replace")) for part in parts]


def test_a_deputy_of_another_school_meets_none_of_its_people(named, signed_in):
    another = directory.organisation(municipality=named.here)

    assert met(named, signed_in(directory.reader(Role.DEPUTY, another)), (SURNAME, NUMBER)) == set()


def test_the_deputy_of_the_school_meets_them_in_lists_cards_search_sheets_and_history(named, signed_in):
    """So their absence elsewhere is no accident."""
    own = Organisation.objects.get(pk=named.records["directory:organisation-detail"]["pk"])

    found = met(named, signed_in(directory.reader(Role.DEPUTY, own)), (SURNAME, NUMBER))

    assert {
        "directory:staff-list",
        "directory:staff-detail",
        "directory:staff-history",
        "directory:sheet-download",
        "directory:organisation-detail",
        "portal:search",
    } <= found
