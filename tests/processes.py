"""Starts the house's own commands, knows every process that came of them, and gives a portal stores of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
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


@pytest.fixture
def stores(tmp_path):
    """Where a portal of its own keeps its data: beside the tests' data, on the same servers if there are any."""
    folder = {"DATA_DIR": str(tmp_path / "data")}
    if not os.environ.get("DATABASE_URL"):
        yield folder
        return
    server = os.environ["DATABASE_URL"]
    name = f"run_{uuid.uuid4().hex}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield folder | {
            "DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl(),
            "REDIS_URL": urlsplit(os.environ["REDIS_URL"])._replace(path="/5").geturl(),
        }
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def ask(stores, question):
    """The answer of the portal's own shell."""
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", question]
    return subprocess.check_output(command, cwd=settings.BASE_DIR, env=os.environ | stores, text=True).strip()
