"""A round: once a working day a municipality's reminders follow its duties, and whoever has a new one gets a letter."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from deadlines.workdays import Shift, Workdays
from directory.models import Municipality
from directory.models.calendars import workdays_of
from reminders import mail, sources
from reminders.models import Letter, Preference, Reminder, Round
from reminders.plan import DAY, USUAL, Duty, Planned, Wish, due_days, plan
from reminders.sources import Reader

logger = logging.getLogger(__name__)

#: When letters are written, by the municipality's own clock.
MORNING = time(7, 30)
#: The first round looks a week back: every late duty has had a mark in it.
FIRST_LOOK = 7 * DAY
#: A letter tells what is due up to so many days ahead.
AHEAD = 14 * DAY


@dataclass(frozen=True)
class Outlook:
    """What is to be told in a municipality on a day, thought out before anything is written."""

    municipality: Municipality
    since: date
    today: date
    readers: dict[int, Reader]
    planned: frozenset[Planned]
    letters: list[Letter]


def go_due(now: datetime) -> int:
    """Go the rounds whose hour has come; returns how many letters were written. The trouble of one stops no other."""
    _begin_rounds(now)
    written = 0
    for due in Round.objects.filter(next_at__lte=now).select_related("municipality").order_by("next_at", "pk"):
        try:
            written += go(due.municipality, day=local_day(due.municipality, now), now=now)
        except Exception:
            logger.exception("reminders.round_failed municipality=%d", due.municipality_id)
    return written


def go(municipality: Municipality, *, day: date, now: datetime) -> int:
    """One round of a municipality as of a day; returns how many letters were written, none on a day of rest.

    Everything is thought out before the write lock is taken, and written at once or not at all. Of two processes
    that go the same round, the second one finds it gone and writes nothing.
    """
    seen = _round_of(municipality, now)
    ahead = outlook(municipality, day=day, now=now, told_on=seen.told_on)
    real_day = local_day(municipality, now)
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=seen.pk)
        if (held.told_on, held.next_at) != (seen.told_on, seen.next_at):
            return 0
        written = 0
        if ahead:
            reconcile(municipality, ahead.planned, since=ahead.since, today=day)
            written = compose(ahead, now=now)
            # A day told ahead of time is not skipped: its own morning finds the letters written.
            held.told_on = max(min(day, real_day), held.told_on or day.min)
        held.next_at = next_morning(municipality, now)
        held.save(update_fields=["told_on", "next_at"])
    logger.info("reminders.round municipality=%d letters=%d", municipality.pk, written)
    return written


def outlook(municipality: Municipality, *, day: date, now: datetime, told_on: date | None) -> Outlook | None:
    """What a round would tell on a day, or nothing on a day of rest; writes nothing."""
    workdays = workdays_of(municipality)
    if not workdays.is_working(day):
        return None
    since = min(told_on, day - DAY) if told_on else day - FIRST_LOOK
    told, wishes = sources.readers(municipality, day), _wishes(municipality)
    duties = _duties(municipality, told, wishes, workdays, since=since, today=day)
    planned = frozenset(plan(duties, wishes, workdays, since=since, today=day))
    letters = _letters(municipality, planned, told, workdays, today=day, now=now)
    return Outlook(municipality, since, day, told, planned, letters)


def reconcile(municipality: Municipality, planned: Collection[Planned], *, since: date, today: date) -> None:
    """Make the untold rows of the days after ``since`` up to ``today`` those of the plan; told ones stay."""
    untold = Reminder.objects.untold().filter(
        account__acting_as__organisation__municipality=municipality, send_on__gt=since, send_on__lte=today
    )
    follows = {(row.account, row.source, row.due_on, row.send_on) for row in planned}
    kept = untold.values_list("pk", "account", "source", "due_on", "send_on")
    untold.filter(pk__in=[pk for pk, *row in kept if tuple(row) not in follows]).delete()
    Reminder.objects.bulk_create(
        (
            Reminder(
                account_id=row.account,
                source=row.source,
                occasion=row.occasion,
                title=row.title,
                url=row.url,
                due_on=row.due_on,
                send_on=row.send_on,
            )
            for row in sorted(planned, key=lambda row: (row.due_on, row.source, row.account))
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )


def compose(ahead: Outlook, *, now: datetime) -> int:
    """Keep the letters of a round, one a person a day, and tie to each the rows that it tells; returns how many.

    What a person was still to get of earlier days is said again in the new letter, so the old one is not sent.
    """
    fresh = Letter.objects.bulk_create(unwritten(ahead.letters))
    accounts = [letter.account_id for letter in fresh]
    earlier = Letter.objects.filter(
        account__in=accounts, key__startswith="digest:", state=Letter.State.QUEUED, holder="", written_at__lt=now
    )
    earlier.update(state=Letter.State.FAILED, trouble="Не успело уйти: всё сказанное в нём есть в следующем письме.")
    rows = Reminder.objects.untold().filter(account__in=accounts, send_on__gt=ahead.since, send_on__lte=ahead.today)
    own = Letter.objects.filter(account=OuterRef("account"), pk__in=[letter.pk for letter in fresh])
    rows.update(letter=Subquery(own.values("pk")[:1]))
    return len(fresh)


def unwritten(letters: Collection[Letter]) -> list[Letter]:
    """Those of the letters that are not there yet."""
    known = set(Letter.objects.filter(key__in=[letter.key for letter in letters]).values_list("key", flat=True))
    return [letter for letter in letters if letter.key not in known]


def local_day(municipality: Municipality, now: datetime) -> date:
    return now.astimezone(ZoneInfo(municipality.time_zone)).date()


def next_morning(municipality: Municipality, now: datetime) -> datetime:
    """The first morning of a working day after this moment, by the municipality's clock."""
    zone = ZoneInfo(municipality.time_zone)
    workdays = workdays_of(municipality)
    local = now.astimezone(zone)
    tomorrow = local.date() + (DAY if local.time() >= MORNING else timedelta())
    return datetime.combine(workdays.shifted(tomorrow, Shift.FORWARD), MORNING, zone)


