"""Twenty hands that register at once, in a portal of their own: `python -m tests.reports.hands` prints the numbers."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import django

HANDS, PRESSES = 20, 5


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - only after the settings
    from django.db import OperationalError, connection  # noqa: PLC0415

    from reports.actions.registration import register  # noqa: PLC0415
    from tests.factories import directory, reports, roadmaps  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    centre = directory.organisation(kind="centre")
    orders = [
        reports.ready_order(roadmap=roadmaps.roadmap(municipality=centre.municipality), issuer=centre)
        for _ in range(HANDS)
    ]
    barrier = Barrier(HANDS)

    def slow(paper):
        time.sleep(0.02)
        return paper.number.encode()

    def hand(order):
        """Press until it works: on a busy machine SQLite tells a hand that has waited long to come again."""
        barrier.wait()
        at = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)
        for _ in range(PRESSES):
            try:
                return register(order, on=date(2026, 11, 18), by=None, at=at, site="", draw=slow).sequence
            except OperationalError:
                continue
            finally:
                connection.close()
        raise RuntimeError("The database was locked all the time.")

    with ThreadPoolExecutor(HANDS) as hands:
        print(*sorted(hands.map(hand, orders)))  # noqa: T201 - it is what was asked


if __name__ == "__main__":
    main()
