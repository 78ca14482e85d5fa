"""Who may open a page: the record is looked up among the visible, then the policy is asked."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http.response import HttpResponseBase

from kit.verdicts import Verdict


class VisibleMixin:
    """Looks records up among ``visible_to`` the signed-in account: what it cannot see does not exist."""

    #: Apps above know what else a request carries.
    request: Any

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().visible_to(self.request.user)  # type: ignore[misc]


class PolicyMixin:
    """Refuses with 403 and a reason what the policy denies; ``policy`` takes the account and the record."""

    policy: Callable[[Any, Any], Verdict]
    request: Any

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        record = super().get_object(queryset)  # type: ignore[misc]
        require(self.policy(self.request.user, record))
        return record


class DoorMixin:
    """Asks before anything else whether the account may open this page at all; ``door`` takes the account."""

    door: Callable[[Any], Verdict]
    request: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(self.door(request.user))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def require(verdict: Verdict) -> None:
    """Raise ``PermissionDenied`` with the verdict's reason unless it allows."""
    if not verdict:
        raise PermissionDenied(verdict.reason)
