"""The first day with the portal: a real document comes in through the browser and is worked with at once."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from directory.models import Account
from roadmaps.models import ControlPoint, Proof, Roadmap, RoadmapItem
from tests.factories.directory import PASSWORD
from tests.roadmaps.importers import twins

pytestmark = pytest.mark.skipif(not twins.SEEDS.exists(), reason="the real documents are not beside the project")

MINUTES = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


@pytest.fixture
def day(page, methodist):
    return Day(page, methodist)


@dataclass
class Day:
    """What the methodist does one after another."""

    page: Page
    methodist: Account

    def sign_in(self):
        self.page.goto("/")
        self.page.get_by_label("Электронная почта").fill(self.methodist.email)
        self.page.get_by_label("Пароль").fill(PASSWORD)
        self.page.get_by_role("button", name="Войти").click()
        expect(self.page.get_by_role("heading", name="Мои сроки")).to_be_visible()

    def bring(self, name, content):
        self.page.get_by_role("link", name="Загрузить документ").click()
        self.page.get_by_label("Файл").set_input_files({"name": name, "mimeType": "", "buffer": content})
        self.page.get_by_role("button", name="Прочитать документ").click()
        self.page.wait_for_url("**/imports/*/")

    def confirm(self, count):
        """The preview shows so many rows, nothing is kept before the press and everything after it."""
        expect(self.page.locator(".facts")).to_contain_text(str(count))
        expect(self.page.locator("tr[id^=row-]")).to_have_count(count)
        assert not Roadmap.objects.exists()
        self.page.get_by_role("button", name="Сохранить дорожную карту").click()
        self.page.wait_for_url("**/roadmaps/*/")
        expect(self.page.locator("[data-item]")).to_have_count(count)
        assert RoadmapItem.objects.count() == count

    def texts(self):
        return self.page.locator("[data-item] [data-cell=text]").all_inner_texts()

    def edit_deadline(self, item, *, to, understood):
        """In place; how it is understood is shown before anything is saved."""
        cell = self.page.locator(f"#item-{item.pk} [data-cell=phrase]")
        cell.click()
        field = self.page.get_by_role("textbox", name="Срок")
        expect(field).to_have_value(item.phrase)
        field.fill(to)
        expect(self.page.get_by_text(f"✓ Понято: {understood}")).to_be_visible()
        assert RoadmapItem.objects.get(pk=item.pk).phrase == item.phrase
        field.press("Control+Enter")

        expect(cell).to_have_text(to)
        expect(cell).to_be_focused()
        expect(self.page.locator("[data-saving]")).to_contain_text("сохранено в")
        assert RoadmapItem.objects.get(pk=item.pk).phrase == to

    def move_up(self, item):
        """By keyboard, from the cell in hand."""
        before = self.texts()
        place = [row.pk for row in RoadmapItem.objects.in_order()].index(item.pk)
        self.page.keyboard.press("Alt+ArrowUp")
        expect(self.page.locator("[data-saving]")).to_have_text("строка перенесена")
        before.insert(place - 1, before.pop(place))
        assert self.texts() == before

        self.page.reload()
        assert self.texts() == before

    def mark_done(self, item, *, due, on):
        """With a file, which comes back as it was given."""
        self.page.locator(f"#item-{item.pk} .plan__state a").first.click()
        point = self.page.locator(".points__point", has_text=due)
        point.get_by_role("link", name="Выполнено").click()
        self.page.get_by_label("Когда выполнено").fill(on)
        self.page.get_by_label("Что сделано").fill("Опросили 120 учителей")
        self.page.get_by_label("Файл-подтверждение").set_input_files(
            {"name": "Протокол № 3.pdf", "mimeType": "application/pdf", "buffer": MINUTES}
        )
        self.page.get_by_role("button", name="Отметить выполненным").click()

        expect(point).to_contain_text("выполнено")
        expect(point).to_contain_text("Опросили 120 учителей")
        with self.page.expect_download() as download:
            point.get_by_role("link", name="Протокол № 3.pdf").click()
        assert download.value.path().read_bytes() == MINUTES
        assert download.value.suggested_filename == "Протокол № 3.pdf"
        assert [(proof.point.item, proof.point.state) for proof in Proof.objects.all()] == [
            (item, ControlPoint.State.DONE)
        ]

    def read_history(self, *, before, after):
        self.page.locator(".head__act").get_by_role("link", name="История").click()
        entries = self.page.locator(".timeline__entry")
        edited = entries.filter(has_text=after)
        expect(edited).to_contain_text(str(self.methodist))
        expect(edited.locator("del")).to_contain_text(before)
        expect(edited.locator("ins")).to_contain_text(after)
        marked = entries.filter(has_text="Приложено: Протокол № 3.pdf")
        expect(marked).to_contain_text(str(self.methodist))
        expect(marked.locator("del").first).to_contain_text("в работе")
        expect(marked.locator("ins").first).to_contain_text("выполнено")


def test_the_methodist_brings_a_text_and_works_with_it(page, day):
    day.sign_in()
    day.bring("000.txt", twins.seed(0))
    early = page.locator("tr", has=page.locator(".plan__when", has_text="Февраль, 2021"))
    expect(early.locator(".plan__remark")).to_contain_text("раньше документа от 24.11.2021")
    day.confirm(28)
    expect(early).to_contain_text("28 февраля 2021")
    expect(early.locator(".plan__remark")).to_contain_text("раньше документа от 24.11.2021")

    item = RoadmapItem.objects.get(phrase="Апрель, ежегодно")
    understood = "15 мая каждый год: 15.05.2021, 15.05.2022, 15.05.2023, 15.05.2024"
    day.edit_deadline(item, to="до 15 мая, ежегодно", understood=understood)
    day.move_up(item)
    day.mark_done(item, due="15 мая 2024", on="2024-05-14")
    day.read_history(before="Апрель, ежегодно", after="до 15 мая, ежегодно")


def test_the_methodist_brings_a_word_document_and_works_with_it(page, day):
    day.sign_in()
    day.bring("План.docx", twins.build(3, "docx"))
    page.get_by_role("link", name="Исправить реквизиты").click()
    page.get_by_label("Документ").select_option("приказ")
    page.get_by_label("Номер").fill("38-од")
    page.get_by_label("Дата").fill("2021-01-20")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Приказ № 38-од от 20.01.2021")).to_be_visible()
    day.confirm(43)

    item = RoadmapItem.objects.get(phrase="сентябрь, ежегодно")
    day.edit_deadline(item, to="октябрь, 2024", understood="с 1 октября по 31 октября 2024")
    day.move_up(item)
    day.mark_done(item, due="31 октября 2024", on="2024-10-30")
    day.read_history(before="сентябрь, ежегодно", after="октябрь, 2024")
