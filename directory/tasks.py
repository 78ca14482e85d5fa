"""Celery's way into the directory."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="directory.clear_sessions")
def clear_sessions() -> None:
    """Remove sessions that nobody can use any more."""
    call_command("clearsessions")
