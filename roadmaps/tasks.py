"""Celery's way into the roadmaps."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from roadmaps.actions import imports

KEEP_DAYS = 30


@shared_task(name="roadmaps.forget_abandoned_imports")
def forget_abandoned_imports() -> int:
    """Remove documents brought a month ago and never confirmed; returns how many."""
    return imports.forget_abandoned(before=timezone.now() - timedelta(days=KEEP_DAYS))
