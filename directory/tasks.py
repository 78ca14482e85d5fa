"""Celery's way into the directory."""

from celery import shared_task
from django.utils import timezone

from directory.models import PasswordReset, Session


@shared_task(name="directory.clear_sessions")
def clear_sessions() -> int:
    """Remove sessions and requests for a new password that nobody can use any more; returns how many."""
    now = timezone.now()
    over = (
        Session.objects.filter(expire_date__lt=now),
        PasswordReset.objects.exclude(pk__in=PasswordReset.objects.recent(now)),
    )
    return sum(gone.delete()[0] for gone in over)
