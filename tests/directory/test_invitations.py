"""Invitations: from the record to the letter, through the link once, and every way in which a link is dead."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Account, Invitation
from directory.roles import Role
from reminders.actions.accounts import write_letters
from reminders.actions.sweeping import sweep
from reminders.entrances import PLACE
from reminders.mail import message, post
from reminders.models import Letter
from tests.factories import directory

PASSWORD = "девять-серых-гусей-4"
LIST = reverse("directory:invitation-list")
ADD = reverse("directory:invitation-add")


@pytest.fixture
def school(db, today):
    return directory.organisation()


@pytest.fixture
def person(school):
    made = directory.staff_member(municipality=school.municipality, last_name="Гусева", patronymic="Ильинична")
    directory.position(staff_member=made, organisation=school)
    return made


@pytest.fixture
def administrator(school):
    return directory.reader(Role.ADMINISTRATOR, school)


@pytest.fixture
def deputy(school):
    return directory.reader(Role.DEPUTY, school)


@pytest.fixture
def invitation(person, school, administrator):
    return directory.invitation(
        staff_member=person, organisation=school, email="guseva@example.org", invited_by=administrator
    )


def typed(person, school, **fields):
    return {
        "staff_member": person.pk, "role": Role.TEACHER, "organisation": school.pk, "email": "guseva@example.org"
    } | fields  # fmt: skip


def passwords(password=PASSWORD, again=None):
    return {"new_password1": password, "new_password2": again or password}


def accept(invitation, client=None, **fields):
    return (client or Client()).post(invitation.link, passwords(**fields))


def words(answer):
    return answer.content.decode()


def test_an_invited_person_gets_a_letter_sets_a_password_and_is_in(person, school, administrator, signed_in):
    signed_in(administrator).post(ADD, typed(person, school))
    with post() as deliver:
        write_letters(timezone.now())
        sweep(clock=timezone.now, deliver=deliver)
    [letter] = mail.outbox
    link = next(word for word in letter.body.split() if "/accept/" in word)
    browser = Client()

    page = browser.get(link)
    answer = browser.post(link, passwords())

    account = Account.objects.get(email="guseva@example.org")
    assert link.startswith("http://localhost:8000/directory/invitations/")
    assert "Дарья Ильинична, здравствуйте!" in words(page)
    assert answer.url == reverse("reminders:agenda")
    assert browser.get(answer.url).context["user"] == account
    assert (account.staff_member, account.acting_as.role, account.acting_as.organisation) == (person, "teacher", school)
    assert letter.to == ["guseva@example.org"]


def test_a_link_lets_in_once(invitation):
    accept(invitation)

    again = accept(invitation, password="восемь-серых-гусей-4")

    assert again.status_code == 404
    assert "уже зарегистрировались" in words(again)
    assert Account.objects.get(email=invitation.email).check_password(PASSWORD)


def test_a_link_is_dead_after_fourteen_days_and_says_whom_to_ask(invitation, monkeypatch):
    later = timezone.now() + timedelta(days=14, seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    answer = accept(invitation)

    assert "Попросите новое у того, кто вас приглашал" in words(answer)
    assert not Account.objects.filter(email=invitation.email).exists()


def test_a_link_sent_again_closes_the_one_before(invitation, administrator, signed_in):
    old = invitation.link
    signed_in(administrator).post(reverse("directory:invitation-renew", args=[invitation.pk]))
    invitation.refresh_from_db()

    dead, alive = Client().post(old, passwords()), Client().post(invitation.link, passwords())

    assert old != invitation.link
    assert (dead.status_code, alive.status_code) == (404, 302)
    assert "заменили новой" in words(dead)


def test_a_revoked_link_says_so(invitation, administrator, signed_in):
    signed_in(administrator).post(reverse("directory:invitation-revoke", args=[invitation.pk]))

    answer = accept(invitation)

    assert "Приглашение отозвали" in words(answer)
    assert not Account.objects.filter(email=invitation.email).exists()


@pytest.mark.parametrize("spoil", [lambda key: "", lambda key: key[:-1], lambda key: key + "A", lambda key: "я"])
def test_a_wrong_key_opens_nothing_and_tells_nothing(spoil, invitation):
    where = reverse("directory:invitation-accept", args=[invitation.pk])

    answer = Client().post(f"{where}?key={spoil(invitation.token)}", passwords())

    assert answer.status_code == 404
    assert "Дарья" not in words(answer)
    assert not Account.objects.filter(email=invitation.email).exists()


def test_the_key_of_one_invitation_opens_no_other(invitation, school):
    other = directory.invitation(organisation=school)

    answer = Client().post(
        f"{reverse('directory:invitation-accept', args=[other.pk])}?key={invitation.token}", passwords()
    )

    assert answer.status_code == 404
    assert not Account.objects.filter(email=other.email).exists()


def test_the_key_is_long_and_stands_in_no_table(invitation):
    write_letters(timezone.now())
    letter = Letter.objects.get()

    kept = str([list(model.objects.values()) for model in (Invitation, Letter, Invitation.history.model)])

    assert len(invitation.token) >= 43  # 256 bits in base 64
    assert invitation.token not in kept
    assert PLACE in letter.text
    assert invitation.token in message(letter).body


def test_the_letter_is_written_once_for_each_number(invitation, administrator):
    for _ in range(2):
        write_letters(timezone.now())
    invitation.renew(by=administrator, at=timezone.now())
    write_letters(timezone.now())

    assert list(Letter.objects.order_by("pk").values_list("key", flat=True)) == [
        f"invitation:{invitation.pk}:1", f"invitation:{invitation.pk}:2"
    ]  # fmt: skip


def test_an_accepted_or_revoked_invitation_is_written_to_nobody(invitation, school, administrator):
    accept(invitation)
    directory.invitation(organisation=school, revoked_at=timezone.now(), revoked_by=administrator)

    assert write_letters(timezone.now()) == 0


def test_a_letter_that_goes_out_late_does_not_lead_in_through_an_older_number(invitation, administrator):
    write_letters(timezone.now())
    letter = Letter.objects.get()
    invitation.renew(by=administrator, at=timezone.now())

    body = message(letter).body

    assert "/accept/" not in body


def test_a_forged_host_changes_no_link(person, school, administrator, signed_in):
    signed_in(administrator).post(ADD, typed(person, school), headers={"X-Forwarded-Host": "evil.example"})
    write_letters(timezone.now())

    letter = message(Letter.objects.get())

    assert "http://localhost:8000/directory/invitations/" in letter.body
    assert "evil.example" not in letter.body


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        (PASSWORD, "другой-пароль-77", "Пароли не совпадают"),
        ("короткий", None, "слишком короткий"),
        ("1234567890987", None, "только из цифр"),
        ("guseva@example.org", None, "похож на"),
    ],
)
def test_a_weak_or_mistyped_password_is_told_and_the_link_stays(password, again, told, invitation):
    answer = accept(invitation, password=password, again=again)

    assert told in words(answer)
    assert accept(invitation).status_code == 302


def test_a_deputy_invites_teachers_and_leaders_of_the_own_school_only(person, school, deputy, signed_in):
    other = directory.organisation(municipality=school.municipality)
    client = signed_in(deputy)

    elsewhere = client.post(ADD, typed(person, other))
    higher = client.post(ADD, typed(person, school, role=Role.METHODIST))
    stranger = client.post(ADD, typed(directory.staff_member(municipality=school.municipality), school))

    assert [set(answer.context["form"].errors) for answer in (elsewhere, higher, stranger)] == [
        {"organisation"}, {"role"}, {"staff_member"}
    ]  # fmt: skip
    assert not Invitation.objects.exists()
    assert client.post(ADD, typed(person, school)).status_code == 302
    assert Invitation.objects.get().invited_by == deputy


def test_a_deputy_sees_and_changes_only_what_a_deputy_may_make(school, deputy, signed_in):
    manager = directory.invitation(organisation=school, role=Role.MANAGER)
    foreign = directory.invitation(organisation=directory.organisation(municipality=school.municipality))
    client = signed_in(deputy)

    refused = client.post(reverse("directory:invitation-revoke", args=[manager.pk]))
    unknown = client.post(reverse("directory:invitation-revoke", args=[foreign.pk]))

    assert (refused.status_code, unknown.status_code) == (403, 404)
    assert "администратор" in refused.context["reason"]
    assert Invitation.objects.unanswered().count() == 2


def test_an_administrator_of_another_municipality_reaches_nothing(invitation, signed_in):
    foreign = directory.reader(Role.ADMINISTRATOR, directory.organisation())
    client = signed_in(foreign)

    asked = [client.post(reverse(f"directory:invitation-{verb}", args=[invitation.pk])) for verb in ("renew", "revoke")]

    assert [answer.status_code for answer in asked] == [404, 404]
    assert invitation.email not in words(client.get(LIST))


def test_nobody_is_invited_twice_nor_to_the_address_of_another(person, school, administrator, invitation, signed_in):
    client = signed_in(administrator)
    other = directory.reader(Role.TEACHER, school, staff=directory.staff_member(municipality=school.municipality))
    free = directory.staff_member(municipality=school.municipality)

    twice = client.post(ADD, typed(person, school, email="second@example.org"))
    taken = client.post(ADD, typed(free, school, email=other.email.upper()))

    assert "уже приглашён" in twice.context["form"].errors["staff_member"][0]
    assert "входит другой сотрудник" in taken.context["form"].errors["email"][0]


def test_what_cannot_be_changed_any_more_is_refused_in_words(invitation, administrator, signed_in):
    accept(invitation)

    answer = signed_in(administrator).post(reverse("directory:invitation-renew", args=[invitation.pk]))

    assert (answer.status_code, answer.context["reason"]) == (403, "Приглашение уже принято.")


def test_the_log_names_nobody(invitation, caplog):
    caplog.set_level("INFO")
    with post() as deliver:
        write_letters(timezone.now())
        sweep(clock=timezone.now, deliver=deliver)
    accept(invitation)
    accept(invitation)

    assert "reminders.entrances letters=1" in caplog.text
    assert not any(secret in caplog.text for secret in ("Гусева", "guseva", invitation.token))
