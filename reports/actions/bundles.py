"""Bundles: many papers drawn one by one by the worker, then laid into one archive."""

import io
import logging
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, F, Q

from directory.models import Account, Municipality
from reports import pdf
from reports.filling import paper_of
from reports.models import Bundle, BundledOrder, Order
from reports.paper import Paper
from reports.store import keep
from reports.typesetting import PaperTooLong

#: A worker that has said nothing for so long is dead: somebody else draws its paper.
LEASE = timedelta(minutes=3)
PAUSE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
MOST_PAPERS = 100
FOLDER = "bundles"
#: Every archive of the same papers is the same file: ZIP would otherwise tell when it was made.
NO_MOMENT = (1980, 1, 1, 0, 0, 0)
LONGEST_NAME = 80

Draw = Callable[[Paper], bytes]

logger = logging.getLogger(__name__)


class FileIsGone(Exception):
    """A registered order is never drawn again, so its lost file is told; the message is Russian."""


class TooMany(Exception):
    """More papers than one archive takes; the message is Russian."""


@transaction.atomic
def ask(orders: Sequence[Order], *, municipality: Municipality, by: Account, at: datetime) -> Bundle:
    """Put papers in line, in the order given; drawing begins when somebody wakes the worker. Raises ``TooMany``."""
    if len(orders) > MOST_PAPERS:
        raise TooMany(f"В один архив помещается {MOST_PAPERS} документов, отобрано {len(orders)}.")
    bundle = Bundle.objects.create(municipality=municipality, requested_by=by, requested_at=at, total=len(orders))
    BundledOrder.objects.bulk_create(
        BundledOrder(bundle=bundle, order=order, position=position, try_at=at)
        for position, order in enumerate(orders, start=1)
    )
    return bundle


def draw_bundled(pk: int, *, now: datetime, site: str, draw: Draw = pdf.draw) -> bool:
    """Draw one paper of a bundle, unless somebody else has it in hand or has done it; returns whether it is ready."""
    row = _claimed(pk, now=now)
    if row is None:
        return False
    try:
        name = _file_of(row, now=now, site=site, draw=draw)
    except (PaperTooLong, FileIsGone) as refusal:
        _give_up(row, trouble=str(refusal))
    except Exception:
        logger.exception("Paper %s of bundle %s could not be drawn.", row.pk, row.bundle_id)
        _try_later(row, now=now)
    else:
        BundledOrder.objects.filter(pk=row.pk, state=BundledOrder.State.QUEUED).update(
            state=BundledOrder.State.DRAWN, pdf=name
        )
    settle(row.bundle_id, at=now)
    return BundledOrder.objects.filter(pk=row.pk, state=BundledOrder.State.DRAWN).exists()


def _claimed(pk: int, *, now: datetime) -> BundledOrder | None:
    """The row, held for the time of a lease. The database decides between two workers: one update finds it waiting."""
    taken = BundledOrder.objects.waiting(now).filter(pk=pk)
    if not taken.update(try_at=now + LEASE, attempts=F("attempts") + 1):
        return None
    return BundledOrder.objects.select_related("order").get(pk=pk)


def _file_of(row: BundledOrder, *, now: datetime, site: str, draw: Draw) -> str:
    """A registered order as it was drawn once; a draft drawn now."""
    if not row.order.is_draft:
        name = row.order.pdf.name or ""
        if not default_storage.exists(name):
            raise FileIsGone(f"Файла приказа {row.order.document_words()} нет в хранилище.")
        return name
    today = now.astimezone(ZoneInfo(row.order.municipality.time_zone)).date()
    return keep(draw(paper_of(row.order, site=site, today=today)), folder=_folder(row.bundle_id), suffix=".pdf").name


def _folder(bundle_id: int) -> str:
    return f"{FOLDER}/{bundle_id}"


