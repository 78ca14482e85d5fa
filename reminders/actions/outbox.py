"""The outbox: each letter is claimed, sent and marked by itself, so that a death in between costs one letter at most.

Whoever sends a letter writes itself into ``holder`` and puts ``try_at`` off: that is the lease. Only the holder may
mark the letter. The lease of a process that has died on this machine is void at once, that of a silent one elsewhere
when its time is over.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from reminders import holder
from reminders.mail import Deliver
from reminders.models import Letter
from reminders.trouble import Trouble, trouble

Clock = Callable[[], datetime]

logger = logging.getLogger(__name__)

#: Longer than the longest try: the task that sends is ended before (reminders.tasks).
LEASE = timedelta(minutes=10)
#: No letter is begun later than this after the first: the next sweep goes on.
STINT = timedelta(seconds=45)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=2)


def send_due(*, clock: Clock, deliver: Deliver) -> int:
    """Send what waits, the oldest first; returns how many letters were sent.

    A server in trouble is asked once: the batch ends there. A letter in trouble of its own holds up no other.
    """
    if _is_somebody_sending(clock()):
        return 0
    sent = 0
    until = clock() + STINT
    while clock() < until and (letter := _claim(clock())):
        hindrance = _try(letter, deliver, clock)
        sent += hindrance is None
        if hindrance and hindrance.is_servers:
            break
    return sent


def resend(letter: Letter, *, now: datetime) -> bool:
    """Put a letter into the queue again, to where its reader gets mail now; False while somebody is sending it.

    The letter stays the one it was, so a mail box that has it already may hide the second copy.
    """
    address = letter.account.email if letter.account else letter.address
    unheld = Letter.objects.filter(pk=letter.pk, holder="")
    return bool(
        unheld.update(state=Letter.State.QUEUED, address=address, try_at=now, attempts=0, trouble="", sent_at=None)
    )


def _is_somebody_sending(now: datetime) -> bool:
    """Free the letters of processes that have died here; whether another one here is at work.

    One sender is enough for a mail server, and a hanging one must not hold up every process of the worker.
    """
    holders = set(Letter.objects.held().values_list("holder", flat=True))
    for dead in filter(holder.is_dead, holders):
        freed = Letter.objects.held().filter(holder=dead).update(holder="", try_at=now)
        logger.warning("reminders.freed letters=%d", freed)
    return any(map(holder.is_at_work, holders))


def _claim(now: datetime) -> Letter | None:
    """The next letter, held by this process from now on."""
    with transaction.atomic():
        waiting = Letter.objects.waiting(now).order_by("try_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        letter = waiting.first()
        if letter is None:
            return None
        letter.holder = holder.this_process()
        # The condition again: where rows are not locked, another process may have been faster.
        claimed = Letter.objects.waiting(now).filter(pk=letter.pk)
        won = claimed.update(holder=letter.holder, try_at=now + LEASE, attempts=F("attempts") + 1)
        letter.attempts += 1
        return letter if won else None


def _try(letter: Letter, deliver: Deliver, clock: Clock) -> Trouble | None:
    try:
        deliver(letter)
    except Exception as error:
        hindrance = trouble(error)
        _put_off(letter, hindrance or Trouble(f"Ошибка портала: {type(error).__name__}"), now=clock())
        if hindrance is None:
            raise
        return hindrance
    _mark(letter, state=Letter.State.SENT, sent_at=clock(), trouble="")
    logger.info("reminders.sent letter=%d attempt=%d", letter.pk, letter.attempts)
    return None


def _put_off(letter: Letter, hindrance: Trouble, *, now: datetime) -> None:
    if hindrance.is_final:
        _mark(letter, state=Letter.State.FAILED, trouble=hindrance.words)
    else:
        _mark(letter, try_at=now + pause(letter.attempts), trouble=hindrance.words)
    logger.warning("reminders.hindered letter=%d attempt=%d", letter.pk, letter.attempts)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many tries: a minute, twice as long each time, two hours at most."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)


def _mark(letter: Letter, **fields: object) -> None:
    """Write what became of a letter, unless the lease was lost meanwhile: then another process answers for it."""
    mine = Letter.objects.filter(pk=letter.pk, holder=letter.holder, state=Letter.State.QUEUED)
    if not mine.update(holder="", **fields):
        logger.warning("reminders.lease_lost letter=%d", letter.pk)
