"""The outbox: who may send a letter, what becomes of one that cannot be sent, and that nobody waits for another."""

import os
import smtplib
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings

from reminders import holder, mail
from reminders.actions import outbox, sweeping
from reminders.models import Letter
from reminders.trouble import Trouble, trouble
from tests.factories import reminders
from tests.factories.reminders import A_MOMENT

REFUSED = smtplib.SMTPRecipientsRefused({"reader@example.org": (550, b"5.1.1 No such\r\n user")})
BUSY = smtplib.SMTPRecipientsRefused({"reader@example.org": (450, b"Mailbox busy")})


def send(deliver, now=A_MOMENT):
    return outbox.send_due(clock=lambda: now, deliver=deliver)


def refusing(**errors):
    """A server that answers to these keys with these errors; what it has taken is in ``taken``."""

    def deliver(letter):
        deliver.asked.append(letter.key)
        if letter.key in errors:
            raise errors[letter.key]
        deliver.taken.append(letter.key)

    deliver.asked, deliver.taken = [], []
    return deliver


@pytest.fixture
def letters(db):
    return [reminders.letter(key=key) for key in ("first", "second", "third")]


def states():
    return dict(Letter.objects.values_list("key", "state"))


def test_what_waits_is_sent_once_the_oldest_first(letters):
    reminders.letter(key="tomorrow", try_at=A_MOMENT + timedelta(days=1))
    server = refusing()

    assert send(server) == 3
    assert send(server) == 0

    assert server.asked == ["first", "second", "third"]
    sent = Letter.objects.get(key="first")
    assert (sent.state, sent.sent_at, sent.holder, sent.attempts) == ("sent", A_MOMENT, "", 1)


def test_while_it_is_sent_a_letter_is_held_and_its_turn_lies_ahead(letters):
    seen = []

    send(lambda letter: seen.append(Letter.objects.filter(pk=letter.pk).values("holder", "try_at", "state").get()))

    assert seen[0] == {"holder": holder.this_process(), "try_at": A_MOMENT + outbox.LEASE, "state": "queued"}


def test_an_address_that_is_refused_is_noted_and_holds_up_nobody(letters):
    server = refusing(first=REFUSED)

    assert send(server) == 2

    failed = Letter.objects.get(key="first")
    assert (failed.state, failed.holder, failed.sent_at) == ("failed", "", None)
    assert failed.trouble == "Сервер не принимает письма на этот адрес: 550 5.1.1 No such user"
    assert states() == {"first": "failed", "second": "sent", "third": "sent"}


def test_a_person_without_an_address_is_noted_in_words(db):
    reminders.letter(key="nowhere", address="")
    reminders.letter(key="somewhere")

    with mail.post() as deliver:
        assert send(deliver) == 1

    failed = Letter.objects.get(key="nowhere")
    assert (failed.state, failed.trouble) == (
        "failed",
        "Письмо нельзя отправить: у читателя нет адреса электронной почты.",
    )


