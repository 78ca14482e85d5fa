"""A document is read in a process of its own, so that a hostile one takes down nothing but that process.

The child gets an order and the file as its input, writes its answer into an anonymous file, and holds no other file
of ours; memory, processor time and the size of the answer are bounded by the kernel before the first byte is parsed.
"""

import json
import logging
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO, Any

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[1]
_MIB = 1024 * 1024


class Unreadable(Exception):
    """The document cannot be read; the message is one Russian sentence saying what is wrong and what to do."""


@dataclass(frozen=True)
class Bounds:
    """What the child may use; processor seconds decide, the clock only frees a child that waits for something."""

    memory_bytes: int = 700 * _MIB
    processor_seconds: int = 4
    clock_seconds: int = 15
    answer_bytes: int = 6 * _MIB


@dataclass(frozen=True)
class Refusals:
    """What its owner is told when the child does not come back with an answer."""

    too_heavy: str
    too_long: str
    broken: str


def ask_confined(module: str, order: Any, document: IO[bytes], *, bounds: Bounds, refusals: Refusals) -> dict[str, Any]:
    """What ``module``, run as a child, answers about a document; raises ``Unreadable``.

    ``document`` is an open file with a descriptor; ``order`` is anything that JSON can hold and a command line can
    carry. The module ends with ``answer_confined``.
    """
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaints:
        limits = [bounds.memory_bytes, bounds.processor_seconds, bounds.answer_bytes]
        # Isolated from the environment and the user's site; -m finds the project through the working directory.
        # JSON, because an order may hold what no command line can: a zero byte, half a surrogate.
        words = json.dumps([order, limits, astuple(refusals)])
        command = [sys.executable, "-E", "-s", "-m", module, words]
        try:
            code = subprocess.run(
                command,
                stdin=document,
                stdout=answer,
                stderr=complaints,
                cwd=_ROOT,
                env={"LANG": "C.UTF-8"},
                timeout=bounds.clock_seconds,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            raise Unreadable(refusals.too_long) from None
        if code:
            log.warning("document not read: exit %s, %s", code, _last_line(complaints))
            raise Unreadable(_about(code, refusals))
        answer.seek(0)
        try:
            told: dict[str, Any] = json.loads(answer.read(bounds.answer_bytes))
        except ValueError:
            raise Unreadable(refusals.broken) from None
    if "refusal" in told:
        raise Unreadable(told["refusal"])
    return told


def _about(code: int, refusals: Refusals) -> str:
    if code == -signal.SIGXCPU:
        return refusals.too_long
    return refusals.too_heavy if code < 0 else refusals.broken


def _last_line(complaints: IO[bytes]) -> str:
    """The kind of the exception; its words may quote the document and stay out of the log."""
    complaints.seek(0)
    lines = complaints.read(64 * 1024).decode(errors="replace").strip().splitlines()
    return lines[-1].partition(":")[0][:200] if lines else ""


def answer_confined(read: Callable[[Any, IO[bytes]], dict[str, Any]]) -> None:
    """The whole life of the child: bind itself, read what the order asks for, answer in JSON.

    ``read`` imports what it parses with only when called: the bounds are set by then.
    """
    order, limits, words = json.loads(sys.argv[1])
    _bind(*limits)
    refusals = Refusals(*words)
    try:
        answer = read(order, sys.stdin.buffer)
    except Unreadable as refusal:
        answer = {"refusal": str(refusal)}
    except (MemoryError, RecursionError):
        answer = {"refusal": refusals.too_heavy}
    written = json.dumps(answer)
    sys.stdout.write(written if len(written) <= limits[-1] else json.dumps({"refusal": refusals.too_heavy}))


def _bind(memory_bytes: int, processor_seconds: int, answer_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer_bytes, answer_bytes))
