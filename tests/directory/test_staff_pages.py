"""The card of a person: added with a position, shown as of a day, edited under guard, kept by the own school."""

from datetime import date

import pytest
from django.urls import reverse

from directory.models import Position, StaffMember
from directory.roles import Role
from tests.factories import directory

CARD = {
    "last_name": "Берёзова", "first_name": "Дарья", "patronymic": "Ильинична", "birth_year": "1995",
    "teaching_from": "2024-09-01", "category": "", "calling": "",
}  # fmt: skip


@pytest.fixture
def school(db, today):
    return directory.organisation(short_title="Школа у реки")


@pytest.fixture
def other(school):
    return directory.organisation(municipality=school.municipality, short_title="Школа у леса")


@pytest.fixture
def deputy(school):
    return directory.reader(Role.DEPUTY, school)


@pytest.fixture
def methodist(school):
    return directory.reader(Role.METHODIST, directory.organisation(municipality=school.municipality))


@pytest.fixture
def visitor(methodist, signed_in):
    return signed_in(methodist)


@pytest.fixture
def person(school):
    made = directory.staff_member(municipality=school.municipality, last_name="Липова", first_name="Дарья")
    directory.position(staff_member=made, organisation=school, title="учитель химии", starts_on=date(2020, 9, 1))
    return made


def at(address, record):
    return reverse(f"directory:{address}", args=[record.pk])


def shown(reader, record, **parameters):
    return reader.get(record.get_absolute_url(), parameters).content.decode()


def first_position(organisation, **typed):
    told = {"organisation": organisation.pk, "title": "учитель физики", "engagement": "main", "starts_on": "2026-09-01"}
    return {f"position-{name}": value for name, value in (told | typed).items()}


def was(person):
    return {
        "was_last_name": person.last_name, "was_first_name": person.first_name, "was_patronymic": person.patronymic,
        "was_birth_year": "", "was_teaching_from": "", "was_has_teaching_load": "", "was_category": "",
        "was_category_on": "", "was_category_until": "", "was_calling": "", "was_email": "", "was_phone": "",
        "was_subjects": ",".join(str(key) for key in person.subjects.order_by("pk").values_list("pk", flat=True)),
    }  # fmt: skip


def test_a_deputy_adds_a_person_to_the_own_school(deputy, school, signed_in):
    answer = signed_in(deputy).post(
        reverse("directory:staff-add"), CARD | first_position(school) | {"subject_added": " физика "}
    )

    person = StaffMember.objects.get(last_name="Берёзова")
    assert answer.url == person.get_absolute_url()
    assert person.municipality == school.municipality
    assert [(each.organisation, each.title, each.starts_on) for each in person.positions.all()] == [
        (school, "учитель физики", date(2026, 9, 1))
    ]
    assert [subject.title for subject in person.subjects.all()] == ["физика"]
    assert person.history.get().history_user == deputy


def test_a_deputy_adds_nobody_to_another_school(deputy, other, signed_in):
    page = signed_in(deputy).post(reverse("directory:staff-add"), CARD | first_position(other))

    assert list(page.context["position_form"].errors) == ["organisation"]
    assert not StaffMember.objects.filter(last_name="Берёзова").exists()


def test_a_person_without_a_position_is_not_added(deputy, school, signed_in):
    page = signed_in(deputy).post(reverse("directory:staff-add"), CARD | first_position(school, title=""))

    assert list(page.context["position_form"].errors) == ["title"]
    assert not StaffMember.objects.filter(last_name="Берёзова").exists()


def test_the_page_of_a_school_leads_to_a_person_of_that_school(methodist, school, other, signed_in):
    page = signed_in(methodist).get(reverse("directory:staff-add"), {"at": school.pk})

    assert page.context["position_form"]["organisation"].value() == str(school.pk)


STANDING = [
    # the day of the address, what the card says of the person born in 1991 and teaching since 18.11.2023
    ("", {"молодой педагог"}),
    ("2026-11-17", {"молодой педагог", "начинающий"}),
    ("2027-01-01", set()),
    ("2019-01-01", {"молодой педагог", "не работает"}),
    ("nonsense", {"молодой педагог"}),
]


@pytest.mark.parametrize(("day", "told"), STANDING)
def test_the_card_is_shown_as_of_a_day(day, told, person, methodist, signed_in):
    StaffMember.objects.filter(pk=person.pk).update(birth_year=1991, teaching_from=date(2023, 11, 18))

    page = shown(signed_in(methodist), person, **({"on": day} if day else {}))

    words = {"молодой педагог", "начинающий", "не работает"}
    assert {word for word in words if f">{word}</span>" in page} == told


