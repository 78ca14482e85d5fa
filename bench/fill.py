"""`python -m bench.fill portal|floor`: makes the tables and the records of one side, prints its ids as JSON."""

import json
import os
import sys

import django
from django.core.management import call_command

from bench import records

SETTINGS = {"portal": "config.settings", "floor": "bench.floor.settings"}


def settle(side: str) -> None:
    """From here on this process is of one side."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS[side]
    django.setup()


def main(side: str) -> None:
    settle(side)
    call_command("migrate", verbosity=0)
    # The floor's own tables have no migrations: they are made as its models stand, after those they point at.
    call_command("migrate", run_syncdb=True, verbosity=0)
    print(json.dumps(records.fill_portal() if side == "portal" else records.fill_floor()))


if __name__ == "__main__":
    main(sys.argv[1])
