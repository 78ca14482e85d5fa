"""Acts of destruction whose time is over: they name people too, so they go as well."""

import logging
from datetime import date, datetime
from pathlib import Path

from django.core.files.storage import default_storage

from directory.models import Destruction
from reports.destruction import FOLDER

log = logging.getLogger(__name__)


def forget(*, today: date, now: datetime) -> int:
    """Remove the files of acts kept long enough, and the commissions; that and when it was done stays. How many."""
    over = Destruction.objects.kept_too_long(today).order_by("pk")
    for each in over:
        # The file goes first: whoever dies in between finds it gone and goes on.
        if each.act:
            each.act.delete(save=False)
        Destruction.objects.filter(pk=each.pk).update(act="", commission=[], act_removed_at=now)
        log.info("reports.act_removed destruction=%s kept_until=%s", each.pk, each.keep_until)
    return len(over)


def forget_orphans(*, before: datetime) -> int:
    """Remove acts that no record leads to: the process died between the file and the end of the deed. How many."""
    known = set(Destruction.objects.exclude(act="").values_list("act", flat=True))
    store = Path(default_storage.path(""))
    orphans = [
        file
        for file in (store / FOLDER).glob("*/*.pdf")
        if str(file.relative_to(store)) not in known and file.stat().st_mtime < before.timestamp()
    ]
    for file in orphans:
        file.unlink(missing_ok=True)
        log.info("reports.orphan_removed file=%s", file.stem)
    return len(orphans)
