"""One's own page: who one is here, in which role one acts, where one is signed in."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from directory import browsers
from directory.actions import secondfactor
from directory.models import Appointment, Session
from directory.requests import PortalRequest


class Profile(TemplateView):
    template_name = "directory/profile.html"
    request: PortalRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account = self.request.user
        held = Appointment.objects.held_by(account).in_force(self.request.today)
        living = Session.objects.visible_to(account).living(timezone.now()).order_by("-seen_at", "pk")
        own = self.request.session.session_key
        return super().get_context_data(**kwargs) | {
            "appointments": list(held.select_related("organisation").order_by("role", "pk")),
            "current": account.acting_as_id,
            "sessions": [(session, browsers.in_words(session.agent), session.pk == own) for session in living],
            "has_second_factor": secondfactor.is_on(account),
        }
