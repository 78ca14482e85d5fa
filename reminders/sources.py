"""Where duties come from: one function for each column, and the readers who may be told of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.urls import reverse

from deadlines.workdays import Shift
from directory.models import Account, Municipality
from directory.roles import GRANTS, Permission
from reminders.plan import Duty
from roadmaps.models import ControlPoint, Party, Roadmap

POINT = "roadmaps.controlpoint"


def source_of(point: int) -> str:
    """How a control point is named in the rows of reminders."""
    return f"{POINT}:{point}"


@dataclass(frozen=True)
class Reader:
    """An account that may be told of duties, by what it acts as on the day."""

    account: int
    person: int | None
    address: str
    first_name: str
    patronymic: str
    shift: Shift
    composes: bool = False


def may_be_told(municipality: int | None, day: date) -> QuerySet[Account]:
    """Whoever signs in, acts in this municipality on the day and sees its approved roadmaps.

    What is approved in a municipality is seen by everyone in it who sees roadmaps at all: the same rule
    as ``roadmaps.models.roadmaps.visible_to``, asked for all accounts at once.
    """
    seeing = [role for role, permissions in GRANTS.items() if Permission.ROADMAP_VIEW in permissions]
    return Account.objects.filter(
        Q(acting_as__starts_on=None) | Q(acting_as__starts_on__lte=day),
        Q(acting_as__ends_on=None) | Q(acting_as__ends_on__gte=day),
        is_active=True,
        acting_as__account=F("pk"),
        acting_as__role__in=seeing,
        acting_as__organisation__municipality=municipality,
    )


def readers(municipality: Municipality, day: date) -> dict[int, Reader]:
    """Whoever may be told of duties in this municipality on the day, by account."""
    rows = may_be_told(municipality.pk, day).values_list(
        "pk",
        "staff_member",
        "email",
        "staff_member__first_name",
        "staff_member__patronymic",
        "acting_as__organisation__shift",
        "acting_as__role",
    )
    return {
        pk: Reader(
            pk, person, email, first_name or "", patronymic or "", Shift(shift), Permission.ROADMAP_EDIT in GRANTS[role]
        )
        for pk, person, email, first_name, patronymic, shift, role in rows
    }


def watched_since(municipality: Municipality) -> date | None:
    """The first day from which anything of the municipality can be late."""
    approved = Roadmap.objects.filter(municipality=municipality, state=Roadmap.State.APPROVED)
    day: date | None = approved.aggregate(day=Min("watched_from"))["day"]
    return day


def roadmap_points(
    municipality: Municipality, told: Mapping[int, Reader], due: Q, *, of: Collection[int] | None = None
) -> list[Duty]:
    """Duties from the open control points of approved roadmaps; ``due`` names their days, on the column itself.

    A point is owed by the people named responsible who may be told. Where there is none, the keeper of the roadmap
    answers for it, else its controller, else everyone who composes roadmaps here: ``answered_for`` is the same rule
    for one account. The controller watches what others owe. ``of`` leaves only the duties of these accounts.
    """
    # Who may be told is known already: two joins for each person named would find the same accounts again.
    account_of = {reader.person: account for account, reader in told.items() if reader.person}
    composing = [account for account, reader in told.items() if reader.composes]
    points = (
        ControlPoint.objects.open()
        .living()
        .watched()
        .filter(
            due,
            item__section__roadmap__municipality=municipality,
            item__section__roadmap__state=Roadmap.State.APPROVED,
        )
    )
    if of is not None:
        points = points.filter(_can_be_theirs(of, municipality, told, account_of))
    rows = points.values_list(
        "pk",
        "due_on",
        "item",
        "item__text",
        "subitem__text",
        "item__section__roadmap__title",
        "item__section__roadmap__created_by",
        "item__section__roadmap__controller",
        "item__parties__staff_member",
    )
    # Wording an address costs more than all the rest of a duty; only the number in it differs.
    before, _, after = reverse("roadmaps:item-detail", args=[0]).partition("0")

    def duty(row: tuple[Any, ...], account: int, is_watched: bool) -> Duty:
        pk, due_on, item, text, part, roadmap, _, _, _ = row
        title, url = " ".join((part or text).split()), f"{before}{item}{after}#point-{pk}"
        return Duty(account, f"{POINT}:{pk}", title, url, due_on, told[account].shift, is_watched, roadmap)

    found: dict[tuple[int, int], Duty] = {}
    owed: set[int] = set()
    left: list[tuple[Any, ...]] = []
    for row in rows:
        pk, controller, named = row[0], row[7], account_of.get(row[8])
        if named:
            owed.add(pk)
            found[pk, named] = duty(row, named, False)
        if controller or not named:
            left.append(row)
    for row in left:
        pk, keeper, watching = row[0], row[6], account_of.get(row[7])
        if pk not in owed:
            answering = [keeper] if keeper in told else [watching] if watching else composing
            for account in answering:
                found.setdefault((pk, account), duty(row, account, False))
        if watching:
            found.setdefault((pk, watching), duty(row, watching, True))
    return [each for each in found.values() if of is None or each.account in of]


def _can_be_theirs(
    accounts: Collection[int], municipality: Municipality, told: Mapping[int, Reader], account_of: Mapping[Any, int]
) -> Q:
    """Points that these accounts may owe or watch: no more than these need be read."""
    theirs = (
        Q(item__in=Party.objects.filter(staff_member__account__in=accounts).values("item"))
        | Q(item__section__roadmap__created_by__in=accounts)
        | Q(item__section__roadmap__controller__account__in=accounts)
    )
    if any(account in told and told[account].composes for account in accounts):
        approved = Roadmap.objects.filter(municipality=municipality, state=Roadmap.State.APPROVED)
        rows = approved.values_list("pk", "created_by", "controller")
        unkept = [pk for pk, keeper, controller in rows if keeper not in told and controller not in account_of]
        theirs |= Q(item__section__roadmap__in=unkept)
    return theirs


def answered_for(account: Account, day: date) -> QuerySet[Roadmap]:
    """Roadmaps whose points this account owes where nobody named responsible may be told."""
    told = may_be_told(account.municipality_id, day)
    is_kept = Exists(told.filter(pk=OuterRef("created_by")))
    is_controlled = Exists(told.filter(staff_member=OuterRef("controller")))
    answers = Q(created_by=account) | ~is_kept & Q(controller=account.staff_member_id or 0)
    if account.holds(Permission.ROADMAP_EDIT):
        answers |= ~is_kept & ~is_controlled
    return Roadmap.objects.filter(answers, municipality=account.municipality_id)
