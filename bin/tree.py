#!/usr/bin/env python3
"""Keeps web server, worker and scheduler running as one tree that stops as a whole."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

BIN = Path(sys.executable).parent
#: Seconds for requests and tasks under way to end after the tree was asked to stop.
PATIENCE = 10


class Asked(Exception):
    """Somebody asked the tree to stop."""


def main() -> int:
    port = int(os.environ.get("PORT", "8000"))
    if is_taken(port):
        print(f"Port {port} is taken. Choose another one: PORT={port + 1} make run", file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    tree: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands(port).items():
            tree[name] = grow(command)
        threading.Thread(target=announce, args=(port,), daemon=True).start()
        name, code = first_to_end(tree)
    except Asked:
        print("\nStopping.", flush=True)
        return 0
    else:
        print(f"The {name} ended by itself with code {code}. Stopping the others.", file=sys.stderr, flush=True)
        return 1
    finally:
        fell(tree)


def commands(port: int) -> dict[str, list[str]]:
    gunicorn = [str(BIN / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", "2", "--preload"]
    celery = [str(BIN / "celery"), "--app", "config", "--quiet"]
    return {
        "web server": [*gunicorn, "--graceful-timeout", str(PATIENCE - 2), "--no-control-socket", "config.wsgi"],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"],
        # An empty name: a file left by a crash would stop the next start.
        "scheduler": [*celery, "beat", "--pidfile=", "--loglevel", "INFO"],
    }


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def grow(command: list[str]) -> subprocess.Popen[bytes]:
    """Start one process in a session of its own, so that Ctrl-C reaches it once and through us.

    The kernel ends it should we be killed without a chance to do so ourselves.
    """
    return subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *command], start_new_session=True)


def announce(port: int) -> None:
    while not is_taken(port):
        time.sleep(0.1)
    print(f"The portal is at http://127.0.0.1:{port}/ — Ctrl-C stops it.", flush=True)


def first_to_end(tree: dict[str, subprocess.Popen[bytes]]) -> tuple[str, int]:
    ended, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    for name, process in tree.items():
        if process.pid == ended:
            process.returncode = code
            return name, code
    return first_to_end(tree)


def fell(tree: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask every process to end what it is doing; after our patience, end it and whatever it left behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for process in tree.values():
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in tree.values():
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ask(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Asked


if __name__ == "__main__":
    sys.exit(main())
