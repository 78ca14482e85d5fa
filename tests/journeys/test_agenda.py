"""A named person's own deadlines: marked where they stand, recalled by the bell, taken along in a calendar."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from directory.roles import Role
from reminders.models import Letter, Preference, Reminder
from reminders.sources import source_of
from roadmaps.models import ControlPoint
from tests.factories import directory, reminders, roadmaps


@pytest.fixture
def teacher(employ):
    return employ(Role.TEACHER, "Седова")


@pytest.fixture
def points(roadmap, items, teacher, today):
    """A late deadline and a coming one, both recalled this morning."""
    for item in items[:2]:
        roadmaps.party(item=item, staff_member=teacher.staff_member, position=9)
    found = [item.points.get() for item in items[:2]]
    letter = reminders.letter(
        municipality=roadmap.municipality, account=teacher, address=teacher.email, state=Letter.State.SENT,
        sent_at=reminders.A_MOMENT, subject="Сроки на 18 ноября",
    )  # fmt: skip
    for point in found:
        reminders.reminder(
            account=teacher, source=source_of(point.pk), title=point.item.text, due_on=point.due_on, send_on=today,
            url=point.get_absolute_url(), letter=letter, occasion=Reminder.Occasion.LATE,
        )  # fmt: skip
    return found


@pytest.fixture
def desk(page, context, enter, teacher):
    enter(context, teacher)
    return page


def bell(page):
    return page.get_by_role("banner").get_by_role("link", name="Напоминания")


def test_a_deadline_is_marked_where_it_stands_and_taken_back(desk, points, witness):
    late, _ = points
    desk.goto("/")
    row = desk.locator(f"#point-{late.pk}")
    expect(bell(desk)).to_contain_text("2")

    row.get_by_role("link", name="Отметить").click()
    expect(row.get_by_label("Когда выполнено")).to_be_focused()
    witness.look(desk)
    row.get_by_label("Когда выполнено").fill("2026-12-31")
    row.get_by_role("button", name="Отметить выполненным").click()
    expect(row).to_contain_text("Этот день ещё не наступил.")
    row.get_by_label("Когда выполнено").fill("2026-11-17")
    row.get_by_label("Что сделано").fill("Провели")
    row.get_by_role("button", name="Отметить выполненным").click()

    expect(row).to_contain_text("выполнено 17 ноября")
    expect(row).to_be_focused()
    expect(bell(desk)).to_contain_text("1")
    assert ControlPoint.objects.get(pk=late.pk).note == "Провели"
    witness.look(desk)

    row.get_by_role("button", name="Снять отметку").click()
    expect(row).to_contain_text("просрочено на 34 дня")
    row.get_by_role("link", name="Отметить").click()
    row.get_by_role("link", name="Отменить").click()
    expect(row.get_by_role("link", name="Отметить")).to_be_visible()
    assert desk.url.endswith("/")
    assert ControlPoint.objects.get(pk=late.pk).state == "open"


def test_who_comes_second_is_told_and_writes_nothing(desk, points, methodist):
    late, _ = points
    desk.goto("/")
    row = desk.locator(f"#point-{late.pk}")
    row.get_by_role("link", name="Отметить").click()
    row.get_by_label("Что сделано").fill("Провели")
    late.complete(on=late.due_on, by=methodist, at=reminders.A_MOMENT)

    row.get_by_role("button", name="Отметить выполненным").click()

    expect(row).to_contain_text("Рябова А. П.: отмечено раньше, ваша запись не сохранена.")
    assert ControlPoint.objects.get(pk=late.pk).note == ""


def test_the_bell_leads_to_the_record_and_falls_silent(desk, points):
    desk.goto("/")
    bell(desk).click()
    desk.get_by_role("button", name="Провести семинар").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Провести семинар")
    expect(bell(desk)).to_contain_text("1")

    bell(desk).click()
    desk.get_by_role("button", name="Прочитать все").click()
    expect(desk.locator("main")).to_contain_text("Всё прочитано")
    expect(bell(desk)).not_to_contain_text("1")

    desk.get_by_role("link", name="Письма", exact=True).click()
    desk.get_by_role("link", name="Сроки на 18 ноября").click()
    expect(desk.locator(".letter")).to_contain_text("Просрочено: отчёт.")


def test_preferences_are_kept_and_the_calendar_is_fetched(desk, points, teacher, page, live_server):
    desk.goto("/directory/profile/")
    desk.get_by_role("link", name="Письма и календарь").click()
    expect(desk.locator("main")).to_contain_text("Ближайшее письмо: в среду, 18 ноября")
    desk.get_by_label("за две недели").uncheck()
    desk.get_by_label("В отпуске с").fill("2026-11-18")
    desk.get_by_label("В отпуске по").fill("2026-11-20")
    desk.get_by_role("button", name="Сохранить настройки").click()
    expect(desk.locator(".messages")).to_have_text("Настройки сохранены.")
    expect(desk.locator("main")).to_contain_text("Ближайшее письмо: в понедельник, 23 ноября")
    assert Preference.objects.get(account=teacher).days_before == [7, 3, 1, 0]

    addresses = []
    for button in ("Выпустить новый адрес", None):
        addresses.append(desk.get_by_label("Секретный адрес").input_value())
        if button:
            desk.get_by_role("link", name=button).click()
            desk.get_by_role("dialog").get_by_role("button", name=button).click()
            expect(desk.locator(".messages")).to_contain_text("Новый адрес календаря готов.")

    phone = page.context.browser.new_context(base_url=live_server.url)
    old, new = (phone.request.get(address[address.index("/calendar/") :]) for address in addresses)
    assert [old.status, new.status] == [404, 200]
    assert "SUMMARY:Провести семинар" in new.text()
    phone.close()


@pytest.fixture
def office(page, context, enter, manager):
    enter(context, manager)
    return page


def test_the_manager_sees_who_owes_and_asks_for_more(office, roadmap, items, today, witness):
    school = directory.staff_member(municipality=roadmap.municipality, last_name="Громова")
    for number in range(60):
        item = roadmaps.item(section=items[0].section, text=f"Дело {number:02}", responsible="Громова Д.")
        roadmaps.party(item=item, label="Громова Д.", key="громова", staff_member=school)
        roadmaps.point(item=item, due_on=today - timedelta(days=1))

    office.goto("/")
    office.get_by_role("link", name="Громова Д.").click()
    office.wait_for_url("**party=**")
    expect(office.locator(".day")).to_have_count(50)
    expect(office.locator(".group")).to_contain_text("60")
    office.get_by_role("link", name="Показать ещё").click()
    expect(office.locator(".day")).to_have_count(60)
    expect(office.get_by_role("link", name="Показать ещё")).to_have_count(0)
    witness.look(office)


class TestWithoutScripts:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return browser_context_args | {"java_script_enabled": False}

    def test_the_same_is_done_on_pages(self, desk, points, teacher):
        desk.goto("/")
        desk.get_by_role("link", name="Отметить исполнение").first.click()
        desk.get_by_role("button", name="Отметить выполненным").click()
        expect(desk.locator(f"#point-{points[0].pk}")).to_contain_text("выполнено 18.11.2026")

        desk.goto("/preferences/")
        desk.get_by_role("button", name="Получить адрес").click()
        desk.get_by_role("link", name="Выпустить новый адрес").click()
        desk.get_by_role("button", name="Выпустить новый адрес").click()
        assert Preference.objects.filter(account=teacher).count() == 1
