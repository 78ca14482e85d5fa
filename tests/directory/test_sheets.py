"""A sheet beside the registry: who is whom, what changes, and that all of it is written once or not at all."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from directory import tasks
from directory.actions import sheets, staff_writing
from directory.actions.progress import percent_written
from directory.models import Organisation, Position, SheetImport, StaffMember, Subject
from directory.roles import Role
from tests.directory.spreadsheets import HEADS, LIPOVA, SOSNIN, csv_of, ods_of, xlsx_of
from tests.factories import directory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
KEYS = ["Табельный номер", "Фамилия", "Имя", "Должность"]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def school():
    school = directory.organisation(short_title="Школа № 9", inn="7707083893")
    directory.subject(municipality=school.municipality, title="математика")
    return school


@pytest.fixture
def bring(school):
    """Bring a sheet for the school, or for its municipality, and have it checked."""

    def bring(data, *, kind="staff", own=True, at=NOW):
        role = Role.DEPUTY if own else Role.METHODIST
        sheet = sheets.bring(
            ContentFile(data),
            kind=kind,
            filename="Таблица.xlsx",
            municipality=school.municipality,
            organisation=school if own else None,
            by=directory.reader(role, school),
            at=at,
        )
        return worked(sheet, at)

    return bring


def worked(sheet, now=NOW):
    assert sheets.work(sheet.pk, now=now)
    sheet.refresh_from_db()
    return sheet


def write(sheet, now=NOW):
    sheets.confirm(sheet, seen=sheet.seen, at=now)
    return worked(sheet, now)


def refusals(sheet):
    return [(cell["line"], cell["head"], cell["why"]) for cell in sheet.report["wrong"]]


def counts(sheet):
    return tuple(sheet.report["counts"][name] for name in ("added", "changed", "same", "refused"))


def test_a_change_is_shown_before_and_after_and_touches_only_its_record(bring):
    write(bring(xlsx_of(HEADS, LIPOVA, SOSNIN)))

    sheet = write(bring(xlsx_of(HEADS, [*LIPOVA[:6], 1986, LIPOVA[7]], SOSNIN)))

    assert sheet.report["changed"] == [
        {"line": 2, "name": "Липова Дарья Олеговна", "cells": [["Год рождения", "1985", "1986"]]}
    ]
    person = StaffMember.objects.get(last_name="Липова")
    assert [version.history_type for version in person.history.order_by("history_id")] == ["+", "~"]
    assert (person.birth_year, Position.history.count(), StaffMember.history.count()) == (1986, 2, 3)


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_cell_clears(bring):
    write(bring(xlsx_of(HEADS, LIPOVA)))

    assert counts(bring(xlsx_of(KEYS, [*LIPOVA[:3], "учитель"]))) == (0, 0, 1, 0)
    write(bring(xlsx_of([*KEYS, "Год рождения", "Предметы"], [*LIPOVA[:3], "учитель", "", ""])))

    person = StaffMember.objects.get()
    assert (person.birth_year, person.patronymic, person.subjects.count()) == (None, "Олеговна", 0)


def test_two_people_under_one_number_and_one_person_twice_are_refused(bring):
    sheet = bring(xlsx_of(HEADS, LIPOVA, ["17", *SOSNIN[1:]], LIPOVA))

    assert refusals(sheet) == [
        (
            3,
            "Табельный номер",
            "Этот номер уже стоит в строке 2: Липова Дарья Олеговна. У каждого сотрудника свой номер.",
        ),
        (4, "Табельный номер", "Этот сотрудник уже есть в строке 2. Оставьте одну."),
    ]


def test_a_number_of_somebody_else_is_not_taken_over_but_a_new_surname_is(bring):
    write(bring(xlsx_of(HEADS, LIPOVA)))

    stranger = bring(xlsx_of(HEADS, ["17", *SOSNIN[1:]]))
    married = bring(xlsx_of(HEADS, ["17", "Соснина", *LIPOVA[2:]]))

    assert "под этим номером Липова Дарья Олеговна" in stranger.report["wrong"][0]["why"]
    assert counts(married) == (0, 1, 0, 0)


def test_a_dismissal_closes_the_position_and_the_same_sheet_again_finds_it(bring):
    write(bring(xlsx_of(KEYS, [*LIPOVA[:3], "учитель"])))
    dismissed = xlsx_of([*KEYS, "Уволен с"], [*LIPOVA[:3], "учитель", date(2026, 10, 1)])

    write(bring(dismissed))

    assert Position.objects.get().ends_on == date(2026, 10, 1)
    assert counts(bring(dismissed)) == (0, 0, 1, 0)


def test_somebody_who_comes_back_is_the_same_person(bring):
    write(bring(xlsx_of([*KEYS, "Уволен с"], [*LIPOVA[:3], "учитель", date(2020, 10, 1)])))

    write(bring(xlsx_of(KEYS, ["99", *LIPOVA[1:3], "завуч"])))

    assert [position.number for position in StaffMember.objects.get().positions.order_by("pk")] == ["17", "99"]


def test_a_second_job_in_the_same_organisation_joins_the_person_and_must_say_the_same(bring):
    heads = [*KEYS, "Занятость", "Год рождения"]
    main = [*LIPOVA[:3], "учитель", "основное место", 1985]
    second = ["17-1", *LIPOVA[1:3], "педагог-психолог", "внутреннее совместительство", 1985]

    wrong = bring(xlsx_of(heads, main, [*second[:5], 1990]))
    sheet = write(bring(xlsx_of(heads, main, second)))

    assert refusals(wrong) == [(3, "Год рождения", "В строке 2 у этого же человека здесь «1985». Напишите одинаково.")]
    assert StaffMember.objects.get().positions.count() == 2
    assert counts(bring(xlsx_of(heads, main, second))) == (0, 0, 2, 0)
    assert sheet.state == SheetImport.State.WRITTEN


def test_a_second_job_of_somebody_known_must_say_the_same(bring):
    heads = [*KEYS, "Занятость", "Год рождения"]
    main = [*LIPOVA[:3], "учитель", "основное место", 1985]
    write(bring(xlsx_of(heads, main)))

    second = bring(xlsx_of(heads, main, ["17-1", *LIPOVA[1:3], "завуч", "внутреннее совместительство", 1990]))

    assert (counts(second), refusals(second)) == (
        (0, 0, 1, 1),
        [(3, "Год рождения", "В строке 2 у этого же человека здесь «1985». Напишите одинаково.")],
    )


def test_a_row_without_a_number_is_found_by_name_and_title_or_must_get_one(bring, school):
    person = directory.staff_member(municipality=school.municipality, last_name="Кедрина", first_name="Анна")
    directory.position(staff_member=person, organisation=school, number="", title="логопед")

    sheet = bring(xlsx_of(KEYS, ["", "Кедрина", "Анна", "логопед"], ["", "Соснин", "Пётр", "логопед"]))

    assert (counts(sheet), refusals(sheet)) == (
        (0, 0, 1, 1),
        [
            (
                3,
                "Табельный номер",
                "Здесь пусто. Без номера портал не знает, новый ли это сотрудник. Укажите номер.",
            )
        ],
    )


def test_a_merged_row_can_be_left_out(bring):
    sheet = bring(xlsx_of(HEADS, LIPOVA, SOSNIN, change=lambda sheet: sheet.merge_cells("E3:F3")))
    assert counts(sheet) == (1, 0, 0, 1)

    sheets.mend(sheet, line=3, cells=None, at=NOW)

    assert counts(worked(sheet)) == (1, 0, 0, 0)


#: A row that everybody would take, to be spoilt.
GOOD = ["17", "Липова", "Дарья", "учитель"]
#: What people bring that is no table of staff; each is answered in these words.
NO_TABLES = {
    "empty file": (b"", "Файл пустой"),
    "empty sheet": (xlsx_of(), "В книге пусто"),
    "heads alone": (xlsx_of(KEYS), "Под названиями столбцов пусто"),
    "empty ods": (ods_of(), "В книге пусто"),
    "200 columns": (xlsx_of([*KEYS, *(f"Лишний {place}" for place in range(196))], GOOD), "столбцов: 200"),
    "koi8-r": (csv_of(KEYS, GOOD, encoding="koi8-r"), "Не нашлась строка с названиями столбцов"),
    "dos": (csv_of(KEYS, GOOD, encoding="cp866"), "Не нашлась строка с названиями столбцов"),
    "utf-32": (csv_of(KEYS, GOOD, encoding="utf-32"), "Это не таблица"),
    "half of utf-16": (csv_of(KEYS, GOOD, encoding="utf-16")[:-1], "Буквы файла не прочитаны"),
    "a million rows repeated": (
        ods_of(KEYS, GOOD, repeated=900_000),
        "Файл слишком сложен|заполнены ячейки до строки",
    ),
}
#: What people type that is no such cell; each is told by its row and column.
NO_CELLS = {
    "a day as words": ("Принят с", "вчера", "День не прочитан. Напишите так: 01.09.2020."),
    "an American day": ("Принят с", "09/31/2020", "Такого дня в календаре нет. Проверьте день и месяц."),
    "a year with letters": ("Год рождения", "1985а", "Нужен год четырьмя цифрами, например 1985."),
    "digits in a name": ("Отчество", "0леговна", "В имени бывают только буквы, дефис и пробел. Уберите остальное."),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_is_refused_in_words_and_writes_nothing(bring, name):
    data, words = NO_TABLES[name]

    sheet = bring(data)

    assert sheet.state == SheetImport.State.FAILED
    assert re.search(words, sheet.trouble)
    assert StaffMember.objects.count() == 0


@pytest.mark.parametrize("name", NO_CELLS)
def test_what_is_no_such_cell_is_refused_by_row_and_column_and_writes_nothing(bring, name):
    head, value, why = NO_CELLS[name]

    sheet = write(bring(csv_of([*KEYS, head], [*GOOD, ""], ["18", "Соснин", "Пётр", "учитель", value])))

    assert refusals(sheet) == [(3, head, why)]
    assert (sheet.state, StaffMember.objects.count()) == (SheetImport.State.CHECKED, 0)


def test_numbers_with_blanks_and_days_as_texts_are_understood(bring):
    heads = [*KEYS, "ИНН", "Принят с", "Год рождения"]
    sheet = write(
        bring(
            csv_of(
                heads, ["1 287", *GOOD[1:], "7\u00a0707\u202f083 893", "1 сентября 2020 г.", " 1985 "], delimiter=","
            )
        )
    )

    assert sheet.state == SheetImport.State.WRITTEN
    position = Position.objects.select_related("staff_member").get()
    assert (position.number, position.starts_on, position.staff_member.birth_year) == ("1287", date(2020, 9, 1), 1985)


def test_a_school_takes_subjects_from_the_list_and_the_centre_adds_to_it(bring, school):
    row = [*LIPOVA[:3], "учитель", "матиматика"]

    assert refusals(bring(xlsx_of([*KEYS, "Предметы"], row))) == [
        (2, "Предметы", "Такого предмета в списке нет. Вероятно, «математика».")
    ]
    write(bring(xlsx_of([*KEYS, "Предметы", "ИНН"], [*row[:4], "Астрономия; МАТЕМАТИКА", school.inn]), own=False))

    assert sorted(subject.title for subject in StaffMember.objects.get().subjects.all()) == ["Астрономия", "математика"]
    assert Subject.objects.count() == 2


def test_a_school_brings_its_own_people_only(bring, school):
    other = directory.organisation(municipality=school.municipality, short_title="Школа № 10", inn="6600000116")
    row = [*LIPOVA[:3], "учитель"]

    assert refusals(bring(xlsx_of([*KEYS, "Организация"], [*row, other.short_title]))) == [
        (2, "Организация", "Это другая организация. Оставьте в таблице сотрудников своей.")
    ]
    assert counts(bring(xlsx_of([*KEYS, "Организация"], [*row, other.short_title]), own=False)) == (1, 0, 0, 0)


def test_the_card_of_somebody_who_left_for_another_school_is_not_ours_to_change(bring, school):
    person = directory.staff_member(municipality=school.municipality)
    left = date(2026, 1, 1)
    directory.position(staff_member=person, organisation=school, number="17", ends_on=left)
    directory.position(
        staff_member=person, organisation=directory.organisation(short_title="Лицей", municipality=school.municipality)
    )

    sheet = bring(xlsx_of([*KEYS, "Уволен с", "Год рождения"], [17, "Липова", "Дарья", "учитель", left, 1985]))

    assert refusals(sheet)[0][2].startswith("Сотрудник перешёл в другую организацию")


def test_a_sheet_for_the_municipality_must_say_where_people_work(bring):
    nowhere = bring(xlsx_of(KEYS, [*LIPOVA[:3], "учитель"]), own=False)
    unknown = bring(xlsx_of([*KEYS, "ИНН"], [*LIPOVA[:3], "учитель", "6600000116"]), own=False)

    assert (nowhere.state, nowhere.trouble.partition(":")[0]) == (SheetImport.State.FAILED, "Нет столбца «ИНН»")
    assert refusals(unknown) == [(2, "ИНН", "Такой организации в портале нет. Сначала внесите организацию.")]


def test_organisations_are_brought_changed_and_found_again(bring, school):
    heads = ["ИНН", "Короткое название", "Полное название", "Вид", "Телефон", "Закрыта с"]
    data = xlsx_of(
        heads,
        [7707083893, "Школа № 9", school.title, "школа", "8 800 1", ""],
        ["6600000116", "Сад № 1", "Детский сад № 1", "ДОУ", "", date(2026, 5, 31)],
    )

    sheet = write(bring(data, kind="organisations", own=False))

    assert counts(sheet) == (1, 1, 0, 0)
    garden = Organisation.objects.get(short_title="Сад № 1")
    assert (garden.kind, garden.closed_on, garden.inn) == ("kindergarten", date(2026, 5, 31), "6600000116")
    assert garden.history.get().history_change_reason == "загружено из таблицы"
    assert counts(bring(data, kind="organisations", own=False)) == (0, 0, 2, 0)


def test_a_registry_that_changed_meanwhile_is_shown_anew_and_not_written(bring):
    write(bring(xlsx_of(HEADS, LIPOVA)))
    sheet = bring(xlsx_of(HEADS, [*LIPOVA[:6], 1986, LIPOVA[7]]))
    StaffMember.objects.update(birth_year=1999)

    write(sheet)

    assert sheet.state == SheetImport.State.CHECKED
    assert sheet.report["notes"] == ["Пока вы смотрели, записи портала изменились. Проверьте ещё раз."]
    assert sheet.report["changed"][0]["cells"] == [["Год рождения", "1999", "1986"]]
    assert StaffMember.objects.get().birth_year == 1999


def test_the_same_sheet_confirmed_twice_is_written_once(bring):
    sheet = bring(xlsx_of(HEADS, LIPOVA))
    twin = bring(xlsx_of(HEADS, LIPOVA))
    write(sheet)

    with pytest.raises(sheets.ChangedSince):
        sheets.confirm(sheet, seen=sheet.seen, at=NOW)
    write(twin)

    assert (twin.state, counts(twin)) == (SheetImport.State.CHECKED, (0, 0, 1, 0))
    assert StaffMember.objects.count() == 1


def test_a_failure_in_the_middle_leaves_nothing_and_is_told(bring, monkeypatch):
    sheet = bring(xlsx_of(HEADS, LIPOVA))
    monkeypatch.setattr(staff_writing._Writing, "_teach", lambda *_: 1 / 0)

    write(sheet)

    assert (sheet.state, sheet.trouble) == (
        SheetImport.State.FAILED,
        "Таблицу обработать не удалось. Ничего не записано: загрузите её ещё раз.",
    )
    assert (StaffMember.objects.count(), StaffMember.history.count()) == (0, 0)


def test_how_much_is_written_is_told_while_it_is_and_forgotten_after(bring, monkeypatch):
    sheet = bring(xlsx_of(KEYS, *([str(place), "Липова", "Дарья", "учитель"] for place in range(1, 401))))
    seen = [percent_written(sheet)]
    monkeypatch.setattr(staff_writing, "remember", lambda *_, **__: seen.append(percent_written(sheet)))

    write(sheet)

    assert seen == [None, 50, 100]
    assert percent_written(bring(xlsx_of(KEYS))) is None
    assert [name for name in default_storage.listdir(sheets.FOLDER)[1] if "progress" in name] == []


def test_a_failure_forgets_how_far_it_had_come(bring, monkeypatch):
    sheet = bring(xlsx_of(KEYS, *([str(place), "Липова", "Дарья", "учитель"] for place in range(1, 401))))
    monkeypatch.setattr(staff_writing, "remember", lambda *_, **__: 1 / 0)

    write(sheet)

    assert (sheet.state, percent_written(sheet)) == (SheetImport.State.FAILED, None)


def test_a_sheet_in_hand_is_left_alone_until_its_worker_falls_silent(bring):
    sheet = bring(xlsx_of(HEADS, LIPOVA))
    sheets.confirm(sheet, seen=sheet.seen, at=NOW)
    sheets._claimed(sheet.pk, now=NOW)

    assert not sheets.work(sheet.pk, now=NOW + timedelta(minutes=1))
    assert sheets.waiting(NOW + timedelta(minutes=1)) == []
    assert sheets.waiting(NOW + sheets.LEASE) == [sheet.pk]
    assert worked(sheet, NOW + sheets.LEASE).state == SheetImport.State.WRITTEN


def test_a_sheet_that_kills_its_workers_is_given_up_in_words(bring):
    sheet = bring(xlsx_of(HEADS, LIPOVA))
    sheets.confirm(sheet, seen=sheet.seen, at=NOW)
    for round_ in range(sheets.MOST_ATTEMPTS):
        sheets._claimed(sheet.pk, now=NOW + round_ * sheets.LEASE)

    worked(sheet, NOW + sheets.MOST_ATTEMPTS * sheets.LEASE)

    assert (sheet.state, sheet.trouble.partition(".")[0]) == (
        SheetImport.State.FAILED,
        "Обработка обрывалась несколько раз подряд",
    )


def test_a_written_sheet_loses_its_file_and_an_old_one_everything(bring):
    sheet = bring(xlsx_of(HEADS, LIPOVA))
    left = bring(xlsx_of(HEADS, LIPOVA))
    name = left.file.name
    write(sheet)

    assert sheet.file.name == ""
    assert sheets.forget(before=NOW + timedelta(days=1)) == 2
    assert not default_storage.exists(name)
    assert StaffMember.objects.count() == 1


def test_the_sweep_wakes_what_nobody_has_in_hand(bring, monkeypatch):
    sheet = bring(xlsx_of(HEADS, LIPOVA))
    sheets.confirm(sheet, seen=sheet.seen, at=NOW)
    woken = []
    monkeypatch.setattr(tasks.work_sheet, "apply_async", lambda **call: woken.append(call["kwargs"]))

    assert tasks.sweep_sheets() == 1
    assert woken == [{"pk": sheet.pk}]
