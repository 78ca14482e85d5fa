"""Personal data as a whole: told to its owner, shown before it goes, and destroyed for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q

from directory.holdings import Farewell, Told, holdings
from directory.models import Account, Appointment, Destruction, EmailChange, Invitation, StaffMember
from directory.personaldata import merges_of

if TYPE_CHECKING:
    from collections.abc import Callable

#: Purposes end with the last day of work, and then the law gives thirty days (152-ФЗ, ст. 21, ч. 4).
KEPT_AFTER_WORK = timedelta(days=30)
#: Acts outlive the data by three years.
ACT_KEPT_YEARS = 3


class CannotDepersonalise(Exception):
    """The record has to stay as it is for now; the message is Russian."""


@dataclass(frozen=True)
class Part:
    """One kind of data of a person: all its records, what of it goes and what stays."""

    title: str
    records: tuple[Told, ...]
    erased: str
    stays: str


def dossier(person: StaffMember) -> tuple[Part, ...]:
    """Everything that the portal holds of a person, whichever app keeps it."""
    return tuple(
        Part(holding.title, tuple(holding.told(person)), holding.erased, holding.stays) for holding in holdings()
    )


def why_not_yet(person: StaffMember, *, today: date) -> str:
    """What keeps a record from being made nameless on a day, or nothing."""
    if hasattr(person, "destruction"):
        return "Данные уже обезличены, акт составлен."
    held = person.positions.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    if held.exists():
        return "Сотрудник работает. Обезличить данные можно после увольнения."
    last_day = person.positions.aggregate(last_day=Max("ends_on"))["last_day"]
    if last_day and last_day + KEPT_AFTER_WORK > today:
        return f"Срок хранения не истёк: данные можно обезличить с {last_day + KEPT_AFTER_WORK:%d.%m.%Y}."
    return ""


@transaction.atomic
def depersonalise(
    person: StaffMember,
    *,
    because: str,
    commission: list[str],
    by: Account,
    at: datetime,
    today: date,
    keep_act: Callable[[Destruction, str], tuple[str, str]],
) -> Destruction:
    """Make a record nameless in every table, with an act; all of it or nothing. There is no way back.

    ``keep_act`` draws the act with the full name of the person, which stands nowhere else afterwards, and says under
    which name and fingerprint the paper is kept.
    """
    person = StaffMember.objects.select_for_update().get(pk=person.pk)
    if refusal := why_not_yet(person, today=today):
        raise CannotDepersonalise(refusal)
    full_name, farewell = person.full_name, _farewell(person, at)
    met = [(holding.erased, holding.erase(farewell)) for holding in holdings() if holding.erase]
    destruction = Destruction.objects.create(
        staff_member=person,
        because=because,
        commission=commission,
        erased=[[what, count] for what, count in met if count],
        kept=[[holding.title, holding.stays] for holding in holdings() if holding.stays],
        done_by=by,
        done_at=at,
        keep_until=_years_later(today, ACT_KEPT_YEARS),
    )
    destruction.act, destruction.digest = keep_act(destruction, full_name)
    destruction.save(update_fields=["act", "digest"])
    _end_roles(farewell, by=by, today=today)
    person.refresh_from_db()
    person.sign(by=by, because=f"обезличено, {destruction}")
    person.save()
    return destruction


def _farewell(person: StaffMember, at: datetime) -> Farewell:
    people = {person.pk}
    people |= {each.swallowed["id"] for each in merges_of({person.pk}) if each.undone_at is None}
    # An account that a merge has left without a person was this person's all the same.
    once_own = Account.history.filter(staff_member__in=people).values("id")
    accounts = tuple(Account.objects.filter(Q(staff_member=person) | Q(staff_member=None, pk__in=once_own)))
    emails = {
        *Account.history.filter(id__in=[account.pk for account in accounts]).values_list("email", flat=True),
        *(account.email for account in accounts),
        *EmailChange.objects.filter(account__in=accounts).values_list("email", flat=True),
        *Invitation.history.filter(staff_member__in=people).values_list("email", flat=True),
        *StaffMember.history.filter(id__in=people).values_list("email", flat=True),
    } - {""}
    return Farewell(person, frozenset(people), accounts, frozenset(emails), f"Сотрудник № {person.pk}", at)


def _end_roles(farewell: Farewell, *, by: Account, today: date) -> None:
    for role in Appointment.objects.in_force(today).filter(account__in=farewell.accounts):
        last_day = today - timedelta(days=1)
        role.starts_on = min(role.starts_on, last_day) if role.starts_on else None
        role.ends_on = last_day
        role.sign(by=by, because="обезличено")
        role.save()


def _years_later(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
