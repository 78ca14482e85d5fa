"""Another e-mail to sign in with: asked for by its owner and confirmed by a link, or corrected by an administrator."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from directory.actions.invitations import LinkIsDead
from directory.models import Account, EmailChange
from directory.models.emails import CHANGES_AT_ONCE

#: The same address again within this time is a second press of the same button.
PRESSED_AGAIN = timedelta(minutes=1)


class AskedTooOften(Exception):
    """Every change asked for is a letter to an address of the asker's choice."""


class EmailIsTaken(Exception):
    """Another account signs in with this address."""


class EmailChangedSince(Exception):
    """Somebody else has changed the address meanwhile; ``now_is`` is the one there is."""

    def __init__(self, now_is: str) -> None:
        super().__init__()
        self.now_is = now_is


@transaction.atomic
def ask(account: Account, email: str, *, at: datetime) -> None:
    """Remember which address the owner wants; the letters follow from it. Raises ``AskedTooOften``.

    Whether somebody signs in with that address already is not asked here: the letter tells it, to its reader alone.
    """
    _hold(account)
    asked = account.email_changes.recent(at).filter(asked_by=account)
    last = asked.waiting(at).first()
    if last and last.email == email and at - last.asked_at < PRESSED_AGAIN:
        return
    if asked.count() >= CHANGES_AT_ONCE:
        raise AskedTooOften
    EmailChange.objects.create(account=account, was=account.email, email=email, asked_at=at, asked_by=account)


@transaction.atomic
def confirm(change: EmailChange, *, token: str, at: datetime) -> Account:
    """The account with its new address; raises ``LinkIsDead`` at the second try and where the address is taken."""
    account = _hold(change.account)
    held = EmailChange.objects.get(pk=change.pk)
    held.account = account
    if not held.opens_with(token, at):
        raise LinkIsDead
    try:
        _write(account, held.email, by=account, because="почта подтверждена по ссылке")
    except EmailIsTaken as taken:
        raise LinkIsDead from taken
    held.made_at = at
    held.save(update_fields=["made_at"])
    return account


@transaction.atomic
def correct(account: Account, email: str, *, was: str, by: Account, because: str, at: datetime) -> None:
    """Put a mistyped address right without a link; raises ``EmailIsTaken`` and ``EmailChangedSince``."""
    held = _hold(account)
    if held.email != was:
        raise EmailChangedSince(held.email)
    _write(held, email, by=by, because=because)
    EmailChange.objects.create(account=held, was=was, email=email, asked_at=at, asked_by=by, made_at=at)


def _hold(account: Account) -> Account:
    return Account.objects.select_for_update(of=("self",)).get(pk=account.pk)


def _write(account: Account, email: str, *, by: Account, because: str) -> None:
    account.email = email
    account.sign(by=by, because=because)
    try:
        with transaction.atomic():
            account.save(update_fields=["email"])
    except IntegrityError as error:
        raise EmailIsTaken from error
