"""What the shell of every page shows: the menu, whose portal it is, who is signed in."""

from typing import Any

from config.navigation import menu_for
from directory.requests import PortalRequest


def shell(request: PortalRequest) -> dict[str, Any]:
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return {}
    match = request.resolver_match
    return {
        "user": account,
        "menu": menu_for(account),
        "area": f"{match.namespace}:{match.url_name}" if match else "",
        "municipality": account.municipality,
        "today": request.today,
    }
