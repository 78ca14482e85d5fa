"""Home: what is late, what is due this week, what comes later."""

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

LATER_DAYS = 30
SHOWN = 50


class Home(TemplateView):
    request: PortalRequest
    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account, today = self.request.user, self.request.today
        week_ends_on = today + timedelta(days=6 - today.weekday())
        points = ControlPoint.objects.visible_to(account).living()
        if not account.holds(Permission.ROADMAP_COMPLETE) and not account.holds(Permission.POSTPONEMENT_DECIDE):
            points = points.owed_by(account)
        open_points = points.exclude(item__section__roadmap__state=Roadmap.State.DRAFT).open().watched()
        due = list(
            open_points.filter(due_on__lte=today + timedelta(days=LATER_DAYS))
            .select_related("item__section__roadmap", "subitem")
            .order_by("due_on", "pk")[: SHOWN * 3]
        )
        return super().get_context_data(**kwargs) | {
            "groups": _groups(due, today=today, week_ends_on=week_ends_on),
            "waiting": self._waiting(),
            "may_compose": policy.compose_roadmaps(account),
            "has_roadmaps": Roadmap.objects.visible_to(account).exists(),
        }

    def _waiting(self) -> list[Postponement]:
        """Requests for the reader to decide; nobody else is shown them here."""
        account = self.request.user
        if not account.holds(Permission.POSTPONEMENT_DECIDE):
            return []
        requests = (
            Postponement.objects.visible_to(account).living().waiting().select_related("point__item__section__roadmap")
        )
        return list(requests.order_by("requested_at", "pk")[:SHOWN])


def _groups(due: list[ControlPoint], *, today: date, week_ends_on: date) -> list[tuple[str, str, list[ControlPoint]]]:
    """Non-empty groups as (key, title, points), the most urgent first."""
    groups = [
        ("late", "Просрочено", [point for point in due if point.due_on < today]),
        ("today", "Сегодня", [point for point in due if point.due_on == today]),
        ("week", "На этой неделе", [point for point in due if today < point.due_on <= week_ends_on]),
        ("later", "Позже", [point for point in due if point.due_on > week_ends_on]),
    ]
    return [(key, title, points[:SHOWN]) for key, title, points in groups if points]


@method_decorator(login_not_required, name="dispatch")
class Health(View):
    """Whether the portal answers and reaches its database; says nothing else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return JsonResponse({"status": "ok"})
