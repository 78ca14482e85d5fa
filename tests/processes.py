"""Starts the house's own commands, knows every process that came of them, and gives a portal stores of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings


class Started:
    """A command and all its descendants, recognised by a mark that they inherit in their environment."""

    def __init__(self, command: list[str], log: Path, surroundings: dict[str, str], stdin: int):
        self.log = log
        self.mark = f"STARTED_BY={uuid.uuid4()}"
        name, value = self.mark.split("=")
        # A make that is asked by a test is nobody's sub-make.
        own = {key: value for key, value in os.environ.items() if key not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *command],
                cwd=settings.BASE_DIR,
                env=own | surroundings | {name: value},
                stdin=stdin,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self.log.read_text()

    def family(self, words: str = "") -> list[int]:
        """The ids of the living among them whose command line holds these words."""
        ids = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                is_ours = self.mark.encode() in (folder / "environ").read_bytes().split(b"\0")
                if is_ours and words.encode() in (folder / "cmdline").read_bytes().replace(b"\0", b" "):
                    ids.append(int(folder.name))
        return sorted(ids)

    def wait(self, what: Callable[[], object], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < deadline, self.output
            time.sleep(0.1)

    def press_ctrl_c(self) -> None:
        """What a terminal does: the whole foreground group gets the signal."""
        os.killpg(self.process.pid, signal.SIGINT)

    def wait_until_gone(self, seconds: float = 20) -> None:
        self.process.wait(seconds)
        self.wait(lambda: not self.family(), seconds)


@pytest.fixture
def start(tmp_path):
    everything: list[Started] = []

    def start(*command: str, stdin: int = subprocess.DEVNULL, **surroundings: str) -> Started:
        everything.append(Started(list(command), tmp_path / f"log{len(everything)}", surroundings, stdin))
        return everything[-1]

    yield start

    for started in everything:
        for number in started.family():
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        started.process.wait()


@pytest.fixture
def port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@contextmanager
def own_stores(folder: Path, *, like: dict[str, str] | None = None) -> Iterator[dict[str, str]]:
    """Where a portal of its own keeps its data: beside the tests' data, on the same servers if there are any.

    They are empty, or a copy of other stores, which nobody may be using.
    """
    if like:
        shutil.copytree(like["DATA_DIR"], folder)
    stores = {"DATA_DIR": str(folder)}
    if not os.environ.get("DATABASE_URL"):
        yield stores
        return
    server = os.environ["DATABASE_URL"]
    # Where tests run side by side, each process of them has a database of Redis to itself.
    hand = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    name = f"run_{uuid.uuid4().hex}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        template = f" TEMPLATE {urlsplit(like['DATABASE_URL']).path[1:]}" if like else ""
        cursor.execute(f"CREATE DATABASE {name}{template}")
        yield stores | {
            "DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl(),
            "REDIS_URL": urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{1 + hand}").geturl(),
        }
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@pytest.fixture
def alone(tmp_path):
    """The stores of a portal that needs no servers, whatever the tests run on: for what is the same on all of them."""
    return {"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": "", "REDIS_URL": ""}


@pytest.fixture
def stores(tmp_path):
    """The stores of a portal that has never been started."""
    with own_stores(tmp_path / "data") as empty:
        yield empty


@pytest.fixture(scope="session")
def _laid_tables(tmp_path_factory):
    """Stores with the portal's tables and nothing in them; laying them takes longer than many a test."""
    with own_stores(tmp_path_factory.mktemp("tables") / "data") as laid:
        ask(laid, "from django.core.management import call_command; call_command('migrate', verbosity=0)")
        yield laid


@pytest.fixture
def laid_stores(tmp_path, _laid_tables):
    """The stores of a portal that was started once and holds nothing yet."""
    with own_stores(tmp_path / "data", like=_laid_tables) as copied:
        yield copied


def ask(stores, question):
    """The answer of the portal's own shell."""
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", question]
    return subprocess.check_output(command, cwd=settings.BASE_DIR, env=os.environ | stores, text=True).strip()
