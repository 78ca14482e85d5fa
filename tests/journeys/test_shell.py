"""What every page does by itself: its menu, dialogs and keys, what is typed kept, any size and any theme."""

import pytest
from playwright.sync_api import expect

from tests.factories import roadmaps

ADD = "/roadmaps/add/"


@pytest.fixture
def signed(page, context, enter, methodist):
    enter(context, methodist)
    return page


@pytest.fixture
def plan(methodist):
    roadmap = roadmaps.roadmap(municipality=methodist.acting_as.organisation.municipality)
    roadmaps.item(section=roadmaps.section(roadmap=roadmap))
    return roadmap


def arrive(page, address):
    """Open a page and wait until it is painted: Chromium drops the keys pressed before."""
    page.goto(address)
    page.wait_for_function("performance.getEntriesByType('paint').length > 0")


def press(page, name):
    """Press a button that leads to a page, and wait until that page is whole."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def lies_within(page):
    """Whether nothing has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_menu_is_a_panel_of_its_button(signed):
    signed.set_viewport_size({"width": 320, "height": 640})
    signed.goto("/")
    link = signed.get_by_role("navigation", name="Разделы").get_by_role("link", name="Дорожные карты")
    expect(link).to_be_hidden()

    signed.get_by_role("button", name="Меню").click()
    expect(link).to_be_visible()
    signed.keyboard.press("Escape")
    expect(link).to_be_hidden()

    signed.get_by_role("button", name="Меню").click()
    link.click()
    signed.wait_for_url("**/roadmaps/")


@pytest.mark.parametrize(
    ("width", "look"),
    [(320, "auto"), (1280, "dark"), (1280, "black-on-white.large.wide"), (360, "white-on-black.largest.wide")],
    ids=["phone", "dark", "weak sight", "weak sight on a phone"],
)
def test_pages_are_whole_at_any_size_and_in_any_theme(signed, plan, width, look):
    signed.context.add_cookies([{"name": "appearance", "value": look, "domain": "localhost", "path": "/"}])
    signed.set_viewport_size({"width": width, "height": 640})

    cut = []
    for address in ("/", "/roadmaps/", plan.get_absolute_url(), ADD):
        signed.goto(address)
        if not lies_within(signed):
            cut.append(address)

    assert cut == []


def test_a_key_opens_the_help_on_keys(signed):
    arrive(signed, "/")

    signed.keyboard.press("?")
    expect(signed.get_by_role("dialog", name="Клавиши")).to_be_visible()
    signed.keyboard.press("Escape")
    expect(signed.get_by_role("dialog", name="Клавиши")).to_be_hidden()


def test_a_key_leads_to_the_search(signed):
    arrive(signed, "/")

    signed.keyboard.press("/")

    expect(signed.get_by_role("combobox", name="Найти организацию, сотрудника, карту или приказ")).to_be_focused()


def test_the_first_key_leads_past_the_menu(signed):
    arrive(signed, "/")

    signed.keyboard.press("Tab")
    expect(signed.get_by_role("link", name="К содержанию")).to_be_focused()
    signed.keyboard.press("Enter")
    expect(signed.locator("main")).to_be_focused()


def test_what_was_typed_waits_until_it_is_saved(signed):
    asked = []
    signed.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    signed.goto(ADD)
    signed.get_by_label("Название").fill("Карта наставничества")

    signed.goto("/")
    assert asked == ["beforeunload"]

    signed.goto(ADD)
    signed.get_by_role("button", name="Вернуть его").click()
    expect(signed.get_by_label("Название")).to_have_value("Карта наставничества")

    signed.get_by_label("Начало").fill("2026-09-01")
    signed.get_by_label("Окончание").fill("2027-08-31")
    signed.get_by_label("Следить за сроками с").fill("2026-09-01")
    signed.get_by_role("button", name="Сохранить").click()
    signed.wait_for_url("**/roadmaps/*/")

    signed.goto(ADD)
    expect(signed.get_by_label("Название")).to_have_value("")
    expect(signed.get_by_role("button", name="Вернуть его")).to_have_count(0)


def test_a_refused_form_names_its_errors_and_takes_focus(signed):
    signed.goto(ADD)
    signed.get_by_label("Начало").fill("2027-09-01")
    signed.get_by_label("Окончание").fill("2026-09-01")
    signed.get_by_role("button", name="Сохранить").click()

    summary = signed.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Название").click()
    expect(signed.get_by_label("Название")).to_be_focused()


def test_a_form_goes_out_once(signed):
    sent = []
    signed.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    signed.goto("/")

    with signed.expect_navigation():
        signed.get_by_role("button", name="Версия для слабовидящих").evaluate(
            "(button) => { button.click(); button.click(); }"
        )

    assert len(sent) == 1


def test_the_look_is_chosen_and_stays(signed):
    signed.goto("/")
    press(signed, "Версия для слабовидящих")
    press(signed, "белым по чёрному")
    expect(signed.get_by_role("button", name="белым по чёрному")).to_have_attribute("aria-pressed", "true")

    signed.goto("/roadmaps/")
    assert signed.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(0, 0, 0)"
    press(signed, "Обычная версия")
    expect(signed.get_by_role("button", name="Версия для слабовидящих")).to_be_visible()


def test_paper_shows_the_plan_and_none_of_the_portal(signed, plan):
    signed.goto(plan.get_absolute_url())
    signed.emulate_media(media="print")

    expect(signed.locator(".plan")).to_be_visible()
    expect(signed.get_by_role("heading", level=1)).to_be_visible()
    for part in (".bar", ".menu", ".foot", ".plan__state", ".head__act"):
        expect(signed.locator(part).first).to_be_hidden()
