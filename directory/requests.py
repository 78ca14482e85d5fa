"""A request as the middleware leaves it: with the account, the reader's day and what htmx told."""

from datetime import date

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from directory.models import Account


class PortalRequest(HttpRequest):
    """The request of a signed-in page."""

    user: Account
    today: date
    htmx: HtmxDetails
