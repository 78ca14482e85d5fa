"""One's own second step of signing in: turned on with a code, given new recovery codes, turned off."""

from base64 import b32encode
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View

from directory.actions import secondfactor
from directory.forms.secondfactor import CodeForm, SignInCodeForm, TurnOffForm
from directory.models import Appointment
from directory.requests import PortalRequest
from directory.sessions import CODE


class BackToSecondFactorMixin:
    """«Отменить» under the form leads to the page from which it was opened."""

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        form.helper.back = reverse("directory:second-factor")
        return form


class SecondFactor(TemplateView):
    """Whether it is on, what it is for, and the way to turn it on."""

    template_name = "directory/second_factor.html"
    request: PortalRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account = self.request.user
        return super().get_context_data(**kwargs) | {
            "is_on": secondfactor.is_on(account),
            "is_missing": secondfactor.is_missing(account),
            "codes_left": secondfactor.codes_left(account),
            "other_roles": Appointment.objects.held_by(account).in_force(self.request.today).count() > 1,
        }


class SecondFactorBegin(View):
    http_method_names = ["post"]

    def post(self, request: PortalRequest) -> HttpResponse:
        if secondfactor.is_on(request.user):
            messages.info(request, "Вход с кодом уже включён. Чтобы сменить телефон, отключите его и включите снова.")
            return redirect("directory:second-factor")
        secondfactor.begin(request.user)
        return redirect("directory:second-factor-confirm")


class SecondFactorConfirm(BackToSecondFactorMixin, FormView):
    """The key as a square code and in letters; the first right code turns the step on and shows recovery codes."""

    template_name = "directory/second_factor_confirm.html"
    form_class = CodeForm
    request: PortalRequest

    def dispatch(self, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.device = secondfactor.begun(request.user)
        if self.device is None:
            return redirect("directory:second-factor")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"submit": "Включить вход с кодом"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        device: Any = self.device
        letters = b32encode(device.bin_key).decode()
        return super().get_context_data(**kwargs) | {
            "picture": segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=4, light="white"),
            "key": " ".join(letters[start : start + 4] for start in range(0, len(letters), 4)),
        }

    def form_valid(self, form: CodeForm) -> HttpResponse:
        codes = secondfactor.confirm(self.request.user, form.cleaned_data["code"])
        if not codes:
            form.refuse()
            return self.form_invalid(form)
        return _show(self.request, codes)


class SecondFactorCodes(BackToSecondFactorMixin, FormView):
    """New recovery codes for one who has a right code."""

    template_name = "directory/second_factor_renew.html"
    form_class = SignInCodeForm
    request: PortalRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"submit": "Показать новые коды"}

    def form_valid(self, form: SignInCodeForm) -> HttpResponse:
        if not secondfactor.accepts(self.request.user, form.cleaned_data["code"]):
            form.refuse()
            return self.form_invalid(form)
        return _show(self.request, secondfactor.renew_codes(self.request.user))


class SecondFactorOff(BackToSecondFactorMixin, FormView):
    template_name = "directory/second_factor_off.html"
    form_class = TurnOffForm
    request: PortalRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.request.user, "submit": "Отключить вход с кодом"}

    def form_valid(self, form: TurnOffForm) -> HttpResponse:
        account = self.request.user
        if not secondfactor.accepts(account, form.cleaned_data["code"]):
            form.refuse()
            return self.form_invalid(form)
        secondfactor.turn_off(account, by=account, because="вход с кодом отключён владельцем")
        self.request.session.pop(CODE, None)
        messages.success(self.request, "Вход с кодом отключён: для входа хватит пароля.")
        return redirect("directory:profile")


def _show(request: PortalRequest, codes: list[str]) -> HttpResponse:
    """The codes, in the answer itself: nothing keeps them, so no address can show them again."""
    return render(request, "directory/second_factor_codes.html", {"codes": codes})
