"""Django's own sessions in the database, read by a question worded once: every request asks it."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import DateTimeField
from django.utils import timezone

from kit.worded import Given, Question

LIVING = Question(
    Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now", DateTimeField())).values_list(
        "session_data"
    )
)


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        """What the session holds; one that is over or unknown is empty and gets a new key when it is written."""
        found = LIVING.rows(key=self.session_key, now=timezone.now())
        if found:
            return self.decode(found[0][0])
        self._session_key = None
        return {}
