"""`make bench`: the portal's pages beside the floors, in one run; fails when a goal is missed."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from bench.bundles import both_cores_are_used
from bench.lists import lists_are_cheap
from bench.papers import orders_in_time
from bench.served import Ask, Cost, Served, serving
from bench.sheets import long_sheets_are_quick

#: So many requests a round that what the collector of garbage takes falls on every round alike.
ROUNDS, REQUESTS, WARM = 7, 200, 50
#: Calls are the same at every request but the first few.
COUNTED = 60
SEED = Path("../shared/seeds/003.txt")
SEED_SECONDS = 2.0


#: The requests of a round, by the round's number: a save depends on what the one before has left.
Asks = Callable[[int], list[Ask]]


@dataclass(frozen=True)
class Goal:
    """A page of the portal held against a page of the floor: at most ``ratio`` times its processor time."""

    name: str
    floor: str
    ratio: float
    asks: Asks


def main() -> int:
    database = os.environ["DATABASE_URL"]
    floor_database = database.rsplit("/", 1)[0] + "/floor"
    subprocess.run(["psql", "--quiet", database, "--command", "CREATE DATABASE floor"], check=True)
    surroundings = {"FLOOR_DATABASE_URL": floor_database}
    subprocess.run([sys.executable, "manage.py", "build_fonts"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], check=True)
    portal_ids, floor_ids = filled("portal", surroundings), filled("floor", surroundings)

    session, floor_session = portal_ids["session"], floor_ids["session"]
    floors: dict[str, Asks] = {
        "(b) bare signed-in page": lambda _: [Ask("/bare/", floor_session)] * REQUESTS,
        "detail 60 items": lambda _: [Ask(f"/plans/{floor_ids['plan']}/", floor_session)] * REQUESTS,
        "saving one text, no history": lambda turn: saves(f"/lines/{floor_ids['line']}/", floor_session, turn),
    }
    cell = f"/roadmaps/items/{portal_ids['item']}/cells/note/"
    goals = [
        Goal(
            "bare signed-in page",
            "(b) bare signed-in page",
            1.5,
            # The shell with who is signed in and the bell, and nothing looked for yet.
            lambda _: [Ask("/search/", portal_ids["reader"])] * REQUESTS,
        ),
        Goal(
            "roadmap page, 60 items × 4 years",
            "detail 60 items",
            1.5,
            lambda _: [Ask(f"/roadmaps/{portal_ids['roadmap']}/", session)] * REQUESTS,
        ),
        Goal("saving one cell", "(b) bare signed-in page", 1.3, lambda turn: saves(cell, session, turn)),
    ]
    with (
        serving("bench.floor.wsgi", surroundings) as floor,
        serving("config.wsgi", surroundings) as portal,
    ):
        floor_costs, portal_costs = measure(floor, floors, portal, goals)
    floor_calls = counted("floor", floors, surroundings)
    portal_calls = counted("portal", {goal.name: goal.asks for goal in goals}, surroundings)
    missed = report(floor_costs, floor_calls, goals, portal_costs, portal_calls)
    missed += sum(not check() for check in CHECKS)
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


def saves(path: str, session: str, turn: int) -> list[Ask]:
    """Saves of one text, each against the text that the one before has left."""
    texts = [f"Семинар, занятие {turn}-{place}" for place in range(REQUESTS + 1)]
    return [
        Ask(path, session, f"was={quote(was)}&text={quote(text)}", (("HX-Request", "true"),))
        for was, text in zip(
            ["" if turn == 0 else f"Семинар, занятие {turn - 1}-{REQUESTS}", *texts[1:-1]], texts[1:], strict=True
        )
    ]


def measure(
    floor: Served, floors: dict[str, Asks], portal: Served, goals: list[Goal]
) -> tuple[dict[str, list[Cost]], dict[str, list[Cost]]]:
    """Costs by page, rounds of both sides interleaved, so that a busy neighbour falls on both."""
    floor_costs: dict[str, list[Cost]] = {name: [] for name in floors}
    portal_costs: dict[str, list[Cost]] = {goal.name: [] for goal in goals}
    for served, pages in ((floor, list(floors.values())), (portal, [goal.asks for goal in goals])):
        for asks in pages:
            if not asks(0)[0].body:
                served.cost(asks(0)[:WARM])
    for turn in range(ROUNDS):
        for name, asks in floors.items():
            floor_costs[name].append(floor.cost(asks(turn)))
        for goal in goals:
            portal_costs[goal.name].append(portal.cost(goal.asks(turn)))
    return floor_costs, portal_costs


def counted(side: str, pages: dict[str, Asks], surroundings: dict[str, str]) -> dict[str, float]:
    """Function calls per request by page, counted in a process of its own: counting slows it down."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.calls", side],
        env=os.environ | surroundings,
        input=json.dumps({name: [asdict(ask) for ask in asks(ROUNDS)[:COUNTED]] for name, asks in pages.items()}),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    calls: dict[str, float] = json.loads(told.stdout)
    return calls


def report(
    floor_costs: dict[str, list[Cost]],
    floor_calls: dict[str, float],
    goals: list[Goal],
    portal_costs: dict[str, list[Cost]],
    portal_calls: dict[str, float],
) -> int:
    """Print the table; returns how many goals were missed. Only processor time decides."""
    print(f"{'page':<40}{'CPU ms':>8}{'× floor':>9}{'goal':>7}{'calls':>9}{'× calls':>9}{'M instr':>9}{'× instr':>9}")
    for name, costs in floor_costs.items():
        cost = middle(costs)
        print(f"floor {name:<34}{cost.milliseconds:>8.2f}{'':>16}{floor_calls[name]:>9.0f}{'':>9}{millions(cost):>9}")
    missed = 0
    for goal in goals:
        cost, base = middle(portal_costs[goal.name]), middle(floor_costs[goal.floor])
        ratio = cost.milliseconds / base.milliseconds
        calls = portal_calls[goal.name]
        instructions = (
            f"{cost.instructions / base.instructions:.2f}" if cost.instructions and base.instructions else "–"
        )
        verdict = "" if ratio <= goal.ratio else "  MISSED"
        missed += bool(verdict)
        print(
            f"{goal.name:<40}{cost.milliseconds:>8.2f}{ratio:>9.2f}{f'≤ {goal.ratio}':>7}"
            f"{calls:>9.0f}{calls / floor_calls[goal.floor]:>9.2f}{millions(cost):>9}{instructions:>9}{verdict}"
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


def reminders_in_time() -> bool:
    """Whether the reminders keep their goals, in a database of their own."""
    database = os.environ["DATABASE_URL"]
    subprocess.run(["psql", "--quiet", database, "--command", "CREATE DATABASE reminding"], check=True)
    own = os.environ | {"DATABASE_URL": f"{database.rsplit('/', 1)[0]}/reminding"}
    return subprocess.run([sys.executable, "-m", "bench.reminders"], env=own, check=False).returncode == 0


#: What is measured beside requests; each prints its own line and says whether its goal is met.
CHECKS: list[Callable[[], bool]] = [
    imports_in_time,
    reminders_in_time,
    orders_in_time,
    long_sheets_are_quick,
    both_cores_are_used,
    lists_are_cheap,
]


if __name__ == "__main__":
    sys.exit(main())
