"""`python -m bench.lists`: 50,000 people beside the barest list, deep pages and words beside the first page."""

import json
import os
import statistics
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from bench.crowd import WORDS
from bench.served import Ask, Served, scheduled, serving

ROUNDS, REQUESTS, WARM = 5, 100, 30
#: The first page against the floor's, in the application alone; others against the first page, database included.
OVER_FLOOR, OVER_FIRST = 1.2, 1.5
LIST = "/directory/staff/"
COLUMNS = "position,organisation,subjects,category,category_on,teaching_from,engagement,load,marks,phone"


@dataclass(frozen=True)
class Spent:
    """Processor time of one request in milliseconds: of the application and of PostgreSQL."""

    application: float
    database: float

    @property
    def together(self) -> float:
        return self.application + self.database


def lists_are_cheap() -> bool:
    """Whether the goals are met; measured in a process of its own, in databases of its own."""
    return subprocess.run([sys.executable, "-m", "bench.lists"], check=False).returncode == 0


def main() -> int:
    portal_database, floor_database = (database(name) for name in ("crowd", "crowd_floor"))
    surroundings = {"DATABASE_URL": portal_database, "FLOOR_DATABASE_URL": floor_database}
    session, floor_session = (filled(side, surroundings) for side in ("portal", "floor"))
    floor_asks = {"floor (c), 11 columns": [Ask("/workers/", floor_session)] * REQUESTS}
    all_columns = f"{LIST}?columns={quote(COLUMNS)}"
    asks = {
        "first page, 11 columns": [Ask(all_columns, session)] * REQUESTS,
        "a hundred pages in turn": [Ask(f"{all_columns}&page={page}", session) for page in range(1, REQUESTS + 1)],
        "page 500": [Ask(f"{all_columns}&page=500", session)] * REQUESTS,
        "words": [Ask(f"{all_columns}&q={quote(WORDS)}", session)] * REQUESTS,
        "search as typed": [Ask(f"/search/?q={quote(WORDS)}", session, headers=(("HX-Request", "true"),))] * REQUESTS,
    }
    with serving("bench.floor.wsgi", surroundings) as floor, serving("config.wsgi", surroundings) as portal:
        sides = [(floor, floor_database, floor_asks), (portal, portal_database, asks)]
        for served, _, pages in sides:
            for each in pages.values():
                served.cost(each[:WARM])
        spent: dict[str, list[Spent]] = {name: [] for _, _, pages in sides for name in pages}
        for _ in range(ROUNDS):
            for served, where, pages in sides:
                for name, each in pages.items():
                    spent[name].append(cost(served, where, each))
    return report({name: middle(costs) for name, costs in spent.items()})


def report(spent: dict[str, Spent]) -> int:
    """Print the table; returns how many goals were missed."""
    (floor_name, floor), *pages = spent.items()
    first = spent["first page, 11 columns"]
    print(f"{'list of 50,000':<28}{'CPU ms':>8}{'PG ms':>8}{'× floor':>9}{'× first':>9}")
    print(f"{floor_name:<28}{floor.application:>8.2f}{floor.database:>8.2f}")
    missed = 0
    for name, page in pages:
        over_floor, over_first = page.application / floor.application, page.together / first.together
        is_missed = over_floor > OVER_FLOOR if page is first else over_first > OVER_FIRST
        missed += is_missed
        verdict = "  MISSED" if is_missed else ""
        print(f"{name:<28}{page.application:>8.2f}{page.database:>8.2f}{over_floor:>9.2f}{over_first:>9.2f}{verdict}")
    print(
        f"goals: the first page ≤ {OVER_FLOOR} × floor, the others ≤ {OVER_FIRST} × the first page, database included"
    )
    return missed


def middle(costs: list[Spent]) -> Spent:
    return Spent(
        statistics.median(cost.application for cost in costs), statistics.median(cost.database for cost in costs)
    )


def cost(served: Served, where: str, asks: list[Ask]) -> Spent:
    before = database_spent(where)
    application = served.cost(asks).milliseconds
    after = database_spent(where)
    seconds = sum(spent - before.get(backend, 0) for backend, spent in after.items())
    return Spent(application, seconds * 1000 / len(asks))


def database_spent(where: str) -> dict[int, float]:
    """Seconds of the processor by backend: connections are kept, so those of a round outlive it."""
    query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    told = subprocess.run(
        ["psql", "--quiet", "--tuples-only", "--no-align", where, "--command", query],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    spent = {}
    for backend in map(int, told.stdout.split()):
        with suppress(FileNotFoundError):
            spent[backend], _ = scheduled(backend)
    return spent


def database(name: str) -> str:
    """An empty database beside the one that the surroundings name."""
    beside = os.environ["DATABASE_URL"]
    subprocess.run(["psql", "--quiet", beside, "--command", f"CREATE DATABASE {name}"], check=True)
    return beside.rsplit("/", 1)[0] + f"/{name}"


def filled(side: str, surroundings: dict[str, str]) -> str:
    """Make the crowd of one side; its session."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.crowd", side],
        env=os.environ | surroundings,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    session: str = json.loads(told.stdout.splitlines()[-1])["session"]
    return session


if __name__ == "__main__":
    sys.exit(main())
