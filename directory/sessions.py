"""Django's sessions in a table that knows whose they are, read by a question worded once: every request asks it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user, login
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends import db
from django.db.models import DateTimeField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from directory.models import Account, Session
from directory.models.sessions import PULSE, ends_at
from kit.worded import Given, Question

#: The records that every request needs beside the account.
NEEDED = ("staff_member", "acting_as__organisation__municipality")
LIVING = Question(
    Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now", DateTimeField())).select_related(
        *(f"account__{path}" for path in NEEDED)
    )
)

#: Under these names the session's own data hold what its row tells in columns, the role that its pages show, and that
#: the account is known to sign in with a code.
AGENT, BEGUN, ROLE, CODE = "agent", "begun", "role", "code"
BACKEND = "directory.backends.AccountBackend"


class SessionStore(db.SessionStore):
    #: The row as it was found, with the account and all that its rights depend on.
    found: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; one that is over or unknown is empty and gets a new key when it is written."""
        self.found = LIVING.record(key=self.session_key, now=timezone.now())
        if self.found:
            return self.decode(self.found.session_data)
        self._session_key = None
        return {}

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of what the session holds; the life of a signed-in one is counted from the sign-in."""
        now = timezone.now()
        account = data.get(SESSION_KEY)
        begun_at = datetime.fromtimestamp(data.setdefault(BEGUN, now.timestamp()), UTC) if account else now
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]  # the stubs forget it
            session_data=self.encode(data),
            expire_date=ends_at(begun_at, now),
            account_id=account and int(account),
            agent=data.get(AGENT, ""),
            begun_at=begun_at,
            seen_at=now,
        )

    def note(self, now: datetime) -> None:
        """Write down that the browser was here, unless that was done a moment ago."""
        if self.found is None or now - self.found.seen_at < PULSE:
            return
        begun_at = datetime.fromtimestamp(self[BEGUN], UTC)
        Session.objects.filter(pk=self.session_key).update(seen_at=now, expire_date=ends_at(begun_at, now))


def signed_in(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """The account that came with its session; where its mark does not agree, Django finds out why."""
    session: Any = request.session
    mark = session.get(HASH_SESSION_KEY, "")  # reads the session, and the account with it
    account = session.found and session.found.account
    if account and account.is_active and constant_time_compare(mark, account.get_session_auth_hash()):
        return account
    return get_user(request)


def enter(request: HttpRequest, account: Account) -> None:
    """Sign the account in here: under a new key, with a life counted from now."""
    login(request, account, backend=BACKEND)
    request.session[BEGUN] = timezone.now().timestamp()
    request.session[AGENT] = request.headers.get("User-Agent", "")[:300]
    request.session[ROLE] = account.acting_as_id
