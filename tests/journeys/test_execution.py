"""What became of a deadline: marked once, postponed by the one who controls, with and without scripts."""

import pytest
from playwright.sync_api import expect

from roadmaps.models import ControlPoint, Postponement, Proof, RoadmapItem


@pytest.fixture
def point(items):
    """The deadline of «Открыть школу новичка», a week ahead."""
    return items[1].points.get()


@pytest.fixture
def desk(page, context, enter, methodist):
    enter(context, methodist)
    return page


def test_a_second_press_marks_no_second_time(desk, point):
    desk.goto(f"/roadmaps/points/{point.pk}/complete/")
    desk.get_by_label("или ссылка").fill("https://example.org/news")
    desk.get_by_role("button", name="Отметить выполненным").dblclick()
    desk.wait_for_url("**/items/*/**")

    expect(desk.locator(".messages")).to_have_text("Мероприятие отмечено выполненным.")
    assert Proof.objects.count() == 1
    assert [version.state for version in point.history.order_by("history_date")] == ["open", "done"]


def test_what_is_typed_wrong_is_told_beside_its_field_and_kept(desk, point):
    desk.goto(f"/roadmaps/points/{point.pk}/complete/")
    desk.get_by_label("Когда выполнено").fill("2026-12-31")
    desk.get_by_label("Что сделано").fill("Провели два занятия")
    desk.get_by_role("button", name="Отметить выполненным").click()

    field = desk.locator(".field", has=desk.get_by_label("Когда выполнено"))
    expect(field).to_contain_text("Этот день ещё не наступил.")
    expect(desk.get_by_label("Что сделано")).to_have_value("Провели два занятия")
    assert ControlPoint.objects.get(pk=point.pk).state == "open"


@pytest.fixture
def office(browser, browser_context_args, enter, manager):
    """The browser of the one who controls."""
    context = browser.new_context(**browser_context_args)
    enter(context, manager)
    yield context.new_page()
    context.close()


def test_the_methodist_asks_and_the_manager_postpones(desk, office, point, roadmap, witness):
    desk.goto(point.get_absolute_url())
    desk.get_by_text("Ещё", exact=True).click()
    desk.get_by_role("link", name="Попросить перенос").click()
    desk.get_by_label("Новый срок").fill("2026-12-15")
    desk.get_by_label("Почему нужно перенести").fill("Заболел ведущий")
    desk.get_by_role("button", name="Попросить перенос").click()
    expect(desk.locator(f"#point-{point.pk}")).to_contain_text("ждёт решения")
    assert ControlPoint.objects.get(pk=point.pk).due_on == point.due_on
    request = Postponement.objects.get()

    desk.goto(f"/roadmaps/postponements/{request.pk}/decide/")
    expect(desk.locator("main")).to_contain_text("О переносе решает руководитель")
    witness.forgive("403 (Forbidden)")

    office.goto("/")
    expect(office.locator("main")).to_contain_text("Заболел ведущий")
    office.get_by_role("link", name="Решить").click()
    office.get_by_label("Разрешить перенос").check()
    office.get_by_role("button", name="Сохранить решение").click()
    expect(office.locator(".messages")).to_have_text("Срок перенесён на 15.12.2026.")

    desk.goto(roadmap.get_absolute_url())
    expect(desk.locator(f"#item-{point.item_id}")).to_contain_text("15 декабря")
    assert ControlPoint.objects.get(pk=point.pk).due_on.isoformat() == "2026-12-15"


class TestWithoutScripts:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return browser_context_args | {"java_script_enabled": False}

    def test_a_row_is_edited_by_its_form(self, desk, roadmap, items):
        desk.goto(roadmap.get_absolute_url())
        desk.locator(f"#item-{items[0].pk} .plan__state a").first.click()
        desk.get_by_role("link", name="Править").click()
        desk.get_by_label("Срок").fill("до 1 декабря")
        desk.get_by_role("button", name="Сохранить мероприятие").click()

        expect(desk.locator(f"#item-{items[0].pk}")).to_contain_text("1 декабря, через 13 дней")
        assert RoadmapItem.objects.get(pk=items[0].pk).phrase == "до 1 декабря"

    def test_a_deadline_is_marked_and_a_row_removed_and_returned(self, desk, point, items):
        desk.goto(items[1].get_absolute_url())
        desk.get_by_role("link", name="Выполнено").click()
        desk.get_by_role("button", name="Отметить выполненным").click()
        expect(desk.locator(f"#point-{point.pk}")).to_contain_text("выполнено 18.11.2026")

        desk.get_by_role("button", name="Удалить").click()
        expect(desk.locator(f"#item-{items[1].pk}")).to_have_count(0)
        desk.get_by_role("button", name="Вернуть").click()
        expect(desk.locator(f"#item-{items[1].pk}")).to_be_visible()

    def test_a_document_comes_in(self, desk):
        desk.goto("/roadmaps/import/")
        table = "№\tМероприятия\tСроки\tОтветственные\n1.\tПровести семинар\tдо 15 октября 2026\tМетодисты центра\n"
        desk.get_by_label("или вставьте таблицу").fill(table)
        desk.get_by_role("button", name="Прочитать документ").click()
        desk.get_by_role("link", name="Исправить реквизиты").click()
        desk.get_by_label("Название").fill("План семинаров")
        desk.get_by_label("Начало").fill("2026-09-01")
        desk.get_by_label("Окончание").fill("2027-08-31")
        desk.get_by_role("button", name="Сохранить").click()
        desk.get_by_role("link", name="Исправить строку").click()
        desk.get_by_label("Срок").fill("до 1 декабря")
        desk.get_by_role("button", name="Сохранить строку").click()
        desk.get_by_role("button", name="Сохранить дорожную карту").click()

        expect(desk.get_by_role("heading", level=1)).to_have_text("План семинаров")
        assert [item.phrase for item in RoadmapItem.objects.all()] == ["до 1 декабря"]
