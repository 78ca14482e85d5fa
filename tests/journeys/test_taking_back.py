"""A saved cell taken back: by the button beside «сохранено» and by Ctrl+Z, never over somebody else's text."""

import pytest
from playwright.sync_api import expect

from roadmaps.models import RoadmapItem
from tests.journeys.grid import Grid


@pytest.fixture
def grid(page, context, enter, methodist, roadmap):
    enter(context, methodist)
    return Grid(page, roadmap)


def test_the_button_brings_the_former_deadline_and_its_understanding_back(grid, items):
    cell = grid.cell(items[0], "phrase")
    former, understood = cell.inner_text(), grid.row(items[0]).locator(".understood").first.inner_text()
    grid.write(items[0], "phrase", "май")
    grid.expect_saved()

    grid.page.get_by_role("button", name="Вернуть прежнее").click()

    expect(grid.cell(items[0], "phrase")).to_have_text(former)
    expect(grid.row(items[0]).locator(".understood").first).to_have_text(understood)
    assert [version.phrase for version in items[0].history.order_by("history_id")][-3:] == [former, "май", former]


def test_ctrl_z_brings_the_former_text_back_once(grid, items):
    grid.write(items[0], "text", "Совсем другой текст")
    grid.expect_saved()

    grid.page.keyboard.press("Control+z")

    expect(grid.cell(items[0], "text")).to_have_text("Провести семинар")
    expect(grid.page.get_by_role("button", name="Вернуть прежнее")).to_have_count(0)


def test_a_text_that_somebody_has_changed_since_is_not_written_over(grid, items, witness):
    grid.write(items[0], "text", "Мой текст")
    grid.expect_saved()
    RoadmapItem.objects.filter(pk=items[0].pk).update(text="Чужой текст")

    grid.page.get_by_role("button", name="Вернуть прежнее").click()

    expect(grid.row(items[0])).to_contain_text("эту ячейку изменил кто-то ещё")
    assert RoadmapItem.objects.get(pk=items[0].pk).text == "Чужой текст"
    witness.forgive("409 (Conflict)")
