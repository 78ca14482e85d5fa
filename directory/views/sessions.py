"""One's own open sessions: one ended, or all but the one in hand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.generic import View

from directory import policy
from directory.actions.sessions import end_sessions
from directory.models import Session
from directory.requests import PortalRequest
from kit.views import PressView


class SessionEnd(PressView):
    """Found by its code: the key itself never stands in a page."""

    model = Session
    policy = staticmethod(policy.end_session)

    def get_object(self, queryset: Any = None) -> Session:
        for session in Session.objects.visible_to(self.request.user):
            if session.code == self.kwargs["code"]:
                return session
        raise Http404

    def press(self, record: Session) -> HttpResponse:
        record.delete()
        messages.success(self.request, "Вход завершён: на том устройстве портал попросит пароль.")
        return redirect("directory:profile")


class SessionsEndOthers(View):
    http_method_names = ["post"]
    request: PortalRequest

    def post(self, request: PortalRequest) -> HttpResponse:
        ended = end_sessions(request.user, but=request.session.session_key)
        messages.success(request, f"Завершено входов на других устройствах: {ended}.")
        return redirect("directory:profile")
