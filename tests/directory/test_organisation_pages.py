"""The passport of an organisation: edited, renamed from a day on, closed, and its contacts kept by the own deputy."""

import re
from datetime import date

import pytest
from django.urls import reverse

from directory.models import Letterhead, Organisation
from directory.models.organisations import Name
from directory.roles import Role
from tests.factories import directory

CARD = {
    "kind": "school", "title": "МБОУ «Школа у реки»", "title_genitive": "", "short_title": "Школа у реки",
    "inn": "", "address": "ул. Садовая, 1", "phone": "", "email": "", "site": "",
}  # fmt: skip
NEW_NAME = {"title": "МБОУ «Лицей у реки»", "title_genitive": "МБОУ «Лицея у реки»", "short_title": "Лицей у реки"}


@pytest.fixture
def school(db, today):
    return directory.organisation(title="МБОУ «Школа у реки»", short_title="Школа у реки")


@pytest.fixture
def methodist(school):
    return directory.reader(Role.METHODIST, directory.organisation(municipality=school.municipality))


@pytest.fixture
def visitor(methodist, signed_in):
    return signed_in(methodist)


def at(address, record):
    return reverse(f"directory:organisation-{address}", args=[record.pk])


def was(organisation):
    return {f"was_{name}": getattr(organisation, name) for name in CARD}


NAMES = [
    # the day, what the organisation was called: two changes, the last day of a name included
    (date(1990, 1, 1), "Школа рабочей молодёжи"),
    (date(2010, 8, 31), "Школа рабочей молодёжи"),
    (date(2010, 9, 1), "Гимназия"),
    (date(2021, 8, 31), "Гимназия"),
    (date(2021, 9, 1), "Школа у реки"),
    (date(2099, 1, 1), "Школа у реки"),
]


@pytest.mark.parametrize(("day", "name"), NAMES)
def test_names_are_periods(day, name, school):
    directory.former_name(organisation=school, short_title="Гимназия", ends_on=date(2021, 8, 31))
    directory.former_name(organisation=school, short_title="Школа рабочей молодёжи", ends_on=date(2010, 8, 31))

    assert school.named_on(day).short_title == name


def test_an_organisation_is_added_to_the_own_municipality(visitor, methodist, school):
    answer = visitor.post(reverse("directory:organisation-add"), CARD | {"short_title": "Школа у леса"})

    added = Organisation.objects.get(short_title="Школа у леса")
    assert answer.url == added.get_absolute_url()
    assert (added.municipality, added.history.get().history_user) == (school.municipality, methodist)


def test_a_card_is_edited_and_remembered(visitor, methodist, school):
    page = visitor.post(at("edit", school), was(school) | CARD | {"inn": "7707 083893"}, follow=True).content.decode()

    school.refresh_from_db()
    assert (school.inn, school.address) == ("7707083893", "ул. Садовая, 1")
    assert school.history.latest().history_user == methodist
    assert "ул. Садовая, 1" in page


def test_a_twin_is_told_beside_the_field(visitor, school):
    directory.organisation(municipality=school.municipality, short_title="Школа у леса", inn="7707083893")

    page = visitor.post(at("edit", school), was(school) | CARD | {"short_title": "Школа у леса", "inn": "7707083893"})

    assert page.context["form"].errors == {
        "short_title": ["Организация с таким коротким названием уже есть."],
        "inn": ["Этот ИНН уже записан за другой организацией."],
    }


def test_two_editors_do_not_write_over_each_other(visitor, school):
    opened = was(school)
    Organisation.objects.filter(pk=school.pk).update(address="ул. Лесная, 2", phone="12-34")

    page = visitor.post(at("edit", school), opened | CARD)

    assert list(page.context["form"].errors) == ["address"]
    school.refresh_from_db()
    assert (school.address, school.phone) == ("ул. Лесная, 2", "12-34")


def test_a_new_name_is_borne_from_its_day_and_the_former_one_before(visitor, methodist, school):
    page = visitor.post(
        at("rename", school), NEW_NAME | {"on": "2026-09-01", "because": "постановление № 914"}, follow=True
    )

    school.refresh_from_db()
    assert school.name == Name(*NEW_NAME.values())
    assert school.named_on(date(2026, 8, 31)).short_title == "Школа у реки"
    assert "до 31.08.2026: Школа у реки" in page.content.decode()
    latest = school.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (methodist, "постановление № 914")


