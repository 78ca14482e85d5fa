"""A person leaves: positions and rights end, sessions with them, and a mistaken dismissal is taken back exactly."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Event

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from directory.actions import staff
from directory.actions.changes import ChangedSince
from directory.actions.invitations import LinkIsDead, accept, finish_reset
from directory.models import Account, Appointment, Dismissal, Position
from directory.roles import Role
from tests.factories import directory

AT = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.fixture
def school(db, today):
    return directory.organisation()


@pytest.fixture
def methodist(school):
    return directory.reader(Role.METHODIST, directory.organisation(municipality=school.municipality))


@pytest.fixture
def person(school):
    made = directory.staff_member(municipality=school.municipality)
    directory.position(staff_member=made, organisation=school, starts_on=date(2020, 9, 1))
    return made


@pytest.fixture
def account(person, school):
    return directory.reader(Role.DEPUTY, school, staff=person, starts_on=date(2020, 9, 1))


def dismiss(person, by, on, today, **options):
    return staff.dismiss(person, on=on, by=by, today=today, now=AT, **options)


def days(records):
    return list(records.order_by("pk").values_list("starts_on", "ends_on"))


DAYS = [
    # the last day of work, where the position ends, where the rights end: today is 18 November
    (date(2026, 11, 17), date(2026, 11, 17), date(2026, 11, 17)),
    (date(2026, 11, 18), date(2026, 11, 18), date(2026, 11, 17)),
    (date(2026, 11, 19), date(2026, 11, 19), date(2026, 11, 19)),
]


@pytest.mark.parametrize("case", DAYS)
def test_positions_and_rights_end(case, person, account, methodist, today):
    on, position_until, rights_until = case

    dismiss(person, methodist, on, today, because="приказ № 118-к")

    assert days(person.positions) == [(date(2020, 9, 1), position_until)]
    assert days(account.appointments) == [(date(2020, 9, 1), rights_until)]
    assert person.positions.get().history.latest().history_change_reason == "приказ № 118-к"


def test_the_account_cannot_act_in_its_very_next_request(person, account, methodist, signed_in, today):
    reader = signed_in(account)
    page = reverse("directory:staff-list")
    assert reader.get(page).status_code == 200

    dismiss(person, methodist, today, today)

    assert reader.get(page).url == f"/directory/signin/?next={page}"
    assert signed_in(account).get(page).status_code == 403


def test_a_dismissal_to_come_leaves_the_rights_until_its_day_is_over(
    person, account, methodist, signed_in, monkeypatch
):
    reader = signed_in(account)
    page = reverse("directory:staff-list")

    dismiss(person, methodist, date(2026, 11, 19), date(2026, 11, 18))

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2026, 11, 19))
    assert reader.get(page).status_code == 200
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2026, 11, 20))
    assert reader.get(page).status_code == 403


def test_leaving_one_school_leaves_the_work_at_the_other(person, account, methodist, school, today):
    other = directory.organisation(municipality=school.municipality)
    directory.position(staff_member=person, organisation=other)
    directory.appointment(account=account, role=Role.TEACHER, organisation=other)

    dismiss(person, methodist, today, today, at=school)

    assert list(Position.objects.held_on(date(2026, 11, 19)).values_list("organisation", flat=True)) == [other.pk]
    assert list(Appointment.objects.filter(account=account).in_force(today).values_list("role", flat=True)) == [
        "teacher"
    ]


def test_rights_given_today_are_taken_today(person, school, methodist, today):
    account = directory.reader(Role.DEPUTY, school, staff=person, starts_on=today)

    dismiss(person, methodist, today, today)

    assert not account.appointments.in_force(today).exists()


def test_a_position_that_has_ended_is_left_alone(person, school, methodist, today):
    directory.position(
        staff_member=person,
        organisation=school,
        starts_on=date(2015, 9, 1),
        ends_on=date(2020, 8, 31),
        title="методист",
    )

    dismissal = dismiss(person, methodist, today, today)

    assert person.positions.get(title="методист").ends_on == date(2020, 8, 31)
    assert len(dismissal.ended) == 1


NEW = "четырнадцать-лис-8"
TYPED = {"new_password1": NEW, "new_password2": NEW}


@pytest.mark.parametrize("on", [date(2026, 11, 18), date(2026, 12, 31)])
def test_an_unanswered_invitation_leads_in_no_more(on, person, school, methodist, today):
    invitation = directory.invitation(staff_member=person, organisation=school)
    alive = Client().get(invitation.link).status_code

    dismissal = dismiss(person, methodist, on, today, because="приказ № 118-к")
    answer = Client().post(invitation.link, TYPED)

    invitation.refresh_from_db()
    assert (alive, answer.status_code) == (200, 404)
    assert "Приглашение отозвали" in answer.content.decode()
    assert (invitation.revoked_by, invitation.revoked_at) == (methodist, AT)
    assert invitation.history.first().history_change_reason == "приказ № 118-к"
    assert not Account.objects.filter(email=invitation.email).exists()

    staff.withdraw(dismissal, by=methodist, at=AT)
    assert Client().post(invitation.link, TYPED).status_code == 404


def test_leaving_one_school_revokes_no_invitation_to_another(person, school, methodist, today):
    other = directory.organisation(municipality=school.municipality)
    invitation = directory.invitation(staff_member=person, organisation=other)

    dismiss(person, methodist, today, today, at=school)

    assert Client().post(invitation.link, TYPED).status_code == 302


def test_a_link_to_a_new_password_dies_with_the_sessions(person, account, methodist, today):
    reset = directory.password_reset(email=account.email)
    theirs = directory.password_reset(email=methodist.email)
    link = reset.link(account)
    alive = Client().get(link).status_code

    dismiss(person, methodist, today, today)
    answer = Client().post(link, TYPED)

    account.refresh_from_db()
    assert (alive, answer.status_code) == (200, 404)
    assert account.check_password(directory.PASSWORD)
    assert Client().get(theirs.link(methodist)).status_code == 200


def test_a_dismissal_to_come_leaves_the_link_to_a_new_password(person, account, methodist, today):
    reset = directory.password_reset(email=account.email)

    dismiss(person, methodist, date(2026, 12, 31), today)

    assert Client().get(reset.link(account)).status_code == 200


def test_a_password_typed_while_its_owner_is_dismissed_is_not_taken(person, account, methodist, today):
    """The page has found the request before the dismissal took it away."""
    reset = directory.password_reset(email=account.email)
    token = reset.token(account)
    dismiss(person, methodist, today, today)

    with pytest.raises(LinkIsDead):
        finish_reset(reset, token=token, password=NEW, at=datetime.now(UTC))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_an_invitation_accepted_in_the_same_moment_gives_no_role(person, school, methodist, today, monkeypatch):
    invitation = directory.invitation(staff_member=person, organisation=school)
    has_looked, quick = Event(), Account.set_password

    def slow(*args):
        has_looked.set()
        time.sleep(0.3)
        quick(*args)

    def hand():
        try:
            return accept(invitation, token=invitation.token, password=NEW, at=datetime.now(UTC), today=today)
        finally:
            connection.close()

    monkeypatch.setattr(Account, "set_password", slow)
    with ThreadPoolExecutor(1) as hands:
        accepting = hands.submit(hand)
        has_looked.wait(10)
        dismiss(person, methodist, today, today)
        account = accepting.result()

    assert account.appointments.count() == 1
    assert not account.appointments.in_force(today).exists()


def test_withdrawing_gives_back_the_days_as_they_were(person, account, methodist, today):
    before = days(person.positions), days(account.appointments)
    dismissal = dismiss(person, methodist, today, today)

    staff.withdraw(dismissal, by=methodist, at=AT)

    assert (days(person.positions), days(account.appointments)) == before
    dismissal.refresh_from_db()
    assert (dismissal.withdrawn_by, dismissal.withdrawn_at) == (methodist, AT)


def test_withdrawing_is_refused_once_somebody_has_gone_on(person, account, methodist, today):
    dismissal = dismiss(person, methodist, today, today)
    account.appointments.update(ends_on=date(2027, 1, 1))
    after = days(person.positions)

    with pytest.raises(ChangedSince, match="назначение"):
        staff.withdraw(dismissal, by=methodist, at=AT)

    assert days(person.positions) == after


def test_a_second_withdrawal_is_refused(person, methodist, today):
    dismissal = dismiss(person, methodist, today, today)
    staff.withdraw(dismissal, by=methodist, at=AT)

    with pytest.raises(ChangedSince, match="уже отменено"):
        staff.withdraw(dismissal, by=methodist, at=AT)


def test_the_history_keeps_who_dismissed_and_who_took_it_back(person, methodist, today):
    dismissal = dismiss(person, methodist, today, today)
    staff.withdraw(dismissal, by=methodist, at=AT)

    told = person.positions.get().history.order_by("-history_id").values_list("ends_on", "history_change_reason")[:2]
    assert list(told) == [(None, "увольнение отменено"), (today, "увольнение")]


def post_dismissal(reader, person, **typed):
    return reader.post(reverse("directory:staff-dismiss", args=[person.pk]), {"on": "2026-11-18"} | typed, follow=True)


def test_the_page_dismisses_and_offers_to_take_it_back(person, methodist, signed_in):
    reader = signed_in(methodist)

    page = post_dismissal(reader, person, on="2026-11-17", because="приказ № 118-к").content.decode()

    dismissal = Dismissal.objects.get()
    assert (dismissal.organisation, dismissal.because, dismissal.recorded_by) == (None, "приказ № 118-к", methodist)
    assert "Сейчас должностей нет." in page
    back = reader.post(reverse("directory:dismissal-withdraw", args=[dismissal.pk]), follow=True).content.decode()
    assert "Увольнение отменено" in back
    assert "Сейчас должностей нет." not in back


def test_a_deputy_dismisses_from_the_own_school_only(person, school, signed_in):
    other = directory.organisation(municipality=school.municipality)
    directory.position(staff_member=person, organisation=other)
    reader = signed_in(directory.reader(Role.DEPUTY, school))

    refused = post_dismissal(reader, person, organisation=other.pk)
    assert list(refused.context["form"].errors) == ["organisation"]
    assert not Dismissal.objects.exists()

    post_dismissal(reader, person, organisation=school.pk)
    assert [position.organisation for position in Position.objects.filter(ends_on=None)] == [other]


def test_a_dismissal_before_the_work_has_begun_is_told(person, school, methodist, signed_in):
    directory.position(staff_member=person, organisation=school, title="завуч", starts_on=date(2027, 1, 11))

    page = post_dismissal(signed_in(methodist), person)

    assert page.context["form"].errors == {"on": ["Должность «завуч» начинается 11.01.2027, позже этого дня."]}


def test_nobody_dismisses_oneself(person, account, signed_in):
    page = post_dismissal(signed_in(account), person)

    assert page.status_code == 403
    assert "Собственное увольнение отмечает кто-то другой." in page.content.decode()


def test_a_deputy_does_not_withdraw_the_dismissal_of_another_school(person, school, methodist, signed_in, today):
    dismissal = dismiss(person, methodist, today, today)
    reader = signed_in(directory.reader(Role.DEPUTY, school))

    page = reader.post(reverse("directory:dismissal-withdraw", args=[dismissal.pk]))

    assert page.status_code == 403
    dismissal.refresh_from_db()
    assert dismissal.withdrawn_at is None
