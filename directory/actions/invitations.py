"""An invitation made and accepted, a new password instead of a forgotten one: all or nothing, each link once."""

from datetime import date, datetime

from django.db import transaction

from directory.actions.sessions import end_sessions
from directory.models import Account, Appointment, Invitation, Organisation, PasswordReset, StaffMember
from directory.models.invitations import INVITED_FOR, RESETS_AT_ONCE
from directory.roles import Role


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
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    taken = Account.objects.filter(email=held.email).exists() or hasattr(held.staff_member, "account")
    if taken or not (held.is_open(at) and held.opens_with(token)):
        raise LinkIsDead
    account = Account(email=held.email, staff_member=held.staff_member)
    account.set_password(password)
    account.sign(by=held.invited_by, because="принято приглашение")
    account.save()
    appointment = Appointment(account=account, role=held.role, organisation=held.organisation, starts_on=today)
    appointment.sign(by=held.invited_by, because="принято приглашение")
    appointment.save()
    account.acting_as = appointment
    account.save(update_fields=["acting_as"])
    held.accepted_at = at
    held.sign(by=account)
    held.save(update_fields=["accepted_at"])
    return account


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
