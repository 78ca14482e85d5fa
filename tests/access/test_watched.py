"""No page shows somebody's record to somebody else without a trace in the log of accesses."""

import pytest
from django.db import transaction
from django.urls import reverse

from directory.models import StaffMember
from journal.models import Access
from tests.access.addresses import addresses
from tests.access.planting import CANARY

#: A surname that nothing but the record of a person holds.
SURNAME = "Свиристелева"


@pytest.fixture
def named(world):
    """The planted people under a name of their own, so that a page that holds it has read their records."""
    for person in StaffMember.objects.filter(last_name__contains=CANARY):
        person.last_name = SURNAME
        person.save()
    return world


@pytest.mark.parametrize("role", ["administrator", "methodist", "manager"])
def test_whoever_reads_a_record_leaves_a_trace(role, named, signed_in):
    client = signed_in(named.readers[role])
    client.raise_request_exception = False
    shown, silent = [], []

    for address in addresses():
        with transaction.atomic():
            response = client.get(reverse(address, kwargs=named.records.get(address)), {"q": SURNAME.lower()})
            content = b"".join(response)
            if SURNAME in content.decode(errors="replace"):
                shown.append(address)
                silent += [] if Access.objects.exists() else [address]
            transaction.set_rollback(True)

    assert {"directory:staff-list", "directory:staff-detail", "directory:organisation-detail", "portal:search"} <= set(
        shown
    )
    assert silent == []