def test_the_letterhead_takes_the_new_name_too(visitor, school):
    directory.letterhead(organisation=school)

    visitor.post(at("rename", school), NEW_NAME | {"on": "2026-09-01"})

    letterhead = Letterhead.objects.get(organisation=school)
    assert (letterhead.full_title, letterhead.short_title) == ("МБОУ «Лицей у реки»", "Лицей у реки")
    assert letterhead.history.latest().history_change_reason == "переименование"


REFUSED = [
    ({"on": "2026-11-19"}, {"on": ["Этот день ещё не наступил. Переименуйте, когда название сменится."]}),
    ({"on": "2021-09-01"}, {"on": ["Нынешнее название появилось 01.09.2021: нужен день позже."]}),
    ({"short_title": "Школа у леса"}, {"short_title": ["Организация с таким коротким названием уже есть."]}),
]


@pytest.mark.parametrize(("typed", "errors"), REFUSED)
def test_an_impossible_renaming_is_refused(typed, errors, visitor, school):
    directory.former_name(organisation=school, ends_on=date(2021, 8, 31))
    directory.organisation(municipality=school.municipality, short_title="Школа у леса")

    page = visitor.post(at("rename", school), NEW_NAME | {"on": "2026-09-01"} | typed)

    assert page.context["form"].errors == errors
    assert school.former_names.count() == 1


def test_the_same_name_is_no_renaming(visitor, school):
    page = visitor.post(
        at("rename", school), {"title": school.title, "short_title": school.short_title, "on": "2026-09-01"}
    )

    assert page.context["form"].non_field_errors() == ["Название то же самое. Измените его или вернитесь назад."]


def test_an_organisation_is_closed_and_opened_again(visitor, school):
    directory.position(staff_member=directory.staff_member(municipality=school.municipality), organisation=school)
    assert "работает 1 сотрудник" in visitor.get(at("close", school)).content.decode()

    page = visitor.post(at("close", school), {"on": "2026-08-31", "because": "слияние"}, follow=True).content.decode()

    school.refresh_from_db()
    assert (school.closed_on, school.history.latest().history_change_reason) == (date(2026, 8, 31), "слияние")
    assert "последний день работы 31.08.2026" in page

    visitor.post(at("reopen", school))
    school.refresh_from_db()
    assert school.closed_on is None


def test_a_closed_one_is_not_closed_again(visitor, school, methodist):
    school.close(on=date(2026, 8, 31), by=methodist)

    page = visitor.post(at("close", school), {"on": "2026-10-31"})

    assert page.status_code == 403
    assert "последний день 31.08.2026" in page.content.decode()


def test_a_deputy_keeps_the_contacts_of_the_own_school(school, signed_in):
    reader = signed_in(directory.reader(Role.DEPUTY, school))

    reader.post(at("contacts", school), was(school) | {"phone": "12-34", "short_title": "Моя школа"})

    school.refresh_from_db()
    assert (school.phone, school.short_title) == ("12-34", "Школа у реки")


def test_a_deputy_does_not_keep_those_of_another_school(school, signed_in):
    neighbour = directory.organisation(municipality=school.municipality)
    reader = signed_in(directory.reader(Role.DEPUTY, neighbour))

    page = reader.post(at("contacts", school), was(school) | {"phone": "12-34"})

    assert page.status_code == 403
    assert "только своей организации" in page.content.decode()
    school.refresh_from_db()
    assert school.phone == ""


@pytest.mark.parametrize("address", ["edit", "rename", "close"])
def test_a_deputy_keeps_no_more_than_contacts(address, school, signed_in):
    page = signed_in(directory.reader(Role.DEPUTY, school)).get(at(address, school))

    assert page.status_code == 403
    assert "Организации ведут методисты и администратор." in page.content.decode()


def test_the_history_tells_before_and_after(visitor, school):
    visitor.post(at("rename", school), NEW_NAME | {"on": "2026-09-01", "because": "постановление № 914"})

    page = visitor.get(at("history", school)).content.decode()

    assert "постановление № 914" in page
    assert "МБОУ «Школа у реки»" in page
    assert "МБОУ «Лицей у реки»" in page


def test_schools_stand_in_natural_order_and_are_found_in_cyrillic(visitor, school):
    for number in (10, 2):
        directory.organisation(municipality=school.municipality, short_title=f"Берёзовая школа № {number}")

    page = visitor.get(reverse("directory:organisation-list"), {"q": "БЕРЕЗОВАЯ"}).content.decode()

    assert re.findall(r">(Берёзовая школа № \d+)</a>", page) == ["Берёзовая школа № 2", "Берёзовая школа № 10"]
    assert "Школа у реки" not in page
