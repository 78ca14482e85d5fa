"""How many reminders are unread: the number that the bell of every page shows."""

from functools import cache
from typing import Any

from directory.requests import PortalRequest
from kit.worded import Given, Question
from reminders.models import Reminder

#: From here on the bell says only that there are many; counting further would tell nobody more.
MANY = 100

UNREAD = Question(
    Reminder.objects.filter(
        account=Given("account"),
        seen_at=None,
        send_on__lte=Given("today", Reminder._meta.get_field("send_on")),  # noqa: SLF001 - Django documents it
    ).values_list("send_on")[:MANY]
)


def bell(request: PortalRequest) -> dict[str, Any]:
    """Asked once, and only where it is drawn: parts of pages have no bell."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return {}
    return {"unread": cache(lambda: len(UNREAD.rows(account=account.pk, today=request.today)))}
