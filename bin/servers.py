#!/usr/bin/env python3
"""Runs a command with a PostgreSQL and a Redis of its own, and stops both whatever becomes of it."""

import argparse
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import NoReturn

#: Nothing in these servers is worth a wait for the disk, unless the disk is what is measured.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
#: Seconds that a server may take to start or to stop.
PATIENCE = 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--durable", action="store_true", help="PostgreSQL waits for the disk, as in life")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    with TemporaryDirectory(prefix="portal-servers-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL's own user must reach its part
        with (
            postgresql(folder / "postgresql", durable=arguments.durable) as database_url,
            redis(folder / "redis") as redis_url,
        ):
            surroundings = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "DATA_DIR": f"{folder}/data"}
            return run(arguments.command, surroundings)


def leave(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def run(command: list[str], surroundings: dict[str, str]) -> int:
    process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *command], env=os.environ | surroundings)
    # Ctrl-C reaches the command by itself, and its own way of stopping is worth waiting for.
    signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait()


@contextmanager
def postgresql(folder: Path, *, durable: bool) -> Iterator[str]:
    """The address of a fresh PostgreSQL that lives in ``folder``."""
    programs = max(Path("/usr/lib/postgresql").iterdir(), key=lambda version: int(version.name)) / "bin"
    data, port, owner = folder / "data", free_port(), unprivileged()
    folder.mkdir()
    if owner:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, pwd.getpwnam("postgres").pw_gid)
    initdb = ["setpriv", *owner, "--", str(programs / "initdb"), "--pgdata", str(data), "--no-sync"]
    subprocess.run(
        [*initdb, "--username", "portal", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
    settings += () if durable else CARELESS
    options = [part for setting in settings for part in ("-c", setting)]
    address = ["--host", "127.0.0.1", "--port", str(port), "--username", "portal"]
    with server(
        ["setpriv", *owner, "--pdeathsig", "INT", "--", programs / "postgres", "-D", data, *options],
        ready=[programs / "pg_isready", "--quiet", *address],
        stop=signal.SIGINT,
        folder=folder,
    ):
        subprocess.run([programs / "createdb", *address, "portal"], check=True)
        yield f"postgresql://portal@127.0.0.1:{port}/portal"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """The address of an empty Redis that writes nothing down."""
    port = free_port()
    folder.mkdir()
    with server(
        ["setpriv", "--pdeathsig", "TERM", "redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""],
        ready=["redis-cli", "-p", str(port), "ping"],
        stop=signal.SIGTERM,
        folder=folder,
    ):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def server(command: list[str | Path], *, ready: list[str | Path], stop: signal.Signals, folder: Path) -> Iterator[None]:
    """Run a server in a session of its own, which Ctrl-C does not reach: its clients stop first."""
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while subprocess.run(ready, capture_output=True, check=False).returncode:
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"A server did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(stop)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def unprivileged() -> list[str]:
    """What makes setpriv step down from root, whom PostgreSQL refuses to serve."""
    return ["--reuid", "postgres", "--regid", "postgres", "--init-groups"] if os.geteuid() == 0 else []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
