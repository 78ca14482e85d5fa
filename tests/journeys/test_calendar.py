"""The year's working days and a letterhead in a real browser: named, loaded, taken back, readable on a phone."""

import pytest
from playwright.sync_api import expect

from directory.roles import Role


def lies_within(page):
    """Whether nothing has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def own_days(page):
    return page.locator(".table tbody tr")


def test_a_day_is_named_loaded_and_taken_back(page, context, enter, methodist):
    enter(context, methodist)
    page.goto("/")
    page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Рабочие дни").click()
    expect(page.get_by_role("heading", name="Рабочие дни 2026")).to_be_visible()

    page.get_by_role("link", name="Добавить день").click()
    page.get_by_label("День", exact=False).first.fill("2026-08-07")
    page.get_by_label("Почему").fill("День города")
    page.get_by_role("button", name="Сохранить день").click()
    expect(own_days(page)).to_contain_text(["7 августа, пятница"])
    august = page.locator(".month", has_text="Август")
    expect(august.get_by_role("cell", name="7 выходной, свой день")).to_be_visible()

    page.get_by_role("button", name="Отменить").click()
    expect(page.get_by_text("В 2026 году всё как в стране.")).to_be_visible()

    page.get_by_role("link", name="Загрузить дни").click()
    sheet = "день;рабочий;почему\n07.08.2026;нет;День города\n".encode()
    page.get_by_label("Файл").set_input_files({"name": "дни.csv", "mimeType": "text/csv", "buffer": sheet})
    page.get_by_role("button", name="Показать, что изменится").click()
    expect(own_days(page)).to_contain_text(["как в стране"])
    page.get_by_role("button", name="Записать 1 день").click()
    expect(own_days(page)).to_contain_text(["День города"])


@pytest.fixture
def office(page, context, enter, employ):
    """The browser of the administrator."""
    enter(context, employ(Role.ADMINISTRATOR, "Фомин", "Олег"))
    return page


@pytest.mark.parametrize("width", [320, 1360])
def test_the_calendar_and_the_letterhead_fit_the_screen(office, centre, width):
    office.set_viewport_size({"width": width, "height": 800})

    for address in ("/directory/calendar/2025/", f"{centre.get_absolute_url()}letterhead/"):
        office.goto(address)
        assert lies_within(office)

    office.get_by_label("Номер ИНН").fill("7707083894")
    office.get_by_role("button", name="Сохранить бланк").click()
    expect(office.locator(".field--wrong").get_by_text("Контрольная цифра ИНН не сходится")).to_be_visible()

    office.get_by_label("Номер ИНН").fill("7707083893")
    office.get_by_role("button", name="Сохранить бланк").click()
    expect(office.get_by_text("7707083893")).to_be_visible()
    office.get_by_role("link", name="История бланка").click()
    expect(office.get_by_text("запись создана")).to_be_visible()
