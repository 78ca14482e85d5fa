"""Signing in and out, and the role one acts in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from directory import lockout, policy
from directory.forms.accounts import NewPasswordForm, SignInForm
from directory.models import Appointment
from kit.views import PressView


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "directory/signin.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: SignInForm) -> HttpResponse:
        response = super().form_valid(form)
        lockout.remember(response, self.request.user.get_username())
        return response


class PasswordChange(PasswordChangeView):
    """One's own password; the other sessions of the account end with the old one."""

    template_name = "directory/password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("directory:profile")

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, "Пароль изменён. На других устройствах войдите заново.")
        return response


class SignOut(LogoutView):
    """By POST only, so that no picture or link signs anybody out; leads to the door, not back to the reader's page."""

    def get_redirect_url(self) -> str:
        return ""


class AppointmentTakeUp(PressView):
    """Act in another of one's own roles; the session gets a new key, as at any change of rights."""

    model = Appointment
    policy = staticmethod(policy.take_up)

    def get_queryset(self) -> Any:
        return Appointment.objects.visible_to(self.request.user).in_force(self.request.today)

    def press(self, record: Appointment) -> HttpResponse:
        account = self.request.user
        account.acting_as = record
        account.save(update_fields=["acting_as"])
        self.request.session.cycle_key()
        messages.success(self.request, f"Теперь вы действуете как {record}.")
        return redirect("reminders:agenda")
