"""`manage.py remind`: shown or done, twice or by two at once; and the mail server answers as real ones do."""

import json
import socket
import sys
from contextlib import contextmanager
from io import StringIO

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core import mail as outgoing
from django.core.management import call_command

from reminders import mail
from reminders.actions import outbox
from reminders.models import Letter, Reminder, Round
from tests.factories import reminders
from tests.factories.reminders import A_MOMENT
from tests.processes import ask

DAY = "2026-11-24"


def remind(*options):
    output = StringIO()
    call_command("remind", "--on", DAY, *options, stdout=output)
    return output.getvalue()


@pytest.fixture
def due(city):
    return city.point(city.deputy, due_on=city.moment("2026-12-01").date(), text="Провести семинар")


def test_shown_and_nothing_written(city, due):
    assert remind("--dry-run") == (
        f"{city.deputy.email} — Сроки на 24 ноября: скоро 1\n  скоро, до 1 декабря 2026: Провести семинар\n"
    )
    assert not Letter.objects.exists() | Reminder.objects.exists() | Round.objects.exists()


def test_shown_to_a_program(city, due):
    assert json.loads(remind("--dry-run", "--json")) == {
        "people": [
            {
                "address": city.deputy.email,
                "letter": "Сроки на 24 ноября: скоро 1",
                "reminders": [
                    {
                        "occasion": "coming",
                        "due_on": "2026-12-01",
                        "title": "Провести семинар",
                        "url": due.get_absolute_url(),
                    }
                ],
            }
        ]
    }


def test_a_day_of_rest_has_nothing_to_show(city, due):
    output = StringIO()

    call_command("remind", "--on", "2026-11-22", "--dry-run", stdout=output)

    assert output.getvalue() == "Напоминать некому и не о чем.\n"


def test_done_once_and_once_more(city, due):
    assert remind() == "Составлено писем: 1, отправлено: 1.\n"
    assert remind() == "Составлено писем: 0, отправлено: 0.\n"

    assert [letter.to for letter in outgoing.outbox] == [[city.deputy.email]]
    assert remind("--dry-run").startswith(f"{city.deputy.email} — только в портале, без письма\n")


OWED = """
from datetime import date
from directory.roles import Role
from tests.reminders.conftest import City
city = City()
for place in range(40):
    city.point(city.reader(Role.TEACHER), city.deputy, due_on=date(2026, 11, 24))
"""


def test_two_at_once_and_once_more_write_one_letter_a_person(start, laid_stores):
    """Real processes on a portal of their own: a city where many owe something by Tuesday, on a Monday."""
    stores = laid_stores
    ask(stores, OWED)
    remind = [sys.executable, "manage.py", "remind", "--on", "2026-11-23"]
    both = [start(*remind, **stores) for _ in range(2)]
    for one in both:
        one.wait(lambda one=one: one.process.poll() is not None)
    again = start(*remind, **stores)
    again.wait(lambda: again.process.poll() is not None)

    assert [one.process.returncode for one in (*both, again)] == [0, 0, 0]
    counted = ask(
        stores,
        "from collections import Counter; from reminders.models import Letter;"
        "letters = Letter.objects.filter(key__startswith='digest:2026-11-23');"
        "print(letters.count(), letters.values('account').distinct().count(), set(letters.values_list('state', flat=True)))",
    )
    count, people, states = counted.split(" ", 2)
    assert int(count) == int(people) == 41
    assert states == "{'sent'}"


@contextmanager
def serving(port, settings, **answers):
    """A mail server on loopback that answers as told; letters it took are in the list."""
    taken = []

    class Handler:
        async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
            envelope.rcpt_tos.append(address)
            return answers.get(address, "250 OK")

        async def handle_DATA(self, server, session, envelope):  # noqa: N802 - likewise
            taken.append(envelope.content)
            if "die" in answers:
                session.peer_transport.abort()
            return "250 OK"

    class Server(SMTP):
        def connection_made(self, transport):
            super().connection_made(transport)
            self.session.peer_transport = transport

    class Loopback(Controller):
        def factory(self):
            return Server(self.handler)

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", int(port), 1
    controller = Loopback(Handler(), hostname="127.0.0.1", port=int(port))
    controller.start()
    yield taken
    controller.stop()


def send(minutes=0):
    now = A_MOMENT + outbox.FIRST_PAUSE * minutes
    with mail.post() as deliver:
        return outbox.send_due(clock=lambda: now, deliver=deliver)


def test_a_server_that_refuses_one_address_takes_the_others(db, port, settings):
    bad, good = reminders.letter(address="bad@example.org"), reminders.letter(address="good@example.org")
    with serving(port, settings, **{"bad@example.org": "550 No such user"}) as taken:
        assert send() == 1

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.trouble) == ("failed", "Сервер не принимает письма на этот адрес: 550 No such user")
    assert good.state == "sent"
    assert len(taken) == 1


def test_a_server_that_dies_after_accepting_gets_the_same_letter_again(db, port, settings):
    letter = reminders.letter()
    with serving(port, settings, die=True) as first:
        assert send() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == ("queued", "Почтовый сервер прервал соединение.")
    with serving(port, settings) as second:
        assert send(minutes=1) == 1

    assert first == second != []


def test_a_server_that_hangs_is_left_after_its_time_and_asked_once(db, port, settings):
    for _ in range(3):
        reminders.letter()
    with serving(port, settings):
        pass
    with socket.create_server(("127.0.0.1", int(port))):
        assert send() == 0

    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert Letter.objects.get(attempts=1).trouble == "Почтовый сервер молчит."


def test_a_server_that_is_not_there_loses_no_letter(db, port, settings):
    letter = reminders.letter()
    with serving(port, settings):
        pass

    assert send() == 0

    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == ("queued", "Почтовый сервер не принимает соединений.")
