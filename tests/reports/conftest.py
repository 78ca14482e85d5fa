"""A centre with those who compose and register, and an order that nothing speaks against."""

import pytest

from directory.models import Organisation
from directory.roles import Role
from tests.factories import directory, reports, roadmaps


@pytest.fixture
def centre(db, today):
    return directory.organisation(kind=Organisation.Kind.CENTRE)


@pytest.fixture
def desk(signed_in, centre):
    """The methodist's browser."""
    return signed_in(directory.reader(Role.METHODIST, centre))


@pytest.fixture
def bench(signed_in, centre):
    """The manager's browser."""
    return signed_in(directory.reader(Role.MANAGER, centre))


@pytest.fixture
def draft_roadmap(centre):
    return roadmaps.roadmap(municipality=centre.municipality, title="План встреч")


@pytest.fixture
def order(centre, draft_roadmap):
    return reports.ready_order(roadmap=draft_roadmap, issuer=centre, heading="О плане")


@pytest.fixture
def deputy_head(centre):
    person = directory.staff_member(
        municipality=centre.municipality, last_name="Рябова", first_name="Анна", patronymic="Павловна"
    )
    directory.position(staff_member=person, organisation=centre, title="заместитель директора")
    return person
