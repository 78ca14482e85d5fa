"""Another e-mail to sign in with: confirmed by a link from the new address, told to the old one, or corrected."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Account, EmailChange
from directory.roles import Role
from directory.tasks import clear_sessions
from reminders.actions.accounts import write_letters
from reminders.mail import message
from reminders.models import Letter
from tests.factories import directory

ASK = reverse("directory:email-ask")
PROFILE = reverse("directory:profile")
NEW = "new@example.org"


@pytest.fixture
def centre(db, today):
    return directory.organisation()


@pytest.fixture
def methodist(centre):
    person = directory.staff_member(municipality=centre.municipality, last_name="Ёлкина", patronymic="Львовна")
    return directory.reader(Role.METHODIST, centre, staff=person)


@pytest.fixture
def administrator(centre):
    return directory.reader(Role.ADMINISTRATOR, centre)


@pytest.fixture
def change(methodist):
    return directory.email_change(account=methodist, email=NEW)


def ask(client, email=NEW, password=directory.PASSWORD):
    return client.post(ASK, {"email": email, "password": password}, follow=True)


def letters():
    """What goes out now: address → text with its link."""
    write_letters(timezone.now())
    return {letter.address: message(letter).body for letter in Letter.objects.order_by("pk")}


def link_in(body):
    return next(word for word in body.split() if "/confirm/" in word)


def words(answer):
    return answer.content.decode()


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def enters(email):
    typed = {"username": email, "password": directory.PASSWORD}
    return Client().post(reverse("directory:signin"), typed).status_code == 302


def test_the_owner_asks_confirms_by_the_link_and_signs_in_with_the_new_address(methodist, signed_in):
    browser, old = signed_in(methodist), methodist.email
    ask(browser, f" {NEW.upper()} ")
    sent = letters()
    link = link_in(sent[NEW])
    page = words(browser.get(link))
    before = enters(old), enters(NEW)

    browser.post(link)

    methodist.refresh_from_db()
    assert methodist.email == NEW
    assert f"с почтой <b>{NEW}</b> вместо {old}" in page
    assert before == (True, False)
    assert (enters(old), enters(NEW)) == (False, True)
    version = methodist.history.first()
    assert (version.email, version.history_user) == (NEW, methodist)
    assert "Львовна, здравствуйте" in sent[old]
    assert "/confirm/" not in sent[old]
    assert "Львовна" not in sent[NEW]
    assert old not in sent[NEW]


def test_both_addresses_are_told_of_the_change_once(methodist, signed_in):
    browser, old = signed_in(methodist), methodist.email
    ask(browser)
    browser.post(link_in(letters()[NEW]))
    for _ in range(2):
        write_letters(timezone.now())

    told = list(Letter.objects.filter(key__contains=":made:").values_list("address", "text"))
    assert sorted(address for address, _ in told) == sorted([NEW, old])
    assert all(f"было {old}, стало {NEW}" in text for _, text in told)
    assert Letter.objects.count() == 4


def test_a_link_holds_once_and_after_another_change_no_more(change, methodist, signed_in):
    browser, link = signed_in(methodist), change.link
    browser.post(link)
    again = browser.post(link)
    Account.objects.filter(pk=methodist.pk).update(email="third@example.org")

    assert again.status_code == browser.post(link).status_code == 404
    assert "Ссылка не действует" in words(again)
    assert Account.objects.get(pk=methodist.pk).email == "third@example.org"


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (24, 404)])
def test_a_link_holds_for_a_day(hours, status, change, methodist, signed_in):
    EmailChange.objects.update(asked_at=timezone.now() - timedelta(hours=hours))

    assert signed_in(methodist).get(change.link).status_code == status


def test_a_link_dies_with_the_password_it_was_asked_with(change, methodist, signed_in):
    link = change.link
    methodist.set_password("шестнадцать-лис-1")
    methodist.save()

    assert signed_in(methodist).post(link).status_code == 404


def test_asking_again_closes_the_link_before(change, methodist, signed_in):
    browser = signed_in(methodist)
    EmailChange.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    ask(browser, "typed.right@example.org")

    assert browser.post(change.link).status_code == 404
    assert browser.post(EmailChange.objects.latest("pk").link).url == PROFILE


def test_the_link_is_of_no_use_to_whoever_reads_a_mistyped_address(change, methodist, centre, signed_in):
    other = directory.reader(Role.METHODIST, centre)

    stranger, another = Client().post(change.link), signed_in(other).post(change.link)

    assert stranger.url.startswith(reverse("directory:signin"))
    assert another.status_code == 404
    assert change.was not in words(another)
    methodist.refresh_from_db()
    assert methodist.email == change.was


def test_looking_at_the_link_changes_nothing(change, methodist, signed_in):
    signed_in(methodist).get(change.link)

    methodist.refresh_from_db()
    assert methodist.email == change.was


@pytest.mark.parametrize("spoil", [lambda key: "", lambda key: key[:-1], lambda key: "я"])
def test_a_wrong_key_confirms_nothing(spoil, change, methodist, signed_in):
    where = reverse("directory:email-confirm", args=[change.pk])

    assert signed_in(methodist).post(f"{where}?key={spoil(change.token)}").status_code == 404


def test_a_taken_address_is_answered_alike_and_its_owner_alone_is_told(methodist, signed_in):
    elsewhere = directory.reader(Role.TEACHER, directory.organisation())
    free, taken = ask(signed_in(methodist)), ask(signed_in(methodist), elsewhere.email)

    sent = letters()

    assert told(free)[0].replace(NEW, elsewhere.email) == told(taken)[0]
    assert "с ней уже входите вы" in sent[elsewhere.email]
    assert "/confirm/" not in sent[elsewhere.email]
    assert methodist.email not in sent[elsewhere.email]
    letter = Letter.objects.get(address=elsewhere.email)
    assert letter.municipality == elsewhere.acting_as.organisation.municipality


def test_an_address_taken_meanwhile_is_not_taken_over(change, methodist, signed_in):
    directory.account(email=NEW)

    answer = signed_in(methodist).post(change.link)

    methodist.refresh_from_db()
    assert answer.status_code == 404
    assert methodist.email == change.was


def test_a_second_press_sends_no_second_letter(methodist, signed_in):
    browser = signed_in(methodist)
    first, second = ask(browser), ask(browser)

    assert told(first) == told(second)
    assert EmailChange.objects.count() == 1


def test_no_more_than_five_addresses_in_two_days(methodist, signed_in):
    browser = signed_in(methodist)
    for number in range(6):
        last = ask(browser, f"new{number}@example.org")

    assert EmailChange.objects.count() == 5
    assert "уже пять раз" in words(last)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"password": "не тот пароль"}, "password"), ({"email": "не почта"}, "email"), ({"email": "own"}, "email")],
)
def test_a_wrong_password_or_address_is_told_beside_it(typed, field, methodist, signed_in):
    email = methodist.email.upper() if typed.get("email") == "own" else typed.get("email", NEW)

    answer = ask(signed_in(methodist), email, typed.get("password", directory.PASSWORD))

    assert set(answer.context["form"].errors) == {field}
    assert not EmailChange.objects.exists()


def test_the_page_shows_what_waits(change, methodist, signed_in):
    assert f"Ждёт подтверждения: <b>{NEW}</b>" in words(signed_in(methodist).get(ASK))


def test_old_changes_are_forgotten(change):
    EmailChange.objects.update(asked_at=timezone.now() - timedelta(days=2))

    assert clear_sessions() == 1
    assert not EmailChange.objects.exists()


def test_the_outbox_keeps_no_key(change):
    write_letters(timezone.now())

    assert all(change.token not in letter.text + letter.html for letter in Letter.objects.all())
    assert change.token in message(Letter.objects.get(address=NEW)).body


def correct(client, account, **typed):
    where = reverse("directory:account-email-correct", args=[account.pk])
    usual = {"email": NEW, "because": "опечатка в адресе", "was_email": account.email}
    return client.post(where, usual | typed)


def test_an_administrator_corrects_an_address_with_a_reason_and_both_are_told(methodist, administrator, signed_in):
    old = methodist.email

    answer = correct(signed_in(administrator), methodist)

    methodist.refresh_from_db()
    version = methodist.history.first()
    assert (answer.url, methodist.email) == (methodist.get_absolute_url(), NEW)
    assert (version.history_user, version.history_change_reason) == (administrator, "опечатка в адресе")
    sent = letters()
    assert set(sent) == {old, NEW}
    assert all("исправил администратор" in body for body in sent.values())


def test_a_second_editor_is_shown_what_the_first_has_written(methodist, administrator, signed_in):
    browser = signed_in(administrator)
    typed_over = methodist.email
    correct(browser, methodist, email="first@example.org")

    clash = correct(browser, methodist, was_email=typed_over)
    methodist.refresh_from_db()
    between = methodist.email
    correct(browser, methodist, was_email=clash.context["form"]["was_email"].value())

    methodist.refresh_from_db()
    assert "здесь написали: «first@example.org»" in words(clash).replace("&quot;", "")
    assert (between, methodist.email) == ("first@example.org", NEW)


def test_a_correction_closes_the_link_its_owner_asked_for(change, methodist, administrator, signed_in):
    link = change.link
    correct(signed_in(administrator), methodist, email="right@example.org")

    assert signed_in(methodist).post(link).status_code == 404


@pytest.mark.parametrize("taken", ["own", "other"])
def test_an_address_that_is_taken_or_the_same_is_told(taken, methodist, administrator, signed_in):
    email = methodist.email if taken == "own" else administrator.email

    answer = correct(signed_in(administrator), methodist, email=email.upper())

    assert set(answer.context["form"].errors) == {"email"}
    assert not EmailChange.objects.exists()


def test_no_administrator_takes_over_an_account_with_roles_elsewhere(methodist, administrator, signed_in):
    directory.appointment(account=methodist, role=Role.TEACHER, organisation=directory.organisation())

    answer = correct(signed_in(administrator), methodist)

    methodist.refresh_from_db()
    assert answer.status_code == 403
    assert "в другом муниципалитете" in answer.context["reason"]
    assert methodist.email != NEW


def test_one_does_not_correct_the_own_address(administrator, signed_in):
    assert correct(signed_in(administrator), administrator).status_code == 403
