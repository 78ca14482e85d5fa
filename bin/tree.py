#!/usr/bin/env python3
"""Keeps web server, workers and scheduler running as one tree that stops as a whole."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

BIN = Path(sys.executable).parent
#: Seconds for requests and tasks under way to end after the tree was asked to stop.
PATIENCE = 10

#: As many as a small machine has cores. Each does its tasks itself: a pool that loses its idle processes hears no more.
WORKERS = ("first worker", "second worker")
#: A worker that dies is grown anew; one that dies so often in these seconds cannot live.
MOST_DEATHS, WATCH = 6, 60

Commands = dict[str, list[str]]
Tree = dict[str, subprocess.Popen[bytes]]


class Asked(Exception):
    """Somebody asked the tree to stop."""


def main() -> int:
    port = int(os.environ.get("PORT", "8000"))
    if answers(port):
        print(f"Port {port} is taken. Choose another one: PORT={port + 1} make run", file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    tree: Tree = {}
    try:
        grown_by = commands(port)
        for name, command in grown_by.items():
            tree[name] = grow(command)
        announce(port, tree)
        name, code = tend(tree, grown_by)
    except Asked:
        print(f"\nStopping: what is under way has {PATIENCE} seconds to end.", flush=True)
        return 0
    else:
        print(f"The {name} ended by itself with code {code}. Stopping the others.", file=sys.stderr, flush=True)
        return 1
    finally:
        fell(tree)


def commands(port: int) -> Commands:
    # A browser opens connections ahead of need, and each of them would hold a worker without threads.
    gunicorn = [str(BIN / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--preload"]
    # What Django checks at a start was checked when the database was migrated.
    celery = [str(BIN / "celery"), "--app", "config", "--quiet", "--skip-checks"]
    # What workers tell one another is of no use to any: the database says what is done and what waits.
    alone = ("--without-mingle", "--without-gossip", "--without-heartbeat")
    worker = ("worker", "--pool", "solo", *alone, "--loglevel", "INFO")
    return {
        "web server": [*gunicorn, "--graceful-timeout", str(PATIENCE - 2), "--no-control-socket", "config.wsgi"],
        **{name: [*celery, *worker, "--hostname", f"{name.split()[0]}@%h"] for name in WORKERS},
        # An empty name: a file left by a crash would stop the next start.
        "scheduler": [*celery, "beat", "--pidfile=", "--loglevel", "INFO"],
    }


def grow(command: list[str]) -> subprocess.Popen[bytes]:
    """Start one process in a session of its own, so that Ctrl-C reaches it once and through us.

    Should we be killed without a chance to stop it, the kernel asks it to stop.
    """
    return subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *command], start_new_session=True)


def announce(port: int, tree: Tree) -> None:
    """Say where the portal is and who may sign in, as soon as it answers."""
    while not answers(port):
        if tree["web server"].poll() is not None:
            return
        time.sleep(0.1)
    logins = subprocess.run([sys.executable, "manage.py", "demo", "--logins"], stdout=subprocess.PIPE, check=False)
    database = "PostgreSQL, files in " if os.environ.get("DATABASE_URL") else ""
    print(
        f"\n  The portal   http://127.0.0.1:{port}/"
        f"\n  Its data     {database}{Path(os.environ.get('DATA_DIR', 'var')).resolve()}"
        f"\n  To stop      Ctrl-C\n\n{logins.stdout.decode()}",
        flush=True,
    )


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def tend(tree: Tree, grown_by: Commands) -> tuple[str, int]:
    """Grow dead workers anew; the name and the code of the first process that nothing can be grown instead of."""
    deaths: deque[float] = deque(maxlen=MOST_DEATHS)
    while True:
        name, code = first_to_end(tree)
        deaths.append(time.monotonic())
        if name not in WORKERS or (len(deaths) == MOST_DEATHS and deaths[-1] - deaths[0] < WATCH):
            return name, code
        print(f"The {name} ended by itself with code {code}. Another one grows.", file=sys.stderr, flush=True)
        uproot(tree[name])
        tree[name] = grow(grown_by[name])


def first_to_end(tree: Tree) -> tuple[str, int]:
    while not hung_up():
        for name, process in tree.items():
            if (code := process.poll()) is not None:
                return name, code
        time.sleep(0.2)
    raise Asked


def hung_up() -> bool:
    """Whether the terminal is closed: a make that leads its session is told so and keeps it to itself."""
    try:
        os.tcgetpgrp(0)
    except OSError as error:
        return error.errno == errno.EIO
    return False


def fell(tree: Tree) -> None:
    """Ask every process to end what it is doing; after our patience end it, and whatever it left behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for process in tree.values():
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in tree.values():
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        uproot(process)


def uproot(process: subprocess.Popen[bytes]) -> None:
    """End a process and whatever it left behind."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def ask(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Asked


if __name__ == "__main__":
    sys.exit(main())
