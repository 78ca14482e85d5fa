"""A methodist looks for people in a real browser: in the bar, in the list, and changes two cards at once."""

import re

import pytest
from playwright.sync_api import expect

from directory.models import StaffMember
from tests.factories import directory


@pytest.fixture
def people(centre):
    made = [
        directory.staff_member(municipality=centre.municipality, last_name=name) for name in ("Берёзова", "Ольхова")
    ]
    for person in made:
        directory.position(staff_member=person, organisation=centre)
    return made


def test_people_are_found_in_the_bar_with_keys_alone(page, context, enter, methodist, people):
    enter(context, methodist)
    page.goto("/")
    found = page.get_by_role("listbox", name="Найденное")

    page.keyboard.press("/")
    page.keyboard.type("берез", delay=20)
    expect(found.get_by_role("option")).to_have_text([re.compile("Берёзова"), "Всё найденное"])
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()

    page.keyboard.type("о", delay=20)
    expect(found).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(found.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Берёзова"))).to_be_visible()


def test_two_cards_are_changed_at_once_and_brought_back(page, context, enter, methodist, people):
    enter(context, methodist)
    page.goto("/directory/staff/")
    page.get_by_text("Ещё отбор").click()
    page.get_by_label("Работают").select_option("сейчас")
    page.get_by_text("Столбцы", exact=True).click()
    page.get_by_label("Уроки").check()
    page.get_by_role("button", name="Отобрать").click()
    expect(page.get_by_role("columnheader", name="Уроки")).to_be_visible()

    page.get_by_label("Отметить: Берёзова").check()
    page.get_by_label("Отметить: Ольхова").check()
    page.get_by_role("button", name="Изменить отмеченных").click()
    page.get_by_label("Ведёт уроки").select_option("да")
    page.get_by_label("Причина").fill("Тарификация")
    page.get_by_role("button", name="Показать, что изменится").click()
    page.get_by_role("button", name="Записать 2 карточки").click()
    expect(page.get_by_text("Записано: 2 карточки.")).to_be_visible()
    assert StaffMember.objects.filter(has_teaching_load=True).count() == 2

    page.get_by_role("button", name="Отменить").click()
    expect(page.get_by_text("Правка отменена: 2 карточки.")).to_be_visible()
    assert not StaffMember.objects.filter(has_teaching_load=True).exists()


@pytest.fixture
def office(page, context, enter, methodist, people):
    """The browser of a methodist with people to look at."""
    enter(context, methodist)
    return page


@pytest.mark.parametrize("width", [320, 1360])
def test_the_lists_and_the_search_fit_the_screen(office, width):
    office.set_viewport_size({"width": width, "height": 800})

    for address in (
        "/directory/staff/",
        "/directory/organisations/",
        "/search/?q=берез",
        "/directory/views/add/?list=staff&query=work%3Dnow",
    ):
        office.goto(address)
        assert office.evaluate("document.documentElement.scrollWidth <= innerWidth")

    office.get_by_label("Название").fill("Работают")
    office.get_by_role("button", name="Сохранить вид").click()
    expect(office.get_by_role("link", name="Работают", exact=True)).to_be_visible()
