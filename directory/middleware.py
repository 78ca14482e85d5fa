"""The edge of every request: which day it is where the reader works, and in what role the reader acts."""

from collections.abc import Callable
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from directory.actions import secondfactor
from directory.requests import PortalRequest
from directory.sessions import CODE, ROLE, signed_in

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
ROLE_CHANGED = (
    "Пока эта страница была открыта, вы сменили роль на другом устройстве. Отправленное не сохранено: "
    "вернитесь к роли, в которой начали, или заполните страницу заново."
)

#: Where one may go before the second step of signing in is turned on: to turn it on, to another role, and out.
BEFORE_THE_SECOND_STEP = frozenset(
    {
        "directory:second-factor",
        "directory:second-factor-begin",
        "directory:second-factor-confirm",
        "directory:appointment-list",
        "directory:appointment-take-up",
        "directory:signout",
        "kit:appearance",
    }
)


class SignedInMiddleware(AuthenticationMiddleware):
    """Django's own, but the account comes with its session in one query."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(partial(signed_in, request))  # type: ignore[assignment]


class ActingMiddleware:
    """Sets ``request.today`` by the municipality's clock and gives the account the rights of its appointment."""

    def __init__(self, get_response: Callable[[PortalRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        zone = settings.TIME_ZONE
        account = request.user
        if account.is_authenticated and account.acting_as:
            zone = account.acting_as.organisation.municipality.time_zone
        timezone.activate(ZoneInfo(zone))
        request.today = timezone.localdate()
        if account.is_authenticated:
            account.act(request.today)
            request.session.note(timezone.now())
        response = self.get_response(request)
        if request.user.is_authenticated:
            # Shared computers are common in schools: no page with names stays in the browser after its reader.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: PortalRequest, *_: Any) -> None:
        """Refuse what was written in a role that the account has left in another browser.

        In the same browser the change of role has changed the token of every form.
        """
        account = request.user
        if not account.is_authenticated or request.session.get(ROLE, account.acting_as_id) == account.acting_as_id:
            return
        request.session[ROLE] = account.acting_as_id
        rotate_token(request)
        if request.method not in SAFE_METHODS:
            raise PermissionDenied(ROLE_CHANGED)


class SecondStepMiddleware:
    """Leads whoever may register orders to the second step of signing in, where the municipality asks for it.

    Nothing else is open to them before; that an account has it on is asked of the database once in a session.
    """

    def __init__(self, get_response: Callable[[PortalRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: PortalRequest, view: Any, *_: Any) -> HttpResponse | None:
        account = request.user
        if not account.is_authenticated or not secondfactor.is_wanted(account) or request.session.get(CODE):
            return None
        if secondfactor.is_on(account):
            request.session[CODE] = True
            return None
        where: Any = request.resolver_match
        if where.view_name in BEFORE_THE_SECOND_STEP or not getattr(view, "login_required", True):
            return None
        door = reverse("directory:second-factor")
        return HttpResponseClientRedirect(door) if request.htmx else redirect(door)
