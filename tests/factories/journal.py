"""The smallest valid records of the journal."""

from datetime import UTC, datetime
from typing import Any

from model_bakery import baker

from journal.models import Access


def access(**fields: Any) -> Access:
    """A methodist has opened a card; of which municipality and whose, does not matter."""
    usual = {
        "at": datetime(2026, 11, 17, 9, 30, tzinfo=UTC),
        "municipality": 1,
        "reader": 1,
        "reader_name": "Осокина В.",
        "role": "методист",
        "person": 1,
        "person_name": "Липова Дарья Олеговна",
        "deed": Access.Deed.CARD,
        "address": "/",
    }
    return baker.make(Access, **usual | fields)
