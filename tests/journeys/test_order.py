"""From an imported roadmap to its registered order and the file of it, through the pages of two people."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

from reports.models import Order, Register
from roadmaps.models import Roadmap
from tests.factories import directory

HEAD = ("№ п/п", "Мероприятия", "Сроки", "Ответственные")
ROWS = [
    ("1.", "Провести семинар для новичков", "до 15 октября", "Методисты центра"),
    ("2.", "Открыть школу наставника", "ноябрь", "Руководители объединений"),
    ("3.", "Собрать отчёты школ", "до 1 июня", "Методисты центра"),
]


@pytest.fixture
def staff(centre):
    """A director who signs and a deputy who controls."""
    for last_name, first_name, patronymic, title in (
        ("Липова", "Дарья", "Сергеевна", "директор"),
        ("Жук", "Пётр", "Ильич", "заместитель директора"),
    ):
        person = directory.staff_member(
            municipality=centre.municipality, last_name=last_name, first_name=first_name, patronymic=patronymic
        )
        directory.position(staff_member=person, organisation=centre, title=title)


@pytest.fixture
def desk(page, context, enter, methodist, staff):
    """The methodist's browser, on a roadmap just imported."""
    enter(context, methodist)
    page.goto("/roadmaps/import/")
    page.get_by_label("или вставьте таблицу").fill("\n".join("\t".join(row) for row in (HEAD, *ROWS)))
    page.get_by_role("button", name="Прочитать документ").click()
    page.get_by_role("link", name="Исправить реквизиты").click()
    page.get_by_label("Название").fill("План семинаров")
    page.get_by_label("Начало").fill("2026-09-01")
    page.get_by_label("Окончание").fill("2027-08-31")
    page.get_by_role("button", name="Сохранить").click()
    page.get_by_role("button", name="Сохранить дорожную карту").click()
    page.wait_for_url("**/roadmaps/*/")
    return page


def draw_up(page):
    page.get_by_role("button", name="Составить приказ").click()
    page.wait_for_url("**/orders/*/")


def clause(page, place):
    return page.locator("[data-clause]").nth(place)


def words(page):
    return page.locator("[data-clause] [data-cell=text]").all_inner_texts()


def sheet(page):
    return page.locator(".sheets__picture").first.get_attribute("src")


