"""Whose duty a control point is, and who is never told of it."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from deadlines.workdays import Shift
from directory.roles import Role
from reminders import sources
from tests.factories import directory, roadmaps

TODAY = date(2026, 11, 24)
DUE = date(2026, 12, 1)


@pytest.fixture
def told(city):
    """The duties of the city as {account: [(title, is_watched)]}."""

    def told(due=None, **options):
        readers = sources.readers(city.municipality, TODAY)
        found = {}
        for duty in sources.roadmap_points(city.municipality, readers, due or Q(), **options):
            found.setdefault(duty.account, []).append((duty.title, duty.is_watched))
        return found

    return told


def test_a_point_is_owed_by_each_person_named_who_may_sign_in(city, told):
    second = city.reader(Role.TEACHER)
    city.point(city.deputy, second, due_on=DUE, text="Сдать\n отчёт")

    assert told() == {city.deputy.pk: [("Сдать отчёт", False)], second.pk: [("Сдать отчёт", False)]}


def test_a_duty_says_everything_that_a_letter_needs(city):
    point = city.point(city.deputy, due_on=DUE)
    city.school.shift = Shift.FORWARD
    city.school.save()

    [duty] = sources.roadmap_points(city.municipality, sources.readers(city.municipality, TODAY), Q())

    assert duty.source == sources.source_of(point.pk)
    assert duty.url == point.get_absolute_url()
    assert (duty.due_on, duty.shift, duty.within) == (DUE, Shift.FORWARD, "Дорожная карта наставничества")


def test_a_part_of_an_item_is_named_by_itself(city, told):
    point = city.point(city.deputy, due_on=DUE)
    point.subitem = roadmaps.subitem(item=point.item, text="Собрать отзывы")
    point.save()

    assert told() == {city.deputy.pk: [("Собрать отзывы", False)]}


def test_where_nobody_named_may_be_told_the_keeper_is(city, told):
    city.point(due_on=DUE)
    gone = city.reader(Role.TEACHER)
    gone.is_active = False
    gone.save()
    city.point(gone, due_on=DUE)

    assert told() == {city.methodist.pk: [("Сдать отчёт", False)] * 2}


@pytest.fixture
def imported(city):
    """A section of a roadmap that a command has imported: nobody keeps it."""
    return roadmaps.section(roadmap=roadmaps.approved(municipality=city.municipality))


def test_where_nobody_keeps_the_roadmap_its_controller_owes(city, told, imported):
    imported.roadmap.controller = city.deputy.staff_member
    imported.roadmap.save()
    city.point(due_on=DUE, section=imported, text="Ничьё")

    assert told() == told(of={city.deputy.pk}) == {city.deputy.pk: [("Ничьё", False)]}


def test_where_nobody_controls_it_either_every_methodist_owes(city, told, imported):
    second = city.reader(Role.METHODIST, city.centre)
    imported.roadmap.controller = directory.staff_member(municipality=city.municipality)
    imported.roadmap.save()
    city.point(due_on=DUE, section=imported, text="Ничьё")

    assert told() == {account.pk: [("Ничьё", False)] for account in (city.methodist, second)}
    assert told(of={second.pk}) == {second.pk: [("Ничьё", False)]}
    assert told(of={city.deputy.pk}) == {}


def test_a_named_person_owes_alone_though_nobody_keeps_the_roadmap(city, told, imported):
    city.point(city.deputy, due_on=DUE, section=imported, text="Отчёт")

    assert told() == {city.deputy.pk: [("Отчёт", False)]}


def test_a_keeper_who_has_left_keeps_nothing(city, told):
    second = city.reader(Role.METHODIST, city.centre)
    city.point(due_on=DUE, text="Ничьё")
    close(city.methodist)

    assert told() == {second.pk: [("Ничьё", False)]}


def bring_to_an_end(account):
    account.acting_as.ends_on = TODAY - timedelta(days=1)
    account.acting_as.save()


def lead_elsewhere(account):
    account.acting_as = directory.appointment(account=account, role=Role.DEPUTY)
    account.save()


def take_role_away(account):
    account.acting_as = None
    account.save()


def close(account):
    account.is_active = False
    account.save()


def lend(account):
    """The appointment of somebody else gives no rights."""
    account.acting_as = directory.appointment(role=Role.DEPUTY, organisation=account.acting_as.organisation)
    account.save()


@pytest.mark.parametrize("change", [bring_to_an_end, lead_elsewhere, take_role_away, close, lend])
def test_whoever_could_not_open_the_page_is_not_told(city, told, change):
    city.point(city.deputy, due_on=DUE)
    assert list(told()) == [city.deputy.pk]

    change(city.deputy)

    assert list(told()) == [city.methodist.pk]


def test_what_nobody_can_be_late_with_is_no_duty(city, told):
    approved = city.section
    draft = roadmaps.section(roadmap=roadmaps.roadmap(municipality=city.municipality))
    closed = roadmaps.section(roadmap=roadmaps.roadmap(municipality=city.municipality, state="closed"))
    elsewhere = roadmaps.section(roadmap=roadmaps.approved())
    for section in (draft, closed, elsewhere):
        city.point(city.deputy, due_on=DUE, section=section)
    city.point(city.deputy, due_on=DUE, is_checkin=True)
    city.point(city.deputy, due_on=approved.roadmap.watched_from - timedelta(days=1))
    done = city.point(city.deputy, due_on=DUE)
    done.complete(on=TODAY, by=city.deputy, at=roadmaps.A_MOMENT)
    removed = city.point(city.deputy, due_on=DUE)
    removed.item.remove(by=city.methodist, at=roadmaps.A_MOMENT)

    assert told() == {}


def test_the_controller_watches_and_owes_only_what_names_him(city, told):
    city.roadmap.controller = city.methodist.staff_member
    city.roadmap.save()
    city.point(city.deputy, due_on=DUE, text="Чужое")
    city.point(city.methodist, due_on=DUE, text="Своё")

    found = told()

    assert found[city.deputy.pk] == [("Чужое", False)]
    assert sorted(found[city.methodist.pk]) == [("Своё", False), ("Чужое", True)]


def test_the_days_are_asked_of_the_column_and_only_the_accounts_named_answer(city, told):
    second = city.reader(Role.TEACHER)
    city.point(city.deputy, second, due_on=DUE)
    city.point(city.deputy, due_on=DUE + timedelta(days=1), text="Другой день")
    city.point(due_on=DUE, text="Ничьё")

    assert told(Q(due_on__in=[DUE]), of={second.pk}) == {second.pk: [("Сдать отчёт", False)]}
    assert told(Q(due_on__in=[DUE]), of={city.methodist.pk}) == {city.methodist.pk: [("Ничьё", False)]}


def test_any_number_of_points_is_one_question(city, told, django_assert_num_queries):
    readers = sources.readers(city.municipality, TODAY)
    for number in range(3):
        city.point(city.deputy, due_on=DUE + timedelta(days=number))

    with django_assert_num_queries(1):
        assert len(list(sources.roadmap_points(city.municipality, readers, Q()))) == 3


def test_watching_begins_with_the_first_approved_roadmap(city):
    roadmaps.approved(municipality=city.municipality, watched_from=date(2026, 10, 1))
    roadmaps.roadmap(municipality=city.municipality, watched_from=date(2020, 1, 1))

    assert sources.watched_since(city.municipality) == city.roadmap.watched_from
    assert sources.watched_since(directory.municipality()) is None
