"""Roles: taking up another of one's own, and what an administrator gives and ends."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.views.generic import ListView

from directory import policy
from directory.actions import accounts
from directory.forms.accounts import AppointmentEndForm, AppointmentForm
from directory.models import Account, Appointment, StaffMember
from directory.requests import PortalRequest
from directory.roles import Role
from directory.sessions import ROLE
from directory.views.watched import WatchedMixin
from journal.models import Access
from kit.views import PressView, VerbView

LAST_ADMINISTRATOR = "Это последний администратор муниципалитета: сначала дайте эту роль кому-нибудь ещё."


def go_on(request: PortalRequest, account: Account) -> None:
    """Stay signed in here in the role that the account has just taken up.

    The session gets a new key, as at any change of rights, and forms opened in the old role are not taken any more.
    """
    request.session.cycle_key()
    request.session[ROLE] = account.acting_as_id
    rotate_token(request)


class AppointmentList(ListView):
    """One's own roles of the day: a page, and the panel that the bar opens."""

    model = Appointment
    request: PortalRequest

    def get_queryset(self) -> QuerySet[Appointment]:
        held = Appointment.objects.held_by(self.request.user).in_force(self.request.today)
        return held.select_related("organisation").order_by("role", "pk")

    def get_template_names(self) -> list[str]:
        return ["directory/_roles.html" if self.request.htmx else "directory/appointment_list.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"current": self.request.user.acting_as_id}


class AppointmentTakeUp(PressView):
    """Act in another of one's own roles."""

    model = Appointment
    policy = staticmethod(policy.take_up)

    def get_queryset(self) -> QuerySet[Appointment]:
        return Appointment.objects.held_by(self.request.user).in_force(self.request.today)

    def press(self, record: Appointment) -> HttpResponse:
        account = self.request.user
        account.acting_as = record
        account.save(update_fields=["acting_as"])
        go_on(self.request, account)
        messages.success(self.request, f"Теперь вы действуете как {record}.")
        return redirect("reminders:agenda")


class AppointmentGive(WatchedMixin, VerbView):
    model = Account
    policy = staticmethod(policy.give_role)
    form_class = AppointmentForm
    template_name = "directory/appointment_give.html"
    deed = Access.Deed.ACCOUNT

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": self.request.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user, "to": self.object}

    def form_valid(self, form: AppointmentForm) -> HttpResponse:
        given = form.cleaned_data
        appointment = accounts.give_role(
            self.object,
            Role(given["role"]),
            given["organisation"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            by=self.request.user,
        )
        messages.success(self.request, f"Роль добавлена: {appointment}.")
        return redirect(self.object)


class AppointmentEnd(WatchedMixin, VerbView):
    model = Appointment
    policy = staticmethod(policy.end_role)
    form_class = AppointmentEndForm
    template_name = "directory/appointment_end.html"
    deed = Access.Deed.ACCOUNT

    def get_queryset(self) -> QuerySet[Appointment]:
        shown = Appointment.objects.visible_to(self.request.user)
        return shown.select_related("organisation__municipality", "account__staff_member")

    def way_back(self) -> str:
        return self.object.account.get_absolute_url()

    def person_of(self, record: Appointment) -> StaffMember | None:
        return record.account.staff_member

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": self.request.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"appointment": self.object}

    def form_valid(self, form: AppointmentEndForm) -> HttpResponse:
        on, because = form.cleaned_data["ends_on"], form.cleaned_data["because"]
        try:
            accounts.end_role(self.object, on=on, by=self.request.user, because=because)
        except accounts.LastAdministrator:
            form.add_error(None, LAST_ADMINISTRATOR)
            return self.form_invalid(form)
        messages.success(self.request, f"Последний день роли: {on:%d.%m.%Y}.")
        return redirect(self.object.account)
