"""Verbs of the administrator: give and end roles, close and open the way in; the last administrator stays."""

from datetime import date, timedelta

from django.db import transaction

from directory.actions.sessions import end_sessions
from directory.models import Account, Appointment, Municipality, Organisation
from directory.roles import Role


class LastAdministrator(Exception):
    """After this nobody would be left to give roles in the municipality."""


@transaction.atomic
def give_role(
    account: Account,
    role: Role,
    organisation: Organisation,
    *,
    starts_on: date | None,
    ends_on: date | None,
    by: Account,
) -> Appointment:
    """Another role of the account; one that has none to act in acts in it at once."""
    appointment = Appointment(
        account=account, role=role, organisation=organisation, starts_on=starts_on, ends_on=ends_on
    )
    appointment.sign(by=by)
    appointment.save()
    if account.acting_as is None:
        account.acting_as = appointment
        account.save(update_fields=["acting_as"])
    return appointment


@transaction.atomic
def end_role(appointment: Appointment, *, on: date, by: Account, because: str) -> None:
    """End the role after its last day; raises ``LastAdministrator``."""
    _hold(appointment.organisation.municipality)
    appointment.ends_on = on
    appointment.sign(by=by, because=because)
    appointment.save(update_fields=["ends_on"])
    if appointment.role == Role.ADMINISTRATOR:
        _require_administrator(appointment.organisation.municipality, on + timedelta(days=1))


@transaction.atomic
def close(account: Account, *, by: Account, because: str, today: date) -> None:
    """Shut the account out, from its open sessions too; raises ``LastAdministrator``."""
    municipalities = Municipality.objects.filter(
        organisations__appointments__account=account, organisations__appointments__role=Role.ADMINISTRATOR
    ).distinct()
    left = list(municipalities)
    for municipality in left:
        _hold(municipality)
    account.is_active = False
    account.sign(by=by, because=because)
    account.save(update_fields=["is_active"])
    end_sessions(account)
    for municipality in left:
        _require_administrator(municipality, today)


def reopen(account: Account, *, by: Account, because: str) -> None:
    account.is_active = True
    account.sign(by=by, because=because)
    account.save(update_fields=["is_active"])


def _hold(municipality: Municipality) -> None:
    """Let nobody else take an administrator away meanwhile: two at once would take the last one."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)


def _require_administrator(municipality: Municipality, day: date) -> None:
    if not Account.objects.administering(municipality, day).exists():
        raise LastAdministrator
