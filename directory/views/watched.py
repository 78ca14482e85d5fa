"""Pages with somebody's personal data: who opens one is written down first, and then the page is made."""

from typing import Any
from urllib.parse import unquote_plus

from django.utils import timezone

from directory.models import StaffMember
from directory.requests import PortalRequest
from journal.models import Access

#: What the name of a person takes in the log.
LONGEST = 320


def watch(request: PortalRequest, person: StaffMember, deed: str) -> None:
    """Write down that the reader has the data of a person before them; one's own data is nobody's business.

    What cannot be written raises, so that no page is shown without its trace.
    """
    if request.user.staff_member_id != person.pk:
        _write(request, deed, municipality=person.municipality_id, person=person.pk, person_name=person.full_name)


def watch_list(request: PortalRequest, deed: str) -> None:
    """Write down that the reader takes a list of people along, as the address filters it."""
    asked = request.GET.urlencode()
    name = unquote_plus(f"сотрудники: {asked}" if asked else "все сотрудники")
    _write(request, deed, municipality=request.user.municipality_id, person_name=name[:LONGEST])


def _write(request: PortalRequest, deed: str, **about: Any) -> None:
    account = request.user
    Access(
        at=timezone.now(),
        reader=account.pk,
        reader_name=str(account),
        role=account.role_title,
        deed=deed,
        address=request.path[:200],
        **about,
    ).save()


class WatchedMixin:
    """Stands before ``PolicyMixin``: the reader has passed, the record is known, nothing of it has been shown yet."""

    deed: str
    request: Any

    def get_object(self, queryset: Any = None) -> Any:
        record = super().get_object(queryset)  # type: ignore[misc]
        if person := self.person_of(record):
            watch(self.request, person, self.deed)
        return record

    def person_of(self, record: Any) -> StaffMember | None:
        """Whose data the page shows: the record itself, or the person whose record it is, if anybody's."""
        person: StaffMember | None = record if isinstance(record, StaffMember) else record.staff_member
        return person
