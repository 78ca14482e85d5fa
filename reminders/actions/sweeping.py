"""A sweep: whatever of the rounds and of the outbox is due now, found by one question that is cheap to ask."""

from datetime import datetime

from django.db import connection

from reminders.actions import rounds
from reminders.actions.outbox import Clock, send_due
from reminders.mail import Deliver

#: Asked every minute of every day, and answered «no» nearly always: worded once, answered from two small indexes.
IS_ANYTHING_DUE = """
    SELECT EXISTS (SELECT 1 FROM reminders_letter WHERE state = 'queued' AND (try_at <= %s OR holder > ''))
        OR (SELECT coalesce(min(next_at) <= %s, true) FROM reminders_round)
"""


def sweep(*, clock: Clock, deliver: Deliver) -> int:
    """Go the rounds that are due, send what waits; returns how many were sent."""
    now = clock()
    if not is_anything_due(now):
        return 0
    rounds.go_due(now)
    return send_due(clock=clock, deliver=deliver)


def is_anything_due(now: datetime) -> bool:
    """Whether a letter waits or is held, a round is due, or there was none yet.

    A municipality that comes later begins with the next round of another one.
    """
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(IS_ANYTHING_DUE, [moment, moment])
        return bool(cursor.fetchone()[0])
