"""Every page of the menu in the demo city, as each role sees it: whole on a wide screen and on a phone."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from directory.models import Account
from portal.demo.logins import LOGINS

WIDE, PHONE = {"width": 1360, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture
def city(transactional_db, today):
    call_command("demo", on=today)


def width_beyond(page):
    return page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.role.value)
def test_each_role_opens_every_page_of_its_menu(city, page, context, enter, login):
    cut = []
    enter(context, Account.objects.get(email=login.email))
    page.set_viewport_size(WIDE)
    page.goto("/")
    menu = page.get_by_role("navigation", name="Разделы").get_by_role("link")
    addresses = [link.get_attribute("href") for link in menu.all()]
    for address in addresses:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            if width_beyond(page) > 0:
                cut.append((address, size["width"]))
        page.set_viewport_size(WIDE)

    assert cut == []


def test_the_largest_roadmap_and_a_card_are_whole_at_any_size(city, page, context, enter):
    enter(context, Account.objects.get(email="methodist@example.org"))
    page.goto("/roadmaps/")
    page.locator(".table__main").first.click()
    page.wait_for_url("**/roadmaps/*/")
    roadmap = page.url
    cut = []
    card = page.locator(".plan__state a").first.evaluate("(link) => link.href")
    for address in (roadmap, f"{roadmap}history/", card):
        page.goto(address)
        for width in (1360, 680, 320):
            page.set_viewport_size({"width": width, "height": 640})
            if width_beyond(page) > 0:
                cut.append((address, width))
    assert cut == []


def test_states_are_words_where_the_system_takes_the_colours(city, page, context, enter, witness):
    enter(context, Account.objects.get(email="methodist@example.org"))
    page.goto("/roadmaps/")
    # Axe reckons contrast with the page's own colours, which nobody sees in this mode: it looks before and after.
    witness.finish(page)
    page.emulate_media(forced_colors="active")
    expect(page.locator(".badge").first).to_have_text(re.compile(r"\S"))
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.emulate_media(forced_colors="none")
