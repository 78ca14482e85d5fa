"""A document on its way in: pasted, refused, doubted and mended, confirmed once."""

import pytest
from playwright.sync_api import expect

from roadmaps.models import Roadmap, RoadmapImport, RoadmapItem

TABLE = """<html><body><table class=MsoTableGrid border=1><tr>{head}</tr><tr>{first}</tr><tr>{second}</tr></table></body></html>"""
HEAD = ("№ п/п", "Мероприятия", "Сроки", "Ответственные")
FIRST = ("1.", "Провести семинар", "до 15 октября", "Методисты центра")
SECOND = ("2.", "Собрать отчёты школ", "когда получится", "Руководители ШМО")


def cells(row):
    return "".join(f"<td><p class=MsoNormal>{cell}</p></td>" for cell in row)


WORD = TABLE.format(head=cells(HEAD), first=cells(FIRST), second=cells(SECOND))
PLAIN = "\n".join("\t".join(row) for row in (HEAD, FIRST, SECOND))


@pytest.fixture
def desk(page, context, enter, methodist):
    enter(context, methodist)
    page.goto("/roadmaps/import/")
    return page


@pytest.fixture
def preview(desk):
    """The preview of a table pasted from Word."""
    field = desk.get_by_label("или вставьте таблицу")
    field.focus()
    field.evaluate(
        """(field, [html, text]) => {
            const copied = new DataTransfer();
            copied.setData("text/html", html);
            copied.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: copied, bubbles: true }));
            document.execCommand("insertText", false, text);
        }""",
        [WORD, PLAIN],
    )
    desk.get_by_role("button", name="Прочитать документ").click()
    desk.wait_for_url("**/imports/*/")
    return desk


def doubts(page):
    return page.locator(".facts__one", has_text="проверить").locator(".facts__number")


def name_the_period(page):
    page.get_by_role("link", name="Исправить реквизиты").click()
    page.get_by_label("Название").fill("План семинаров")
    page.get_by_label("Начало").fill("2026-09-01")
    page.get_by_label("Окончание").fill("2027-08-31")
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_url("**/imports/*/")


def test_a_table_pasted_from_word_becomes_a_roadmap(preview):
    rows = preview.locator("tr[id^=row-]")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Провести семинар")
    expect(rows.first).to_contain_text("до 15 октября")

    name_the_period(preview)
    preview.get_by_role("button", name="Сохранить дорожную карту").dblclick()
    preview.wait_for_url("**/roadmaps/*/")

    expect(preview.get_by_role("heading", level=1)).to_have_text("План семинаров")
    assert [str(roadmap) for roadmap in Roadmap.objects.all()] == ["План семинаров"]
    assert [item.text for item in RoadmapItem.objects.in_order()] == [FIRST[1], SECOND[1]]


def test_doubts_are_settled_one_by_one(preview):
    name_the_period(preview)
    before = int(doubts(preview).inner_text())
    row = preview.locator("tr[id^=row-]", has_text="Собрать отчёты школ")
    expect(row.locator(".plan__remark").first).to_contain_text("когда получится")

    row.get_by_role("link", name="Исправить").click()
    expect(preview.get_by_label("Срок")).to_have_value("когда получится")
    preview.get_by_label("Срок").fill("до 1 июня")
    preview.get_by_role("button", name="Сохранить строку").click()

    mended = preview.locator("tr[id^=row-]", has_text="до 1 июня")
    expect(mended).to_contain_text("1 июня")
    expect(mended.locator(".plan__remark")).to_have_count(0)
    expect(mended.get_by_role("link", name="Исправить")).to_be_focused()
    expect(doubts(preview)).to_have_text(str(before - 1))
    preview.reload()
    expect(doubts(preview)).to_have_text(str(before - 1))


def test_a_doubt_may_be_left_as_it_is(preview):
    name_the_period(preview)
    before = int(doubts(preview).inner_text())
    row = preview.locator("tr[id^=row-]", has_text="Собрать отчёты школ")

    row.get_by_role("button", name="Оставить как есть").click()

    expect(row.locator(".plan__remark")).to_have_count(0)
    expect(row).to_contain_text("когда получится")
    expect(doubts(preview)).to_have_text(str(before - 1))


def test_a_refused_file_is_told_beside_its_field(desk):
    desk.get_by_label("или вставьте таблицу").fill("Мероприятие\tСрок")
    desk.get_by_label("Файл").set_input_files({"name": "План.docx", "mimeType": "", "buffer": b"PK\x03\x04 nothing"})
    desk.get_by_role("button", name="Прочитать документ").click()

    told = desk.locator(".field", has=desk.get_by_label("Файл")).locator(".field__error")
    expect(told).to_be_visible()
    assert told.inner_text().strip().count("\n") == 0
    expect(desk.get_by_label("или вставьте таблицу")).to_have_value("Мероприятие\tСрок")
    assert not RoadmapImport.objects.exists()
