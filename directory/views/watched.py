"""Pages with somebody's personal data: who opens one is written down first, and then the page is made."""

from typing import Any

from django.utils import timezone

from directory.models import StaffMember
from directory.requests import PortalRequest
from journal.models import Access


def watch(request: PortalRequest, person: StaffMember, deed: str) -> None:
    """Write down that the reader has the data of a person before them; one's own data is nobody's business.

    What cannot be written raises, so that no page is shown without its trace.
    """
    account = request.user
    if account.staff_member_id == person.pk:
        return
    Access(
        at=timezone.now(),
        municipality=person.municipality_id,
        reader=account.pk,
        reader_name=str(account),
        role=account.role_title,
        person=person.pk,
        person_name=person.full_name,
        deed=deed,
        address=request.path[:200],
    ).save()


class WatchedMixin:
    """Stands before ``PolicyMixin``: the reader has passed, the record is known, nothing of it has been shown yet."""

    deed: str
    request: Any

    def get_object(self, queryset: Any = None) -> Any:
        record = super().get_object(queryset)  # type: ignore[misc]
        watch(self.request, self.person_of(record), self.deed)
        return record

    def person_of(self, record: Any) -> StaffMember:
        """Whose data the page shows; a record of another kind says whose it is."""
        return record
