"""Celery's way into the papers: it wakes the drawing of bundles and removes what has been kept long enough."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from reports.actions import bundles, destructions
from reports.models import Bundle

#: A paper that takes longer hangs; both ends lie before the end of its lease.
SOFT_LIMIT, HARD_LIMIT = 120, 150
#: A call that nobody took in this time is worth nothing: the next sweep sends another.
WORTH = 50
KEEP_DAYS = 7
#: A deed in progress may just have written its act.
ORPHAN_DAYS = 1


@shared_task(name="reports.draw_bundled", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def draw_bundled(*, pk: int) -> bool:
    """Draw one paper; each is a call of its own, so that a bundle is drawn by every process of the worker."""
    return bundles.draw_bundled(pk, now=timezone.now(), site=settings.SITE_URL)


@shared_task(name="reports.sweep_bundles")
def sweep_bundles() -> int:
    """Wake what a killed worker or a lost call left behind; returns how many papers."""
    now = timezone.now()
    waiting = bundles.waiting_papers(now)
    for pk in waiting:
        draw_bundled.apply_async(kwargs={"pk": pk}, expires=WORTH)
    bundles.settle_all(now)
    return len(waiting)


@shared_task(name="reports.forget_bundles")
def forget_bundles() -> int:
    """Remove archives asked for a week ago; returns how many."""
    return bundles.forget(before=timezone.now() - timedelta(days=KEEP_DAYS))


@shared_task(name="reports.forget_acts")
def forget_acts() -> int:
    """Remove acts of destruction kept long enough, and those that no record leads to; returns how many."""
    now = timezone.now()
    over = destructions.forget(today=timezone.localdate(now), now=now)
    return over + destructions.forget_orphans(before=now - timedelta(days=ORPHAN_DAYS))


def wake(bundle: Bundle) -> None:
    """Have the papers of a bundle drawn as soon as it is saved."""
    for pk in bundle.papers.order_by("position").values_list("pk", flat=True):
        draw_bundled.delay_on_commit(pk=pk)  # type: ignore[attr-defined]  # Celery adds it for Django