def test_a_busy_mailbox_is_tried_again_after_a_growing_pause(letters):
    server = refusing(first=BUSY)
    send(server)
    moments = []
    now = A_MOMENT
    for _ in range(9):
        waiting = Letter.objects.get(key="first")
        moments.append(waiting.try_at - now)
        now = waiting.try_at
        send(server, now)

    assert [pause.total_seconds() / 60 for pause in moments] == [1, 2, 4, 8, 16, 32, 64, 120, 120]
    assert Letter.objects.get(key="first").trouble == "Сервер не принимает письма на этот адрес: 450 Mailbox busy"
    assert server.asked.count("first") == 10


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError("timed out"),
        ConnectionRefusedError(111, "Connection refused"),
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        smtplib.SMTPConnectError(421, b"Too many connections"),
        smtplib.SMTPAuthenticationError(535, b"Bad password"),
        smtplib.SMTPSenderRefused(550, b"Not you", "portal@localhost"),
        smtplib.SMTPRecipientsRefused({"reader@example.org": (421, b"Closing")}),
        OSError(113, "No route to host"),
    ],
)
def test_a_server_in_trouble_is_asked_once_a_sweep_and_nothing_is_lost(letters, error):
    server = refusing(first=error, second=error, third=error)

    assert send(server) == 0
    assert server.asked == ["first"]

    assert states() == dict.fromkeys(["first", "second", "third"], "queued")
    assert Letter.objects.get(key="first").trouble == trouble(error).words
    assert send(refusing(), A_MOMENT + timedelta(minutes=1)) == 3


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (REFUSED, Trouble("Сервер не принимает письма на этот адрес: 550 5.1.1 No such user", is_final=True)),
        (BUSY, Trouble("Сервер не принимает письма на этот адрес: 450 Mailbox busy")),
        (smtplib.SMTPDataError(554, b"Spam"), Trouble("Сервер не принял письмо: 554 Spam", is_final=True)),
        (smtplib.SMTPDataError(451, b"Later"), Trouble("Сервер не принял письмо: 451 Later")),
        (TimeoutError(), Trouble("Почтовый сервер молчит.", is_servers=True)),
        (UnicodeError("x"), Trouble("Письмо нельзя отправить: x.", is_final=True)),
        (KeyError("x"), None),
    ],
)
def test_what_each_answer_of_a_server_means(error, expected):
    assert trouble(error) == expected


def test_an_error_of_the_portal_itself_is_loud_and_holds_up_nobody(letters):
    server = refusing(first=KeyError("x"))

    with pytest.raises(KeyError):
        send(server)
    assert send(server) == 2

    waiting = Letter.objects.get(key="first")
    assert (waiting.state, waiting.holder, waiting.trouble) == ("queued", "", "Ошибка портала: KeyError")
    assert waiting.try_at == A_MOMENT + timedelta(minutes=1)


@pytest.fixture
def neighbour():
    """Another process of this machine, and the name under which it would hold letters."""
    code = "from reminders.holder import this_process; print(this_process(), flush=True); input()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code], text=True, cwd=settings.BASE_DIR, **pipes) as process:
        yield process, process.stdout.readline().strip()
        process.kill()


def hold(letter, by, until):
    Letter.objects.filter(pk=letter.pk).update(holder=by, try_at=until)


def test_a_living_holder_is_not_robbed_and_one_sender_at_a_time_is_enough(letters, neighbour):
    _, name = neighbour
    hold(letters[0], name, A_MOMENT + outbox.LEASE)
    server = refusing()

    assert send(server) == 0

    assert server.asked == []
    assert Letter.objects.get(key="first").holder == name


def test_the_letter_of_a_process_that_died_here_is_free_at_once(letters, neighbour):
    process, name = neighbour
    hold(letters[0], name, A_MOMENT + outbox.LEASE)
    process.kill()
    process.wait()
    server = refusing()

    assert send(server) == 3

    assert sorted(server.taken) == ["first", "second", "third"]


def test_a_process_killed_but_not_yet_buried_is_dead(neighbour):
    process, name = neighbour
    assert not holder.is_dead(name)

    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

    assert holder.is_dead(name)


@pytest.mark.parametrize("part", [0, 1])
def test_of_another_machine_nothing_is_known_until_its_lease_is_over(letters, neighbour, part):
    process, name = neighbour
    process.kill()
    process.wait()
    words = name.split(" ")
    words[part] = "elsewhere"
    hold(letters[0], " ".join(words), A_MOMENT + outbox.LEASE)
    server = refusing()

    assert send(server) == 2
    assert send(server, A_MOMENT + outbox.LEASE - timedelta(seconds=1)) == 0
    assert send(server, A_MOMENT + outbox.LEASE) == 1


