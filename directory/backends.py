"""Loads the signed-in account together with all that its rights depend on, in one query."""

from typing import Any

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.http import HttpRequest

from directory.models import Account
from directory.sessions import NEEDED
from kit.worded import Given, Question

SIGNED_IN = Question(Account.objects.filter(pk=Given("account")).select_related(*NEEDED))


class AccountBackend(BaseBackend):
    """E-mail and password; the time taken does not tell whether the account exists."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Account | None:
        if username is None or password is None:
            return None
        return ModelBackend().authenticate(request, username=username, password=password)

    def get_user(self, user_id: int) -> Account | None:
        """The account as every request needs it; None ends its sessions, as for one that may no longer sign in."""
        account = SIGNED_IN.record(account=user_id)
        return account if account and account.is_active else None
