"""Letters of invitation and of new passwords: written as soon as the records from which they follow are there."""

import logging
from datetime import datetime

from reminders import entrances
from reminders.models import Letter

logger = logging.getLogger(__name__)


def write_letters(now: datetime) -> int:
    """Write what is missing; returns how many letters. Of two processes at once, one writes each."""
    letters = list(entrances.unwritten(now))
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    if letters:
        logger.info("reminders.entrances letters=%d", len(letters))
    return len(letters)
