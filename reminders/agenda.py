"""Which deadlines stand on whose page, and how urgent they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q

from directory.models import Account
from directory.roles import Permission
from reminders.sources import answered_for, may_be_told
from roadmaps.models import ControlPoint, Party, Roadmap
from roadmaps.models.points import ControlPointQuerySet

#: Urgency by urgency, the most urgent first.
TITLES = {"late": "Просрочено", "today": "Сегодня", "week": "На этой неделе", "later": "Позже"}
OWN, EVERYBODYS = "mine", "all"


@dataclass(frozen=True)
class Group:
    """Points of one urgency: the first of them and how many there are."""

    key: str
    points: list[ControlPoint]
    count: int

    @property
    def title(self) -> str:
        return TITLES[self.key]

    @property
    def has_more(self) -> bool:
        return self.rest > 0

    @property
    def rest(self) -> int:
        return self.count - len(self.points)


@dataclass(frozen=True)
class Debtor:
    """A responsible party as the documents name it, and how many of its deadlines are late."""

    label: str
    key: str
    late: int


def sees_everybodys(account: Account) -> bool:
    """Whoever marks or decides for others sees what others owe; everybody else the own duties only."""
    return account.holds(Permission.ROADMAP_COMPLETE) or account.holds(Permission.POSTPONEMENT_DECIDE)


def points_of(account: Account, today: date, *, whose: str = OWN) -> ControlPointQuerySet:
    """Open points that can be late, ``is_own`` told of each: all that the account sees, or its own."""
    points = ControlPoint.objects.visible_to(account).living().open().watched()
    points = points.filter(item__section__roadmap__state=Roadmap.State.APPROVED).annotate(is_own=is_own(account, today))
    return points.filter(is_own=True) if whose == OWN else points


def is_own(account: Account, today: date) -> Q:
    """Named responsible, or answering for an item that names nobody who may be told: as the letters say."""
    named = Party.objects.filter(item=OuterRef("item"))
    answers = Q(item__section__roadmap__in=answered_for(account, today).values("pk"))
    told = named.filter(staff_member__account__in=may_be_told(account.municipality_id, today))
    return Exists(named.filter(staff_member=account.staff_member_id or 0)) | answers & ~Exists(told)


def owed_by(points: ControlPointQuerySet, key: str) -> ControlPointQuerySet:
    """Points on whose items this responsible party stands."""
    return points.filter(Exists(Party.objects.filter(item=OuterRef("item"), key=key)))


def urgency(key: str, today: date) -> Q:
    """The days of one urgency; weeks end on Sunday."""
    week_ends_on = today + timedelta(days=6 - today.weekday())
    return {
        "late": Q(due_on__lt=today),
        "today": Q(due_on=today),
        "week": Q(due_on__gt=today, due_on__lte=week_ends_on),
        "later": Q(due_on__gt=max(today, week_ends_on)),
    }[key]


def groups(points: ControlPointQuerySet, today: date, *, shown: Mapping[str, int]) -> list[Group]:
    """The urgencies that have points, ``shown`` of each at most: however much is late, today is there too."""
    counted = points.aggregate(**{key: Count("pk", filter=urgency(key, today)) for key in TITLES})
    nearest = Q()
    for key in TITLES:
        nearest |= Q(pk__in=points.filter(urgency(key, today)).order_by("due_on", "pk").values("pk")[: shown[key]])
    found: dict[str, list[ControlPoint]] = {key: [] for key in TITLES}
    for point in in_order(points.filter(nearest)):
        found[urgency_of(point.due_on, today)].append(point)
    return [Group(key, found[key], counted[key]) for key in TITLES if found[key]]


def in_order(points: ControlPointQuerySet) -> ControlPointQuerySet:
    """The earliest first, with all that a row shows."""
    return points.select_related("item__section__roadmap", "subitem").order_by("due_on", "pk")


def urgency_of(day: date, today: date) -> str:
    """The urgency of one day.

    >>> [urgency_of(date(2026, 11, number), date(2026, 11, 18)) for number in (17, 18, 22, 23)]
    ['late', 'today', 'week', 'later']
    """
    if day <= today:
        return "today" if day == today else "late"
    return "week" if day <= today + timedelta(days=6 - today.weekday()) else "later"


def debtors(points: ControlPointQuerySet, today: date) -> list[Debtor]:
    """Who owes what is late, those who owe most first."""
    late = points.filter(urgency("late", today))
    owing = Party.objects.filter(item__points__in=late).values("key")
    rows = owing.annotate(name=Min("label"), late=Count("item__points", distinct=True)).order_by("-late", "key")
    return [Debtor(name, key, late) for key, name, late in rows.values_list("key", "name", "late")]
