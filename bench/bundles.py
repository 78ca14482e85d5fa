"""`python -m bench.bundles`: a batch of thirty orders drawn by a worker of one process and of two, turn by turn."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import django

from bench.records import understood
from bench.served import scheduled

BATCH, WARM, ROUNDS = 30, 4, 2
#: Two processes against one, by the clock; the rest is what both share: the database, the archive, the broker.
GOAL = 0.65
#: From this share of its time in the queue for a core on, a worker is kept waiting by neighbours, not by itself.
BUSY = 0.1
PATIENCE = 300


@dataclass(frozen=True)
class Run:
    """What one batch took: seconds by the clock, on a core, and in the queue for one."""

    wall: float
    running: float
    queueing: float

    @property
    def alone(self) -> float:
        """Seconds by the clock if nobody else had wanted the cores: the same work by as many hands at once."""
        return self.wall * self.running / (self.running + self.queueing)

    @property
    def hands(self) -> float:
        """How many processes ran or wanted to run, on the average."""
        return (self.running + self.queueing) / self.wall


def both_cores_are_used() -> bool:
    """Whether two processes draw the batch as much faster as they should; measured in a process of its own."""
    return subprocess.run([sys.executable, "-m", "bench.bundles"], check=False).returncode == 0


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    orders = thirty_drafts()
    runs: dict[int, list[Run]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        for processes, taken in runs.items():
            with worker(processes) as started:
                drawn(orders[:WARM], started)  # fonts and style are read once a process
                taken.append(drawn(orders, started))
    return report(runs)


def thirty_drafts() -> list[Any]:
    """Drafts over roadmaps of sixty rows each."""
    from django.core.management import call_command
    from django.utils import timezone

    from directory.models import Account, Municipality, Organisation
    from reports.actions.drawing_up import draw_up
    from roadmaps.actions import imports

    call_command("migrate", verbosity=0)
    city = Municipality.objects.create(title="Пачинск", title_genitive="Пачинска")
    Organisation.objects.create(
        municipality=city, kind=Organisation.Kind.CENTRE, title="Методический центр", short_title="Центр"
    )
    account = Account.objects.create_account("bundles@example.org")
    now, today = timezone.now(), timezone.localdate()
    orders = []
    for place in range(BATCH):
        text = understood() | {"title": f"Дорожная карта для измерений, {place}"}
        brought, _ = imports.bring(text, filename="bench.txt", municipality=city, by=account, at=now)
        roadmap = imports.confirm(brought, by=account, at=now, today=today)
        orders.append(draw_up(roadmap, kind="approve", by=account, at=now, today=today))
    return orders


@contextmanager
def worker(processes: int) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as it runs in life, of so many processes."""
    command = [sys.executable, "-m", "celery", "--app", "config", "--quiet", "worker", "--loglevel", "ERROR"]
    started = subprocess.Popen(
        [*command, "--concurrency", str(processes)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield started
    finally:
        started.terminate()
        started.wait(PATIENCE)


def drawn(orders: list[Any], started: subprocess.Popen[bytes]) -> Run:
    """Ask for these papers in one archive and wait for it."""
    from django.utils import timezone

    from reports import tasks
    from reports.actions import bundles
    from reports.models import Bundle

    bundle = bundles.ask(orders, municipality=orders[0].municipality, by=orders[0].created_by, at=timezone.now())
    began, (ran, queued) = time.monotonic(), spent(started.pid)
    tasks.wake(bundle)
    while not Bundle.objects.filter(pk=bundle.pk, finished_at__isnull=False).exists():
        if started.poll() is not None or time.monotonic() - began > PATIENCE:
            raise RuntimeError("The worker does not draw.")
        time.sleep(0.02)
    wall, (running, queueing) = time.monotonic() - began, spent(started.pid)
    bundle.refresh_from_db()
    if bundle.drawn != len(orders):
        raise RuntimeError(f"Only {bundle.drawn} of {len(orders)} papers were drawn.")
    return Run(wall, running - ran, queueing - queued)


def spent(parent: int) -> tuple[float, float]:
    """Seconds that the worker and its processes have spent on a core and in the queue for one, by the scheduler."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    running, queueing = zip(*(scheduled(pid) for pid in (parent, *map(int, children))), strict=True)
    return sum(running), sum(queueing)


def report(runs: dict[int, list[Run]]) -> int:
    """Print both sides. On a busy machine the clock tells of the neighbours, so the time without the queue decides."""
    one, two = (middle(taken) for taken in runs.values())
    is_busy = any(run.queueing > BUSY * (run.running + run.queueing) for run in (one, two))
    ratio = two.alone / one.alone if is_busy else two.wall / one.wall
    verdict = "" if ratio <= GOAL else "  MISSED"
    print(
        f"batch of {BATCH} orders through the worker: one process {one.wall:.1f} s, two {two.wall:.1f} s by the clock; "
        f"on a core {one.running:.1f} and {two.running:.1f} s, "
        f"in the queue for one {one.queueing:.1f} and {two.queueing:.1f} s"
    )
    how = "without the wait for a core, the machine is busy" if is_busy else "by the clock"
    print(f"  two against one, {how}: {ratio:.2f}, goal ≤ {GOAL}; at work at once {two.hands:.2f} processes{verdict}")
    return 1 if verdict else 0


def middle(taken: list[Run]) -> Run:
    return Run(*(statistics.median(values) for values in zip(*map(astuple, taken), strict=True)))


if __name__ == "__main__":
    sys.exit(main())
