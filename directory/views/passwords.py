"""One's own password: changed by its owner, or set anew through a letter when it is forgotten."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import FormView, TemplateView

from directory import lockout
from directory.actions import invitations
from directory.actions.sessions import end_sessions
from directory.forms.accounts import NewPasswordForm
from directory.forms.invitations import FirstPasswordForm, ForgottenForm
from directory.models import PasswordReset
from directory.requests import PortalRequest


class PasswordChange(PasswordChangeView):
    """One's own password; the other sessions of the account end with the old one."""

    template_name = "directory/password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("directory:profile")
    request: PortalRequest

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        end_sessions(self.request.user, but=self.request.session.session_key)
        messages.success(self.request, "Пароль изменён. На других устройствах войдите заново.")
        return response


@method_decorator(login_not_required, name="dispatch")
class PasswordForgotten(FormView):
    """One answer for every address: who has an account here is nobody's business."""

    template_name = "directory/password_forgotten.html"
    form_class = ForgottenForm
    success_url = reverse_lazy("directory:password-sent")

    def form_valid(self, form: ForgottenForm) -> HttpResponse:
        invitations.ask_reset(form.cleaned_data["email"], at=timezone.now())
        return super().form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class PasswordSent(TemplateView):
    template_name = "directory/password_sent.html"


@method_decorator(login_not_required, name="dispatch")
class PasswordResetFinish(FormView):
    """Where the letter leads: the new password twice, then the door, second step included."""

    template_name = "directory/password_reset.html"
    form_class = FirstPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        self.token = request.GET.get("key", "")
        self.reset: Any = PasswordReset.objects.filter(pk=pk).first()
        self.account = self.reset and self.reset.account()
        if not (self.reset and self.account and self.reset.opens_with(self.token, self.account, timezone.now())):
            return self.dead()
        return super().dispatch(request, *args, **kwargs)

    def dead(self) -> HttpResponse:
        return render(self.request, "directory/password_reset_dead.html", status=404)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.account, "submit": "Сохранить пароль"}

    def form_valid(self, form: FirstPasswordForm) -> HttpResponse:
        try:
            account = invitations.finish_reset(
                self.reset, token=self.token, password=form.cleaned_data["new_password1"], at=timezone.now()
            )
        except invitations.LinkIsDead:
            return self.dead()
        messages.success(self.request, "Пароль сохранён, все прежние входы завершены. Войдите с новым паролем.")
        response = redirect("directory:signin")
        lockout.remember(response, account.email)
        return response
