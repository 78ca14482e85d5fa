"""A position entered by mistake is taken out with a reason and brought back; one that something stands on stays."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from directory.actions import personaldata, positions, staff
from directory.models import Position
from directory.roles import Role
from tests.factories import directory

NOW = datetime(2026, 11, 18, 7, tzinfo=UTC)


@pytest.fixture
def school(db, today):
    return directory.organisation()


@pytest.fixture
def methodist(school):
    return directory.reader(Role.METHODIST, school)


@pytest.fixture
def desk(methodist, signed_in):
    return signed_in(methodist)


@pytest.fixture
def person(school):
    made = directory.staff_member(municipality=school.municipality, last_name="Липова")
    directory.position(staff_member=made, organisation=school, title="учитель")
    return made


@pytest.fixture
def mistyped(person, school):
    return directory.position(staff_member=person, organisation=school, title="учетель", number="Т-9")


def remove(desk, position, because="внесена дважды"):
    return desk.post(reverse("directory:position-remove", args=[position.pk]), {"because": because}, follow=True)


def take_back(desk, page):
    [address] = re.findall(r'action="([^"]+)"', str(list(page.context["messages"])[-1]))
    return desk.post(address, follow=True)


def titles(person):
    return sorted(person.positions.values_list("title", flat=True))


def test_it_leaves_the_card_and_stays_in_the_history(desk, methodist, person, mistyped):
    asked = desk.get(reverse("directory:position-remove", args=[mistyped.pk])).content.decode()

    remove(desk, mistyped)

    assert "«учетель»" in asked
    assert titles(person) == ["учитель"]
    version = Position.history.get(id=mistyped.pk, history_type="-")
    assert (version.history_user, version.history_change_reason) == (methodist, "внесена дважды")
    history = desk.get(reverse("directory:staff-history", args=[person.pk])).content.decode()
    assert "должность учетель: запись удалена" in history
    assert "внесена дважды" in history


def test_it_is_brought_back_as_it_was_once(desk, person, mistyped):
    page = remove(desk, mistyped)

    take_back(desk, page)
    again = take_back(desk, page)

    assert titles(person) == ["учетель", "учитель"]
    back = person.positions.get(title="учетель")
    assert (back.pk, back.number, back.starts_on) == (mistyped.pk, "Т-9", mistyped.starts_on)
    assert "Вернуть уже нельзя" in str(next(iter(again.context["messages"])))


def test_it_is_not_brought_back_over_a_number_given_again(desk, person, school, mistyped):
    page = remove(desk, mistyped)
    other = directory.staff_member(municipality=school.municipality)
    directory.position(staff_member=other, organisation=school, number="Т-9")

    answer = take_back(desk, page)

    assert titles(person) == ["учитель"]
    assert "появилась другая такая же запись" in str(next(iter(answer.context["messages"])))


def test_without_a_reason_nothing_happens(desk, person, mistyped):
    page = remove(desk, mistyped, because="")

    assert "Заполните" in page.content.decode()
    assert titles(person) == ["учетель", "учитель"]


def test_the_only_one_is_refused_with_the_way_out(desk, person):
    [only] = person.positions.all()

    refused = remove(desk, only)
    edit = desk.get(reverse("directory:position-edit", args=[only.pk])).content.decode()

    assert refused.context["reason"].startswith("Без этой должности сотрудник пропадёт из списков")
    assert refused.context["reason"] in edit
    assert titles(person) == ["учитель"]


def test_one_that_a_dismissal_has_ended_waits_for_its_withdrawal(desk, person, mistyped, methodist, today):
    dismissal = staff.dismiss(person, on=today, by=methodist, today=today, now=NOW)
    refused = remove(desk, mistyped)
    assert refused.context["reason"] == f"Должность завершена увольнением {today:%d.%m.%Y}: сначала отмените его."
    assert titles(person) == ["учетель", "учитель"]

    staff.withdraw(dismissal, by=methodist, at=NOW)
    remove(desk, mistyped)

    assert titles(person) == ["учитель"]


def test_a_deputy_removes_at_home_and_not_the_last_that_shows_the_person(school, person, mistyped, signed_in):
    elsewhere = directory.organisation(municipality=school.municipality)
    foreign = directory.position(staff_member=person, organisation=elsewhere, title="педагог")
    deputy = signed_in(directory.reader(Role.DEPUTY, school))

    abroad = remove(deputy, foreign)
    remove(deputy, mistyped)
    last = remove(deputy, person.positions.get(title="учитель"))

    assert abroad.context["reason"] == "Заместитель директора правит должности только в своей организации."
    assert last.context["reason"].startswith("Без этой должности")
    assert titles(person) == ["педагог", "учитель"]


def test_two_who_remove_at_once_leave_one(person, mistyped, methodist):
    first = person.positions.get(title="учитель")

    positions.remove(mistyped, by=methodist, because="внесена дважды")

    with pytest.raises(positions.LastPosition):
        positions.remove(first, by=methodist, because="внесена дважды")
    assert titles(person) == ["учитель"]


def test_nothing_is_kept_of_one_who_is_nameless(desk, person, school, today, methodist):
    person.positions.update(ends_on=today - timedelta(days=60))
    gone = directory.position(
        staff_member=person, organisation=school, starts_on=date(2020, 9, 1), ends_on=date(2021, 8, 31)
    )
    page = remove(desk, gone)
    personaldata.depersonalise(
        person, because="срок вышел", commission=[], by=methodist, at=NOW, today=today, keep_act=lambda *_: ("", "")
    )

    refused = take_back(desk, page)

    assert refused.context["reason"] == "Данные обезличены: карточку больше не правят."
    assert person.positions.count() == 1
