"""Pages with somebody's personal data: who opens one is written down first, and then the page is made."""

from typing import Any

from django.utils import timezone

from directory.models import StaffMember
from directory.requests import PortalRequest
from journal.models import Access

#: What the name of a person takes in the log.
LONGEST = 320
#: What of an address says who is on a list, and how the log calls it; the rest is about looks.
ASKED = {
    "q": "слова",
    "place": "место работы",
    "organisation": "организация №",
    "kind": "вид организации",
    "subject": "предмет №",
    "category": "категория",
    "engagement": "занятость",
    "standing": "кто",
    "work": "работают",
    "role": "роль",
    "state": "состояние",
    "page": "страница",
}


def watch(request: PortalRequest, person: StaffMember, deed: str) -> None:
    """Write down that the reader has the data of a person before them; one's own data is nobody's business.

    What cannot be written raises, so that no page is shown without its trace.
    """
    if request.user.staff_member_id != person.pk:
        _write(request, deed, municipality=person.municipality_id, person=person.pk, person_name=person.full_name)


def watch_list(request: PortalRequest, what: str, *, shown: int | None = None, deed: str = Access.Deed.LIST) -> None:
    """Write down in one row that the reader has a list of people before them, as the address filters it.

    Whom it named can be told from the filters; a row for each of the people would cost more than the page.
    """
    asked = ", ".join(f"{word} {value}" for name, word in ASKED.items() if (value := request.GET.get(name)))
    name = f"{what}: {asked}" if asked else what
    _write(
        request,
        deed,
        municipality=request.user.municipality_id,
        person_name=name.replace("\0", "")[:LONGEST],
        shown=shown,
    )


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


class WatchedListMixin:
    """Stands before ``ListView``: the rows of the page are found, their opening is written, then they are shown."""

    #: Whom the list shows, in the words of the log.
    listed: str
    request: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if shown := len(context["object_list"]):
            watch_list(self.request, self.listed, shown=shown)
        return context
