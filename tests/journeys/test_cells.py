"""A cell in hand: typed, saved at once, kept through a lost connection, a session that ended and another editor."""

import pytest
from playwright.sync_api import expect

from directory.roles import Role
from roadmaps.models import RoadmapItem
from tests.journeys.grid import Grid


@pytest.fixture
def grid(page, context, enter, methodist, roadmap):
    enter(context, methodist)
    return Grid(page, roadmap)


def text_of(item):
    return RoadmapItem.objects.get(pk=item.pk).text


def test_escape_leaves_the_cell_as_it_was(grid, items):
    cell = grid.cell(items[0], "text")
    cell.click()
    grid.field.fill("Провести совещание")
    grid.field.press("Escape")

    expect(cell).to_have_text("Провести семинар")
    expect(cell).to_be_focused()
    grid.page.reload()
    expect(cell).to_have_text("Провести семинар")
    assert text_of(items[0]) == "Провести семинар"


def test_a_text_of_two_lines_keeps_them(grid, items):
    grid.cell(items[0], "text").click()
    grid.field.fill("Провести семинар")
    grid.field.press("Shift+Enter")
    grid.field.press_sequentially("и круглый стол")
    grid.field.press("Enter")
    grid.expect_saved()

    expect(grid.cell(items[1], "text")).to_be_focused()
    assert text_of(items[0]) == "Провести семинар\nи круглый стол"
    assert grid.texts()[0] == "Провести семинар\nи круглый стол"


def test_the_understanding_of_a_deadline_is_shown_before_it_is_saved(grid, items):
    grid.cell(items[0], "phrase").click()
    understood = grid.row(items[0]).locator(".cell__understood")
    expect(understood).to_contain_text("Понято: 15 октября")
    grid.field.fill("в мае")
    expect(understood).to_contain_text("31.05.2027")
    grid.field.fill("когда-нибудь")
    expect(understood).to_contain_text("?")
    grid.field.fill("май")
    expect(understood).to_contain_text("31.05.2027")
    grid.field.press("Control+Enter")
    grid.expect_saved()

    expect(grid.cell(items[0], "phrase")).to_be_focused()
    expect(grid.row(items[0])).to_contain_text("31 мая 2027, через 194 дня")
    assert [str(point) for point in items[0].points.all()] == ["31.05.2027"]


@pytest.fixture
def theirs(browser, browser_context_args, enter, employ, roadmap):
    """The same plan in a colleague's browser."""
    colleague = browser.new_context(**browser_context_args)
    enter(colleague, employ(Role.METHODIST, "Орлова"))
    yield Grid(colleague.new_page(), roadmap)
    colleague.close()


def test_two_editors_of_one_cell_lose_nothing(grid, theirs, items, witness):
    cell = grid.cell(items[0], "text")
    cell.click()
    grid.field.fill("Провести вебинар")

    theirs.write(items[0], "text", "Провести круглый стол")
    theirs.expect_saved()
    grid.field.press("Control+Enter")

    told = grid.page.get_by_role("alert")
    expect(told).to_contain_text("эту ячейку изменил кто-то ещё")
    expect(told.get_by_label("Ваш текст")).to_have_value("Провести вебинар")
    expect(told.get_by_label("Сейчас в таблице")).to_have_value("Провести круглый стол")
    expect(told.get_by_label("Ваш текст")).to_be_focused()
    assert text_of(items[0]) == "Провести круглый стол"

    told.get_by_role("button", name="Сохранить мой").click()
    expect(cell).to_have_text("Провести вебинар")
    expect(cell).to_be_focused()
    assert text_of(items[0]) == "Провести вебинар"
    witness.forgive("409 (Conflict)")
    grid.page.goto(f"{items[0].get_absolute_url()}history/")
    expect(grid.page.locator(".timeline")).to_contain_text("Провести круглый стол")


def test_the_second_editor_may_leave_the_first_one_s_text(grid, items, methodist, witness):
    grid.cell(items[0], "phrase").click()
    grid.field.fill("май")
    items[0].sign(by=methodist)
    items[0].phrase = "июнь"
    items[0].save()

    grid.field.press("Control+Enter")
    grid.page.get_by_role("button", name="Оставить этот").click()

    expect(grid.cell(items[0], "phrase")).to_have_text("июнь")
    expect(grid.cell(items[0], "phrase")).to_be_focused()
    witness.forgive("409 (Conflict)")


def test_a_text_is_kept_without_a_connection_and_saved_when_it_returns(grid, context, items, witness):
    cell = grid.cell(items[0], "text")
    cell.click()
    grid.field.fill("Провести вебинар")
    context.set_offline(True)
    grid.field.press("Control+Enter")

    expect(grid.line).to_have_text("Нет связи, текст сохранён здесь. Повторим сами.")
    expect(grid.field).to_have_value("Провести вебинар")
    assert text_of(items[0]) == "Провести семинар"
    witness.forgive("ERR_INTERNET_DISCONNECTED", "htmx:")

    context.set_offline(False)
    expect(cell).to_have_text("Провести вебинар")
    grid.expect_saved()
    assert text_of(items[0]) == "Провести вебинар"


def test_a_text_that_was_not_saved_is_shown_after_a_reload(grid, items, witness):
    cell, kept = grid.cell(items[0], "text"), grid.row(items[0]).locator("[data-kept]")
    cell.click()
    grid.page.route("**/cells/text/", lambda route: route.abort())
    grid.field.fill("Провести вебинар")
    grid.field.press("Control+Enter")
    expect(grid.line).to_contain_text("Нет связи")
    witness.forgive("ERR_FAILED", "htmx:")
    grid.page.unroute("**/cells/text/")

    grid.page.reload()
    expect(cell).to_have_text("Провести семинар")
    expect(kept).to_have_text("Не сохранено: «Провести вебинар». Откройте ячейку и сохраните.")
    cell.click()
    expect(grid.field).to_have_value("Провести вебинар")
    grid.field.press("Control+Enter")

    grid.expect_saved()
    assert text_of(items[0]) == "Провести вебинар"
    grid.page.reload()
    expect(kept).to_have_count(0)


def test_a_text_kept_for_long_still_meets_what_was_written_meanwhile(grid, items, methodist, witness):
    grid.cell(items[0], "text").click()
    grid.field.fill("Провести вебинар")
    grid.page.reload()
    items[0].sign(by=methodist)
    items[0].text = "Провести круглый стол"
    items[0].save()
    grid.page.reload()

    grid.cell(items[0], "text").click()
    grid.field.press("Control+Enter")

    expect(grid.page.get_by_label("Сейчас в таблице")).to_have_value("Провести круглый стол")
    assert text_of(items[0]) == "Провести круглый стол"
    witness.forgive("409 (Conflict)")


def test_a_text_outlives_the_session(grid, context, enter, methodist, items):
    cell = grid.cell(items[0], "text")
    cell.click()
    grid.field.fill("Провести вебинар")
    elsewhere = context.new_page()
    elsewhere.goto("/")
    elsewhere.get_by_role("button", name="Выйти").click()
    expect(elsewhere.get_by_role("heading", name="Вход на портал")).to_be_visible()
    grid.page.bring_to_front()
    grid.field.press("Control+Enter")

    expect(grid.line).to_contain_text("Сеанс закончился")
    expect(grid.field).to_have_value("Провести вебинар")
    assert text_of(items[0]) == "Провести семинар"

    enter(context, methodist)
    grid.field.press("Control+Enter")
    expect(cell).to_have_text("Провести вебинар")
    assert text_of(items[0]) == "Провести вебинар"
