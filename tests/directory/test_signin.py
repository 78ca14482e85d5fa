"""The door: who is let in, who is told what, and when it stays closed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Account
from directory.roles import Role
from tests.factories import directory

DOOR = reverse("directory:signin")
WRONG = "Почта или пароль не подходят"


@pytest.fixture
def centre(db, today):
    return directory.organisation()


@pytest.fixture
def methodist(centre):
    return directory.reader(Role.METHODIST, centre)


def enter(email, password=directory.PASSWORD, *, client=None, **options):
    return (client or Client()).post(DOOR, {"username": email, "password": password}, **options)


def test_the_right_password_opens_the_home_page(methodist):
    client = Client()

    answer = enter(methodist.email, client=client)

    assert answer.url == reverse("reminders:agenda")
    assert client.get(answer.url).context["user"] == methodist


def test_the_address_is_read_in_any_case_and_with_blanks(methodist):
    assert enter(f" {methodist.email.upper()} ").status_code == 302


def shown(answer, email):
    """The page without what was typed into it."""
    page = answer.content.decode().replace(email, "")
    return page.partition("<main")[2].partition("csrfmiddlewaretoken")[0], str(answer.context["form"].errors)


def test_an_unknown_account_is_told_the_same_as_a_wrong_password(methodist):
    wrong = enter(methodist.email, "не тот пароль")
    unknown = enter("nobody@example.org", "не тот пароль")

    assert WRONG in wrong.content.decode()
    assert shown(wrong, methodist.email) == shown(unknown, "nobody@example.org")


def test_an_inactive_account_is_told_the_same_and_stays_outside(methodist):
    Account.objects.update(is_active=False)

    answer = enter(methodist.email)

    assert answer.status_code == 200
    assert WRONG in answer.content.decode()


def test_ten_wrong_passwords_close_one_account_from_every_address(methodist, centre):
    other = directory.reader(Role.METHODIST, centre)
    for number in range(10):
        enter(methodist.email.upper() if number % 2 else methodist.email, "не тот пароль", REMOTE_ADDR=f"10.0.0.{number}",
              headers={"X-Forwarded-For": f"192.0.2.{number}"})  # fmt: skip

    closed = enter(methodist.email, REMOTE_ADDR="10.9.9.9", headers={"X-Forwarded-For": "198.51.100.1"})
    open_to_others = enter(other.email, REMOTE_ADDR="10.0.0.1")

    assert closed.status_code == 429
    assert "directory/signin_locked.html" in {template.name for template in closed.templates}
    assert open_to_others.status_code == 302


def test_the_owner_still_gets_in_from_a_browser_that_has_signed_in_before(methodist):
    own = Client()
    enter(methodist.email, client=own)
    own.post(reverse("directory:signout"))
    for _ in range(10):
        enter(methodist.email, "не тот пароль")

    stranger, owner = enter(methodist.email), enter(methodist.email, client=own)

    assert stranger.status_code == 429
    assert owner.status_code == 302


def at(monkeypatch, moment):
    """Set the clock of the portal and that of the library which counts."""
    for clock in ("django.utils.timezone.now", "axes.attempts.now", "axes.handlers.proxy.now"):
        monkeypatch.setattr(clock, lambda: moment)


def told(answer):
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def test_of_a_thousand_wrong_passwords_ten_are_compared_and_the_right_one_among_them_is_refused_alike(
    methodist, monkeypatch
):
    compared, compare = [], Account.check_password
    monkeypatch.setattr(Account, "check_password", lambda *typed: compared.append(typed) or compare(*typed))

    guesser = Client()
    answers = [enter(methodist.email, f"не тот пароль {number}", client=guesser) for number in range(1000)]
    right = enter(methodist.email, client=guesser)

    assert len(compared) == 10
    assert [answer.status_code for answer in answers] == [200] * 9 + [429] * 991
    assert right.status_code == 429
    assert told(right) == told(answers[-1])


def test_tries_at_a_closed_door_keep_it_closed_no_longer(methodist, monkeypatch):
    begun = timezone.now()
    at(monkeypatch, begun)
    for _ in range(10):
        enter(methodist.email, "не тот пароль")
    for minutes in range(1, 15):
        at(monkeypatch, begun + timedelta(minutes=minutes))
        enter(methodist.email, "не тот пароль", headers={"User-Agent": f"Guesser/{minutes}"})

    before = enter(methodist.email)
    at(monkeypatch, begun + timedelta(minutes=15, seconds=1))

    assert before.status_code == 429
    assert enter(methodist.email).status_code == 302


def test_two_hours_of_guessing_compare_ten_passwords_in_each_quarter_of_an_hour(methodist, monkeypatch):
    """However the tries are spread and whatever browser they pretend to come from."""
    begun, compared, compare, guesser = timezone.now(), [], Account.check_password, Client()
    monkeypatch.setattr(Account, "check_password", lambda *typed: compared.append(typed) or compare(*typed))

    for number in range(240):
        at(monkeypatch, begun + timedelta(seconds=30 * number))
        client = {"client": guesser, "headers": {"User-Agent": f"Guesser/{number % 7}"}}
        enter(methodist.email, f"не тот пароль {number}", **client)

    quarters = 240 * 30 / 60 / 15
    assert 20 <= len(compared) <= 10 * quarters


def test_the_owner_gets_in_from_a_new_browser_by_the_letter_while_a_stranger_goes_on(methodist):
    for _ in range(10):
        enter(methodist.email, "не тот пароль")
    new, browser = "пятнадцать-лис-9", Client()
    reset = directory.password_reset(email=methodist.email)
    browser.post(reset.link(methodist), {"new_password1": new, "new_password2": new})

    stranger, owner = enter(methodist.email, new), enter(methodist.email, new, client=browser)

    assert stranger.status_code == 429
    assert owner.status_code == 302


@pytest.mark.parametrize("cookie", ["methodist@example.org", "", "x:y:z"])
def test_a_browser_is_not_known_by_its_own_word(cookie, methodist):
    browser = Client()
    browser.cookies["known"] = cookie
    for _ in range(10):
        enter(methodist.email, "не тот пароль", client=browser)

    assert enter(methodist.email, client=browser).status_code == 429


def test_a_browser_known_for_one_account_is_a_stranger_to_another(methodist, centre):
    other = directory.reader(Role.METHODIST, centre)
    browser = Client()
    enter(methodist.email, client=browser)
    browser.post(reverse("directory:signout"))
    for _ in range(10):
        enter(other.email, "не тот пароль", client=browser)

    assert enter(other.email, client=browser).status_code == 429


def test_nine_wrong_passwords_and_the_right_one_let_in_and_are_forgotten(methodist):
    for _ in range(2):
        for _ in range(9):
            enter(methodist.email, "не тот пароль")

        assert enter(methodist.email).status_code == 302


def test_an_unknown_account_closes_like_a_known_one(db, today):
    """Else the closing itself would tell which accounts exist."""
    answers = [enter("nobody@example.org", "не тот пароль").status_code for _ in range(11)]

    assert answers == [200] * 9 + [429] * 2


def test_the_session_gets_a_new_key_at_the_door(methodist):
    client = Client()
    client.get(DOOR)
    session = client.session
    session["before"] = "the door"
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    enter(methodist.email, client=client)

    assert client.session.session_key != before


def test_the_old_session_is_dead_after_signing_out(methodist):
    client = Client()
    enter(methodist.email, client=client)
    old = client.cookies["sessionid"].value

    client.post(reverse("directory:signout"))
    thief = Client()
    thief.cookies["sessionid"] = old

    assert thief.get(reverse("reminders:agenda")).status_code == 302


def test_signing_out_leads_to_the_door_and_not_back_to_the_page_it_was_pressed_on(methodist):
    client = Client()
    enter(methodist.email, client=client)

    answer = client.post(reverse("directory:signout"), {"next": reverse("roadmaps:roadmap-list")})

    assert answer.url == DOOR


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_the_way_on_leads_nowhere_else(target, methodist):
    answer = Client().post(
        f"{DOOR}?next={target}", {"username": methodist.email, "password": directory.PASSWORD, "next": target}
    )

    assert answer.url == reverse("reminders:agenda")


def test_the_way_on_leads_to_the_page_that_was_asked_for(methodist):
    client = Client()
    asked = client.get(reverse("roadmaps:roadmap-list"))

    answer = client.post(asked.url, {"username": methodist.email, "password": directory.PASSWORD})

    assert answer.url == reverse("roadmaps:roadmap-list")


def test_a_closed_account_loses_its_session_at_the_next_request(methodist, signed_in):
    client = signed_in(methodist)
    before = client.get(reverse("reminders:agenda")).status_code
    Account.objects.update(is_active=False)

    assert (before, client.get(reverse("reminders:agenda")).status_code) == (200, 302)


def test_a_dismissed_methodist_loses_the_rights_at_the_next_request(methodist, signed_in, today):
    client = signed_in(methodist)
    before = client.get(reverse("roadmaps:roadmap-add")).status_code
    methodist.acting_as.ends_on = today - timedelta(days=1)
    methodist.acting_as.save()

    assert (before, client.get(reverse("roadmaps:roadmap-add")).status_code) == (200, 403)


def test_an_appointment_holds_on_its_first_and_last_day_only(centre, today):
    reader = directory.reader(Role.METHODIST, centre, starts_on=today, ends_on=today + timedelta(days=1))

    rights = [bool(reader.act(today + timedelta(days=days)).role) for days in (-1, 0, 1, 2)]

    assert rights == [False, True, True, False]


def test_taking_up_another_role_changes_the_rights_and_the_key_of_the_session(methodist, centre, signed_in):
    other = directory.appointment(account=methodist, role=Role.TEACHER, organisation=centre)
    client = signed_in(methodist)
    before = client.session.session_key

    client.post(reverse("directory:appointment-take-up", args=[other.pk]))

    assert client.session.session_key != before
    assert client.get(reverse("roadmaps:roadmap-add")).status_code == 403


@pytest.mark.parametrize("days", [-1, 1])
def test_an_appointment_that_is_over_or_to_come_cannot_be_taken_up(days, methodist, centre, signed_in, today):
    period = {"ends_on": today + timedelta(days=days)} if days < 0 else {"starts_on": today + timedelta(days=days)}
    other = directory.appointment(account=methodist, role=Role.MANAGER, organisation=centre, **period)

    answer = signed_in(methodist).post(reverse("directory:appointment-take-up", args=[other.pk]))

    methodist.refresh_from_db()
    assert answer.status_code == 404
    assert methodist.acting_as.role == Role.METHODIST


def test_nobody_takes_up_the_appointment_of_another(methodist, centre, signed_in):
    other = directory.reader(Role.MANAGER, centre).acting_as

    signed_in(methodist).post(reverse("directory:appointment-take-up", args=[other.pk]))

    methodist.refresh_from_db()
    assert methodist.acting_as.role == Role.METHODIST
