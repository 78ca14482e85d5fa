"""A small city with deadlines, and moments of its days."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from directory.models import Organisation
from directory.roles import Role
from tests.factories import directory, roadmaps
from tests.processes import _laid_tables, laid_stores, port, start, stores

__all__ = ["_laid_tables", "laid_stores", "port", "start", "stores"]


class City:
    """A centre, a school, a methodist who keeps the approved roadmap, a deputy who owes."""

    zone = ZoneInfo("Asia/Yekaterinburg")

    def __init__(self):
        self.centre = directory.organisation(kind=Organisation.Kind.CENTRE)
        self.municipality = self.centre.municipality
        self.school = directory.organisation(municipality=self.municipality)
        self.methodist = self.reader(Role.METHODIST, self.centre)
        self.deputy = self.reader(Role.DEPUTY, self.school)
        self.roadmap = roadmaps.approved(
            municipality=self.municipality, created_by=self.methodist, title="Дорожная карта наставничества"
        )
        self.section = roadmaps.section(roadmap=self.roadmap)

    def reader(self, role, at=None, **appointment):
        person = directory.staff_member(municipality=self.municipality)
        return directory.reader(role, at or self.school, staff=person, **appointment)

    def point(self, *owing, due_on, text="Сдать отчёт", **fields):
        """An open point of an item on which these accounts stand as responsible."""
        item = roadmaps.item(section=fields.pop("section", self.section), text=text)
        for place, account in enumerate(owing):
            roadmaps.party(item=item, position=place, staff_member=account.staff_member)
        return roadmaps.point(item=item, due_on=due_on, **fields)

    def moment(self, day, hour=7, minute=30):
        return datetime.combine(date.fromisoformat(day), time(hour, minute), self.zone)


@pytest.fixture
def city(db):
    return City()
