"""Django's sessions in a table that knows whose they are, read by a question worded once: every request asks it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY, login
from django.contrib.sessions.backends import db
from django.db.models import DateTimeField
from django.http import HttpRequest
from django.utils import timezone

from directory.models import Account, Session
from directory.models.sessions import PULSE, ends_at
from kit.worded import Given, Question

LIVING = Question(
    Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now", DateTimeField())).values_list(
        "session_data", "begun_at", "seen_at"
    )
)

#: Under these names the session's own data hold what its row tells in columns, and the role that its pages show.
AGENT, BEGUN, ROLE = "agent", "begun", "role"
BACKEND = "directory.backends.AccountBackend"


class SessionStore(db.SessionStore):
    #: When the row was last written, as it was found.
    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; one that is over or unknown is empty and gets a new key when it is written."""
        found = LIVING.rows(key=self.session_key, now=timezone.now())
        if found:
            data, _, self.seen_at = found[0]
            return self.decode(data)
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
        if self.seen_at is None or now - self.seen_at < PULSE:
            return
        begun_at = datetime.fromtimestamp(self[BEGUN], UTC)
        Session.objects.filter(pk=self.session_key).update(seen_at=now, expire_date=ends_at(begun_at, now))


def enter(request: HttpRequest, account: Account) -> None:
    """Sign the account in here: under a new key, with a life counted from now."""
    login(request, account, backend=BACKEND)
    request.session[BEGUN] = timezone.now().timestamp()
    request.session[AGENT] = request.headers.get("User-Agent", "")[:300]
    request.session[ROLE] = account.acting_as_id
