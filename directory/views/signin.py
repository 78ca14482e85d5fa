"""Signing in, with a second step for those who have turned it on, and signing out."""

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from directory import lockout, sessions
from directory.actions import secondfactor
from directory.forms.accounts import SignInForm
from directory.forms.secondfactor import SignInCodeForm
from directory.models import Account

#: Under this name the session holds who has given the password and not yet the code; for so many seconds.
HALFWAY, PATIENCE = "halfway", 10 * 60


@dataclass(frozen=True)
class Halfway:
    """The password was right: whose it was, what fingerprint it left, when, and where the reader was going."""

    account: int
    password: str
    at: float
    to: str


def admit(request: HttpRequest, account: Account, to: str) -> HttpResponse:
    """Sign in for good, know the browser from now on, and lead on."""
    sessions.enter(request, account)
    response = redirect(to)
    lockout.remember(response, account.email)
    return response


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "directory/signin.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: SignInForm) -> HttpResponse:
        account: Any = form.get_user()
        to = self.get_success_url()
        if not secondfactor.is_on(account):
            return admit(self.request, account, to)
        self.request.session.cycle_key()
        halfway = Halfway(account.pk, account.get_session_auth_hash(), timezone.now().timestamp(), to)
        self.request.session[HALFWAY] = asdict(halfway)
        return redirect("directory:signin-code")


@method_decorator(login_not_required, name="dispatch")
class SignInCode(FormView):
    """The second step; without the first one it leads back to the door."""

    template_name = "directory/signin_code.html"
    form_class = SignInCodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = request.session.get(HALFWAY)
        self.halfway = Halfway(**found) if found else None
        account = self.halfway and Account.objects.filter(pk=self.halfway.account, is_active=True).first()
        if not (self.halfway and account) or self._is_over(self.halfway, account):
            return redirect("directory:signin")
        self.account = account
        return super().dispatch(request, *args, **kwargs)

    def _is_over(self, halfway: Halfway, account: Account) -> bool:
        is_late = timezone.now().timestamp() - halfway.at > PATIENCE
        return is_late or halfway.password != account.get_session_auth_hash()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"submit": "Войти"}

    def form_valid(self, form: SignInCodeForm) -> HttpResponse:
        if self.halfway is None or not secondfactor.accepts(self.account, form.cleaned_data["code"]):
            form.refuse()
            return self.form_invalid(form)
        del self.request.session[HALFWAY]
        response = admit(self.request, self.account, self.halfway.to)
        left = secondfactor.codes_left(self.account)
        if len(form.cleaned_data["code"]) > secondfactor.TOTP_DIGITS + 1:
            messages.warning(self.request, f"Вы вошли по коду восстановления. Осталось кодов: {left}.")
        return response


class SignOut(LogoutView):
    """By POST only, so that no picture or link signs anybody out; leads to the door, not back to the reader's page."""

    def get_redirect_url(self) -> str:
        return ""
