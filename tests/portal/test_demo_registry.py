"""The registry of the demo: whatever the day, it holds something of everything that its pages show."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from directory.models import Dismissal, Organisation, Position, StaffMember, Subject
from portal.demo import building

DAYS = [date(2026, 1, 1), date(2026, 7, 15), date(2028, 2, 29)]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def today(request, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        building.build(today=request.param, draw=lambda paper: b"%PDF-")
        yield request.param
        transaction.set_rollback(True)


def test_there_are_young_people_novices_and_others(today):
    staff = StaffMember.objects.employed_on(today)

    for few in (staff.young_on(today), staff.novice_on(today)):
        assert 5 <= few.count() <= staff.count() // 2
    assert set(staff.values_list("category", flat=True)) == set(StaffMember.Category.values)


def test_nobody_has_begun_to_teach_as_a_child_or_holds_a_category_from_the_future(today):
    for person in StaffMember.objects.all():
        assert today.year - person.birth_year >= 22
        assert person.teaching_from is None or person.teaching_from.year - person.birth_year >= 20
        assert person.category_on is None or person.teaching_from < person.category_on < today
        assert not person.calling or person.category == StaffMember.Category.HIGHEST


def test_every_teacher_has_a_subject(today):
    teachers = StaffMember.objects.filter(positions__title__startswith="учитель")

    assert not teachers.filter(subjects=None).exists()
    assert Subject.objects.count() == 13


def test_some_work_in_two_places(today):
    part_timers = Position.objects.filter(engagement=Position.Engagement.EXTERNAL)

    assert [position.staff_member.positions.held_on(today).count() for position in part_timers] == [2, 2]


def test_a_gymnasium_was_a_school_once(today):
    gymnasium = Organisation.objects.get(short_title="Гимназия № 18")

    names = [gymnasium.named_on(date(today.year - 5, 8, 31) + timedelta(days=later)).short_title for later in (0, 1)]
    assert names == ["Школа № 18", "Гимназия № 18"]


def test_somebody_has_left(today):
    dismissal = Dismissal.objects.get()

    assert dismissal.dismissed_on < today
    assert not StaffMember.objects.employed_on(today).filter(pk=dismissal.staff_member_id).exists()
