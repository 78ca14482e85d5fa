"""Verbs that touch an organisation together with its letterhead."""

from datetime import date

from django.db import transaction

from directory.models import Account, Letterhead, Organisation
from directory.models.organisations import Name


@transaction.atomic
def rename(organisation: Organisation, to: Name, *, on: date, by: Account, because: str = "") -> None:
    """Take another name from a day on, on the letterhead too: new papers bear it."""
    organisation.rename(to, on=on, by=by, because=because)
    for letterhead in Letterhead.objects.select_for_update().filter(organisation=organisation):
        letterhead.full_title, letterhead.short_title = to.title, to.short_title
        letterhead.sign(by=by, because=because or "переименование")
        letterhead.save(update_fields=["full_title", "short_title"])