def test_positions_before_and_after_stand_apart_from_those_of_the_day(person, school, methodist, signed_in):
    directory.position(staff_member=person, organisation=school, title="вожатая", ends_on=date(2020, 8, 31))

    now = signed_in(methodist).get(person.get_absolute_url()).context
    then = signed_in(methodist).get(person.get_absolute_url(), {"on": "2019-09-01"}).context

    assert [[each.title for each in now[part]] for part in ("now", "other")] == [["учитель химии"], ["вожатая"]]
    assert [[each.title for each in then[part]] for part in ("now", "other")] == [["вожатая"], ["учитель химии"]]


@pytest.mark.parametrize(
    ("day", "now", "other"),
    [
        ("", "Школа № 4 имени Гагарина", "Основная школа № 4"),
        ("2021-03-01", "Основная школа № 4", "Восьмилетняя школа № 4"),
    ],
)
def test_a_card_as_of_a_day_calls_organisations_as_they_were_called(day, now, other, person, visitor):
    school = person.positions.first().organisation
    person.positions.all().delete()
    school.short_title = "Школа № 4 имени Гагарина"
    school.save()
    for short_title, ends_on in (
        ("Восьмилетняя школа № 4", date(2010, 8, 31)),
        ("Основная школа № 4", date(2024, 8, 31)),
    ):
        directory.former_name(organisation=school, short_title=short_title, ends_on=ends_on)
    directory.position(staff_member=person, organisation=school, starts_on=date(2020, 9, 1))
    ended = date(2009, 8, 31) if day else date(2015, 8, 31)
    directory.position(staff_member=person, organisation=school, starts_on=date(2005, 9, 1), ends_on=ended)

    shown = visitor.get(person.get_absolute_url(), {"on": day}).context

    assert [position.place for position in shown["now"]] == [now]
    assert [position.place for position in shown["other"]] == [other]


def test_a_card_is_edited_and_its_journal_tells_of_the_subjects(person, methodist, signed_in):
    chemistry = directory.subject(municipality=person.municipality, title="химия")

    signed_in(methodist).post(at("staff-edit", person), was(person) | CARD | {"subjects": [chemistry.pk]})

    person.refresh_from_db()
    assert (person.full_name, person.birth_year) == ("Берёзова Дарья Ильинична", 1995)
    assert list(person.subjects.all()) == [chemistry]
    assert person.history.latest().history_change_reason == "предметы: химия"


def test_a_subject_typed_in_another_case_is_not_made_twice(person, methodist, signed_in):
    chemistry = directory.subject(municipality=person.municipality, title="химия")

    signed_in(methodist).post(at("staff-edit", person), was(person) | CARD | {"subject_added": "Химия"})

    assert list(person.subjects.all()) == [chemistry]


def test_two_editors_do_not_write_over_each_other(person, methodist, signed_in):
    opened = was(person)
    StaffMember.objects.filter(pk=person.pk).update(last_name="Третьякова", phone="12-34")

    page = signed_in(methodist).post(at("staff-edit", person), opened | CARD)

    assert page.context["form"].errors == {
        "last_name": ["Пока вы правили, здесь написали: «Третьякова». Ваш текст остался в поле."]
    }
    person.refresh_from_db()
    assert (person.last_name, person.phone) == ("Третьякова", "12-34")


def test_subjects_ticked_by_another_editor_are_not_lost(person, methodist, signed_in):
    chemistry, physics = (
        directory.subject(municipality=person.municipality, title=title) for title in ("химия", "физика")
    )
    opened = was(person)
    person.subjects.add(chemistry)

    page = signed_in(methodist).post(at("staff-edit", person), opened | CARD | {"subjects": [physics.pk]})
    assert page.context["form"].errors == {
        "subjects": ["Пока вы правили, здесь отметили: химия. Ваш выбор остался в поле."]
    }

    signed_in(methodist).post(at("staff-edit", person), opened | CARD)
    assert list(person.subjects.all()) == [chemistry]


REFUSED = [
    ({"birth_year": "1900"}, "birth_year", "Проверьте год рождения: он слишком давний."),
    ({"birth_year": "2020"}, "birth_year", "Проверьте год рождения: он слишком близкий."),
    ({"calling": "mentor"}, "calling", "Дополнительную категорию дают только имеющим высшую."),
    (
        {"category": "first", "category_on": "2024-03-02", "category_until": "2024-03-01"},
        "category_until",
        "Окончание раньше присвоения. Проверьте обе даты.",
    ),
]


