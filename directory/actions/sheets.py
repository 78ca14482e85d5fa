"""Sheets brought in: checked beside the registry, mended, written whole or not at all."""

import logging
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F

from directory.actions import organisation_sheets, staff_comparison, staff_registry, staff_writing
from directory.actions.differences import Scope, report_of
from directory.actions.progress import forget_progress, progress_of
from directory.models import Account, Municipality, Organisation, SheetImport
from directory.sheets.catalogue import SHEETS
from directory.sheets.reading import Mends, Rows, read_confined
from kit.confined import Unreadable

#: A worker that has said nothing for so long is dead: somebody else takes its sheet.
LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 3
FOLDER = "sheets"
#: What is mended here travels on the child's command line; more is mended in the file.
MOST_MENDS = 200


@dataclass(frozen=True)
class _Hands:
    """What is done with one kind of sheet: the registry is read, rows are compared with it, the plan is written."""

    read_registry: Callable[[Scope], Any]
    compare: Callable[[Rows, Any], Any]
    write: Callable[..., None]


_HANDS = {
    SheetImport.Kind.STAFF: _Hands(staff_registry.Registry, staff_comparison.compare, staff_writing.write),
    SheetImport.Kind.ORGANISATIONS: _Hands(
        organisation_sheets.Registry, organisation_sheets.compare, organisation_sheets.write
    ),
}

_BROKE_OFF = "Обработка обрывалась несколько раз подряд. Ничего не записано: разделите таблицу на части."

#: The columns that say where a person works.
_PLACES = {"inn", "place"}

logger = logging.getLogger(__name__)


class TooManyMends(Exception):
    """So many rows are mended in the file, not here; the message is Russian."""


class ChangedSince(Exception):
    """The sheet has been confirmed, mended or checked anew since the page was drawn; the message is Russian."""

    def __init__(self) -> None:
        super().__init__("Таблицу с тех пор уже исправили или записали: вот она сейчас.")


def bring(
    file: File,
    *,
    kind: str,
    filename: str,
    municipality: Municipality,
    organisation: Organisation | None,
    by: Account,
    at: datetime,
) -> SheetImport:
    """Keep a file to be checked; checking begins when somebody calls ``check``."""
    return SheetImport.objects.create(
        kind=kind,
        municipality=municipality,
        organisation=organisation,
        file=default_storage.save(f"{FOLDER}/{at:%Y-%m-%d}-sheet", file),
        filename=filename,
        requested_by=by,
        requested_at=at,
        try_at=at,
    )


def work(pk: int, *, now: datetime) -> bool:
    """Check or write one sheet, unless somebody else has it in hand; returns whether it was ours to do."""
    sheet_import = _claimed(pk, now=now)
    if sheet_import is None:
        return False
    if sheet_import.attempts > MOST_ATTEMPTS:
        _fail(sheet_import, _BROKE_OFF)
        return True
    verb = _check if sheet_import.state == SheetImport.State.READING else _write
    try:
        verb(sheet_import, now=now)
    except Unreadable as refusal:
        _fail(sheet_import, str(refusal))
    except Exception:
        logger.exception("Sheet %s failed.", pk)
        _fail(sheet_import, "Таблицу обработать не удалось. Ничего не записано: загрузите её ещё раз.")
    return True


def _claimed(pk: int, *, now: datetime) -> SheetImport | None:
    """The sheet, held for the time of a lease. The database decides between two workers: one update finds it."""
    taken = SheetImport.objects.waiting(now).filter(pk=pk)
    if not taken.update(try_at=now + LEASE, attempts=F("attempts") + 1):
        return None
    return SheetImport.objects.select_related("municipality", "organisation", "requested_by").get(pk=pk)


def _fail(sheet_import: SheetImport, trouble: str) -> None:
    SheetImport.objects.filter(pk=sheet_import.pk, state__in=SheetImport.AT_WORK).update(
        state=SheetImport.State.FAILED, trouble=trouble
    )


def _check(sheet_import: SheetImport, *, now: datetime) -> None:
    plan, notes = _compare(sheet_import)
    _tell(sheet_import, plan, notes)


def _tell(sheet_import: SheetImport, plan: Any, notes: list[str]) -> None:
    """Show the difference, unless the sheet has been mended or left meanwhile."""
    report = report_of(plan.difference, SHEETS[sheet_import.kind]) | {"notes": notes}
    SheetImport.objects.filter(pk=sheet_import.pk, state=sheet_import.state).update(
        state=SheetImport.State.CHECKED, report=report, seen=plan.difference.mark(), attempts=0
    )


