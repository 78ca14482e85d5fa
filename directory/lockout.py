"""Keeps the lockout from shutting out the owner: a browser that has signed in before is known at the door.

Wrong passwords are counted by account, so a stranger who guesses could close it for its owner. A known browser is
neither counted nor closed; to be known it must have been let in with the password within the last half year, or have
set a new one by the link from the letter: so the owner gets in from anywhere while a stranger goes on guessing.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "known"
SALT = "directory.lockout"
HALF_A_YEAR = 60 * 60 * 24 * 183


def remember(response: HttpResponse, email: str) -> None:
    """Let this browser be known as one of the owner of the account."""
    response.set_cookie(
        COOKIE,
        signing.dumps(email, salt=SALT),
        max_age=HALF_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_known(request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
    """Whether the account asked for has signed in from this browser before."""
    wanted = str((credentials or {}).get("username") or request.POST.get("username", "")).strip().lower()
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=HALF_A_YEAR)
    except signing.BadSignature:
        return False
    return bool(wanted) and known == wanted