@pytest.mark.parametrize(("typed", "field", "words"), REFUSED)
def test_an_impossible_card_is_refused_in_words(typed, field, words, person, visitor):
    page = visitor.post(at("staff-edit", person), was(person) | CARD | typed)

    assert page.context["form"].errors == {field: [words]}


def test_a_part_timer_is_seen_by_both_schools_and_each_edits_its_own_position(person, school, other, signed_in):
    directory.position(staff_member=person, organisation=other, engagement=Position.Engagement.EXTERNAL)
    readers = {place: signed_in(directory.reader(Role.DEPUTY, place)) for place in (school, other)}

    for own, reader in readers.items():
        for position in person.positions.all():
            answer = reader.get(at("position-edit", position))
            assert (own, answer.status_code) == (own, 200 if position.organisation == own else 403)
        assert reader.get(at("staff-edit", person)).status_code == 200


def test_the_old_school_sees_who_has_left_it_but_keeps_the_card_no_more(person, school, other, deputy, signed_in):
    person.positions.update(ends_on=date(2025, 8, 31))
    directory.position(staff_member=person, organisation=other)
    reader = signed_in(deputy)

    assert "карточку теперь ведёт она" in shown(reader, person)
    assert reader.get(at("staff-edit", person)).status_code == 403


def test_a_person_of_another_school_does_not_exist_for_a_deputy(person, other, signed_in):
    reader = signed_in(directory.reader(Role.DEPUTY, other))

    pages = ("staff-detail", "staff-edit", "staff-history", "staff-dismiss", "position-add", "staff-merge")
    assert {address: reader.get(at(address, person)).status_code for address in pages} == dict.fromkeys(pages, 404)
    assert reader.get(at("position-edit", person.positions.get())).status_code == 404


def test_a_teacher_sees_the_own_card_and_no_other(person, school, signed_in):
    reader = signed_in(directory.reader(Role.TEACHER, school, staff=person))
    colleague = directory.staff_member(municipality=school.municipality)
    directory.position(staff_member=colleague, organisation=school)

    assert "учитель химии" in shown(reader, person)
    assert reader.get(colleague.get_absolute_url()).status_code == 404
    assert reader.get(at("staff-edit", person)).status_code == 403


def test_a_position_is_added_beside_the_first(person, school, deputy, signed_in):
    typed = {"organisation": school.pk, "title": "завуч", "engagement": "internal", "starts_on": "2026-09-01"}

    signed_in(deputy).post(at("position-add", person), typed)

    assert {each.title for each in person.positions.held_on(date(2026, 9, 1))} == {"учитель химии", "завуч"}
    assert person.positions.get(title="завуч").history.get().history_user == deputy


def test_a_position_keeps_its_person_and_its_municipality(person, school, visitor):
    stranger = directory.staff_member()
    foreign = directory.organisation()
    typed = {"title": "завуч", "engagement": "main", "staff_member": stranger.pk, "id": "1"}
    position = person.positions.get()

    refused = visitor.post(at("position-edit", position), typed | {"organisation": foreign.pk})
    visitor.post(at("position-edit", position), typed | {"organisation": school.pk})

    assert list(refused.context["form"].errors) == ["organisation"]
    position.refresh_from_db()
    assert (position.title, position.staff_member, position.organisation) == ("завуч", person, school)


def test_a_payroll_number_of_another_is_told(person, school, deputy, signed_in):
    directory.position(
        staff_member=directory.staff_member(municipality=school.municipality, last_name="Клёнова", first_name="Анна"),
        organisation=school, number="287",
    )  # fmt: skip
    typed = {"organisation": school.pk, "title": "завуч", "engagement": "main", "number": "287"}

    page = signed_in(deputy).post(at("position-add", person), typed)

    assert page.context["form"].errors == {"number": ["Этот номер в организации уже есть: Клёнова А."]}


def test_a_position_of_a_closed_school_is_ended_there(person, school, methodist, signed_in):
    school.close(on=date(2026, 8, 31), by=methodist)
    position = person.positions.get()
    typed = {
        "organisation": school.pk, "title": "учитель химии", "engagement": "main", "starts_on": "2020-09-01",
        "ends_on": "2026-08-31",
    }  # fmt: skip

    signed_in(methodist).post(at("position-edit", position), typed)

    position.refresh_from_db()
    assert position.ends_on == date(2026, 8, 31)


def test_nobody_is_taken_on_by_a_closed_school(person, school, methodist, signed_in):
    school.close(on=date(2026, 8, 31), by=methodist)

    page = signed_in(methodist).post(
        at("position-add", person), {"organisation": school.pk, "title": "завуч", "engagement": "main"}
    )

    assert list(page.context["form"].errors) == ["organisation"]