def _compare(sheet_import: SheetImport) -> tuple[Any, list[str]]:
    """The plan of a sheet as the registry stands now, and what is to be said of the file."""
    scope = _scope(sheet_import)
    with tempfile.NamedTemporaryFile(prefix="sheet-") as kept:
        with sheet_import.file.open("rb") as file:
            for chunk in file.chunks():
                kept.write(chunk)
        kept.flush()
        return compare_file(Path(kept.name), sheet_import.kind, scope, mends=sheet_import.mends)


def compare_file(path: Path, kind: str, scope: Scope, *, mends: Mends | None = None) -> tuple[Any, list[str]]:
    """The plan of the file at ``path`` and the notes on it. A child reads it while the registry is read here."""
    hands = _HANDS[SheetImport.Kind(kind)]
    with ThreadPoolExecutor(max_workers=1) as waiting:
        reading = waiting.submit(read_confined, path, kind, mends=mends)
        registry = hands.read_registry(scope)
        rows = reading.result()
    if kind == SheetImport.Kind.STAFF and not scope.organisation and not _PLACES & set(rows.keys):
        raise Unreadable("Нет столбца «ИНН»: без него не понять, где работает сотрудник. Добавьте и загрузите снова.")
    return hands.compare(rows, registry), rows.notes


def _scope(sheet_import: SheetImport) -> Scope:
    if sheet_import.requested_by is None:
        raise Unreadable("Учётной записи, которая загрузила таблицу, больше нет. Загрузите её снова.")
    return Scope(sheet_import.municipality, sheet_import.organisation, sheet_import.requested_by)


@transaction.atomic
def _write(sheet_import: SheetImport, *, now: datetime) -> None:
    """Write what the reader has seen. Sheets of one municipality wait for each other, so none is written twice."""
    Municipality.objects.select_for_update().get(pk=sheet_import.municipality_id)
    held = SheetImport.objects.select_for_update().filter(pk=sheet_import.pk, state=SheetImport.State.WRITING)
    if not held.exists():
        return
    plan, notes = _compare(sheet_import)
    difference = plan.difference
    if difference.wrong_total or difference.mark() != sheet_import.seen:
        _tell(sheet_import, plan, ["Пока вы смотрели, записи портала изменились. Проверьте ещё раз.", *notes])
        return
    with progress_of(sheet_import) as progress:
        _HANDS[SheetImport.Kind(sheet_import.kind)].write(plan, _scope(sheet_import), at=now, progress=progress)
    held.update(state=SheetImport.State.WRITTEN, written_at=now, file="")
    transaction.on_commit(partial(default_storage.delete, sheet_import.file.name or ""))


@transaction.atomic
def mend(sheet_import: SheetImport, *, line: int, cells: dict[str, str] | None, at: datetime) -> None:
    """Put typed texts in place of the cells of a row, or leave the row out; the sheet is to be checked again.

    Raises ``TooManyMends``, and ``ChangedSince`` when the sheet is not open to changes any more.
    """
    held = SheetImport.objects.select_for_update().filter(pk=sheet_import.pk, state=SheetImport.State.CHECKED).first()
    if held is None:
        raise ChangedSince
    held.mends[str(line)] = None if cells is None else (held.mends.get(str(line)) or {}) | cells
    if len(held.mends) > MOST_MENDS:
        raise TooManyMends(
            f"Здесь исправляют до {MOST_MENDS} строк. Остальное исправьте в файле и загрузите его снова."
        )
    held.state, held.try_at, held.attempts = SheetImport.State.READING, at, 0
    held.save(update_fields=["mends", "state", "try_at", "attempts"])


def confirm(sheet_import: SheetImport, *, seen: str, at: datetime) -> None:
    """Have the sheet written as it was seen; raises ``ChangedSince`` for a second press or an older page."""
    checked = SheetImport.objects.filter(pk=sheet_import.pk, state=SheetImport.State.CHECKED, seen=seen)
    if not checked.update(state=SheetImport.State.WRITING, try_at=at, attempts=0):
        raise ChangedSince


def discard(sheet_import: SheetImport) -> None:
    """Forget the sheet and its file; what it has written stays."""
    name = sheet_import.file.name
    forget_progress(sheet_import)
    sheet_import.delete()
    if name:
        default_storage.delete(name)


def waiting(now: datetime) -> list[int]:
    """What a sweep wakes: sheets that nobody has in hand, the oldest first."""
    return list(SheetImport.objects.waiting(now).order_by("try_at", "pk").values_list("pk", flat=True))


def forget(*, before: datetime) -> int:
    """Remove sheets brought before a moment: they hold names; returns how many."""
    old = list(SheetImport.objects.filter(requested_at__lt=before))
    for sheet_import in old:
        discard(sheet_import)
    return len(old)
