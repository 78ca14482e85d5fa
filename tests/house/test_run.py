"""`make run` as a newcomer meets it: started, visited, stopped, started again; and nothing stays behind."""

import os
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.processes import ask


def visit(port):
    """The page that a stranger is led to, or nothing while the portal does not answer."""
    with suppress(URLError, ConnectionError), urlopen(f"http://127.0.0.1:{port}/") as answer:
        return answer.url, answer.read().decode()
    return None


def test_the_portal_starts_from_nothing_stops_and_starts_again_with_its_data(start, stores, port):
    first = start("make", "run", PORT=port, **stores)
    first.wait(lambda: "To stop" in first.output, seconds=180)
    address, page = visit(port)
    first.press_ctrl_c()
    first.wait_until_gone()
    ask(stores, "from directory.models import Municipality; Municipality.objects.update(title='Новоград')")
    began = time.monotonic()
    second = start("make", "run", PORT=port, **stores)
    second.wait(lambda: "To stop" in second.output, seconds=120)
    took = time.monotonic() - began
    second.press_ctrl_c()
    second.wait_until_gone()

    assert "signin" in address
    assert "<form" in page
    assert f"http://127.0.0.1:{port}/" in first.output
    assert ask({}, "from portal.demo import logins; print(logins.table())") in first.output
    embedded = {"portal.sqlite3", "queue"}
    in_use = embedded & {path.name for path in Path(stores["DATA_DIR"]).iterdir()}
    assert in_use == (set() if "DATABASE_URL" in stores else embedded)
    assert "Error" not in first.output
    assert took < 60
    titles = "from directory.models import Municipality; print(*Municipality.objects.values_list('title', flat=True))"
    assert ask(stores, titles) == "Новоград"


@pytest.fixture
def tree(start, alone, port):
    """The tree alone, standing."""
    tree = start(sys.executable, "bin/tree.py", PORT=port, **alone)
    tree.wait(
        lambda: "To stop" in tree.output and tree.family("--skip-checks beat") and tree.family("--skip-checks worker")
    )
    return tree


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_however_the_tree_is_ended_nothing_stays_behind(tree, number):
    tree.process.send_signal(number)

    tree.wait_until_gone()
    assert tree.family() == []


def test_a_closed_terminal_stops_the_tree_though_nobody_passes_the_news_on(start, alone, port):
    ours, its = os.openpty()
    deaf = f"trap '' HUP; {sys.executable} bin/tree.py; exit"
    tree = start("setsid", "--ctty", "--wait", "sh", "-c", deaf, stdin=its, PORT=port, **alone)
    tree.wait(lambda: "To stop" in tree.output)

    os.close(its)
    os.close(ours)

    tree.wait_until_gone()
    assert tree.family() == []


LETTER = """
from django.utils import timezone
from directory.models import Municipality
from reminders.models import Letter
now = timezone.now()
city, _ = Municipality.objects.get_or_create(title="Город", title_genitive="Города")
Letter.objects.create(key="{key}", municipality=city, address="{key}@example.org", subject="Сроки", text="Отчёт",
                      written_at=now, try_at=now)
"""


def test_a_letter_goes_out_with_the_next_sweep_though_all_that_works_was_killed(start, laid_stores, port):
    tree = start(sys.executable, "bin/tree.py", PORT=port, **laid_stores)
    letters = Path(laid_stores["DATA_DIR"]) / "letters"
    tree.wait(lambda: "To stop" in tree.output)
    ask(laid_stores, LETTER.format(key="before"))
    tree.wait(lambda: list(letters.glob("*before@example.org*")))

    killed = tree.family("--skip-checks worker")
    for process in killed:
        os.kill(process, signal.SIGKILL)
    ask(laid_stores, LETTER.format(key="after"))

    tree.wait(lambda: list(letters.glob("*after@example.org*")), seconds=90)
    assert len(killed) == 2
    assert not set(killed) & set(tree.family())
    assert "The first worker ended by itself with code -9. Another one grows." in tree.output
    tree.press_ctrl_c()
    tree.wait_until_gone()


def test_workers_that_cannot_live_end_the_tree(start, alone, port):
    tree = start(sys.executable, "bin/tree.py", PORT=port, **alone, CELERY_BROKER_URL="nowhere://")

    tree.wait_until_gone(60)

    assert tree.process.returncode == 1
    assert "worker ended by itself with code" in tree.output
    assert "Stopping the others." in tree.output


@pytest.mark.parametrize(("name", "words"), [("web server", "gunicorn"), ("scheduler", "--skip-checks beat")])
def test_when_one_process_dies_the_tree_says_so_and_stops(tree, name, words):
    os.kill(min(tree.family(words)), signal.SIGKILL)

    tree.wait_until_gone()
    assert tree.process.returncode == 1
    assert f"The {name} ended by itself with code -9." in tree.output


def test_a_taken_port_is_named_at_once(start, alone, port):
    with socket.create_server(("127.0.0.1", int(port))):
        tree = start(sys.executable, "bin/tree.py", PORT=port, **alone)
        tree.wait_until_gone()

    assert tree.process.returncode == 1
    assert tree.output == f"Port {port} is taken. Choose another one: PORT={int(port) + 1} make run\n"
