"""What the shell of every page shows: the menu, whose portal it is, who is signed in."""

from typing import Any

from config.navigation import drawn_menu
from directory.requests import PortalRequest


def shell(request: PortalRequest) -> dict[str, Any]:
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return {}
    match = request.resolver_match
    area = f"{match.namespace}:{match.url_name}" if match else ""
    return {
        "user": account,
        "menu": drawn_menu(account.permissions, area),
        "who": str(account),
        "role": account.role_title,
        "place": str(account.municipality or ""),
        "today": request.today,
    }
