"""Celery's way into the reminders: it only wakes them, what is due stands in the database."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from reminders import mail
from reminders.actions import accounts
from reminders.actions.sweeping import sweep as sweep_what_is_due

#: A sweep that takes longer than a stint and its last letter hangs; both ends lie before the end of a lease.
SOFT_LIMIT, HARD_LIMIT = 240, 300
#: A call that nobody took in this time is worth nothing: the next one is there.
WORTH = 50


@shared_task(name="reminders.sweep", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def sweep() -> int:
    """Go the rounds that are due, send the letters that wait; returns how many were sent."""
    with mail.post() as deliver:
        return sweep_what_is_due(clock=timezone.now, deliver=deliver)


@shared_task(name="reminders.write_letters")
def write_letters() -> int:
    """Write the letters that lead into the portal and send them at once: somebody waits at the door."""
    written = accounts.write_letters(timezone.now())
    if written:
        sweep.apply_async(expires=WORTH)
    return written


@worker_ready.connect
def sweep_at_once(**_: Any) -> None:
    """A worker that has come back does not wait for the next minute."""
    write_letters.apply_async(expires=WORTH)
    sweep.apply_async(expires=WORTH)
