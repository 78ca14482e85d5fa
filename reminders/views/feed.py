"""The personal calendar as calendar apps fetch it: without signing in, by its secret address alone."""

from datetime import date
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag
from django.views.generic import View

from directory.models import Account
from directory.roles import Permission
from reminders import feed


@method_decorator(login_not_required, name="dispatch")
class Feed(View):
    """The rights are those of today: who no longer works here, or may not see roadmaps, has no calendar either."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> HttpResponseBase | None:
        preference = feed.preference_behind(token)
        if preference is None:
            raise Http404
        account, today = preference.account, _today(preference.account)
        if not account.act(today).holds(Permission.ROADMAP_VIEW):
            raise Http404
        body = feed.calendar_of(feed.points_of(account, today))
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
        response["ETag"] = etag = quote_etag(sha256(body).hexdigest())
        if not request.user.is_authenticated:
            # A calendar app keeps its copy and asks whether it is still right; a shared browser keeps nothing.
            response["Cache-Control"] = "private, no-cache"
        return get_conditional_response(request, etag=etag, response=response)


def _today(account: Account) -> date:
    """The day where the account works."""
    if account.acting_as is None:
        return timezone.localdate()
    return timezone.localdate(None, ZoneInfo(account.acting_as.organisation.municipality.time_zone))