def _begin_rounds(now: datetime) -> None:
    """A municipality without a round begins today, if its morning has come."""
    Round.objects.bulk_create(
        [Round(municipality=new, next_at=now) for new in Municipality.objects.filter(round=None)],
        ignore_conflicts=True,
    )


def _round_of(municipality: Municipality, now: datetime) -> Round:
    found, _ = Round.objects.get_or_create(municipality=municipality, defaults={"next_at": now})
    return found


def _wishes(municipality: Municipality) -> dict[int, Wish]:
    chosen = Preference.objects.filter(account__acting_as__organisation__municipality=municipality)
    return {
        choice.account_id: Wish(tuple(choice.days_before), choice.away_from, choice.away_until) for choice in chosen
    }


def _duties(
    municipality: Municipality,
    told: dict[int, Reader],
    wishes: dict[int, Wish],
    workdays: Workdays,
    *,
    since: date,
    today: date,
) -> set[Duty]:
    """The duties that may have a mark in these days; for whoever comes back from a leave, those of the leave too."""
    earliest = sources.watched_since(municipality)
    if earliest is None:
        return set()
    shifts = {reader.shift for reader in told.values()}

    def due(first: date, chosen: Iterable[Wish]) -> Q:
        days = due_days({*chosen, USUAL}, shifts, workdays, since=first, today=today, earliest=earliest)
        return Q(due_on__in=sorted(days))

    duties = set(sources.roadmap_points(municipality, told, due(since, wishes.values())))
    back = {account: wish for account, wish in wishes.items() if since < (wish.back_on(workdays) or since) <= today}
    if back:
        left_on = min(wish.away_from for wish in back.values() if wish.away_from)
        missed = due(min(since, left_on - DAY), back.values())
        duties.update(sources.roadmap_points(municipality, told, missed, of=back.keys()))
    return duties


def _letters(
    municipality: Municipality,
    planned: Iterable[Planned],
    told: dict[int, Reader],
    workdays: Workdays,
    *,
    today: date,
    now: datetime,
) -> list[Letter]:
    """A letter, not yet kept, for each account with a planned row, unless it wants none; it tells all that is owed."""
    by_mail = {row.account for row in planned} - set(
        Preference.objects.filter(by_mail=False).values_list("account", flat=True)
    )
    if not by_mail:
        return []
    owed: dict[int, list[Duty]] = {account: [] for account in sorted(by_mail)}
    for duty in sources.roadmap_points(municipality, told, Q(due_on__lte=today + AHEAD), of=by_mail):
        owed[duty.account].append(duty)
    return [
        _letter(municipality, told[account], duties, workdays, today=today, now=now) for account, duties in owed.items()
    ]


def _letter(
    municipality: Municipality, reader: Reader, duties: list[Duty], workdays: Workdays, *, today: date, now: datetime
) -> Letter:
    words = mail.words(reader, duties, workdays, today=today)
    return Letter(
        key=f"digest:{today}:{reader.account}",
        municipality=municipality,
        account_id=reader.account,
        address=reader.address,
        subject=words.subject,
        text=words.text,
        html=words.html,
        written_at=now,
        try_at=now,
    )