def test_the_history_tells_of_the_person_and_the_positions(person, deputy, signed_in):
    position = person.positions.get()
    position.ends_on = date(2026, 8, 31)
    position.sign(by=deputy, because="перешла")
    position.save()

    page = signed_in(deputy).get(at("staff-history", person)).content.decode()

    assert "должность учитель химии: изменено" in page
    assert "перешла" in page
    assert "запись создана" in page


@pytest.mark.parametrize("words", ["берёзова", "БЕРЕЗОВА", "ильинична берез"])
def test_the_second_record_is_found_in_cyrillic(words, person, methodist, signed_in):
    directory.staff_member(
        municipality=person.municipality, last_name="Берёзова", first_name="Дарья", patronymic="Ильинична"
    )
    directory.staff_member(municipality=person.municipality, last_name="Клёнова")

    page = signed_in(methodist).get(at("staff-merge", person), {"q": words})

    assert [each.last_name for each in page.context["others"]] == ["Берёзова"]


def test_namesakes_are_offered_first(person, methodist, signed_in):
    directory.staff_member(municipality=person.municipality, last_name="Липова", first_name="Анна")
    directory.staff_member(municipality=person.municipality, last_name="Клёнова")

    page = signed_in(methodist).get(at("staff-merge", person))

    assert [str(each) for each in page.context["others"]] == ["Липова А."]


def merge_page(person, other):
    return reverse("directory:staff-merge-with", args=[person.pk, other.pk])


def test_the_merge_is_previewed_done_and_undone_in_pages(person, school, methodist, signed_in):
    twin = directory.staff_member(
        municipality=person.municipality, last_name="Берёзова", first_name="Дарья", phone="12-34"
    )
    directory.position(staff_member=twin, organisation=school, title="завуч")
    reader = signed_in(methodist)

    preview = reader.get(merge_page(person, twin))
    assert [each.theirs for each in preview.context["added"]] == ["12-34"]
    assert [each.records for each in preview.context["pointing"]] == [("завуч",)]

    typed = {"last_name": "swallowed", "because": "Сменила фамилию", "seen": preview.context["form"]["seen"].value()}
    reader.post(merge_page(person, twin), typed)
    person.refresh_from_db()
    assert (person.last_name, person.phone, person.positions.count()) == ("Берёзова", "12-34", 2)

    merge = person.merges.get()
    assert (merge.merged_by, merge.because) == (methodist, "Сменила фамилию")
    assert reader.post(at("merge-undo", merge)).url == twin.get_absolute_url()
    person.refresh_from_db()
    assert (person.last_name, person.positions.count()) == ("Липова", 1)


def test_a_merge_is_shown_again_when_the_records_changed_meanwhile(person, school, methodist, signed_in):
    twin = directory.staff_member(municipality=person.municipality, last_name="Липова", first_name="Дарья")
    reader = signed_in(methodist)
    seen = reader.get(merge_page(person, twin)).context["form"]["seen"].value()
    directory.position(staff_member=twin, organisation=school)

    page = reader.post(merge_page(person, twin), {"because": "Повтор", "seen": seen}, follow=True)

    assert "записи изменились" in page.content.decode()
    assert StaffMember.objects.filter(pk=twin.pk).exists()


def test_a_merge_that_cannot_be_undone_any_more_says_so(person, school, methodist, signed_in):
    twin = directory.staff_member(municipality=person.municipality, last_name="Липова", first_name="Дарья")
    position = directory.position(staff_member=twin, organisation=school)
    reader = signed_in(methodist)
    seen = reader.get(merge_page(person, twin)).context["form"]["seen"].value()
    reader.post(merge_page(person, twin), {"because": "Повтор", "seen": seen})
    position.refresh_from_db()
    position.delete()

    page = reader.post(at("merge-undo", person.merges.get()), follow=True).content.decode()

    assert "Разъединить уже нельзя. С тех пор изменилось: должность." in page


def test_a_record_is_not_merged_with_itself_or_with_one_unseen(person, methodist, signed_in):
    reader = signed_in(methodist)

    assert reader.get(merge_page(person, person)).status_code == 404
    assert reader.get(merge_page(person, directory.staff_member())).status_code == 404


def test_a_deputy_merges_nobody(person, deputy, signed_in):
    page = signed_in(deputy).get(at("staff-merge", person))

    assert page.status_code == 403
    assert "Записи объединяют методисты и администратор" in page.content.decode()
