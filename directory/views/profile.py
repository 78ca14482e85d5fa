"""One's own page: who one is here, and in which role one acts."""

from typing import Any

from django.views.generic import TemplateView

from directory.models import Appointment
from directory.requests import PortalRequest


class Profile(TemplateView):
    template_name = "directory/profile.html"
    request: PortalRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account = self.request.user
        held = Appointment.objects.visible_to(account).in_force(self.request.today)
        return super().get_context_data(**kwargs) | {
            "appointments": list(held.select_related("organisation").order_by("role", "pk")),
            "current": account.acting_as_id,
        }
