"""Whether the portal is alive, and the search of the bar."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from directory.requests import PortalRequest
from directory.views.watched import watch_list
from portal import search


@method_decorator(login_not_required, name="dispatch")
class Health(View):
    """Whether the portal answers and reaches its database; says nothing else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return JsonResponse({"status": "ok"})


class Search(TemplateView):
    """What the words of the bar find; as they are typed, a few of each kind to go straight to."""

    AT_ONCE, WHILE_TYPING = 20, 5
    request: PortalRequest

    def get_template_names(self) -> list[str]:
        return ["search/_found.html" if self.request.htmx else "search/results.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        limit = self.WHILE_TYPING if self.request.htmx else self.AT_ONCE
        groups = search.find(self.request.user, words, today=self.request.today, limit=limit)
        if people := sum(len(group.found) for group in groups if group.label == search.STAFF):
            watch_list(self.request, "поиск", shown=people)
        return super().get_context_data(**kwargs) | {
            "words": words,
            "groups": groups,
            "is_short": len(words) < search.SHORTEST,
        }
