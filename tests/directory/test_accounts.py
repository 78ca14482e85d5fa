"""Accounts as an administrator keeps them, and several roles of one person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.actions.accounts import LastAdministrator, close, end_role
from directory.models import Account, Appointment, Session
from directory.roles import Role
from roadmaps.models import Roadmap
from tests.factories import directory

LIST = reverse("directory:account-list")
ROADMAP = {
    "title": "План", "kind": "plan", "state": "approved", "starts_on": "2026-09-01", "ends_on": "2027-08-31",
    "basis": "academic", "watched_from": "2026-09-01",
}  # fmt: skip


@pytest.fixture
def centre(db, today):
    return directory.organisation()


@pytest.fixture
def administrator(centre):
    return directory.reader(Role.ADMINISTRATOR, centre)


@pytest.fixture
def methodist(centre):
    person = directory.staff_member(municipality=centre.municipality, last_name="Ёлкина")
    return directory.reader(Role.METHODIST, centre, staff=person)


def to(verb, account):
    return reverse(f"directory:{verb}", args=[account.pk])


def words(answer):
    return answer.content.decode()


def test_the_list_shows_the_own_municipality_and_finds_by_name_role_and_state(administrator, methodist, signed_in):
    directory.reader(Role.METHODIST, directory.organisation())
    closed = directory.reader(Role.TEACHER, methodist.acting_as.organisation)
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    client = signed_in(administrator)

    def found(query):
        return set(client.get(LIST + query).context["object_list"])

    assert found("") == {administrator, methodist, closed}
    assert found("?q=елкина") == found("?role=methodist") == {methodist}
    assert found("?is_active=False") == {closed}
    assert found("?q=example") == {administrator, methodist, closed}


def test_a_role_is_given_for_a_period(administrator, methodist, centre, signed_in):
    school = directory.organisation(municipality=centre.municipality)
    typed = {"role": Role.LEADER, "organisation": school.pk, "starts_on": "2026-12-01", "ends_on": "2027-05-31"}
    typed |= {"account": administrator.pk, "acting_as": administrator.acting_as_id}  # no fields of this form

    answer = signed_in(administrator).post(to("appointment-give", methodist), typed)

    given = methodist.appointments.get(role=Role.LEADER)
    assert answer.url == methodist.get_absolute_url()
    assert (given.organisation, str(given.starts_on), str(given.ends_on)) == (school, "2026-12-01", "2027-05-31")
    assert given.history.get().history_user == administrator
    methodist.refresh_from_db()
    assert methodist.acting_as.role == Role.METHODIST


def test_nobody_gives_a_role_to_oneself(administrator, centre, signed_in):
    typed = {"role": Role.MANAGER, "organisation": centre.pk}

    answer = signed_in(administrator).post(to("appointment-give", administrator), typed)

    assert answer.status_code == 403
    assert administrator.appointments.count() == 1


def test_no_role_is_given_at_an_organisation_of_another_municipality(administrator, methodist, signed_in):
    typed = {"role": Role.LEADER, "organisation": directory.organisation().pk}

    answer = signed_in(administrator).post(to("appointment-give", methodist), typed)

    assert set(answer.context["form"].errors) == {"organisation"}


def test_the_same_role_is_not_given_twice_for_the_same_days(administrator, methodist, centre, signed_in):
    typed = {"role": Role.METHODIST, "organisation": centre.pk, "starts_on": "2027-01-01"}

    answer = signed_in(administrator).post(to("appointment-give", methodist), typed)

    assert set(answer.context["form"].errors) == {"role"}


def test_an_ended_role_is_refused_on_the_next_request(administrator, methodist, today, signed_in):
    client = signed_in(methodist)
    before = client.get(reverse("roadmaps:roadmap-add")).status_code
    typed = {"ends_on": today - timedelta(days=1), "because": "перешла в школу"}

    signed_in(administrator).post(to("appointment-end", methodist.acting_as), typed)

    assert (before, client.get(reverse("roadmaps:roadmap-add")).status_code) == (200, 403)
    version = methodist.acting_as.history.first()
    assert (version.history_user, version.history_change_reason) == (administrator, "перешла в школу")


def test_the_last_administrator_stays(administrator, today, signed_in):
    typed = {"ends_on": today, "because": "отпуск"}

    answer = signed_in(administrator).post(to("appointment-end", administrator.acting_as), typed)

    administrator.acting_as.refresh_from_db()
    assert "последний администратор" in words(answer)
    assert administrator.acting_as.ends_on is None


def test_one_of_two_administrators_may_go_and_then_no_other(administrator, centre, today):
    other = directory.reader(Role.ADMINISTRATOR, centre)
    directory.reader(Role.ADMINISTRATOR, directory.organisation())  # of another municipality, no help

    close(other, by=administrator, because="уволен", today=today)

    with pytest.raises(LastAdministrator):
        end_role(administrator.acting_as, on=today, by=administrator, because="отпуск")
    with pytest.raises(LastAdministrator):
        close(administrator, by=other, because="отпуск", today=today)
    administrator.refresh_from_db()
    assert (administrator.is_active, Account.objects.get(pk=other.pk).is_active) == (True, False)


def test_a_closed_account_is_out_at_once_and_comes_back(administrator, methodist, signed_in):
    inside, keeper = signed_in(methodist), signed_in(administrator)

    keeper.post(to("account-close", methodist), {"because": "в отпуске по уходу"})
    outside = inside.get(reverse("reminders:agenda"))
    page = words(keeper.get(to("account-history", methodist)))
    keeper.post(to("account-reopen", methodist), {"because": "вернулась"})

    methodist.refresh_from_db()
    assert outside.status_code == 302
    assert not Session.objects.filter(account=methodist).exists()
    assert "в отпуске по уходу" in page
    assert "вход разрешён" in page
    assert methodist.is_active


def test_nobody_closes_the_own_account(administrator, signed_in):
    answer = signed_in(administrator).post(to("account-close", administrator), {"because": "ошибка"})

    assert answer.status_code == 403
    assert Account.objects.get(pk=administrator.pk).is_active


@pytest.mark.parametrize("verb", ["account-close", "account-second-factor-reset", "appointment-give"])
def test_no_administrator_reaches_into_another_municipality(verb, administrator, signed_in):
    foreign = directory.reader(Role.METHODIST, directory.organisation())
    typed = {"because": "любопытство", "role": Role.TEACHER, "organisation": administrator.acting_as.organisation_id}

    answer = signed_in(administrator).post(to(verb, foreign), typed)

    assert answer.status_code == 404
    assert Account.objects.get(pk=foreign.pk).is_active
    assert foreign.appointments.count() == 1


def test_a_role_elsewhere_is_neither_shown_nor_ended(administrator, methodist, signed_in):
    elsewhere = directory.organisation(short_title="Соседская школа")
    foreign = directory.appointment(account=methodist, role=Role.TEACHER, organisation=elsewhere)
    client = signed_in(administrator)

    pages = words(client.get(methodist.get_absolute_url())), words(client.get(to("account-history", methodist)))
    answer = client.post(to("appointment-end", foreign), {"ends_on": "2026-11-01", "because": "чужое"})

    assert answer.status_code == 404
    assert not any("Соседская" in page for page in pages)


def test_signing_in_and_changing_the_role_leave_no_trace_in_the_history(methodist, centre):
    other = directory.appointment(account=methodist, role=Role.TEACHER, organisation=centre)
    client = Client()
    before = methodist.history.count()

    client.post(reverse("directory:signin"), {"username": methodist.email, "password": directory.PASSWORD})
    client.post(reverse("directory:appointment-take-up", args=[other.pk]))

    methodist.refresh_from_db()
    assert methodist.acting_as == other
    assert methodist.history.count() == before


def test_no_password_is_kept_in_the_history(methodist):
    assert not {"password", "last_login"} & {field.name for field in type(methodist).history.model._meta.fields}


def enter(account):
    client = Client(enforce_csrf_checks=True)
    page = words(client.get(reverse("directory:signin")))
    typed = {"username": account.email, "password": directory.PASSWORD, "csrfmiddlewaretoken": token_in(page)}
    client.post(reverse("directory:signin"), typed)
    return client


def token_in(page):
    return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def test_the_panel_of_the_shell_offers_the_other_roles_by_a_press(methodist, centre, signed_in):
    directory.appointment(account=methodist, role=Role.TEACHER, organisation=centre)
    over = directory.appointment(account=methodist, role=Role.EXPERT, organisation=centre, ends_on="2026-11-01")

    panel = words(signed_in(methodist).get(reverse("directory:appointment-list"), headers={"HX-Request": "true"}))

    assert "<html" not in panel
    assert panel.count("Действовать в этой роли") == 1
    assert "действую сейчас" in panel
    assert f"/{over.pk}/" not in panel


def test_a_form_opened_before_the_change_of_role_is_refused_and_its_texts_are_given_back(methodist, centre):
    other = directory.appointment(account=methodist, role=Role.MANAGER, organisation=centre)
    client = enter(methodist)
    old = token_in(words(client.get(reverse("roadmaps:roadmap-add"))))
    client.post(reverse("directory:appointment-take-up", args=[other.pk]), {"csrfmiddlewaretoken": old})
    own = Appointment.objects.get(account=methodist, role=Role.METHODIST)
    fresh = token_in(words(client.get(reverse("directory:profile"))))
    client.post(reverse("directory:appointment-take-up", args=[own.pk]), {"csrfmiddlewaretoken": fresh})

    answer = client.post(
        reverse("roadmaps:roadmap-add"),
        ROADMAP | {"title": "План <b>долгого</b> года", "csrfmiddlewaretoken": old},
    )

    assert answer.status_code == 403
    assert "сменился вход или роль" in words(answer)
    assert "План &lt;b&gt;долгого&lt;/b&gt; года" in words(answer)
    assert not Roadmap.objects.exists()


def test_a_stranger_is_given_back_nothing(db):
    answer = Client(enforce_csrf_checks=True).post(reverse("directory:signin"), {"username": "Позвоните по номеру"})

    assert answer.status_code == 403
    assert "Позвоните" not in words(answer)


def test_a_form_of_another_browser_is_refused_after_the_change_of_role(methodist, centre):
    """The token there is an old one and right; what it was drawn for is the role that has been left."""
    other = directory.appointment(account=methodist, role=Role.MANAGER, organisation=centre)
    here, there = enter(methodist), enter(methodist)
    old = token_in(words(there.get(reverse("roadmaps:roadmap-add"))))
    fresh = token_in(words(here.get(reverse("directory:profile"))))
    here.post(reverse("directory:appointment-take-up", args=[other.pk]), {"csrfmiddlewaretoken": fresh})

    answers = [there.post(reverse("roadmaps:roadmap-add"), ROADMAP | {"csrfmiddlewaretoken": old}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "сменили роль на другом устройстве" in words(answers[0])
    assert not Roadmap.objects.exists()


def grow_accounts(administrator, centre, rows):
    for _ in range(rows):
        reader = directory.reader(Role.TEACHER, centre, staff=directory.staff_member(municipality=centre.municipality))
        directory.session(account=reader)


def grow_invitations(administrator, centre, rows):
    for _ in range(rows):
        directory.invitation(organisation=centre, invited_by=administrator)


def grow_own_sessions(administrator, centre, rows):
    for _ in range(rows):
        directory.session(account=administrator)


@pytest.mark.parametrize(
    ("address", "grow", "queries"),
    [
        ("account-list", grow_accounts, 6),
        ("invitation-list", grow_invitations, 5),
        ("profile", grow_own_sessions, 5),
    ],
)
def test_more_rows_ask_no_more_queries(address, grow, queries, administrator, signed_in):
    client, asked = signed_in(administrator), {}

    for rows in (1, 3, 203):
        grow(administrator, administrator.acting_as.organisation, rows)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(f"directory:{address}"))
        asked[rows] = len(captured)

    assert asked == dict.fromkeys((1, 3, 203), queries)
