"""The search of the bar: four kinds, each by what its reader may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Organisation, StaffMember
from directory.roles import Role
from reports.models import Order
from roadmaps.models import Roadmap
from tests.factories import directory, reports, roadmaps

TYPING = {"HX-Request": "true"}


def plant(where, name):
    """One record of each kind that these words find."""
    school = directory.organisation(municipality=where, short_title=f"Школа {name}", title=f"Школа {name}")
    person = directory.staff_member(municipality=where, last_name=name)
    directory.position(staff_member=person, organisation=school)
    roadmap = roadmaps.approved(municipality=where, title=f"План {name}")
    reports.registered_order(roadmap=roadmap, heading=f"О плане {name}")
    return school


@pytest.fixture
def school(db):
    return plant(directory.municipality(), "Берёзовая")


@pytest.fixture
def browser(school, signed_in, today):
    return signed_in(directory.reader(Role.METHODIST, school))


def found(browser, words, **headers):
    response = browser.get(reverse("portal:search"), {"q": words}, headers=headers)
    return {group.label: [each.title for each in group.found] for group in response.context["groups"]}


def test_four_kinds_are_found_in_any_case_with_e_or_yo(browser):
    assert found(browser, "БЕРЕЗОВ") == {
        "Организации": ["Школа Берёзовая"],
        "Сотрудники": ["Берёзовая Дарья"],
        "Дорожные карты": ["План Берёзовая"],
        "Приказы": ["О плане Берёзовая"],
    }


def test_nothing_foreign_is_found(browser):
    plant(directory.municipality(), "Чужеродная")

    assert found(browser, "чужеродн") == {}


def test_the_foreign_would_be_found(browser, monkeypatch):
    """With the boundaries off all four come, so their absence above proves the boundaries."""
    plant(directory.municipality(), "Чужеродная")
    for model in (Organisation, StaffMember, Roadmap, Order):
        monkeypatch.setattr(model._default_manager._queryset_class, "visible_to", lambda rows, account: rows.all())

    assert len(found(browser, "чужеродн")) == 4


def test_a_teacher_finds_no_colleagues_and_no_drafts(school, signed_in, today):
    draft = roadmaps.roadmap(municipality=school.municipality, title="Задумка Берёзовая", state=Roadmap.State.DRAFT)
    reports.order(roadmap=draft, heading="О задумке Берёзовая")

    assert found(signed_in(directory.reader(Role.TEACHER, school)), "берёзов") == {
        "Организации": ["Школа Берёзовая"],
        "Дорожные карты": ["План Берёзовая"],
        "Приказы": ["О плане Берёзовая"],
    }


@pytest.mark.parametrize("words", ["", "б", "№", "  -  "])
def test_less_than_two_letters_find_nothing(words, browser):
    assert found(browser, words) == {}


def test_typing_shows_five_of_a_kind_and_the_page_twenty_with_a_way_to_the_rest(browser, school):
    for number in range(25):
        directory.organisation(municipality=school.municipality, short_title=f"Лицей № {number}")

    assert found(browser, "лицей", **TYPING)["Организации"] == [f"Лицей № {number}" for number in range(5)]
    assert len(found(browser, "лицей")["Организации"]) == 20
    page = browser.get(reverse("portal:search"), {"q": "лицей"}).content.decode()
    assert f"{reverse('directory:organisation-list')}?q=%D0%BB%D0%B8%D1%86%D0%B5%D0%B9" in page


def test_the_queries_are_few_and_do_not_grow(browser, school):
    asked = []
    for more in (0, 3, 200):
        directory.organisation(municipality=school.municipality)
        for _ in range(more):
            directory.position(
                staff_member=directory.staff_member(municipality=school.municipality, last_name="Берёзовая"),
                organisation=school,
            )
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("portal:search"), {"q": "берез"}, headers=TYPING)
        asked.append(sum(" LIKE " in query["sql"] for query in captured))

    assert asked == [4, 4, 4]
