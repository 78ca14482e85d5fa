"""A thousand letters, a real mail server, and a worker that is killed again and again: nothing lost, hardly a repeat."""

import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from celery import Celery
from django.conf import settings

from tests.processes import ask

LETTERS, KILLS = 1000, 20
#: A lone worker has no others to greet, which would take it a second at every start.
QUICK = ("--concurrency", "2", "--loglevel", "INFO", "--without-mingle", "--without-gossip", "--without-heartbeat")
#: Seconds after the last kill until every letter is marked.
SETTLED = 60

FILL = """
from datetime import timedelta
from django.utils import timezone
from directory.models import Municipality
from reminders.models import Letter, Round
now = timezone.now()
city = Municipality.objects.create(title="Город", title_genitive="Города")
Round.objects.create(municipality=city, next_at=now + timedelta(days=9))
Letter.objects.bulk_create(
    Letter(key=f"digest:{{n}}", municipality=city, address=f"reader{{n}}@example.org", subject="Сроки", text="Отчёт",
           html="<p>Отчёт</p>", written_at=now, try_at=now)
    for n in range({count}))
"""
STATES = """
from collections import Counter
from reminders.models import Letter
print(dict(Counter(Letter.objects.values_list("state", flat=True))))
"""


class Mailbox:
    """Takes every letter after a moment of thought, and counts by Message-ID what it has said yes to."""

    def __init__(self):
        self.taken = Counter()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        head = envelope.content.split(b"\r\n\r\n")[0]
        self.taken[next(line for line in head.split(b"\r\n") if line.startswith(b"Message-ID:"))] += 1
        return "250 OK"

    @property
    def repeated(self):
        return self.taken.total() - len(self.taken)


@pytest.fixture
def mailbox(port, caplog):
    caplog.set_level("WARNING", "mail.log")
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=int(port))
    controller.start()
    box.address = f"smtp://127.0.0.1:{port}"
    yield box
    controller.stop()


@pytest.fixture
def surroundings(laid_stores, mailbox):
    return laid_stores | {"EMAIL_URL": mailbox.address, "LOG_LEVEL": "INFO"}


@pytest.fixture
def tick(surroundings):
    """Wake the worker as the scheduler does: beside the worker's own waking, so that two processes sweep at once."""
    scheduler = Celery("scheduler", broker=surroundings.get("REDIS_URL", "filesystem://"))
    if "REDIS_URL" not in surroundings:
        folder = Path(surroundings["DATA_DIR"]) / "queue"
        folder.mkdir(exist_ok=True)
        scheduler.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS | {
            "data_folder_in": f"{folder}", "data_folder_out": f"{folder}", "control_folder": f"{folder}/control",
        }  # fmt: skip
    yield lambda: scheduler.send_task("reminders.sweep", expires=50)
    scheduler.close()


@pytest.fixture
def worker(start, surroundings):
    def worker(app="config"):
        celery = f"{Path(sys.executable).parent}/celery"
        return start(celery, "--app", app, "--skip-checks", "worker", *QUICK, **surroundings)

    return worker


def kill(worker):
    """The worker and everything it started, at one stroke."""
    os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.wait()


def suffer(worker, mailbox, tick, *, letters, kills, app="config"):
    """Kill the worker that often while the letters go out; the moments are chance within even shares."""
    chance = random.Random(kills)
    share = letters // (kills + 1)
    running = worker(app)
    for turn in range(1, kills + 1):
        for _ in range(2):  # one may go down with the worker that was just killed
            tick()
        goal = turn * share + chance.randrange(share // 2)
        running.wait(lambda goal=goal: len(mailbox.taken) >= goal)
        kill(running)
        running = worker(app)
    return running


def wait_until_settled(running, mailbox, surroundings, *, letters):
    ended = time.monotonic() + SETTLED
    running.wait(lambda: len(mailbox.taken) == letters, SETTLED)  # asking the portal takes what the worker needs
    while "queued" in (states := ask(surroundings, STATES)):
        assert time.monotonic() < ended, (states, running.output[-3000:])
    return states


def test_twenty_kills_lose_nothing_and_repeat_a_letter_in_hand_at_most(worker, mailbox, tick, surroundings):
    ask(surroundings, FILL.format(count=LETTERS))

    running = suffer(worker, mailbox, tick, letters=LETTERS, kills=KILLS)
    states = wait_until_settled(running, mailbox, surroundings, letters=LETTERS)

    assert states == str({"sent": LETTERS})
    assert len(mailbox.taken) == LETTERS
    assert mailbox.repeated <= KILLS
    assert max(mailbox.taken.values()) <= 3


def test_with_the_leases_switched_off_letters_repeat(worker, mailbox, tick, surroundings):
    """The control: were the leases nothing, the test above would fail."""
    letters, kills = 300, 2
    ask(surroundings, FILL.format(count=letters))

    running = suffer(worker, mailbox, tick, letters=letters, kills=kills, app="tests.reminders.leaseless")
    wait_until_settled(running, mailbox, surroundings, letters=letters)

    assert mailbox.repeated > kills
