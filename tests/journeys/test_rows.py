"""Rows of the plan: walked and moved by keyboard and by mouse, added, removed and brought back, filtered, numbered."""

import re

import pytest
from playwright.sync_api import expect

from roadmaps.models import RoadmapItem
from tests.journeys.grid import Grid


@pytest.fixture
def grid(page, context, enter, methodist, roadmap):
    enter(context, methodist)
    return Grid(page, roadmap)


def order():
    return [item.text for item in RoadmapItem.objects.living().in_order()]


def test_the_keyboard_alone_walks_the_table(grid, items):
    page = grid.page
    page.get_by_role("button", name="Отобрать").focus()
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('[data-cell]')"):
        assert page.evaluate("document.activeElement !== document.body"), "focus is lost"
        page.keyboard.press("Tab")
    expect(grid.cell(items[0], "number")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    page.keyboard.press("ArrowRight")
    expect(grid.cell(items[0], "text")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(grid.cell(items[1], "text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(grid.field).to_be_focused()
    grid.field.fill("Открыть школу молодых")
    page.keyboard.press("Tab")
    expect(grid.cell(items[1], "phrase")).to_be_focused()
    page.keyboard.press("F2")
    expect(grid.field).to_be_focused()
    page.keyboard.press("Escape")
    expect(grid.cell(items[1], "phrase")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(grid.cell(items[0], "number")).to_be_focused()

    assert order()[1] == "Открыть школу молодых"


def test_a_row_moves_by_keyboard_over_the_border_of_its_section(grid, items):
    grid.cell(items[2], "text").focus()
    grid.press_and_move("Alt+ArrowDown")
    expect(grid.cell(items[2], "text")).to_be_focused()

    expected = [
        "Провести семинар",
        "Открыть школу новичка",
        "Посетить уроки",
        "Собрать отчёты школ",
        "Написать справку",
    ]
    assert grid.texts() == expected == order()
    assert RoadmapItem.objects.get(pk=items[2].pk).section == items[3].section
    grid.page.reload()
    assert grid.texts() == expected


def test_a_row_at_the_edge_stays_and_says_so(grid, items):
    grid.cell(items[0], "text").focus()
    grid.page.keyboard.press("Alt+ArrowUp")

    expect(grid.line).to_have_text("Дальше переносить некуда.")
    assert order()[0] == "Провести семинар"


def test_a_row_moves_by_mouse(grid, items):
    grid.page.set_viewport_size({"width": 1280, "height": 1400})
    grid.press_and_move(lambda: grid.cell(items[0], "number").drag_to(grid.row(items[3])))

    texts = grid.texts()
    assert texts.index("Провести семинар") > texts.index("Посетить уроки")
    assert texts == order()
    grid.page.reload()
    assert grid.texts() == texts


def test_the_tools_of_a_row_move_it_and_open_its_card(grid, items):
    height = grid.row(items[1]).bounding_box()["height"]
    grid.row(items[1]).hover()
    assert grid.row(items[1]).bounding_box()["height"] == height
    grid.row(items[1]).get_by_role("button", name="Перенести выше").click()
    grid.page.wait_for_url(f"**#item-{items[1].pk}")
    expect(grid.page.locator("[data-item]").first).to_contain_text("Открыть школу новичка")
    assert order()[0] == "Открыть школу новичка"

    grid.row(items[0]).hover()
    grid.row(items[0]).get_by_role("link", name="Открыть карточку").click()
    expect(grid.page.get_by_role("heading", level=1)).to_have_text("1. Провести семинар")


def test_a_removed_row_comes_back(grid, items):
    grid.row(items[1]).hover()
    grid.row(items[1]).get_by_role("button", name="Удалить мероприятие").click()
    expect(grid.row(items[1])).to_have_count(0)
    assert "Открыть школу новичка" not in order()

    grid.page.get_by_role("status").get_by_role("button", name="Вернуть").click()
    expect(grid.row(items[1])).to_be_visible()
    assert order()[1] == "Открыть школу новичка"


def test_a_row_added_after_a_row_opens_for_typing(grid, items):
    grid.row(items[0]).hover()
    grid.row(items[0]).get_by_role("button", name="Добавить мероприятие ниже").click()
    expect(grid.field).to_be_focused()
    grid.page.keyboard.type("Провести вебинар")
    grid.page.keyboard.press("Tab")
    grid.expect_saved()
    grid.page.keyboard.press("Enter")
    expect(grid.field).to_be_focused()
    grid.page.keyboard.type("май")
    grid.page.keyboard.press("Control+Enter")

    added = grid.page.locator("[data-item]").nth(1)
    expect(added).to_contain_text("31 мая 2027")
    assert order()[:3] == ["Провести семинар", "Провести вебинар", "Открыть школу новичка"]
    grid.page.reload()
    assert grid.texts() == order()


def test_a_second_press_adds_no_second_row(grid):
    grid.page.get_by_role("button", name="+ Добавить мероприятие").last.dblclick()
    expect(grid.field).to_be_focused()
    grid.page.keyboard.type("Провести вебинар")
    grid.page.keyboard.press("Control+Enter")
    grid.expect_saved()

    assert order()[5:] == ["Провести вебинар"]
    expect(grid.page.locator("[data-item]")).to_have_count(6)


def test_filters_are_kept_in_the_address(grid):
    page = grid.page
    page.get_by_label("Состояние").select_option("просрочено")
    page.get_by_role("button", name="Отобрать").click()
    page.wait_for_url(re.compile("state=late"))
    assert grid.texts() == ["Провести семинар"]

    page.get_by_role("link", name="Показать всё").click()
    expect(page.locator("[data-item]")).to_have_count(5)
    page.get_by_label("Ответственный").select_option("Руководители ШМО")
    page.get_by_role("button", name="Отобрать").click()
    page.wait_for_url(re.compile("party="))
    assert grid.texts() == ["Открыть школу новичка", "Посетить уроки"]

    page.locator(".heat").get_by_role("link", name=re.compile("^апр")).click()
    page.wait_for_url(re.compile("month=2027-04"))
    assert grid.texts() == ["Посетить уроки"]

    page.go_back()
    expect(page.locator("[data-item]")).to_have_count(2)
    page.go_back()
    expect(page.locator("[data-item]")).to_have_count(5)


def test_under_a_filter_a_row_does_not_move(grid, items):
    grid.page.goto(f"{grid.page.url}?state=late")
    grid.cell(items[0], "text").focus()
    grid.page.keyboard.press("Alt+ArrowDown")

    expect(grid.line).to_have_text("Строки переносят, когда показаны все: снимите отбор.")


def test_rows_are_numbered_through(grid, items):
    grid.cell(items[4], "text").focus()
    grid.press_and_move("Alt+ArrowUp")
    assert grid.numbers() == ["1.", "2.", "3.", "5.", "4."]

    grid.page.get_by_role("button", name="Перенумеровать по порядку").click()
    expect(grid.page.get_by_role("status").filter(has_text="Строки перенумерованы.")).to_be_visible()
    assert grid.numbers() == ["1.", "2.", "3.", "4.", "5."]
