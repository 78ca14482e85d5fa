"""Who looked at whose data, on what papers, and all that is held of a person in one place."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from directory.models import Consent, StaffMember
from directory.roles import Role
from journal.models import Access, WrittenForGood
from tests.factories import directory, journal, reminders

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def centre(db, today):
    return directory.organisation()


@pytest.fixture
def person(centre):
    made = directory.staff_member(
        municipality=centre.municipality, last_name="Липова", first_name="Дарья", patronymic="Олеговна"
    )
    directory.position(staff_member=made, organisation=centre, number="Т-17")
    return made


@pytest.fixture
def administrator(centre):
    return directory.reader(Role.ADMINISTRATOR, centre)


@pytest.fixture
def admin(administrator, signed_in):
    return signed_in(administrator)


@pytest.fixture
def methodist(centre):
    colleague = directory.staff_member(municipality=centre.municipality, last_name="Осокина", first_name="Вера")
    return directory.reader(Role.METHODIST, centre, staff=colleague)


@pytest.fixture
def oneself(person, centre, signed_in):
    return signed_in(directory.reader(Role.TEACHER, centre, staff=person))


def at(address, record):
    return reverse(f"directory:{address}", args=[record.pk])


WATCHED = {
    "staff-detail": Access.Deed.CARD,
    "staff-edit": Access.Deed.EDIT,
    "staff-dismiss": Access.Deed.EDIT,
    "position-add": Access.Deed.EDIT,
    "consent-add": Access.Deed.EDIT,
    "staff-merge": Access.Deed.MERGE,
    "staff-history": Access.Deed.HISTORY,
}


@pytest.mark.parametrize(("address", "deed"), WATCHED.items())
def test_opening_the_card_of_another_is_written_down(address, deed, person, methodist, signed_in):
    signed_in(methodist).get(at(address, person))

    access = Access.objects.get()
    assert (access.reader, access.reader_name, access.role) == (methodist.pk, "Осокина В.", "методист")
    assert (access.person, access.person_name, access.deed) == (person.pk, "Липова Дарья Олеговна", deed)
    assert (access.municipality, access.address) == (person.municipality_id, at(address, person))


def test_one_who_was_refused_has_seen_nothing(person, centre, signed_in):
    signed_in(directory.reader(Role.TEACHER, centre)).get(at("staff-detail", person))
    signed_in(directory.reader(Role.MANAGER, centre)).get(at("staff-dossier", person))

    assert not Access.objects.exists()


def test_ones_own_data_is_nobodys_business(person, oneself):
    for address in ("staff-detail", "staff-dossier", "staff-export"):
        assert person.last_name in oneself.get(at(address, person)).content.decode()

    assert not Access.objects.exists()


def test_both_records_of_a_merge_are_seen(person, methodist, signed_in):
    twin = directory.staff_member(municipality=person.municipality, last_name="Липова")

    signed_in(methodist).get(reverse("directory:staff-merge-with", args=[person.pk, twin.pk]))

    assert set(Access.objects.values_list("person", "deed")) == {(person.pk, "merge"), (twin.pk, "merge")}


def test_without_the_trace_there_is_no_page(person, methodist, signed_in, monkeypatch):
    def full(record):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("journal.models.worded.insert", full)
    client = signed_in(methodist)
    client.raise_request_exception = False

    answer = client.get(at("staff-detail", person))

    assert answer.status_code == 500
    assert "Липова" not in answer.content.decode()


def test_the_log_is_neither_rewritten_nor_removed(person):
    access = journal.access(municipality=person.municipality_id, person=person.pk)

    for deed in (
        access.save,
        access.delete,
        Access.objects.all().delete,
        lambda: Access.objects.update(reader_name="Никто"),
        lambda: Access.objects.bulk_update([access], ["reader_name"]),
    ):
        with pytest.raises(WrittenForGood), transaction.atomic():
            deed()

    assert list(Access.objects.values_list("reader_name", flat=True)) == ["Осокина В."]


def test_the_log_is_read_and_taken_along_by_the_administrator(person, admin):
    here = person.municipality_id
    journal.access(municipality=here, person=person.pk)
    journal.access(municipality=here, person=person.pk + 1, person_name="Берёзова Анна", reader_name="=Рябов")
    journal.access(municipality=here + 1, person=person.pk + 2, person_name="Соседкина Анна")

    page = admin.get(reverse("directory:access-list")).content.decode()
    sheet = admin.get(reverse("directory:access-download")).content.decode("utf-8-sig")

    assert "Липова Дарья Олеговна" in page
    assert "Берёзова Анна" in page
    assert "Соседкина" not in page + sheet
    assert sheet.splitlines()[0] == "когда;кто;роль;чьи данные;что сделано;строк;страница"
    assert {line.split(";", 1)[1] for line in sheet.splitlines()[1:]} == {
        "Осокина В.;методист;Липова Дарья Олеговна;открыта карточка;;/",
        "'=Рябов;методист;Берёзова Анна;открыта карточка;;/",
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"person": "липова"}, {"Липова Дарья Олеговна"}),
        ({"person": "ипов"}, {"Липова Дарья Олеговна"}),
        ({"reader": "рябов"}, {"Берёзова Анна"}),
        ({"since": "2026-11-18"}, {"Берёзова Анна"}),
        ({"until": "2026-11-17"}, {"Липова Дарья Олеговна"}),
        ({"since": "нечто"}, {"Липова Дарья Олеговна", "Берёзова Анна"}),
        ({"person": "никто"}, set()),
    ],
)
def test_the_log_is_searched_by_people_and_days(asked, found, person, admin):
    here = person.municipality_id
    journal.access(municipality=here, person=1)
    later = datetime(2026, 11, 18, 9, tzinfo=UTC)
    journal.access(municipality=here, person=2, person_name="Берёзова Анна", reader_name="Рябов П.", at=later)

    shown = admin.get(reverse("directory:access-list"), asked).context["object_list"]

    assert {access.person_name for access in shown} == found


def test_a_person_sees_who_has_looked_and_nobody_elses(person, oneself):
    here = person.municipality_id
    journal.access(municipality=here, person=person.pk, reader_name="Рябов П.")
    journal.access(municipality=here, person=person.pk + 1, reader_name="Грачёв Н.")

    page = oneself.get(at("staff-accesses", person)).content.decode()

    assert "Рябов П." in page
    assert "Грачёв" not in page


def test_a_consent_is_kept_with_its_scan_and_given_back_as_a_download(person, methodist, signed_in):
    browser = signed_in(methodist)
    scan = SimpleUploadedFile("../Согласие.pdf", PDF)

    browser.post(
        at("consent-add", person), {"kind": "spreading", "given_on": "2026-09-01", "until": "2027-08-31", "file": scan}
    )

    consent = Consent.objects.get()
    answer = browser.get(at("consent-file", consent))
    assert (consent.staff_member, consent.kind, consent.until) == (person, "spreading", date(2027, 8, 31))
    assert consent.history.get().history_user == methodist
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PDF
    assert set(Access.objects.values_list("deed", flat=True)) == {"edit", "consent"}
    assert "Распространение персональных данных" in browser.get(person.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"number": ""}, "Укажите номер документа или приложите скан"),
        ({"given_on": "2026-11-19"}, "ещё не наступила"),
        ({"until": "2026-08-31"}, "Окончание раньше даты согласия"),
        ({"file": SimpleUploadedFile("a.pdf", b"MZ\0\0")}, "приложить нельзя"),
        ({"file": SimpleUploadedFile("a.txt", "текст".encode())}, "сюда приложить нельзя"),
    ],
)
def test_a_consent_that_is_none_is_refused(typed, refusal, person, methodist, signed_in):
    told = {"kind": "processing", "given_on": "2026-09-01", "number": "17"} | typed

    page = signed_in(methodist).post(at("consent-add", person), told).content.decode()

    assert refusal in page
    assert not Consent.objects.exists()


def test_a_consent_is_withdrawn_once_with_a_reason(person, methodist, signed_in):
    consent = directory.consent(staff_member=person, given_on=date(2026, 9, 1))
    browser = signed_in(methodist)

    early = browser.post(at("consent-withdraw", consent), {"withdrawn_on": "2026-08-31", "because": "Заявление"})
    late = browser.post(at("consent-withdraw", consent), {"withdrawn_on": "2026-11-19", "because": "Заявление"})
    assert "Согласие дано позже" in early.content.decode()
    assert "ещё не наступила" in late.content.decode()
    browser.post(at("consent-withdraw", consent), {"withdrawn_on": "2026-11-18", "because": "Заявление"})
    again = browser.post(at("consent-withdraw", consent), {"withdrawn_on": "2026-11-17", "because": "Другое"})

    consent.refresh_from_db()
    assert (consent.withdrawn_on, consent.because) == (date(2026, 11, 18), "Заявление")
    assert again.context["reason"] == "Согласие уже отозвано 18.11.2026."
    history = browser.get(at("consent-history", consent)).content.decode()
    assert "дата отзыва" in history
    assert "отозвано: Заявление" in history


@pytest.mark.parametrize(
    ("fields", "day", "is_in_force"),
    [
        ({}, date(2026, 8, 31), False),
        ({}, date(2026, 9, 1), True),
        ({"until": date(2026, 12, 31)}, date(2026, 12, 31), True),
        ({"until": date(2026, 12, 31)}, date(2027, 1, 1), False),
        ({"withdrawn_on": date(2026, 10, 1)}, date(2026, 9, 30), True),
        ({"withdrawn_on": date(2026, 10, 1)}, date(2026, 10, 1), False),
        ({"kind": "processing"}, date(2026, 9, 1), False),
    ],
)
def test_who_has_consented_on_a_day(fields, day, is_in_force, person):
    directory.staff_member(municipality=person.municipality)
    usual = {"kind": "spreading", "given_on": date(2026, 9, 1)}
    consent = directory.consent(staff_member=person, **usual | fields)
    directory.consent(staff_member=person, **usual | fields)

    people = StaffMember.objects.with_consent_on(day, Consent.Kind.SPREADING)

    assert list(people) == ([person] if is_in_force else [])
    if consent.kind == "spreading":
        assert consent.is_in_force(day) is is_in_force


def test_the_scan_is_not_for_those_who_only_see_the_card(person, centre, signed_in):
    consent = directory.consent(staff_member=person, file=ContentFile(PDF, name="scan.pdf"), filename="Липова.pdf")
    manager = signed_in(directory.reader(Role.MANAGER, centre))

    answer = manager.get(at("consent-file", consent))

    assert answer.context["reason"].startswith("Карточки сотрудников ведут")
    assert at("consent-file", consent) not in manager.get(person.get_absolute_url()).content.decode()


def test_all_that_is_held_of_a_person_is_told_and_nothing_of_others(person, oneself, centre):
    directory.consent(staff_member=person, number="С-99")
    directory.invitation(staff_member=person, organisation=centre, email="letter@example.org")
    reminders.letter(municipality=person.municipality, account=person.account, subject="Ваши сроки", text="Сдать план")
    other = directory.staff_member(municipality=person.municipality, last_name="Соседкина")
    directory.position(staff_member=other, organisation=centre, number="Т-18")
    reminders.letter(municipality=person.municipality, subject="Чужие сроки")
    journal.access(municipality=person.municipality_id, person=person.pk, reader_name="Рябов П.")

    page = oneself.get(at("staff-dossier", person)).content.decode()
    told = json.loads(oneself.get(at("staff-export", person)).content)

    for words in ("Липова", "Т-17", "С-99", "letter@example.org", person.account.email, "Сдать план", "Рябов П."):
        assert words in page
        assert words in json.dumps(told, ensure_ascii=False)
    assert told["Карточка"][0]["отчество"] == "Олеговна"
    for words in ("Соседкина", "Т-18", "Чужие"):
        assert words not in page + json.dumps(told, ensure_ascii=False)


def test_a_list_taken_along_is_written_down_with_its_filter(person, methodist, signed_in):
    browser = signed_in(methodist)

    browser.get(reverse("directory:sheet-download", args=["staff"]), {"q": "липова"})
    browser.get(reverse("directory:sheet-download", args=["organisations"]), {"q": "школа"})

    access = Access.objects.get()
    assert (access.person, access.person_name, access.deed) == (None, "сотрудники: слова липова", "sheet")


def test_a_list_that_is_opened_leaves_one_row_however_many_it_shows(centre, person, methodist, signed_in):
    for number in range(3):
        directory.position(
            staff_member=directory.staff_member(municipality=centre.municipality, last_name=f"Липов{number}"),
            organisation=centre,
        )

    signed_in(methodist).get(reverse("directory:staff-list"), {"q": "липов", "page": "1"})

    access = Access.objects.get()
    assert (access.reader, access.deed, access.shown) == (methodist.pk, Access.Deed.LIST, 4)
    assert (access.person, access.person_name) == (None, "сотрудники: слова липов, страница 1")
    assert access.municipality == centre.municipality_id


def test_a_list_that_shows_nobody_leaves_no_row(methodist, signed_in):
    signed_in(methodist).get(reverse("directory:staff-list"), {"q": "никто"})

    assert not Access.objects.exists()


def test_without_the_trace_there_is_no_list(person, methodist, signed_in, monkeypatch):
    def full(record):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("journal.models.worded.insert", full)
    client = signed_in(methodist)
    client.raise_request_exception = False

    answer = client.get(reverse("directory:staff-list"))

    assert answer.status_code == 500
    assert "Липова" not in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "listed"),
    [
        ("portal:search", "поиск: слова липова"),
        ("directory:account-list", "учётные записи: слова липова"),
        ("directory:invitation-add", "кого пригласить: слова липова"),
    ],
)
def test_people_found_elsewhere_are_a_list_too(address, listed, person, admin):
    if address == "directory:account-list":
        directory.reader(Role.TEACHER, person.positions.get().organisation, staff=person)

    admin.get(reverse(address), {"q": "липова"})

    assert list(Access.objects.values_list("person_name", "shown")) == [(listed, 1)]


def test_ones_own_letters_are_nobodys_business_and_those_to_others_are(person, oneself, admin):
    reminders.letter(municipality=person.municipality, account=person.account)

    oneself.get(reverse("reminders:letter-list"))
    assert not Access.objects.exists()
    admin.get(reverse("reminders:letter-list"))

    assert list(Access.objects.values_list("person_name", "shown")) == [("исходящие письма", 1)]


def test_the_log_says_how_many_a_list_has_shown(person, admin):
    journal.access(
        municipality=person.municipality_id, person=None, person_name="сотрудники", deed=Access.Deed.LIST, shown=50
    )

    page = admin.get(reverse("directory:access-list")).content.decode()
    sheet = admin.get(reverse("directory:access-download")).content.decode("utf-8-sig")

    assert "Открыт список, 50 строк" in page
    assert sheet.splitlines()[1].endswith(";сотрудники;открыт список;50;/")


def test_an_account_is_its_persons_data(person, oneself, admin):
    admin.get(person.account.get_absolute_url())
    admin.get(directory.account().get_absolute_url())

    assert list(Access.objects.values_list("person", "deed")) == [(person.pk, "account")]


def test_an_export_is_written_down(person, admin, administrator):
    admin.get(at("staff-export", person))

    assert list(Access.objects.values_list("reader", "person", "deed")) == [(administrator.pk, person.pk, "export")]
