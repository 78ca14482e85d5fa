"""A position that never was: taken out of the card and brought back."""

from typing import Any

from django.db import transaction

from directory.actions import versions
from directory.models import Account, Position, StaffMember

RESTORED = "должность возвращена"


class LastPosition(Exception):
    """Without this one the person would be on nobody's list."""


@transaction.atomic
def remove(position: Position, *, by: Account, because: str) -> Any:
    """Forget a position; the version by which it can be brought back. Raises ``LastPosition``."""
    # Two who remove two of them at once would leave none: the second waits for the first.
    person = StaffMember.objects.select_for_update().get(pk=position.staff_member_id)
    if not person.positions.exclude(pk=position.pk).exists():
        raise LastPosition
    return versions.remove(position, by=by, because=because)


def restore(removed: Any, *, by: Account) -> None:
    """Bring back what this version has kept; raises ``ChangedSince``."""
    versions.take_back(removed, by=by, because=RESTORED)
