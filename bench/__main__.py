"""`make bench`: the portal's pages beside the floors, in one run; fails when a goal is missed."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench.served import Ask, Cost, Served, serving

#: Processor time is told in hundredths of a second: fewer requests a round would drown in that.
ROUNDS, REQUESTS, WARM = 7, 200, 50
SEED = Path("../shared/seeds/003.txt")
SEED_SECONDS = 2.0


@dataclass(frozen=True)
class Goal:
    """A page of the portal held against a page of the floor: at most ``ratio`` times its processor time."""

    name: str
    floor: str
    ratio: float
    asks: Callable[[int], list[Ask]]


def main() -> int:
    database = os.environ["DATABASE_URL"]
    floor_database = database.rsplit("/", 1)[0] + "/floor"
    subprocess.run(["psql", "--quiet", database, "--command", "CREATE DATABASE floor"], check=True)
    surroundings = {"FLOOR_DATABASE_URL": floor_database}
    subprocess.run([sys.executable, "manage.py", "build_fonts"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], check=True)
    portal_ids, floor_ids = filled("portal", surroundings), filled("floor", surroundings)

    bare = Ask("/bare/", floor_ids["session"])
    detail = Ask(f"/plans/{floor_ids['plan']}/", floor_ids["session"])
    floors = {"(b) bare signed-in page": [bare] * REQUESTS, "detail 60 items": [detail] * REQUESTS}
    session = portal_ids["session"]
    goals = [
        Goal(
            "bare signed-in page",
            "(b) bare signed-in page",
            1.5,
            lambda _: [Ask(f"/directory/organisations/{portal_ids['centre']}/", portal_ids["reader"])] * REQUESTS,
        ),
        Goal(
            "roadmap page, 60 items × 4 years",
            "detail 60 items",
            1.5,
            lambda _: [Ask(f"/roadmaps/{portal_ids['roadmap']}/", session)] * REQUESTS,
        ),
        Goal("saving one cell", "(b) bare signed-in page", 1.3, lambda turn: saves(portal_ids["item"], session, turn)),
    ]
    with (
        serving("bench.floor.wsgi", surroundings) as floor,
        serving("config.wsgi", surroundings) as portal,
    ):
        floor_costs, portal_costs = measure(floor, floors, portal, goals)
    missed = report(floors, floor_costs, goals, portal_costs)
    missed += not imports_in_time()
    return 1 if missed else 0


def filled(side: str, surroundings: dict[str, str]) -> dict[str, str]:
    told = subprocess.run(
        [sys.executable, "-m", "bench.fill", side],
        env=os.environ | surroundings,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    ids: dict[str, str] = json.loads(told.stdout)
    return ids


def saves(item: str, session: str, turn: int) -> list[Ask]:
    """Saves of one cell, each against the text that the one before has left."""
    texts = [f"Семинар, занятие {turn}-{place}" for place in range(REQUESTS + 1)]
    path, headers = f"/roadmaps/items/{item}/cells/note/", (("HX-Request", "true"),)
    return [
        Ask(path, session, f"was={quote(was)}&text={quote(text)}", headers)
        for was, text in zip(
            ["" if turn == 0 else f"Семинар, занятие {turn - 1}-{REQUESTS}", *texts[1:-1]], texts[1:], strict=True
        )
    ]


def measure(
    floor: Served, floors: dict[str, list[Ask]], portal: Served, goals: list[Goal]
) -> tuple[dict[str, list[Cost]], dict[str, list[Cost]]]:
    """Costs by page, rounds of both sides interleaved, so that a busy neighbour falls on both."""
    floor_costs: dict[str, list[Cost]] = {name: [] for name in floors}
    portal_costs: dict[str, list[Cost]] = {goal.name: [] for goal in goals}
    for asks in floors.values():
        floor.cost(asks[:WARM])
    for goal in goals[:2]:
        portal.cost(goal.asks(0)[:WARM])
    for turn in range(ROUNDS):
        for name, asks in floors.items():
            floor_costs[name].append(floor.cost(asks))
        for goal in goals:
            portal_costs[goal.name].append(portal.cost(goal.asks(turn)))
    return floor_costs, portal_costs


def report(
    floors: dict[str, list[Ask]],
    floor_costs: dict[str, list[Cost]],
    goals: list[Goal],
    portal_costs: dict[str, list[Cost]],
) -> int:
    """Print the table; returns how many goals were missed."""
    print(f"{'page':<44}{'CPU ms':>8}{'M instr':>9}{'× floor':>9}{'× instr':>9}{'goal':>7}")
    for name in floors:
        cost = middle(floor_costs[name])
        print(f"floor {name:<38}{cost.milliseconds:>8.2f}{millions(cost):>9}")
    missed = 0
    for goal in goals:
        cost, base = middle(portal_costs[goal.name]), middle(floor_costs[goal.floor])
        ratio = cost.milliseconds / base.milliseconds
        instructions = (
            f"{cost.instructions / base.instructions:.2f}" if cost.instructions and base.instructions else "–"
        )
        verdict = "" if ratio <= goal.ratio else "  MISSED"
        missed += bool(verdict)
        print(
            f"{goal.name:<44}{cost.milliseconds:>8.2f}{millions(cost):>9}{ratio:>9.2f}{instructions:>9}"
            f"{f'≤ {goal.ratio}':>7}{verdict}"
        )
    return missed


def middle(costs: list[Cost]) -> Cost:
    instructions = [cost.instructions for cost in costs if cost.instructions is not None]
    return Cost(
        statistics.median(cost.milliseconds for cost in costs),
        statistics.median(instructions) if instructions else None,
    )


def millions(cost: Cost) -> str:
    return "–" if cost.instructions is None else f"{cost.instructions:.1f}"


def imports_in_time() -> bool:
    """Whether the longest real document is understood in time; where it is not at hand, that is said."""
    if not SEED.exists():
        print(f"import of {SEED.name}: not measured, the document is not here")
        return True
    command = [sys.executable, "manage.py", "import_roadmap", str(SEED), "--dry-run", "--json"]
    times = []
    for _ in range(3):
        started = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.monotonic() - started)
    seconds = statistics.median(times)
    print(f"import of {SEED.name}, whole command: {seconds:.2f} s, goal < {SEED_SECONDS} s")
    return seconds < SEED_SECONDS


if __name__ == "__main__":
    sys.exit(main())
