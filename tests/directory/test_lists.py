"""The lists of the directory: filters and orders in the address, Cyrillic on both databases, plans over indexes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory import table
from directory.models import Organisation, Position, StaffMember
from directory.roles import Role
from tests.factories import directory

#: Written in this order, found by these words, standing in this order: the same on SQLite and on PostgreSQL.
NAMES = ["Яр-10", "яр-9", "Ёлкин", "Елкина", "Ежов", "Жуков", "ЁЖИКОВА", "Иванов Пётр", "Ивановская", "Иванова"]
ORDER = ["ЁЖИКОВА", "Ежов", "Ёлкин", "Елкина", "Жуков", "Иванов Пётр", "Иванова", "Ивановская", "яр-9", "Яр-10"]
FOUND = {
    "елкин": ["Ёлкин", "Елкина"],
    "ЁЛКИН": ["Ёлкин", "Елкина"],
    "ежик": ["ЁЖИКОВА"],
    "ПЕТР иванов": ["Иванов Пётр"],
    "яр 9": ["яр-9"],
    "%": ORDER,
    "жуков_": ["Жуков"],
    "zhukov": [],
}


@pytest.fixture
def school(db):
    return directory.organisation(short_title="Школа № 2")


@pytest.fixture
def browser(school, signed_in, today):
    return signed_in(directory.reader(Role.METHODIST, school))


def hire(school, last_name, *, first_name="", **fields):
    held = {name: fields.pop(name) for name in ("title", "engagement", "starts_on", "ends_on") if name in fields}
    person = directory.staff_member(
        municipality=school.municipality, last_name=last_name, first_name=first_name, **fields
    )
    directory.position(staff_member=person, organisation=school, **held)
    return person


def names(browser, address="directory:staff-list", **asked):
    return [row.name for row in browser.get(reverse(address), asked).context["object_list"]]


@pytest.mark.parametrize("words", FOUND)
def test_words_find_alike_on_both_databases(words, school, browser):
    for name in NAMES:
        hire(school, name)

    assert names(browser, q=words) == FOUND[words]


def test_names_stand_alike_on_both_databases(school, browser):
    for name in NAMES:
        hire(school, name)

    assert names(browser) == ORDER
    assert names(browser, sort="-name") == ORDER[::-1]


def test_each_filter_keeps_its_own(school, browser):
    garden = directory.organisation(
        municipality=school.municipality, short_title="Детский сад «Ёлочка»", kind=Organisation.Kind.KINDERGARTEN
    )
    physics = directory.subject(municipality=school.municipality)
    hire(school, "Все").subjects.add(physics)
    hire(garden, "Садовая", birth_year=1995, teaching_from=date(2025, 9, 1), category="first")
    hire(school, "Ушедшая", ends_on=date(2026, 1, 31), birth_year=1970, category="highest")
    hire(school, "Внешняя", engagement=Position.Engagement.EXTERNAL, birth_year=1990)

    assert names(browser, organisation=garden.pk) == ["Садовая"]
    assert names(browser, place="елочка") == ["Садовая"]
    assert names(browser, kind="kindergarten") == ["Садовая"]
    assert names(browser, subject=physics.pk) == ["Все"]
    assert names(browser, category="none") == ["Внешняя", "Все"]
    assert names(browser, category="highest") == ["Ушедшая"]
    assert names(browser, engagement="external") == ["Внешняя"]
    assert names(browser, standing="young") == ["Садовая"]
    assert names(browser, standing="novice") == ["Садовая"]
    assert names(browser, work="now") == ["Внешняя", "Все", "Садовая"]
    assert names(browser, work="left") == ["Ушедшая"]
    assert names(browser, organisation=school.pk, engagement="external", work="now") == ["Внешняя"]


def test_who_left_one_school_for_another_is_not_among_those_who_left(school, browser):
    person = hire(school, "Перешедшая", ends_on=date(2026, 1, 31))
    directory.position(staff_member=person, organisation=directory.organisation(municipality=school.municipality))

    assert names(browser, work="left") == []
    assert names(browser, organisation=school.pk, work="now") == []
    assert names(browser, organisation=school.pk) == ["Перешедшая"]


def test_orders_by_column_leave_nobody_out(school, browser):
    lyceum = directory.organisation(municipality=school.municipality, short_title="Школа № 10")
    hire(lyceum, "Абрамова", category="first", teaching_from=date(2000, 9, 1))
    hire(school, "Белова", category="highest", teaching_from=date(2010, 9, 1))
    hire(school, "Власова")

    assert names(browser, sort="organisation") == ["Белова", "Власова", "Абрамова"]
    assert names(browser, sort="category") == ["Белова", "Абрамова", "Власова"]
    assert names(browser, sort="-teaching_from") == ["Белова", "Абрамова", "Власова"]
    assert names(browser, sort="password") == ["Абрамова", "Белова", "Власова"]


def test_a_row_tells_both_positions_and_today_s_marks(school, browser):
    person = hire(school, "Липова", birth_year=2000, teaching_from=date(2025, 9, 1), category="first", phone="8 900")
    directory.position(staff_member=person, organisation=school, title="методист")
    person.subjects.add(directory.subject(municipality=school.municipality, title="физика"))

    [row] = browser.get(reverse("directory:staff-list")).context["object_list"]

    assert row.cells == (
        ("Должность", "учитель\nметодист"),
        ("Организация", "Школа № 2\nШкола № 2"),
        ("Предметы", "физика"),
        ("Категория", "первая"),
        ("Отметки", "молодой, начинающий"),
        ("Телефон", "8 900"),
    )


def test_columns_are_chosen_in_the_address_and_kept_on_the_next_page(school, browser):
    for number in range(51):
        hire(school, f"Липова {number}")

    response = browser.get(reverse("directory:staff-list"), {"columns": ["email", "position"], "work": "now"})

    assert [head["label"] for head in response.context["heads"]] == ["Сотрудник", "Должность", "Почта"]
    assert "Найден 51 сотрудник" in response.content.decode()
    assert '?columns=email&amp;columns=position&amp;work=now&amp;page=2"' in response.content.decode()


def test_organisations_tell_how_many_work_there(school, browser):
    garden = directory.organisation(
        municipality=school.municipality, short_title="Детский сад № 1", kind="kindergarten"
    )
    hire(school, "Первая")
    twice = hire(school, "Вторая")
    directory.position(staff_member=twice, organisation=school, title="методист")
    hire(school, "Ушедшая", ends_on=date(2026, 1, 31))

    rows = browser.get(reverse("directory:organisation-list"), {"sort": "-staff"}).context["object_list"]

    assert [(row.name, dict(row.cells)["Сотрудников"]) for row in rows] == [("Школа № 2", "2"), (str(garden), "")]
    assert names(browser, "directory:organisation-list", kind="kindergarten") == ["Детский сад № 1"]


@pytest.fixture
def crowd(transactional_db, school):
    """Enough people for a plan to prefer indexes, and tables as tidy as housekeeping leaves them between two mornings."""
    rows = [
        StaffMember(
            municipality=school.municipality, last_name=name, first_name="Анна", sort_key=name, search_text=name
        )
        for name in (
            f"{'абвгдежзик'[number % 10]}{number * 7919 % 20_000:05}о{number % 977}ва" for number in range(20_000)
        )
    ]
    StaffMember.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE directory_staffmember" if connection.vendor == "postgresql" else "ANALYZE")
    return school


def plan(browser, **asked):
    """How the database finds the keys of a page."""
    with CaptureQueriesContext(connection) as captured:
        browser.get(reverse("directory:staff-list"), asked)
    [sql] = [query["sql"] for query in captured if "is_novice" in query["sql"] and "LIMIT" in query["sql"]]
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_a_deep_page_is_skipped_over_the_index_alone(crowd, browser):
    told = plan(browser, page=300)

    assert "staff_in_natural_order" in told
    assert "Seq Scan on directory_staffmember" not in told
    assert "SCAN directory_staffmember" not in told


def test_words_are_found_by_trigrams(crowd, browser):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite reads the texts through, in the order of the index")

    told = plan(browser, q="01234о")

    assert "directory_staffmember_trigrams" in told
    assert "Seq Scan on directory_staffmember" not in told


def test_on_sqlite_words_come_in_the_order_of_the_index(crowd, browser):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has trigrams")

    assert "staff_in_natural_order" in plan(browser, q="ва")


def test_an_unknown_column_is_not_shown_and_all_unticked_are_the_usual():
    assert [column.key for column in table.chosen(table.STAFF_COLUMNS, "password,phone", ())] == ["phone"]
    assert [column.key for column in table.chosen(table.STAFF_COLUMNS, "", ("email",))] == ["email"]
