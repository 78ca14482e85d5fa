"""Loads the signed-in account together with all that its rights depend on, in one query."""

from typing import Any

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.http import HttpRequest

from directory.models import Account


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
        accounts = Account.objects.select_related("staff_member", "acting_as__organisation__municipality")
        try:
            return accounts.get(pk=user_id, is_active=True)
        except Account.DoesNotExist:
            return None
