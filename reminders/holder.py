"""Who is sending a letter: this very process, told apart from every other one, and known to be dead once it is.

A process id alone comes back with another process. With the moment it started, the namespace that counts the ids and
the boot of the machine, it never does.
"""

import os
from pathlib import Path

PROC = Path("/proc")


def this_process() -> str:
    """The name under which this process holds letters."""
    return f"{_place()} {os.getpid()} {_started(os.getpid())}"


def is_dead(holder: str) -> bool:
    """Whether this process surely lives no more; of another machine's processes nothing is known."""
    place, pid, started = holder.rsplit(" ", 2)
    return place == _place() and _started(int(pid)) != started


def is_at_work(holder: str) -> bool:
    """Whether this process lives, here, and is another one."""
    return holder.startswith(f"{_place()} ") and not is_dead(holder) and holder != this_process()


def _place() -> str:
    """Within which the ids of processes mean the same: the boot of a machine and a namespace on it."""
    boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    return f"{boot} {(PROC / 'self/ns/pid').readlink()}"


def _started(pid: int) -> str:
    """When the process started, in the kernel's ticks; empty for one that is gone or only waits to be buried."""
    try:
        told = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return ""
    # The second field is the program's name in brackets and may hold spaces and brackets itself.
    state, *fields = told.rpartition(")")[2].split()
    return "" if state in "ZX" else fields[18]