def test_an_id_that_came_back_with_another_process_is_no_holder():
    place, pid, started = holder.this_process().rsplit(" ", 2)

    assert holder.is_dead(f"{place} {pid} {int(started) - 1}")
    assert not holder.is_dead(holder.this_process())


def test_whoever_lost_the_lease_marks_nothing(letters, caplog):
    def robbed(letter):
        hold(letter, "another", A_MOMENT + timedelta(hours=1))

    send(robbed)

    robbed_letter = Letter.objects.get(key="first")
    assert (robbed_letter.state, robbed_letter.holder, robbed_letter.sent_at) == ("queued", "another", None)
    assert f"reminders.lease_lost letter={robbed_letter.pk}" in caplog.messages


def test_a_stint_ends_in_time_and_the_next_sweep_goes_on(letters):
    """Every letter takes the server half a minute."""
    now = [A_MOMENT]

    def slow(letter):
        now[0] += timedelta(seconds=30)

    assert outbox.send_due(clock=lambda: now[0], deliver=slow) == 2
    assert outbox.send_due(clock=lambda: now[0], deliver=slow) == 1


@pytest.mark.parametrize("state", ["sent", "failed", "queued"])
def test_a_letter_is_sent_again_to_where_its_reader_gets_mail_now(city, state):
    letter = reminders.letter(
        account=city.deputy, state=state, sent_at=A_MOMENT if state == "sent" else None, attempts=7
    )
    now = A_MOMENT + timedelta(days=1)

    assert outbox.resend(letter, now=now)

    letter.refresh_from_db()
    assert (letter.state, letter.address, letter.attempts) == ("queued", city.deputy.email, 0)
    assert send(refusing(), now) == 1


def test_a_letter_in_somebody_s_hands_is_not_sent_again(letters):
    hold(letters[0], "somebody", A_MOMENT)

    assert not outbox.resend(letters[0], now=A_MOMENT)


def test_an_idle_sweep_asks_one_question(city, django_assert_num_queries):
    reminders.round_of(municipality=city.municipality, next_at=A_MOMENT + timedelta(days=1))
    reminders.letter(municipality=city.municipality, try_at=A_MOMENT + timedelta(days=1))
    reminders.letter(municipality=city.municipality, state="sent", sent_at=A_MOMENT)

    with django_assert_num_queries(1):
        assert sweeping.sweep(clock=lambda: A_MOMENT, deliver=refusing()) == 0


def a_waiting_letter(city):
    reminders.letter(municipality=city.municipality)


def a_held_letter(city):
    reminders.letter(municipality=city.municipality, holder="somebody", try_at=A_MOMENT + timedelta(days=1))


def a_round(city):
    city.municipality.round.next_at = A_MOMENT
    city.municipality.round.save()


def no_round_at_all(city):
    city.municipality.round.delete()


@pytest.mark.parametrize("cause", [a_waiting_letter, a_held_letter, a_round, no_round_at_all])
def test_a_sweep_wakes_up_for_these(city, cause):
    reminders.round_of(municipality=city.municipality, next_at=A_MOMENT + timedelta(days=1))
    assert not sweeping.is_anything_due(A_MOMENT)

    cause(city)

    assert sweeping.is_anything_due(A_MOMENT)


def test_a_sweep_goes_the_round_and_sends_its_letter(city):
    now = city.moment("2026-11-24")
    city.point(city.deputy, due_on=now.date())
    server = refusing()

    assert sweeping.sweep(clock=lambda: now, deliver=server) == 1
    assert sweeping.sweep(clock=lambda: now, deliver=server) == 0

    assert server.taken == [f"digest:2026-11-24:{city.deputy.pk}"]


def test_logs_name_nobody(letters, caplog):
    caplog.set_level("INFO")

    send(refusing(first=REFUSED, second=TimeoutError()))

    assert "example.org" not in caplog.text
    assert caplog.messages == [
        f"reminders.hindered letter={letters[0].pk} attempt=1",
        f"reminders.hindered letter={letters[1].pk} attempt=1",
    ]
