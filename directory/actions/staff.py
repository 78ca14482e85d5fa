"""Verbs that touch a person together with the positions, the appointments and the sessions."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from directory.actions.changes import ChangedSince, make, take_back
from directory.actions.sessions import end_sessions
from directory.models import Account, Dismissal, Invitation, Organisation, PasswordReset, Position, StaffMember, Subject


@transaction.atomic
def hire(person: StaffMember, position: Position, subjects: Iterable[Subject], *, by: Account) -> None:
    """Begin the record of a person with the first position; a person without one is on nobody's list."""
    person.sign(by=by)
    person.save()
    person.subjects.set(subjects)
    position.staff_member = person
    position.sign(by=by)
    position.save()


@transaction.atomic
def keep(person: StaffMember, subjects: Iterable[Subject], *, by: Account) -> None:
    """Write the card with its subjects; the journal, which knows columns only, is told of the subjects in words."""
    chosen = sorted(subjects, key=str)
    because = ""
    if chosen != sorted(person.subjects.all(), key=str):
        because = f"предметы: {', '.join(map(str, chosen)) or 'нет'}"
        person.subjects.set(chosen)
    person.sign(by=by, because=because)
    person.save()


@transaction.atomic
def dismiss(
    person: StaffMember,
    *,
    on: date,
    by: Account,
    today: date,
    now: datetime,
    at: Organisation | None = None,
    because: str = "",
) -> Dismissal:
    """End the positions with a last day of work, everywhere unless ``at`` is named, and the rights with them.

    Rights of a day last until its end, so a dismissal that has come ends them with the day before today: the account
    cannot act from this moment on. One that is still to come leaves the rights until its day is over.

    An invitation would give a role beyond that day, so it is revoked at once and stays so; a link to a new password
    dies with the sessions.
    """
    reason = because or "увольнение"
    # Before the account is looked for: an invitation that is being accepted is waited for, and its role ends below.
    for invitation in _unanswered(person, at):
        invitation.revoke(by=by, at=now, because=reason)
    positions = _going_on(person.positions.all(), at, on)
    ended = [make(position, {"ends_on": on}, by=by, because=reason) for position in positions]
    account = Account.objects.select_for_update(of=("self",)).filter(staff_member=person).first()
    if account:
        last_day = on if on > today else min(on, today - timedelta(days=1))
        for appointment in _going_on(account.appointments.all(), at, last_day):
            days = {"ends_on": last_day}
            if appointment.starts_on and appointment.starts_on > last_day:
                days["starts_on"] = last_day
            ended.append(make(appointment, days, by=by, because=reason))
        if on <= today:
            end_sessions(account)
            PasswordReset.objects.filter(email=account.email).delete()
    return Dismissal.objects.create(
        staff_member=person, organisation=at, dismissed_on=on, because=because, ended=ended, recorded_by=by
    )


def _unanswered(person: StaffMember, at: Organisation | None) -> list[Invitation]:
    held = person.invitations.unanswered().select_for_update()
    return list(held.filter(organisation=at) if at else held)


def _going_on(records: Any, at: Organisation | None, last_day: date) -> list[Any]:
    """Positions or appointments that would go on after a day, locked."""
    after = records.filter(Q(ends_on=None) | Q(ends_on__gt=last_day)).select_for_update()
    return list((after.filter(organisation=at) if at else after).order_by("pk"))


@transaction.atomic
def withdraw(dismissal: Dismissal, *, by: Account, at: datetime) -> None:
    """Give back all that the dismissal has ended; raises ``ChangedSince`` when any of it is not as it was left."""
    dismissal = Dismissal.objects.select_for_update(of=("self",)).get(pk=dismissal.pk)
    if dismissal.withdrawn_at:
        raise ChangedSince("Это увольнение уже отменено.")
    take_back(dismissal.ended, by=by, because="увольнение отменено")
    dismissal.withdrawn_by, dismissal.withdrawn_at = by, at
    dismissal.save(update_fields=["withdrawn_by", "withdrawn_at"])
