"""How one wants to be reminded, and the secret address of one's own calendar."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.generic import TemplateView, UpdateView

from deadlines import wording
from deadlines.workdays import Shift, Workdays
from directory.models.calendars import workdays_of
from directory.requests import PortalRequest
from reminders import feed
from reminders.forms import PreferenceForm
from reminders.models import Preference, Round, new_key
from reminders.plan import Wish

ON_WEEKDAYS = (
    "в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье",
)  # fmt: skip


class PreferenceEdit(UpdateView):
    """Whoever has chosen nothing yet sees the usual choice; it is kept when the form is sent."""

    request: PortalRequest
    model = Preference
    form_class = PreferenceForm
    template_name = "reminders/preferences.html"
    success_url = reverse_lazy("reminders:preferences")

    def get_object(self, queryset: Any = None) -> Preference:
        return own_preference(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = own_preference(self.request)
        return super().get_context_data(**kwargs) | {
            "next_letter": self._next_letter(kept),
            "calendar": feed.address(kept) if kept.pk else "",
        }

    def form_valid(self, form: PreferenceForm) -> HttpResponse:
        messages.success(self.request, "Настройки сохранены.")
        return super().form_valid(form)

    def _next_letter(self, preference: Preference) -> str:
        """«в понедельник, 23 ноября», or nothing for one who wants no letters or works nowhere."""
        municipality = self.request.user.municipality
        if not preference.by_mail or municipality is None:
            return ""
        today = self.request.today
        is_told = Round.objects.filter(municipality=municipality, told_on=today).exists()
        day = next_letter_on(
            preference.wish(), workdays_of(municipality), first=today + timedelta(days=1) if is_told else today
        )
        return f"{ON_WEEKDAYS[day.weekday()]}, {wording.day(day, today)}"


class CalendarRenew(TemplateView):
    """A new secret address closes the old one, so it is asked about first."""

    request: PortalRequest
    template_name = "reminders/calendar_renew.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        Preference.objects.update_or_create(account=self.request.user, defaults={"calendar_key": new_key()})
        messages.success(self.request, "Новый адрес календаря готов. Прежний больше не открывается.")
        return redirect("reminders:preferences")


def own_preference(request: PortalRequest) -> Preference:
    """The choice that is kept, or the usual one, which looking at does not keep."""
    return Preference.objects.visible_to(request.user).first() or Preference(account=request.user)


def next_letter_on(wish: Wish, workdays: Workdays, *, first: date) -> date:
    """The first working day from this one on that does not fall into the leave."""
    day = workdays.shifted(first, Shift.FORWARD)
    return wish.back_on(workdays) or day if wish.is_away(day) else day
