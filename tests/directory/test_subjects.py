"""The subjects of a municipality: renamed, removed while nobody teaches them, taken back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import StaffMember, Subject
from directory.roles import Role
from tests.factories import directory


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
def physics(school):
    return directory.subject(municipality=school.municipality, title="физека")


def taught(subject):
    person = directory.staff_member(municipality=subject.municipality)
    person.subjects.add(subject)
    return person


def post(desk, verb, subject, **typed):
    return desk.post(reverse(f"directory:subject-{verb}", args=[subject.pk]), typed, follow=True)


def rename(desk, subject, title):
    return post(desk, "rename", subject, title=title, was_title=subject.title)


def take_back(desk, page):
    [address] = re.findall(r'action="([^"]+)"', str(list(page.context["messages"])[-1]))
    return desk.post(address, follow=True)


def titles(school):
    return sorted(Subject.objects.filter(municipality=school.municipality).values_list("title", flat=True))


def test_the_list_tells_who_teaches_and_what_is_doubled(desk, school, physics):
    directory.subject(municipality=school.municipality, title="Физика")
    taught(directory.subject(municipality=school.municipality, title="физика"))
    directory.subject(municipality=directory.municipality(), title="соседское")

    page = desk.get(reverse("directory:subject-list"))

    told = {subject.title: (subject.held, twin and twin.title) for subject, twin in page.context["rows"]}
    assert told["физека"] == (0, None)
    assert {told["Физика"], told["физика"]} in ({(0, None), (1, "Физика")}, {(0, "физика"), (1, None)})
    assert "соседское" not in told
    assert "Предметы" in desk.get(reverse("directory:staff-list")).content.decode()


def test_the_list_asks_no_more_for_more(desk, school):
    counts = []
    for _ in range(2):
        for number in range(3):
            taught(directory.subject(municipality=school.municipality, title=f"предмет {number} {len(counts)}"))
        with CaptureQueriesContext(connection) as asked:
            desk.get(reverse("directory:subject-list"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_better_name_reaches_every_card_and_is_taken_back(desk, methodist, school, physics):
    person = taught(physics)

    page = rename(desk, physics, "  физика ")

    assert [str(subject) for subject in person.subjects.all()] == ["физика"]
    history = desk.get(reverse("directory:subject-history", args=[physics.pk])).context["entries"]
    assert (history[0].by, history[0].changes) == (str(methodist), (("название", "физека", "физика"),))
    take_back(desk, page)
    assert titles(school) == ["физека"]


@pytest.mark.parametrize("title", ["физика", "ФИЗИКА"])
def test_a_name_that_another_has_is_refused_with_the_way_out(title, desk, school, physics):
    directory.subject(municipality=school.municipality, title="физика")

    page = rename(desk, physics, title)

    assert "Такой предмет уже есть: замените этот на него у сотрудников" in page.content.decode()
    assert titles(school) == ["физека", "физика"]


def test_ones_own_name_in_other_letters_is_no_double(desk, school, physics):
    rename(desk, physics, "Физека")

    assert titles(school) == ["Физека"]


def test_one_that_nobody_teaches_is_removed_and_brought_back(desk, school, physics):
    page = post(desk, "remove", physics)
    assert titles(school) == []

    take_back(desk, page)
    again = take_back(desk, page)

    assert titles(school) == ["физека"]
    assert "Отменить уже нельзя" in str(next(iter(again.context["messages"])))


def test_one_that_is_taught_is_refused_and_leads_to_the_exchange(desk, school, physics):
    person = taught(physics)

    refused = post(desk, "remove", physics)
    page = desk.get(reverse("directory:subject-list")).content.decode()

    assert refused.context["reason"] == "Предмет стоит у 1 сотрудника."
    assert titles(school) == ["физека"]
    [exchange] = re.findall(r'href="([^"]*/bulk/[^"]*)"', page)
    people = desk.get(exchange.replace("&amp;", "&")).context["count"]
    assert people == StaffMember.objects.filter(pk=person.pk).count()


def test_a_subject_typed_on_a_card_has_a_beginning_with_a_name(desk, methodist, school):
    person = directory.staff_member(municipality=school.municipality, last_name="Липова", first_name="Дарья")

    desk.post(
        reverse("directory:staff-edit", args=[person.pk]),
        {"last_name": "Липова", "first_name": "Дарья", "subject_added": "астрономия"},
    )

    assert Subject.history.get(title="астрономия").history_user == methodist
