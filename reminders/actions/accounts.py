"""Letters about the way in, written as soon as the records from which they follow are there."""

import logging
from datetime import datetime

from django.db import connection

from directory.models.emails import REMEMBERED_FOR
from directory.models.invitations import RESET_WITHIN
from reminders import entrances
from reminders.models import Letter

logger = logging.getLogger(__name__)


def write_letters(now: datetime) -> int:
    """Write what is missing; returns how many letters. Of two processes at once, one writes each."""
    if not is_anything_unwritten(now):
        return 0
    letters = list(entrances.unwritten(now))
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    if letters:
        logger.info("reminders.entrances letters=%d", len(letters))
    return len(letters)


def is_anything_unwritten(now: datetime) -> bool:
    """Whether somebody was invited, asked for a password or another address and no letter says so: a cheap question."""
    moments = map(connection.ops.adapt_datetimefield_value, (now, now - RESET_WITHIN, now - REMEMBERED_FOR))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {entrances.IS_ANYTHING_UNWRITTEN}", list(moments))
        return bool(cursor.fetchone()[0])
