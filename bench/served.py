"""A server under measurement: started, asked, its workers' processor time and instructions read."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATIENCE = 30


@dataclass(frozen=True)
class Ask:
    """One request to be repeated; a body makes it a POST."""

    path: str
    session: str
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


@dataclass(frozen=True)
class Cost:
    """What one request cost its worker: processor time in milliseconds, user instructions in millions or None."""

    milliseconds: float
    instructions: float | None


class Served:
    """Two synchronous gunicorn workers, as the floors were measured."""

    def __init__(self, port: int, workers: list[int]) -> None:
        self.port, self.workers = port, workers

    def ask(self, ask: Ask) -> bytes:
        """The body of the answer; raises when it is not the one expected."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": f"sessionid={ask.session}; csrftoken={CSRF}", **dict(ask.headers)}
        if ask.body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": CSRF}
        connection.request("POST" if ask.body else "GET", ask.path, ask.body.encode() or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status != ask.status:
            raise RuntimeError(f"{ask.path} answered {answer.status}: {content[:300]!r}")
        return content

    def cost(self, asks: list[Ask]) -> Cost:
        """The mean cost of these requests, one after another."""
        counter = InstructionCounter(self.workers)
        before = self._spent()
        for ask in asks:
            self.ask(ask)
        spent = self._spent() - before
        counter.stop()
        count = len(asks)
        return Cost(spent * 1000 / count, counter.millions and counter.millions / count)

    def _spent(self) -> float:
        return sum(scheduled(worker)[0] for worker in self.workers)


#: Any token of the right length will do when cookie and header agree.
CSRF = "b" * 32


@contextmanager
def serving(application: str, surroundings: dict[str, str]) -> Iterator[Served]:
    port = free_port()
    command = [".venv/bin/gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--no-control-socket"]
    process = subprocess.Popen(
        [*command, "--log-level", "warning", application], env=os.environ | surroundings, start_new_session=True
    )
    try:
        yield Served(port, workers_of(process.pid, port))
    finally:
        process.terminate()
        process.wait(PATIENCE)


def workers_of(master: int, port: int) -> list[int]:
    """The worker processes, once they answer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        with socket.socket() as probe:
            if len(children) == 2 and probe.connect_ex(("127.0.0.1", port)) == 0:  # noqa: PLR2004 - two workers
                return [int(child) for child in children]
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")


def scheduled(process: int) -> tuple[float, float]:
    """Seconds that a process has spent on a core and in the queue for one, by the scheduler, which counts every one."""
    running = queueing = 0
    for task in Path(f"/proc/{process}/task").iterdir():
        on_core, in_queue, _ = map(int, (task / "schedstat").read_text().split())
        running, queueing = running + on_core, queueing + in_queue
    return running / 1e9, queueing / 1e9


class InstructionCounter:
    """Counts user instructions of processes where `perf` can; ``millions`` is None where it cannot."""

    def __init__(self, processes: list[int]) -> None:
        self.millions: float | None = None
        self._perf = None
        if can_count_instructions():
            command = ["perf", "stat", "-x", ",", "-e", "instructions:u", "-p", ",".join(map(str, processes))]
            self._perf = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            time.sleep(0.2)  # perf says nothing when it has taken hold

    def stop(self) -> None:
        if self._perf:
            self._perf.send_signal(signal.SIGINT)
            _, told = self._perf.communicate(timeout=PATIENCE)
            found = re.search(r"^(\d+),", told, re.MULTILINE)
            self.millions = int(found.group(1)) / 1e6 if found else None


@cache
def can_count_instructions() -> bool:
    trial = ["perf", "stat", "-x", ",", "-e", "instructions:u", "true"]
    if not shutil.which("perf"):
        return False
    return "not" not in subprocess.run(trial, capture_output=True, text=True, check=False).stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
