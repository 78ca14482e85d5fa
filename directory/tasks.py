"""Celery's way into the directory."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from directory.actions import sheets
from directory.models import EmailChange, PasswordReset, Session


@shared_task(name="directory.clear_sessions")
def clear_sessions() -> int:
    """Remove sessions and requests for a new password or address that nobody can use any more; returns how many."""
    now = timezone.now()
    over = (
        Session.objects.filter(expire_date__lt=now),
        PasswordReset.objects.exclude(pk__in=PasswordReset.objects.recent(now)),
        EmailChange.objects.exclude(pk__in=EmailChange.objects.recent(now)),
    )
    return sum(gone.delete()[0] for gone in over)


#: A sheet that takes longer hangs; both ends lie before the end of its lease.
SHEET_SOFT_LIMIT, SHEET_HARD_LIMIT = 150, 165
#: A call that nobody took in this time is worth nothing: the next sweep sends another.
SHEET_WORTH = 50
SHEET_DAYS = 7


@shared_task(name="directory.work_sheet", soft_time_limit=SHEET_SOFT_LIMIT, time_limit=SHEET_HARD_LIMIT)
def work_sheet(*, pk: int) -> bool:
    """Check or write one sheet."""
    return sheets.work(pk, now=timezone.now())


@shared_task(name="directory.sweep_sheets")
def sweep_sheets() -> int:
    """Wake what a killed worker or a lost call left behind; returns how many sheets."""
    waiting = sheets.waiting(timezone.now())
    for pk in waiting:
        work_sheet.apply_async(kwargs={"pk": pk}, expires=SHEET_WORTH)
    return len(waiting)


@shared_task(name="directory.forget_sheets")
def forget_sheets() -> int:
    """Remove sheets brought a week ago, with the names in them; returns how many."""
    return sheets.forget(before=timezone.now() - timedelta(days=SHEET_DAYS))
