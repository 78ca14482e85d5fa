"""Sessions: in which browsers an account is signed in, since when, and when it was last seen there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac

from directory.models.accounts import Account

if TYPE_CHECKING:
    from datetime import datetime

#: How long after the last request a session lives, and how long after its beginning in any case.
SILENCE = timedelta(hours=settings.SESSION_SILENCE_HOURS)
LIFE = timedelta(seconds=settings.SESSION_COOKIE_AGE)
#: A request is written down when the last one written is so old: pages stay cheap, the silence is known to a minute.
PULSE = timedelta(minutes=1)


def ends_at(begun_at: datetime, seen_at: datetime) -> datetime:
    return min(seen_at + SILENCE, begun_at + LIFE)


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, account: Account) -> Self:
        """One's own, the living ones of which ``living`` tells."""
        return self.filter(account=account)

    def living(self, now: datetime) -> Self:
        return self.filter(expire_date__gt=now)


class Session(AbstractBaseSession):
    """What a browser holds the key of; deleted, the next request from there leads to the door.

    The columns say what ``directory.sessions`` finds in the data; a stranger's session has no account.
    """

    session_key = models.CharField("ключ", max_length=40, primary_key=True)
    session_data = models.TextField("содержание")
    expire_date = models.DateTimeField("действует до", db_index=True)
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions", verbose_name="учётная запись"
    )
    agent = models.CharField("браузер", max_length=300, blank=True)
    begun_at = models.DateTimeField("начало")
    seen_at = models.DateTimeField("последнее обращение")

    objects: ClassVar[models.Manager[Session]] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "вход"
        verbose_name_plural = "входы"

    def __str__(self) -> str:
        return f"вход {self.account}"

    @property
    def code(self) -> str:
        """Names the session on its owner's page without giving away its key."""
        return salted_hmac("directory.session", self.session_key, algorithm="sha256").hexdigest()[:32]
