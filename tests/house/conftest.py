"""Starts the house's own commands and knows every process that came of them."""

import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

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
