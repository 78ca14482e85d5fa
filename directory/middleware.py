"""The edge of every request: which day it is where the reader works, and in what role the reader acts."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from directory.requests import PortalRequest


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
        response = self.get_response(request)
        if request.user.is_authenticated:
            # Shared computers are common in schools: no page with names stays in the browser after its reader.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
