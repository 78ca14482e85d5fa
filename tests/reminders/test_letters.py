"""The outbox: who sees which letters, what is shown of them, and which go a second time."""

import pytest
from django.urls import reverse

from directory.roles import Role
from reminders.models import Letter
from tests.factories import directory, reminders

OUTBOX = reverse("reminders:letter-list")


@pytest.fixture
def centre(db, today):
    return directory.organisation()


@pytest.fixture
def office(centre, signed_in):
    return signed_in(directory.reader(Role.ADMINISTRATOR, centre))


@pytest.fixture
def teacher(centre):
    person = directory.staff_member(municipality=centre.municipality, last_name="Ёлкина")
    return directory.reader(Role.TEACHER, centre, staff=person)


@pytest.fixture
def write(centre):
    """Makes a letter of the municipality."""

    def write(**fields):
        return reminders.letter(municipality=centre.municipality, **fields)

    return write


def listed(client, **asked):
    return [letter.subject for letter in client.get(OUTBOX, asked).context["object_list"]]


def test_the_administrator_sees_the_municipalitys_letters_and_others_their_own(office, teacher, signed_in, write):
    write(account=teacher, subject="Учителю")
    write(subject="Директору")
    reminders.letter(subject="Соседям")

    assert listed(office) == ["Директору", "Учителю"]
    assert listed(signed_in(teacher)) == ["Учителю"]


def test_a_letter_is_found_by_state_name_address_and_subject(office, teacher, write):
    write(account=teacher, subject="Первое", state=Letter.State.FAILED)
    write(address="Deputy@Example.org", subject="Второе")

    found = [
        listed(office, **asked) for asked in ({"state": "failed"}, {"q": "елкина"}, {"q": "deputy@"}, {"q": "Втор"})
    ]

    assert found == [["Первое"], ["Первое"], ["Второе"], ["Второе"]]


def test_attempts_and_trouble_are_told_in_words(office, write):
    write(attempts=3, trouble="Сервер не отвечает.")

    assert "3 попытки: Сервер не отвечает." in office.get(OUTBOX).content.decode()


def test_a_letter_is_shown_as_text_whatever_its_other_part_holds(office, write):
    letter = write(text="Строка <b>раз</b>\nСтрока два", html="<script>alert(1)</script>")

    page = office.get(letter.get_absolute_url()).content.decode()

    assert "Строка &lt;b&gt;раз&lt;/b&gt;<br>Строка два" in page
    assert "alert(1)" not in page


@pytest.mark.parametrize(
    ("backend", "is_told"),
    [
        ("reminders.folder.EmailBackend", True),
        ("django.core.mail.backends.smtp.EmailBackend", False),
    ],
)
def test_letters_that_leave_nowhere_are_told_to_be_so(backend, is_told, office, write, settings):
    settings.EMAIL_BACKEND = backend
    pages = [office.get(address).content.decode() for address in (OUTBOX, write().get_absolute_url())]

    assert ["Почтовый сервер не задан" in page for page in pages] == [is_told, is_told]


def test_a_failed_letter_goes_again_from_the_beginning(office, write):
    letter = write(state=Letter.State.FAILED, attempts=8, trouble="Ящика нет.", address="reader@example.org")

    office.post(reverse("reminders:letter-resend", args=[letter.pk]))

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.trouble) == (Letter.State.QUEUED, 0, "")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"state": Letter.State.SENT, "sent_at": reminders.A_MOMENT}, "Письмо уже отправлено"),
        ({"state": Letter.State.QUEUED}, "Письмо ещё ждёт отправки"),
    ],
)
def test_no_other_letter_goes_twice(fields, reason, office, write):
    letter = write(**fields)

    answer = office.post(reverse("reminders:letter-resend", args=[letter.pk]))

    assert answer.status_code == 403
    assert reason in answer.context["reason"]
    assert Letter.objects.get(pk=letter.pk).state == fields["state"]


def test_whoever_does_not_keep_the_outbox_reads_why_a_letter_stays(teacher, signed_in, write):
    letter = write(account=teacher, state=Letter.State.FAILED)
    client = signed_in(teacher)

    page = client.get(letter.get_absolute_url()).content.decode()
    answer = client.post(reverse("reminders:letter-resend", args=[letter.pk]))

    assert "Отправить письмо снова может администратор." in page
    assert answer.status_code == 403
    assert Letter.objects.get(pk=letter.pk).state == Letter.State.FAILED


def test_fifty_letters_stand_on_a_page(office, write):
    for _ in range(51):
        write()

    assert [len(listed(office)), len(listed(office, page=2))] == [50, 1]
