"""A municipality with one record behind every address, another one beside it, and every kind of reader."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from directory.models import Account, Municipality
from tests.access.planting import Arguments, plant, readers
from tests.factories import directory


@dataclass(frozen=True)
class World:
    """``here`` is where the readers work; ``records`` holds the arguments of each address that leads to a record."""

    here: Municipality
    elsewhere: Municipality
    readers: dict[str, Account | None]
    records: dict[str, Arguments]


@pytest.fixture
def world(db, today):
    here, elsewhere = directory.municipality(), directory.municipality()
    return World(here, elsewhere, readers(here, elsewhere, yesterday=today - timedelta(days=1)), plant(here))
