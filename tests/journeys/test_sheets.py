"""A deputy brings the school's staff from Excel, mends two refused rows, and brings the file again."""

import pytest
from playwright.sync_api import expect

from directory.models import StaffMember
from directory.roles import Role
from tests.directory.spreadsheets import HEADS, LIPOVA, SOSNIN, xlsx_of
from tests.factories import directory

KEDRINA = ["19", "Кедрина", "Анна", "Ивановна", "педагог-психолог", "01.13.2022", 1992, ""]
FILE = {
    "name": "Сотрудники.xlsx",
    "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "buffer": xlsx_of(HEADS, [*LIPOVA[:7], ""], ["17", *SOSNIN[1:]], KEDRINA),
}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def school():
    return directory.organisation(short_title="Школа № 9")


@pytest.fixture
def desk(page, context, enter, school):
    enter(context, directory.reader(Role.DEPUTY, school))
    page.goto("/directory/staff/")
    return page


def bring(page):
    page.get_by_role("link", name="Загрузить таблицу").click()
    page.get_by_label("Файл").set_input_files(FILE)
    page.get_by_role("button", name="Проверить таблицу").click()
    page.wait_for_url("**/sheets/*/")


def mend(page, line, column, text):
    page.get_by_role("link", name=f"Исправить строку {line}").click()
    page.get_by_label(column).fill(text)
    page.get_by_role("button", name="Исправить").click()
    page.wait_for_url("**/sheets/*/")


def number(page, label):
    return page.locator(".facts__one", has_text=label).locator(".facts__number")


def test_staff_come_from_a_sheet_once_with_two_rows_mended(desk):
    bring(desk)
    expect(number(desk, "ошибок")).to_have_text("2")
    expect(desk.get_by_text("Этот номер уже стоит в строке 2: Липова Дарья Олеговна.")).to_be_visible()
    expect(desk.get_by_text("Сначала исправьте или уберите строки с ошибками.")).to_be_visible()
    assert StaffMember.objects.count() == 0

    mend(desk, 3, "Табельный номер", "18")
    mend(desk, 4, "Принят с", "01.12.2022")
    expect(number(desk, "добавится")).to_have_text("3")
    desk.get_by_role("button", name="Записать").click()
    expect(desk.get_by_role("heading", name="Таблица записана")).to_be_visible()
    desk.get_by_role("link", name="Открыть список").click()

    expect(desk.get_by_text("Кедрина Анна Ивановна")).to_be_visible()
    assert StaffMember.objects.count() == 3

    bring(desk)
    mend(desk, 3, "Табельный номер", "18")
    mend(desk, 4, "Принят с", "01.12.2022")
    expect(desk.get_by_text("Записывать нечего: всё это в портале уже есть.")).to_be_visible()
    assert StaffMember.objects.count() == 3


def test_a_deputy_of_another_school_sees_none_of_it(desk, context, enter, school):
    bring(desk)
    enter(context, directory.reader(Role.DEPUTY, directory.organisation(municipality=school.municipality)))

    desk.goto("/directory/sheets/staff/load/")

    expect(desk.get_by_role("heading", name="Столбцы таблицы")).to_be_visible()
    expect(desk.get_by_text("Сотрудники.xlsx")).to_have_count(0)
