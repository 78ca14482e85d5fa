"""The first day with the portal: a real document comes in through the browser and is worked with at once."""

import pytest
from playwright.sync_api import expect

from roadmaps.models import ControlPoint, Proof, Roadmap, RoadmapItem
from tests.factories.directory import PASSWORD
from tests.roadmaps.importers import twins

pytestmark = pytest.mark.skipif(not twins.SEEDS.exists(), reason="the real documents are not beside the project")

MINUTES = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


@pytest.fixture
def sign_in(page, methodist):
    page.goto("/")
    page.get_by_label("Электронная почта").fill(methodist.email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_role("heading", name="Мои сроки")).to_be_visible()


def bring(page, name, content):
    """Bring a document from home to its preview."""
    page.get_by_role("link", name="Загрузить документ").click()
    page.get_by_label("Файл").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Прочитать документ").click()
    page.wait_for_url("**/imports/*/")


def texts(page):
    return page.locator("[data-item] [data-cell=text]").all_inner_texts()


def test_the_methodist_brings_a_text_and_works_with_it(page, sign_in, methodist):
    bring(page, "000.txt", twins.seed(0))

    expect(page.locator(".facts")).to_contain_text("28")
    expect(page.locator("tr[id^=row-]")).to_have_count(28)
    early = page.locator("tr[id^=row-]", has=page.locator(".plan__when", has_text="Февраль, 2021"))
    expect(early.locator(".plan__remark")).to_contain_text("раньше документа от 24.11.2021")
    assert not Roadmap.objects.exists()

    page.get_by_role("button", name="Сохранить дорожную карту").click()
    page.wait_for_url("**/roadmaps/*/")
    expect(page.locator("[data-item]")).to_have_count(28)
    assert RoadmapItem.objects.count() == 28
    early = page.locator("[data-item]", has=page.locator(".plan__when", has_text="Февраль, 2021"))
    expect(early).to_contain_text("28 февраля 2021")
    expect(early.locator(".plan__remark")).to_contain_text("раньше документа от 24.11.2021")

    edit_a_deadline_in_place(page)
    move_a_row_by_keyboard(page)
    mark_one_done_with_a_file(page)
    see_it_in_the_history(page, methodist)


def edit_a_deadline_in_place(page):
    item = RoadmapItem.objects.get(number="11.")
    cell = page.locator(f"#item-{item.pk} [data-cell=phrase]")
    cell.click()
    field = page.get_by_role("textbox", name="Срок")
    expect(field).to_have_value(item.phrase)
    field.fill("до 15 мая, ежегодно")
    expect(
        page.get_by_text("✓ Понято: 15 мая каждый год: 15.05.2021, 15.05.2022, 15.05.2023, 15.05.2024")
    ).to_be_visible()
    assert RoadmapItem.objects.get(pk=item.pk).phrase == item.phrase
    field.press("Control+Enter")

    expect(cell).to_have_text("до 15 мая, ежегодно")
    expect(cell).to_be_focused()
    expect(page.locator("[data-saving]")).to_contain_text("сохранено в")
    assert RoadmapItem.objects.get(pk=item.pk).phrase == "до 15 мая, ежегодно"


def move_a_row_by_keyboard(page):
    before = texts(page)
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-saving]")).to_have_text("строка перенесена")
    moved = texts(page)
    assert moved == [*before[:9], before[10], before[9], *before[11:]]

    page.reload()
    assert texts(page) == moved


def mark_one_done_with_a_file(page):
    item = RoadmapItem.objects.get(number="11.")
    page.locator(f"#item-{item.pk} .plan__state a").first.click()
    page.locator(".points__point", has_text="15 мая 2024").get_by_role("link", name="Выполнено").click()
    page.get_by_label("Когда выполнено").fill("2024-05-14")
    page.get_by_label("Что сделано").fill("Опросили 120 учителей")
    page.get_by_label("Файл-подтверждение").set_input_files(
        {"name": "Протокол № 3.pdf", "mimeType": "application/pdf", "buffer": MINUTES}
    )
    page.get_by_role("button", name="Отметить выполненным").click()

    done = page.locator(".points__point", has_text="15 мая 2024")
    expect(done).to_contain_text("выполнено 14.05.2024")
    expect(done).to_contain_text("Опросили 120 учителей")
    with page.expect_download() as download:
        done.get_by_role("link", name="Протокол № 3.pdf").click()
    assert download.value.path().read_bytes() == MINUTES
    assert download.value.suggested_filename == "Протокол № 3.pdf"
    assert [(proof.point.state, proof.filename) for proof in Proof.objects.all()] == [
        (ControlPoint.State.DONE, "Протокол № 3.pdf")
    ]


def see_it_in_the_history(page, methodist):
    page.locator(".head__act").get_by_role("link", name="История").click()
    entries = page.locator(".timeline__entry")
    edited = entries.filter(has_text="до 15 мая, ежегодно")
    expect(edited).to_contain_text(str(methodist))
    expect(edited.locator("del")).to_contain_text("Апрель")
    expect(edited.locator("ins")).to_contain_text("до 15 мая, ежегодно")
    marked = entries.filter(has_text="Протокол № 3.pdf")
    expect(marked).to_contain_text(str(methodist))
    expect(marked).to_contain_text("выполнено")
