"""A document is read in a process of its own, so that a hostile one takes down nothing but that process.

The child gets the file as its input, writes its answer into an anonymous file, and holds no other file of ours;
memory, processor time and the size of the answer are bounded by the kernel before the first byte is parsed.
"""

import json
import logging
import resource
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from roadmaps.importers.sheet import Unreadable

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_MIB = 1024 * 1024
_LONGEST_NAME = 255

_TOO_HEAVY = "Файл слишком сложен для разбора: оставьте в нём только таблицу дорожной карты и загрузите снова."
_TOO_LONG = "Разбор файла занял слишком много времени: оставьте в нём только дорожную карту и загрузите снова."
_BROKEN = "Файл не удалось разобрать: откройте его, сохраните заново как .docx или .xlsx и загрузите."


@dataclass(frozen=True)
class Bounds:
    """What the child may use; processor seconds decide, the clock only frees a child that waits for something."""

    memory_bytes: int = 700 * _MIB
    processor_seconds: int = 4
    clock_seconds: int = 15
    answer_bytes: int = 6 * _MIB


def understand_confined(path: Path, filename: str, *, bounds: Bounds = Bounds()) -> dict[str, Any]:
    """The understanding of the document at ``path`` as ``UnderstoodRoadmap.as_json`` gives it.

    ``filename`` is what its owner called it. Raises ``Unreadable`` with a sentence for its owner.
    """
    with path.open("rb") as document, tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaints:
        # As JSON because a name may hold what no command line can: a zero byte, half a surrogate.
        order = json.dumps(
            [filename[-_LONGEST_NAME:], bounds.memory_bytes, bounds.processor_seconds, bounds.answer_bytes]
        )
        # Isolated from the environment and the user's site; -m finds the project through the working directory.
        command = [sys.executable, "-E", "-s", "-m", __name__, order]
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
            raise Unreadable(_TOO_LONG) from None
        if code:
            log.warning("document not read: exit %s, %s", code, _last_line(complaints))
            raise Unreadable(_about(code))
        answer.seek(0)
        try:
            told: dict[str, Any] = json.loads(answer.read(bounds.answer_bytes))
        except ValueError:
            raise Unreadable(_BROKEN) from None
    if "refusal" in told:
        raise Unreadable(told["refusal"])
    return told


def _about(code: int) -> str:
    if code == -signal.SIGXCPU:
        return _TOO_LONG
    return _TOO_HEAVY if code < 0 else _BROKEN


def _last_line(complaints: IO[bytes]) -> str:
    """The kind of the exception; its words may quote the document and stay out of the log."""
    complaints.seek(0)
    lines = complaints.read(64 * 1024).decode(errors="replace").strip().splitlines()
    return lines[-1].partition(":")[0][:200] if lines else ""


def _answer(filename: str) -> dict[str, Any]:
    """What the child found, in the words that go back to the parent."""
    from roadmaps.importers import reading  # noqa: PLC0415 – after the bounds are set

    try:
        data = sys.stdin.buffer.read(reading.MOST_BYTES + 1)
        sheet = reading.read(data, filename)
        from roadmaps.importers.understanding import understand  # noqa: PLC0415 – a refused file does not need it

        return understand(sheet).as_json()
    except Unreadable as refusal:
        return {"refusal": str(refusal)}
    except (MemoryError, RecursionError):
        return {"refusal": _TOO_HEAVY}


def _bind(memory_bytes: int, processor_seconds: int, answer_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer_bytes, answer_bytes))


if __name__ == "__main__":
    _filename, *_limits = json.loads(sys.argv[1])
    _bind(*_limits)
    _written = json.dumps(_answer(_filename))
    sys.stdout.write(_written if len(_written) <= _limits[-1] else json.dumps({"refusal": _TOO_HEAVY}))
