"""Letters of a portal without a mail server: one file each, whatever was tried how often."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMessage

from reminders import mail
from reminders.models import Letter
from tests.factories.reminders import A_MOMENT


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "reminders.folder.EmailBackend"
    settings.LETTERS_DIR = tmp_path / "letters"
    return settings.LETTERS_DIR


def letter(key, **fields):
    usual = {
        "written_at": A_MOMENT,
        "address": f"{key}@example.org",
        "subject": f"Сроки {key}",
        "text": "Текст",
        "html": "",
    }
    return Letter(key=key, **usual | fields)


def opened(file):
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def test_a_sweep_lays_each_letter_into_a_file_of_its_own(folder):
    with mail.post() as deliver:
        for key in ("anna", "boris", "vera"):
            deliver(letter(key))

    letters = [opened(file) for file in folder.iterdir()]
    assert {(each["To"], each["Subject"]) for each in letters} == {
        (f"{key}@example.org", f"Сроки {key}") for key in ("anna", "boris", "vera")
    }
    assert {each.get_content().strip() for each in letters} == {"Текст"}


def test_a_letter_tried_again_is_still_one_file(folder):
    for _ in range(2):
        with mail.post() as deliver:
            deliver(letter("anna"))

    assert len(list(folder.iterdir())) == 1


def test_the_folder_reads_in_the_order_of_writing(folder):
    with mail.post() as deliver:
        deliver(letter("anna", written_at=A_MOMENT + timedelta(hours=1)))
        deliver(letter("vera"))

    assert [opened(file)["To"] for file in sorted(folder.iterdir())] == ["vera@example.org", "anna@example.org"]


def test_only_the_owner_reads_what_leads_into_the_portal(folder):
    with mail.post() as deliver:
        deliver(letter("anna"))

    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600]


def test_no_address_leads_out_of_the_folder(folder):
    with mail.post() as deliver:
        deliver(letter("x", address='"../../etc/' + "a" * 40 + '"@example.org'))

    assert len(list(folder.iterdir())) == 1
    assert [file.parent for file in folder.parent.rglob("*.eml")] == [folder]


def test_what_others_send_is_laid_there_too(folder):
    EmailMessage("Ошибка", "Диск полон", to=["admin@example.org", "owner@example.org"]).send()

    assert [opened(file)["Subject"] for file in folder.iterdir()] == ["Ошибка"]
