"""A request as the middleware leaves it: with the account, the reader's day and what htmx told."""

from datetime import date

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from directory.models import Account
from directory.sessions import SessionStore


class PortalRequest(HttpRequest):
    """The request of a signed-in page."""

    user: Account
    session: SessionStore
    today: date
    htmx: HtmxDetails
