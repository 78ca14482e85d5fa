"""`manage.py begin` and one's own password: a portal without the demo can be entered and kept."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from directory.models import Account, Municipality, Organisation
from directory.roles import Role
from tests.factories import directory

PASSWORD = "девять-зелёных-рек"


@pytest.fixture
def typed(monkeypatch):
    def type_in(password):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))

    return type_in


def begin(email="methodist@example.org"):
    call_command("begin", "Заречинск", genitive="Заречинска", centre="МКУ «ЦРО»", email=email, stdout=io.StringIO())


def enter(email, password):
    client = Client()
    client.post(reverse("directory:signin"), {"username": email, "password": password})
    return client


def test_the_first_methodist_enters_and_may_compose(typed, db):
    typed(PASSWORD)

    begin()

    page = enter("methodist@example.org", PASSWORD).get(reverse("roadmaps:roadmap-list")).content.decode()
    assert "Загрузить документ" in page
    assert (Municipality.objects.get().title, Organisation.objects.get().short_title) == ("Заречинск", "МКУ «ЦРО»")


def test_a_second_account_joins_the_same_municipality(typed, db):
    typed(PASSWORD)
    begin()
    typed(PASSWORD)
    begin("second@example.org")

    assert Municipality.objects.count() == Organisation.objects.count() == 1
    assert Account.objects.count() == 2


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [("methodist", PASSWORD, "не похоже"), ("methodist@example.org", "12345", "пароль")],
)
def test_nothing_begins_with_a_bad_address_or_password(email, password, sentence, typed, db):
    typed(password)

    with pytest.raises(CommandError, match=f"(?i){sentence}"):
        begin(email)

    assert not Account.objects.exists()
    assert not Municipality.objects.exists()


def test_a_new_password_replaces_the_old_one_and_ends_other_sessions(db, today):
    account = directory.reader(Role.METHODIST, directory.organisation())
    here, elsewhere = enter(account.email, directory.PASSWORD), enter(account.email, directory.PASSWORD)
    new = {"old_password": directory.PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}

    here.post(reverse("directory:password"), new)

    assert here.get(reverse("directory:profile")).status_code == 200
    assert elsewhere.get(reverse("directory:profile")).status_code == 302
    assert enter(account.email, directory.PASSWORD).get(reverse("reminders:agenda")).status_code == 302
    assert enter(account.email, PASSWORD).get(reverse("reminders:agenda")).status_code == 200


def test_a_wrong_old_password_changes_nothing(db, today):
    account = directory.reader(Role.METHODIST, directory.organisation())
    client = enter(account.email, directory.PASSWORD)
    new = {"old_password": "не тот", "new_password1": PASSWORD, "new_password2": PASSWORD}

    page = client.post(reverse("directory:password"), new).content.decode()

    assert "Нынешний пароль введён неверно." in page
    assert enter(account.email, directory.PASSWORD).get(reverse("reminders:agenda")).status_code == 200
