"""An invitation made and accepted, a new password instead of a forgotten one: all or nothing, each link once."""

from datetime import date, datetime

from django.db import transaction

from directory.actions.sessions import end_sessions
from directory.models import Account, Appointment, Invitation, Organisation, PasswordReset, StaffMember
from directory.models.invitations import INVITED_FOR, RESETS_AT_ONCE
from directory.roles import Role

#: Why an account or a role has come to be, in its history.
ACCEPTED = "принято приглашение"


class LinkIsDead(Exception):
    """The link has been used, replaced or revoked, or its time is over."""


def invite(
    staff_member: StaffMember, role: Role, organisation: Organisation, email: str, *, by: Account, at: datetime
) -> Invitation:
    """The letter follows from the record: the outbox finds it there."""
    invitation = Invitation(
        staff_member=staff_member,
        role=role,
        organisation=organisation,
        email=email,
        invited_by=by,
        invited_at=at,
        expires_at=at + INVITED_FOR,
    )
    invitation.sign(by=by)
    invitation.save()
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, token: str, password: str, at: datetime, today: date) -> Account:
    """The account that the invitation promised, acting in the role; raises ``LinkIsDead`` at the second try."""
    held = _opened(invitation, token, at)
    if held.taker():
        raise LinkIsDead
    account = Account(email=held.email, staff_member=held.staff_member)
    account.set_password(password)
    account.sign(by=held.invited_by, because=ACCEPTED)
    account.save()
    _take(held, account, at=at, today=today)
    return account


@transaction.atomic
def join(invitation: Invitation, account: Account, *, token: str, at: datetime, today: date) -> Appointment:
    """The role added to an account that there is already; raises ``LinkIsDead`` at the second try.

    Whoever holds the link must have signed in to the one account that ``taker`` and ``suits`` allow. The role acted in
    stays, unless its days are over.
    """
    held = _opened(invitation, token, at)
    if held.taker() != account or not held.suits(account):
        raise LinkIsDead
    if account.staff_member_id is None:
        account.staff_member = held.staff_member
        account.sign(by=held.invited_by, because=ACCEPTED)
        account.save(update_fields=["staff_member"])
    return _take(held, account, at=at, today=today)


def _opened(invitation: Invitation, token: str, at: datetime) -> Invitation:
    """The invitation, held so that nobody answers or revokes it meanwhile; raises ``LinkIsDead``."""
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not (held.is_open(at) and held.opens_with(token)):
        raise LinkIsDead
    return held


def _take(held: Invitation, account: Account, *, at: datetime, today: date) -> Appointment:
    """Write the invitation's role to the account; one that it holds still goes on without end."""
    same = account.appointments.in_force(today).filter(role=held.role, organisation=held.organisation).first()
    appointment = same or Appointment(account=account, role=held.role, organisation=held.organisation, starts_on=today)
    appointment.ends_on = None
    appointment.sign(by=held.invited_by, because=ACCEPTED)
    appointment.save()
    if account.acting_as is None or not account.acting_as.is_in_force(today):
        account.acting_as = appointment
        account.save(update_fields=["acting_as"])
    held.accepted_at = at
    held.sign(by=account)
    held.save(update_fields=["accepted_at"])
    return appointment


def ask_reset(email: str, *, at: datetime) -> None:
    """Remember that the password of an address is forgotten, unless that was said often enough of late.

    The same two statements for an address that somebody has and for one that nobody has.
    """
    if PasswordReset.objects.recent(at).filter(email=email).count() < RESETS_AT_ONCE:
        PasswordReset.objects.create(email=email, asked_at=at)


@transaction.atomic
def finish_reset(reset: PasswordReset, *, token: str, password: str, at: datetime) -> Account:
    """Set the new password and end every session; raises ``LinkIsDead`` at the second try."""
    account = Account.objects.select_for_update(of=("self",)).filter(email=reset.email, is_active=True).first()
    # The request may be gone by now: a dismissal takes it away while the new password is being typed.
    is_there = PasswordReset.objects.filter(pk=reset.pk).exists()
    if account is None or not is_there or not reset.opens_with(token, account, at):
        raise LinkIsDead
    account.set_password(password)
    account.sign(by=account, because="пароль задан заново по письму")
    account.save()
    end_sessions(account)
    return account