def _try_later(row: BundledOrder, *, now: datetime) -> None:
    if row.attempts >= MOST_ATTEMPTS:
        _give_up(row, trouble="Документ не удалось напечатать. Откройте приказ и проверьте его текст.")
    else:
        BundledOrder.objects.filter(pk=row.pk, state=BundledOrder.State.QUEUED).update(try_at=now + PAUSE)


def _give_up(row: BundledOrder, *, trouble: str) -> None:
    BundledOrder.objects.filter(pk=row.pk, state=BundledOrder.State.QUEUED).update(
        state=BundledOrder.State.FAILED, trouble=trouble
    )


@transaction.atomic
def settle(bundle_id: int, *, at: datetime) -> bool:
    """Count what is ready, and lay it into the archive when nothing waits any more; returns whether it is finished."""
    bundle = Bundle.objects.select_for_update().get(pk=bundle_id)
    if bundle.finished_at:
        return True
    rows = bundle.papers.aggregate(
        drawn=Count("pk", filter=Q(state=BundledOrder.State.DRAWN)),
        failed=Count("pk", filter=Q(state=BundledOrder.State.FAILED)),
    )
    bundle.drawn, bundle.failed = rows["drawn"], rows["failed"]
    if bundle.drawn + bundle.failed == bundle.total:
        _finish(bundle, at=at)
    bundle.save()
    return bundle.finished_at is not None


def _finish(bundle: Bundle, *, at: datetime) -> None:
    bundle.finished_at = at
    if not bundle.drawn:
        return
    kept = keep(_archived(bundle), folder=FOLDER, suffix=".zip")
    bundle.archive, bundle.digest, bundle.size = kept.name, kept.digest, kept.size
    parts = [name for name in bundle.papers.values_list("pdf", flat=True) if name.startswith(f"{_folder(bundle.pk)}/")]
    bundle.papers.filter(pdf__in=parts).update(pdf="")
    transaction.on_commit(lambda: _drop(parts))


def _drop(names: Sequence[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _archived(bundle: Bundle) -> bytes:
    content = io.BytesIO()
    drawn = bundle.papers.filter(state=BundledOrder.State.DRAWN).select_related("order").order_by("position", "pk")
    with zipfile.ZipFile(content, "w") as archive:
        for row in drawn:
            with row.pdf.open() as file:
                archive.writestr(zipfile.ZipInfo(_name_of(row), NO_MOMENT), file.read())
    return content.getvalue()


def _name_of(row: BundledOrder) -> str:
    """«02 приказ от 18.11.2026 № 38-од.pdf»: nothing in it that a folder of any system would trip over."""
    order = row.order
    title = f"черновик {order.heading}" if order.is_draft else str(order)
    plain = " ".join(re.sub(r"[^\w №.,()–-]+", " ", title).split())
    return f"{row.position:02} {plain[:LONGEST_NAME].strip(' .')}.pdf"


def waiting_papers(now: datetime) -> list[int]:
    """What a sweep wakes: papers that nobody draws, the oldest first."""
    return list(BundledOrder.objects.waiting(now).order_by("bundle_id", "position").values_list("pk", flat=True))


def settle_all(at: datetime) -> int:
    """Finish bundles whose last worker died between its paper and the archive; returns how many."""
    waiting = BundledOrder.objects.filter(state=BundledOrder.State.QUEUED).values("bundle")
    unfinished = Bundle.objects.filter(finished_at=None).exclude(pk__in=waiting).values_list("pk", flat=True)
    return sum(settle(pk, at=at) for pk in list(unfinished))


def forget(*, before: datetime) -> int:
    """Remove archives asked for before a moment: the orders themselves are kept; returns how many."""
    removed = 0
    for bundle in Bundle.objects.filter(requested_at__lt=before):
        archive = bundle.archive.name
        bundle.delete()
        if archive and not Bundle.objects.filter(archive=archive).exists():
            default_storage.delete(archive)
        removed += 1
    return removed
