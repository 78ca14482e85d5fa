"""One approved roadmap with a section, and those who work on it."""

import pytest

from directory.roles import Role
from tests.factories import directory, roadmaps


@pytest.fixture
def centre(db, today):
    return directory.organisation()


@pytest.fixture
def methodist(centre):
    return directory.reader(Role.METHODIST, centre)


@pytest.fixture
def manager(centre):
    return directory.reader(Role.MANAGER, centre)


@pytest.fixture
def roadmap(centre):
    return roadmaps.approved(municipality=centre.municipality)


@pytest.fixture
def section(roadmap):
    return roadmaps.section(roadmap=roadmap)


@pytest.fixture
def item(section):
    return roadmaps.item(section=section)


@pytest.fixture
def desk(signed_in, methodist):
    """The methodist's browser."""
    return signed_in(methodist)
