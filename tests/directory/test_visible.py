"""A record looked up by a question worded once for a role: exactly the records that the rule itself shows."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from directory.roles import Role
from directory.visible import Visible
from kit.verdicts import ALLOWED, denied
from roadmaps.models import RoadmapItem
from tests.factories import directory, roadmaps

ITEMS = Visible(RoadmapItem.objects.select_related("section__roadmap"))


@pytest.fixture
def items(db, today):
    """A row of a draft and one of an approved roadmap, in two municipalities."""
    places = [directory.organisation(), directory.organisation()]
    return places, [
        roadmaps.item(section=roadmaps.section(roadmap=roadmaps.roadmap(municipality=place.municipality, state=state)))
        for place in places
        for state in ("draft", "approved")
    ]


def found(item, account):
    try:
        return ITEMS.get(item.pk, account, lambda *_: ALLOWED)
    except Http404:
        return None


@pytest.mark.parametrize("role", [*Role, None])
def test_each_role_finds_what_the_rule_shows(role, items, today):
    places, rows = items

    for place in places:
        account = (directory.reader(role, place) if role else directory.account()).act(today)

        shown = set(RoadmapItem.objects.visible_to(account))
        assert {item for item in rows if found(item, account)} == shown
        assert len(shown) == {Role.METHODIST: 2, None: 0}.get(role, 1)


def test_a_dismissed_account_finds_nothing_from_the_next_question_on(items, today):
    places, rows = items
    account = directory.reader(Role.METHODIST, places[0]).act(today)
    assert found(rows[0], account) == rows[0]

    account.acting_as.ends_on = today.replace(year=today.year - 1)
    account.act(today)

    assert found(rows[0], account) is None


def test_the_policy_is_asked_about_the_record_found(items, today):
    places, rows = items
    account = directory.reader(Role.METHODIST, places[0]).act(today)

    with pytest.raises(PermissionDenied, match="Нельзя"):
        ITEMS.get(rows[1].pk, account, lambda *_: denied("Нельзя"))


def test_a_number_that_no_record_can_have_is_not_found(items, today):
    places, _ = items
    account = directory.reader(Role.METHODIST, places[0]).act(today)

    with pytest.raises(Http404):
        ITEMS.get(2**63, account, lambda *_: ALLOWED)
