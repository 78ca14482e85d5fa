"""Who works, who is young and who a novice as of a day: tables of days, both ends included."""

from datetime import date

import pytest

from directory.models import Position, StaffMember
from tests.factories import directory

EMPLOYED = [
    # (periods of the positions), the day, whether the person works on it
    ([(date(2025, 9, 1), date(2026, 8, 31))], date(2025, 8, 31), False),
    ([(date(2025, 9, 1), date(2026, 8, 31))], date(2025, 9, 1), True),
    ([(date(2025, 9, 1), date(2026, 8, 31))], date(2026, 8, 31), True),
    ([(date(2025, 9, 1), date(2026, 8, 31))], date(2026, 9, 1), False),
    ([(date(2026, 11, 18), date(2026, 11, 18))], date(2026, 11, 18), True),
    ([(None, None)], date(1990, 1, 1), True),
    ([(None, date(2025, 12, 31))], date(2025, 12, 31), True),
    ([(None, date(2025, 12, 31))], date(2026, 1, 1), False),
    ([(date(2024, 2, 29), None)], date(2024, 2, 28), False),
    ([(date(2024, 2, 29), None)], date(2024, 2, 29), True),
    ([(date(2024, 9, 1), date(2025, 8, 31)), (date(2025, 9, 1), None)], date(2025, 9, 1), True),
    ([(date(2024, 9, 1), date(2025, 8, 31)), (date(2025, 9, 2), None)], date(2025, 9, 1), False),
    ([(date(2024, 9, 1), None), (date(2025, 1, 1), date(2025, 6, 1))], date(2025, 3, 1), True),
    ([], date(2026, 1, 1), False),
]


@pytest.mark.parametrize(("periods", "day", "works"), EMPLOYED)
def test_who_works_on_a_day(periods, day, works, db):
    person = directory.staff_member()
    for starts_on, ends_on in periods:
        directory.position(staff_member=person, starts_on=starts_on, ends_on=ends_on)

    assert list(StaffMember.objects.employed_on(day)) == [person] * works
    assert StaffMember.objects.with_standing(day).get().is_employed is works
    assert any(position.is_held_on(day) for position in Position.objects.all()) is works


YOUNG = [
    # year of birth, the day, whether young: who does not turn 36 in the year of the day
    (1991, date(2026, 1, 1), True),
    (1991, date(2026, 12, 31), True),
    (1990, date(2026, 1, 1), False),
    (1990, date(2025, 12, 31), True),
    (1991, date(2027, 1, 1), False),
    (2008, date(2026, 6, 1), True),
    (2027, date(2026, 12, 31), False),
    (None, date(2026, 6, 1), False),
]


@pytest.mark.parametrize(("born", "day", "young"), YOUNG)
def test_who_is_young_on_a_day(born, day, young, db):
    person = directory.staff_member(birth_year=born)

    assert list(StaffMember.objects.young_on(day)) == [person] * young
    assert StaffMember.objects.with_standing(day).get().is_young is young


NOVICE = [
    # the first day of teaching, the day, whether a novice: three years, the last day before the anniversary included
    (date(2023, 9, 1), date(2023, 8, 31), False),
    (date(2023, 9, 1), date(2023, 9, 1), True),
    (date(2023, 9, 1), date(2026, 8, 31), True),
    (date(2023, 9, 1), date(2026, 9, 1), False),
    (date(2024, 2, 29), date(2027, 2, 28), True),
    (date(2024, 2, 29), date(2027, 3, 1), False),
    (date(2021, 2, 28), date(2024, 2, 28), False),
    (date(2021, 2, 28), date(2024, 2, 27), True),
    (date(2021, 3, 1), date(2024, 2, 29), True),
    (date(2021, 3, 1), date(2024, 3, 1), False),
    (date(2023, 12, 31), date(2026, 12, 30), True),
    (date(2024, 1, 1), date(2026, 12, 31), True),
    (date(2024, 1, 1), date(2027, 1, 1), False),
    (None, date(2026, 1, 1), False),
]


@pytest.mark.parametrize(("since", "day", "novice"), NOVICE)
def test_who_is_a_novice_on_a_day(since, day, novice, db):
    person = directory.staff_member(teaching_from=since)

    assert list(StaffMember.objects.novice_on(day)) == [person] * novice
    assert StaffMember.objects.with_standing(day).get().is_novice is novice


def test_questions_build_on_one_another(db):
    day = date(2026, 11, 18)
    young_novice = directory.staff_member(birth_year=2000, teaching_from=date(2025, 9, 1))
    directory.position(staff_member=young_novice, starts_on=date(2025, 9, 1))
    directory.staff_member(birth_year=2000, teaching_from=date(2025, 9, 1))
    directory.position(staff_member=directory.staff_member(birth_year=1980, teaching_from=date(2025, 9, 1)))

    found = StaffMember.objects.employed_on(day).young_on(day).novice_on(day)

    assert list(found) == [young_novice]


def test_a_person_with_two_positions_is_counted_once(db):
    person = directory.staff_member()
    directory.position(staff_member=person)
    directory.position(staff_member=person, engagement=Position.Engagement.EXTERNAL)

    assert StaffMember.objects.employed_on(date(2026, 11, 18)).count() == 1


def test_the_last_to_hold_a_person_keeps_the_card(db):
    person = directory.staff_member()
    old, new, beside = (directory.organisation(municipality=person.municipality) for _ in range(3))
    directory.position(staff_member=person, organisation=old, ends_on=date(2025, 8, 31))

    assert person.is_kept_by(old.pk)

    directory.position(staff_member=person, organisation=new)
    directory.position(staff_member=person, organisation=beside)

    assert [person.is_kept_by(place.pk) for place in (old, new, beside)] == [False, True, True]
    assert not person.is_kept_by(None)
