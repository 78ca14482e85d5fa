"""An invitation to somebody who signs in already: the role is added by a press, to the right account or to none."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Account, Invitation
from directory.roles import Role
from reminders.actions.accounts import write_letters
from reminders.mail import message
from reminders.models import Letter
from tests.factories import directory

ADD = reverse("directory:invitation-add")
ROLES = reverse("directory:appointment-list")


@pytest.fixture
def school(db, today):
    return directory.organisation(short_title="Школа № 9")


@pytest.fixture
def person(school):
    made = directory.staff_member(municipality=school.municipality, last_name="Гусева", patronymic="Ильинична")
    directory.position(staff_member=made, organisation=school)
    return made


@pytest.fixture
def teacher(person, school):
    return directory.reader(Role.TEACHER, school, staff=person)


@pytest.fixture
def administrator(school):
    return directory.reader(Role.ADMINISTRATOR, school)


@pytest.fixture
def invitation(person, school, administrator):
    return directory.invitation(
        staff_member=person, organisation=school, role=Role.LEADER, email="home@example.org", invited_by=administrator
    )


def words(answer):
    return answer.content.decode()


def roles(account):
    return sorted(account.appointments.values_list("role", flat=True))


def test_the_owner_sees_the_role_accepts_it_and_goes_on_in_the_old_one(invitation, teacher, school, signed_in, today):
    browser = signed_in(teacher)

    page = words(browser.get(invitation.link))
    answer = browser.post(invitation.link)

    teacher.refresh_from_db()
    invitation.refresh_from_db()
    assert "Руководитель методического объединения" in page
    assert "Школа № 9" in page
    assert answer.url == ROLES
    assert teacher.acting_as.role == Role.TEACHER
    given = teacher.appointments.get(role=Role.LEADER)
    assert (given.organisation, given.starts_on, given.ends_on) == (school, today, None)
    assert given.history.get().history_user == invitation.invited_by
    assert invitation.accepted_at


def test_looking_at_the_page_accepts_nothing(invitation, teacher, signed_in):
    signed_in(teacher).get(invitation.link)

    assert roles(teacher) == ["teacher"]


def test_a_stranger_with_the_link_is_led_to_the_door_and_back(invitation, teacher):
    browser = Client()
    page = browser.get(invitation.link)
    posted = browser.post(invitation.link, {"new_password1": "девять-лис-4", "new_password2": "девять-лис-4"})
    door = words(page).partition('class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    inside = browser.post(door, {
        "username": teacher.email, "password": directory.PASSWORD, "next": browser.get(door).context["next"]
    })  # fmt: skip

    assert "Принять роль" not in words(posted)
    assert roles(teacher) == ["teacher"]
    assert inside.url == invitation.link
    assert "Принять роль" in words(browser.get(inside.url))


def test_another_who_has_signed_in_is_sent_away(invitation, teacher, school, signed_in):
    other = directory.reader(Role.TEACHER, school)
    browser = signed_in(other)

    answer = browser.post(invitation.link)

    assert "приглашение не для этой учётной записи" in words(answer)
    assert roles(other) == roles(teacher) == ["teacher"]


def test_the_link_adds_the_role_once(invitation, teacher, signed_in):
    browser = signed_in(teacher)
    browser.post(invitation.link)

    again = browser.post(invitation.link)

    assert again.status_code == 404
    assert "уже зарегистрировались" in words(again)
    assert roles(teacher) == ["leader", "teacher"]


def test_a_role_that_ends_soon_goes_on_instead_of_doubling(invitation, teacher, school, signed_in, today):
    soon = directory.appointment(
        account=teacher, role=Role.LEADER, organisation=school, starts_on=today, ends_on=today + timedelta(days=3)
    )

    signed_in(teacher).post(invitation.link)

    soon.refresh_from_db()
    assert soon.ends_on is None
    assert roles(teacher) == ["leader", "teacher"]


def test_one_whose_roles_are_over_acts_in_the_new_one_at_once(invitation, teacher, signed_in, today):
    teacher.appointments.update(ends_on=today - timedelta(days=1))
    browser = signed_in(teacher)

    browser.post(invitation.link)
    page = words(browser.get(ROLES))

    teacher.refresh_from_db()
    assert teacher.acting_as.role == Role.LEADER
    assert "действую сейчас" in page
    assert browser.post(reverse("directory:sessions-end-others")).status_code == 302


def test_an_account_without_a_person_becomes_the_invited_one_by_the_address(invitation, person, signed_in):
    nobody = directory.account(email=invitation.email)

    signed_in(nobody).post(invitation.link)

    nobody.refresh_from_db()
    assert (nobody.staff_member, nobody.acting_as.role) == (person, Role.LEADER)


def test_an_account_without_a_person_at_another_address_gets_nothing(invitation, teacher, signed_in):
    nobody = directory.account(email="other@example.org")

    signed_in(nobody).post(invitation.link)

    assert roles(nobody) == []


def test_an_address_shared_with_another_person_gives_the_role_to_neither(invitation, school, signed_in):
    other = directory.reader(Role.TEACHER, school, staff=directory.staff_member(municipality=school.municipality))
    Account.objects.filter(pk=other.pk).update(email=invitation.email)

    stranger, answer = Client().post(invitation.link), signed_in(other).post(invitation.link)

    assert (stranger.status_code, answer.status_code) == (404, 404)
    assert "входит другой сотрудник" in words(answer)
    assert roles(other) == ["teacher"]
    assert Invitation.objects.unanswered().get() == invitation


def test_a_closed_account_is_given_nothing(invitation, teacher):
    Account.objects.filter(pk=teacher.pk).update(is_active=False)

    answer = Client().post(invitation.link)

    assert "Вход для этой учётной записи закрыт" in words(answer)
    assert roles(teacher) == ["teacher"]


def test_an_account_that_has_come_to_be_meanwhile_is_not_made_twice(invitation, person, school, monkeypatch):
    """The page has seen none, the action sees it."""
    made = directory.reader(Role.TEACHER, school, staff=person)
    unseen, taker = iter([None]), Invitation.taker
    monkeypatch.setattr(Invitation, "taker", lambda invitation: next(unseen, taker(invitation)))

    answer = Client().post(invitation.link, {"new_password1": "девять-лис-4х", "new_password2": "девять-лис-4х"})

    assert answer.url == invitation.link
    assert Account.objects.filter(staff_member=person).get() == made


def test_who_signs_in_already_is_found_by_name_and_invited_into_a_new_role_only(
    person, teacher, school, administrator, signed_in
):
    client = signed_in(administrator)
    typed = {"staff_member": person.pk, "organisation": school.pk, "email": teacher.email}

    offered = [words(client.get(ADD + query)) for query in ("", "?q=гусева")]
    same = client.post(ADD, typed | {"role": Role.TEACHER})
    client.post(ADD, typed | {"role": Role.LEADER})

    assert [person.full_name in page for page in offered] == [False, True]
    assert same.context["form"].errors["role"] == ["Эта роль у сотрудника уже есть."]
    assert Invitation.objects.get().role == Role.LEADER


def test_the_letter_asks_for_no_new_password(invitation, teacher):
    write_letters(timezone.now())

    body = message(Letter.objects.get()).body

    assert "войдите как обычно" in body
    assert "придумайте пароль" not in body
