"""Home: what is late, what is due this week, what comes later; and whether the portal is alive."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from directory.requests import PortalRequest
from directory.roles import Permission
from roadmaps import policy
from roadmaps.models import ControlPoint, Postponement, Roadmap
from roadmaps.models.points import ControlPointQuerySet

LATER_DAYS = 30
#: Of each group, and of each kind of request; a region has thousands.
SHOWN = 50


@dataclass(frozen=True)
class Group:
    """Points of one urgency, the most urgent first; ``has_more`` when the page leaves some out."""

    key: str
    title: str
    points: list[ControlPoint]
    has_more: bool


class Home(TemplateView):
    request: PortalRequest
    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account, today = self.request.user, self.request.today
        groups = _groups(self._points(), today=today)
        return super().get_context_data(**kwargs) | {
            "groups": groups,
            "markable": {
                point.pk for group in groups for point in group.points if policy.mark_points(account, point.item)
            },
            "waiting": self._waiting(),
            "may_compose": policy.compose_roadmaps(account),
            "has_roadmaps": bool(groups) or Roadmap.objects.visible_to(account).exists(),
        }

    def _points(self) -> ControlPointQuerySet:
        """Open points that can be late: everybody's for those who mark or decide, else the reader's own."""
        account = self.request.user
        points = ControlPoint.objects.visible_to(account).living().open().watched()
        points = points.exclude(item__section__roadmap__state=Roadmap.State.DRAFT)
        points = points.select_related("item__section__roadmap", "subitem").order_by("due_on", "pk")
        if account.holds(Permission.ROADMAP_COMPLETE):
            return points
        # Whether a reader may mark a point follows from the parties of its item.
        points = points.prefetch_related("item__parties")
        return points if account.holds(Permission.POSTPONEMENT_DECIDE) else points.owed_by(account)

    def _waiting(self) -> list[Postponement]:
        """Requests for the reader to decide; nobody else is shown them here."""
        account = self.request.user
        if not account.holds(Permission.POSTPONEMENT_DECIDE):
            return []
        requests = (
            Postponement.objects.visible_to(account).living().waiting().select_related("point__item__section__roadmap")
        )
        return list(requests.order_by("requested_at", "pk")[:SHOWN])


def _groups(points: ControlPointQuerySet, *, today: date) -> list[Group]:
    """Non-empty groups, the most urgent first. The late ones are asked for apart: however many, today is shown."""
    week_ends_on = today + timedelta(days=6 - today.weekday())
    late = list(points.overdue(today)[: SHOWN + 1])
    coming = list(points.due_between(today, today + timedelta(days=LATER_DAYS))[: SHOWN * 3 + 1])
    left_out = coming[SHOWN * 3 :]
    groups = [
        ("late", "Просрочено", late),
        ("today", "Сегодня", [point for point in coming if point.due_on == today]),
        ("week", "На этой неделе", [point for point in coming if today < point.due_on <= week_ends_on]),
        ("later", "Позже", [point for point in coming if point.due_on > week_ends_on]),
    ]
    return [
        Group(key, title, found[:SHOWN], has_more=len(found) > SHOWN or found[-1:] == left_out)
        for key, title, found in groups
        if found
    ]


@method_decorator(login_not_required, name="dispatch")
class Health(View):
    """Whether the portal answers and reaches its database; says nothing else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return JsonResponse({"status": "ok"})
