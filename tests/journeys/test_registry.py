"""The registry in a real browser: a person is taken on, a second record merged and parted, the person leaves."""

import pytest
from playwright.sync_api import expect

from directory.roles import Role
from tests.factories import directory


@pytest.fixture
def school(centre):
    return directory.organisation(municipality=centre.municipality, title="Школа у реки", short_title="Школа у реки")


@pytest.fixture
def twin(school):
    person = directory.staff_member(
        municipality=school.municipality, last_name="Берёзова", first_name="Дарья", patronymic="Ильинична"
    )
    directory.position(staff_member=person, organisation=school, title="учитель химии")
    return person


def test_a_person_is_taken_on_merged_parted_and_let_go(page, context, enter, methodist, twin):
    enter(context, methodist)
    page.goto("/")
    page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Сотрудники").click()
    page.get_by_role("link", name="Добавить сотрудника").click()
    page.get_by_label("Организация").select_option("Школа у реки")
    page.get_by_label("Должность", exact=False).first.fill("завуч")
    page.get_by_label("Фамилия").fill("Липова")
    page.get_by_label("Имя", exact=False).fill("Дарья")
    page.get_by_role("button", name="Сохранить карточку").click()
    expect(page.get_by_role("heading", name="Липова Дарья")).to_be_visible()

    page.get_by_role("link", name="Объединить").click()
    page.get_by_role("searchbox", name="Найти").last.fill("берез")
    page.get_by_role("button", name="Найти", exact=True).last.click()
    page.get_by_role("link", name="Выбрать").click()
    page.get_by_label("Берёзова").check()
    page.get_by_label("Почему это один человек").fill("Сменила фамилию")
    page.get_by_role("button", name="Объединить записи").click()
    expect(page.get_by_role("heading", name="Берёзова Дарья Ильинична")).to_be_visible()
    expect(page.get_by_role("cell", name="учитель химии", exact=True)).to_be_visible()

    page.locator(".message, [role=status]").get_by_role("button", name="Разъединить").click()
    expect(page.get_by_role("cell", name="завуч", exact=True)).to_have_count(0)

    page.get_by_role("link", name="Уволить").click()
    page.get_by_label("Последний рабочий день").fill("2026-11-17")
    page.get_by_role("button", name="Уволить сотрудника").click()
    expect(page.get_by_text("не работает")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1360])
def test_the_passport_of_a_school_fits_the_screen_and_keeps_its_names(page, context, enter, school, width):
    enter(context, directory.reader(Role.ADMINISTRATOR, school))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(school.get_absolute_url())
    page.get_by_role("link", name="Переименовать").click()
    page.get_by_label("Полное название", exact=False).first.fill("Гимназия у реки")
    page.get_by_label("Короткое название").fill("Гимназия у реки")
    page.get_by_label("С какого дня").fill("2026-09-01")
    page.get_by_role("button", name="Переименовать организацию").click()

    expect(page.get_by_text("до 31.08.2026: Школа у реки")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
