"""One search over organisations, staff, roadmaps and orders: what is found is what its reader may see."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.http import urlencode

from directory.models import Account, Organisation, Position, StaffMember
from kit.sorting import searchable
from reports.models import Order
from roadmaps.models import Roadmap

#: Fewer letters find everything.
SHORTEST = 2
#: The group whose opening is written into the log of accesses.
STAFF = "Сотрудники"

#: (key, title, about)
Row = tuple[int, str, str]


class Found(NamedTuple):
    title: str
    about: str
    address: str


class Group(NamedTuple):
    """``rest`` leads to the list that shows all of them, where there are more than shown."""

    label: str
    found: list[Found]
    rest: str


def find(account: Account, words: str, *, today: date, limit: int) -> list[Group]:
    """What the words find, one short query for each kind; nothing for less than two letters."""
    if len(searchable(words)) < SHORTEST:
        return []
    groups = (_group(kind, account, words, today, limit) for kind in KINDS)
    return [group for group in groups if group.found]


class Kind(NamedTuple):
    """One group: the page of a record, the list of all, what the words find for an account as of a day, in order."""

    label: str
    page: str
    listed: str
    rows: Callable[[Account, str, date, int], Iterable[Row]]


def _group(kind: Kind, account: Account, words: str, today: date, limit: int) -> Group:
    rows = list(kind.rows(account, words, today, limit + 1))
    found = [Found(title, about, reverse(kind.page, args=[key])) for key, title, about in islice(rows, limit)]
    rest = f"{reverse(kind.listed)}?{urlencode({'q': words})}" if len(rows) > limit else ""
    return Group(kind.label, found, rest)


def _organisations(account: Account, words: str, _: date, limit: int) -> Iterable[Row]:
    found = Organisation.objects.visible_to(account).found_by(words).in_natural_order()
    for key, short_title, title in found.values_list("pk", "short_title", "title")[:limit]:
        yield key, short_title, title if title != short_title else ""


def _staff(account: Account, words: str, today: date, limit: int) -> Iterable[Row]:
    held = Position.objects.held_on(today).filter(staff_member=OuterRef("pk")).order_by("pk")
    place = Subquery(held.values("organisation__short_title")[:1])
    found = StaffMember.objects.visible_to(account).found_by(words).in_natural_order()
    for key, *names, where in found.values_list("pk", "last_name", "first_name", "patronymic", place)[:limit]:
        yield key, " ".join(filter(None, names)), where or "не работает"


def _roadmaps(account: Account, words: str, _: date, limit: int) -> Iterable[Row]:
    found = Roadmap.objects.visible_to(account).found_by(words).order_by("-starts_on", "-pk")
    for key, title, state in found.values_list("pk", "title", "state")[:limit]:
        yield key, title, str(Roadmap.State(state).label)


def _orders(account: Account, words: str, _: date, limit: int) -> Iterable[Row]:
    found = Order.objects.visible_to(account).found_by(words).newest_first()
    for key, heading, number, dated_on in found.values_list("pk", "heading", "number", "dated_on")[:limit]:
        yield key, heading, f"от {dated_on:%d.%m.%Y} № {number}" if dated_on else "проект"


KINDS = (
    Kind("Организации", "directory:organisation-detail", "directory:organisation-list", _organisations),
    Kind(STAFF, "directory:staff-detail", "directory:staff-list", _staff),
    Kind("Дорожные карты", "roadmaps:roadmap-detail", "roadmaps:roadmap-list", _roadmaps),
    Kind("Приказы", "reports:order-detail", "reports:order-list", _orders),
)
