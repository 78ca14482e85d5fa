"""The portal's Celery app with the leases of its outbox switched off: what the fault test must notice."""

from celery.signals import worker_init

from config.celery import app

__all__ = ["app"]


@worker_init.connect
def look_without_holding(**_):
    """Before the worker forks: its processes take letters without a word to one another."""
    from reminders.actions import outbox  # noqa: PLC0415 - the apps are ready only now
    from reminders.models import Letter  # noqa: PLC0415 - likewise

    outbox._claim = lambda now: Letter.objects.waiting(now).order_by("try_at", "pk").first()