def test_an_order_is_composed_registered_and_downloaded(desk, context, enter, manager, witness):
    page = desk
    draw_up(page)
    before = sheet(page)

    page.locator("#part-preamble [data-cell]").click()
    page.get_by_label("Преамбула").fill("В целях поддержки новичков")
    page.get_by_label("Преамбула").press("Control+Enter")
    expect(page.locator("[data-saving]")).to_contain_text("сохранено в")
    expect(page.locator(f'.sheets__picture[src="{before}"]')).to_have_count(0)

    page.get_by_label("Контроль исполнения").select_option(label="Жук П. И., заместитель директора")
    expect(clause(page, 1)).to_contain_text("возложить на заместителя директора Жука")
    expect(page.get_by_label("Жук Пётр Ильич")).to_have_value("Жука Петра Ильича")
    if page.locator(".review__names:not([open])").count():
        page.locator(".review__names summary").click()
    page.get_by_label("Жук Пётр Ильич").fill("Жук Петра Ильича")
    page.get_by_role("button", name="Запомнить Жук Пётр Ильич").click()
    expect(clause(page, 1)).to_contain_text("возложить на заместителя директора Жук")
    expect(clause(page, 1)).not_to_contain_text("Жука")
    witness.look(page)

    enter(context, manager)
    page.reload()
    page.get_by_role("link", name="Зарегистрировать").click()
    page.get_by_role("button", name="Зарегистрировать приказ").dblclick()
    page.wait_for_url(re.compile(r"/orders/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Приказ № 1 от 18.11.2026")
    assert Register.objects.get().last_sequence == 1

    with page.expect_download() as started:
        page.get_by_role("link", name="Скачать PDF").click()
    assert started.value.suggested_filename == "Приказ № 1 от 18.11.2026.pdf"
    file = started.value.path()
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    printed = " ".join(text.split())
    assert "В целях поддержки новичков" in printed
    for number, *_ in ROWS:
        assert number in printed
    for word in {word for row in ROWS for cell in row[1:] for word in cell.split()}:
        assert word in printed


def test_an_approved_roadmap_is_changed_by_an_order_only(desk, context, enter, methodist, manager):
    page = desk
    address = page.url
    draw_up(page)
    enter(context, manager)
    page.reload()
    page.get_by_role("link", name="Зарегистрировать").click()
    page.get_by_role("button", name="Зарегистрировать приказ").click()
    page.wait_for_url(re.compile(r"/orders/\d+/$"))

    enter(context, methodist)
    page.goto(address)
    expect(page.locator(".head")).to_contain_text("Дорожная карта утверждена приказом от 18.11.2026 № 1.")
    expect(page.locator("[data-grid]")).to_have_count(0)

    page.get_by_role("button", name="Внести изменения").click()
    page.wait_for_url("**/orders/*/")
    page.goto(address)
    expect(page.locator("[data-grid]")).to_have_count(1)
    assert Roadmap.objects.get().text_state == Roadmap.TextState.AMENDED


def test_clauses_are_added_moved_and_taken_back_by_keys(desk):
    page = desk
    draw_up(page)
    first, second = words(page)

    page.get_by_role("button", name="+ Добавить пункт", exact=True).click()
    page.get_by_label("Текст пункта").fill("Методистам центра помочь школам.")
    page.get_by_label("Текст пункта").press("Control+Enter")
    expect(page.locator("[data-saving]")).to_contain_text("сохранено в")
    edit = clause(page, 2).get_by_role("link", name="Править пункт 3.")
    expect(edit).to_be_focused()

    page.keyboard.press("Alt+ArrowUp")
    expect(clause(page, 1)).to_contain_text("Методистам центра")
    expect(clause(page, 1).get_by_role("link", name="Править пункт 2.")).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    expect(clause(page, 1).locator(".order__number")).to_have_text("1.1.")
    assert words(page) == [first, "Методистам центра помочь школам.", second]

    clause(page, 1).hover()
    clause(page, 1).get_by_role("button", name="Удалить пункт").click()
    expect(page.get_by_text("Пункт удалён.")).to_be_visible()
    page.get_by_role("button", name="Вернуть", exact=True).click()
    expect(clause(page, 1)).to_contain_text("Методистам центра")
    assert [clause.text for clause in Order.objects.get().clauses.living().in_order()][
        1
    ] == "Методистам центра помочь школам."


def test_another_editor_of_a_clause_is_met_with_both_texts(desk, witness):
    page = desk
    draw_up(page)
    clause(page, 0).locator("[data-cell]").click()
    expect(page.get_by_label("Текст пункта")).to_be_focused()
    Order.objects.get().clauses.filter(position=1).update(text="Их пункт")
    page.get_by_label("Текст пункта").fill("Мой пункт")
    page.get_by_label("Текст пункта").press("Control+Enter")

    expect(page.get_by_label("Ваш текст")).to_have_value("Мой пункт")
    expect(page.get_by_label("Сейчас в приказе")).to_have_value("Их пункт")
    page.get_by_role("button", name="Сохранить мой").click()

    expect(clause(page, 0).locator("[data-cell]")).to_have_text("Мой пункт")
    witness.forgive("409")


def test_a_clause_typed_without_a_connection_waits_and_is_saved(desk, context, witness):
    page = desk
    draw_up(page)
    clause(page, 0).locator("[data-cell]").click()
    expect(page.get_by_label("Текст пункта")).to_be_focused()
    context.set_offline(True)
    page.get_by_label("Текст пункта").fill("Пункт без связи")
    page.get_by_label("Текст пункта").press("Control+Enter")
    expect(page.locator("[data-saving]")).to_contain_text("Нет связи, текст сохранён здесь")

    context.set_offline(False)

    expect(clause(page, 0).locator("[data-cell]")).to_have_text("Пункт без связи")
    assert Order.objects.get().clauses.get(position=1).text == "Пункт без связи"
    witness.forgive("ERR_INTERNET_DISCONNECTED", "htmx:sendError")
