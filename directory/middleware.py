"""The edge of every request: which day it is where the reader works, and in what role the reader acts."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ActingMiddleware:
    """Sets ``request.today`` by the municipality's clock and gives the account the rights of its appointment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = settings.TIME_ZONE
        account = request.user
        if account.is_authenticated and account.acting_as:
            zone = account.acting_as.organisation.municipality.time_zone
        timezone.activate(ZoneInfo(zone))
        request.today = timezone.localdate()
        if account.is_authenticated:
            account.act(request.today)
        return self.get_response(request)
