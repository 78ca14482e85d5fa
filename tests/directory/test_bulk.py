"""Many cards changed by one decision, and all of them brought back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import BulkEdit, StaffMember
from directory.roles import Role
from tests.factories import directory

Category = StaffMember.Category


@pytest.fixture
def school(db):
    return directory.organisation()


@pytest.fixture
def people(school):
    made = [directory.staff_member(municipality=school.municipality, last_name=name) for name in ("Астрова", "Белова")]
    for person in made:
        directory.position(staff_member=person, organisation=school)
    return made


@pytest.fixture
def browser(school, signed_in, today):
    return signed_in(directory.reader(Role.METHODIST, school))


def address(*people):
    chosen = "&".join(f"chosen={person.pk}" for person in people)
    return f"{reverse('directory:staff-bulk')}?{chosen}"


def press(browser, url, **typed):
    """Shown first, then written as shown."""
    typed = {"because": "Приказ от 12.11.2026"} | typed
    preview = browser.post(url, typed)
    seen = preview.context["form"]["seen"].value()
    return preview, browser.post(url, typed | {"seen": seen}, follow=True)


def test_subjects_category_and_load_are_written_with_history_and_taken_back(browser, school, people):
    old, new = (directory.subject(municipality=school.municipality, title=title) for title in ("физика", "химия"))
    for person in people:
        person.subjects.add(old)

    preview, done = press(
        browser, address(*people), added=new.pk, removed=old.pk, category="first", category_on="2026-11-12", load="yes"
    )

    assert preview.context["changing"] == 2
    assert "предмет добавится: химия; предмет уйдёт: физика; категория: нет → первая с 12.11.2026; ведёт уроки" in (
        preview.content.decode()
    )
    assert "Записано: 2 карточки." in done.content.decode()
    for person in StaffMember.objects.all():
        assert list(person.subjects.all()) == [new]
        assert (person.category, person.category_on, person.has_teaching_load) == ("first", date(2026, 11, 12), True)
        assert person.history.latest().history_change_reason == "Приказ от 12.11.2026"

    back = browser.post(reverse("directory:bulk-edit-take-back", args=[BulkEdit.objects.get().pk]), follow=True)

    assert "Правка отменена: 2 карточки." in back.content.decode()
    for person in StaffMember.objects.all():
        assert list(person.subjects.all()) == [old]
        assert (person.category, person.category_on, person.has_teaching_load) == ("", None, False)


def test_nothing_is_written_before_it_has_been_shown(browser, people):
    browser.post(address(*people), {"load": "yes", "because": "Приказ"})

    assert not StaffMember.objects.filter(has_teaching_load=True).exists()
    assert not BulkEdit.objects.exists()


def test_a_card_changed_meanwhile_is_shown_again(browser, people):
    typed = {"category": "highest", "category_on": "2026-11-12", "because": "Приказ"}
    seen = browser.post(address(*people), typed).context["form"]["seen"].value()
    people[0].category = Category.FIRST
    people[0].save()

    again = browser.post(address(*people), typed | {"seen": seen})

    assert "категория: первая → высшая" in again.content.decode()
    assert not StaffMember.objects.filter(category=Category.HIGHEST).exists()


def test_a_bulk_edit_gone_on_from_is_not_taken_back_at_all(browser, people):
    press(browser, address(*people), load="yes")
    people[0].refresh_from_db()
    people[0].has_teaching_load = False
    people[0].save()

    browser.post(reverse("directory:bulk-edit-take-back", args=[BulkEdit.objects.get().pk]))

    assert [person.has_teaching_load for person in StaffMember.objects.order_by("last_name")] == [False, True]
    assert BulkEdit.objects.get().undone_at is None


def test_the_additional_category_goes_with_the_highest(browser, people):
    StaffMember.objects.update(category=Category.HIGHEST, calling=StaffMember.Calling.MENTOR)

    press(browser, address(people[0]), category="first", category_on="2026-11-12")

    assert list(StaffMember.objects.order_by("last_name").values_list("category", "calling")) == [
        ("first", ""),
        ("highest", "mentor"),
    ]


def test_all_that_the_list_finds_are_changed_and_no_foreign_ones(browser, people):
    foreign = directory.staff_member(last_name="Астрова")

    press(browser, f"{reverse('directory:staff-bulk')}?all=1&found=q%3D%25D0%25B0%25D1%2581%25D1%2582", load="yes")

    assert list(StaffMember.objects.filter(has_teaching_load=True)) == [people[0]]
    assert not StaffMember.objects.get(pk=foreign.pk).has_teaching_load


def test_a_school_changes_those_it_keeps(school, people, signed_in, today):
    next_school = directory.organisation(municipality=school.municipality)
    left, stays = people
    left.positions.update(ends_on=date(2026, 1, 1))
    directory.position(staff_member=left, organisation=next_school)
    browser = signed_in(directory.reader(Role.DEPUTY, school))

    press(browser, address(left, stays), load="yes")

    assert list(StaffMember.objects.filter(has_teaching_load=True)) == [stays]


def test_the_queries_do_not_grow_with_the_people(browser, school):
    subject = directory.subject(municipality=school.municipality)
    typed = {"load": "yes", "added": subject.pk, "because": "Приказ"}
    asked = []

    for more in (1, 3, 30):
        made = [directory.staff_member(municipality=school.municipality) for _ in range(more)]
        with CaptureQueriesContext(connection) as captured:
            preview = browser.post(address(*made), typed)
            browser.post(address(*made), typed | {"seen": preview.context["form"]["seen"].value()})
        asked.append(len(captured))

    assert StaffMember.objects.filter(has_teaching_load=True).count() == 34
    assert asked == [asked[0]] * 3
