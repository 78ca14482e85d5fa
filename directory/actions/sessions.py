"""Signing an account out: everywhere, or everywhere but in one browser."""

from directory.models import Account


def end_sessions(account: Account, *, but: str | None = None) -> int:
    """End the sessions of the account, all but the one with this key; returns how many there were."""
    return int(account.sessions.exclude(pk=but).delete()[0])
