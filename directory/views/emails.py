"""The e-mail with which one signs in: asked to be another one, confirmed by the link, corrected by an administrator."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.generic import FormView, View

from directory import lockout, policy
from directory.actions import emails
from directory.actions.invitations import LinkIsDead
from directory.forms.emails import EmailCorrectForm, EmailForm
from directory.models import EmailChange
from directory.requests import PortalRequest
from directory.views.accounts import AccountVerb
from kit.access import DoorMixin


class EmailAsk(DoorMixin, FormView):
    """One answer for every address: who else has an account is nobody's business."""

    template_name = "directory/email_ask.html"
    form_class = EmailForm
    door = staticmethod(policy.change_email)
    success_url = reverse_lazy("directory:profile")
    request: PortalRequest

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.helper.back = str(self.success_url)
        return form

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = EmailChange.objects.visible_to(self.request.user).waiting(timezone.now()).first()
        return super().get_context_data(**kwargs) | {"waiting": waiting}

    def form_valid(self, form: EmailForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        try:
            emails.ask(self.request.user, email, at=timezone.now())
        except emails.AskedTooOften:
            form.add_error("email", "За два дня почту просили сменить уже пять раз. Подождите день и попробуйте снова.")
            return self.form_invalid(form)
        words = f"На {email} уйдёт письмо со ссылкой. Пока вы её не откроете, входите с прежней почтой."
        messages.success(self.request, words)
        return super().form_valid(form)


class EmailConfirm(View):
    """Where the letter leads: a press, since programs that check letters open their links too."""

    http_method_names = ["get", "post"]
    request: PortalRequest

    def dispatch(self, request: PortalRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        self.token = request.GET.get("key", "")
        found = EmailChange.objects.visible_to(request.user).filter(pk=pk).select_related("account").first()
        if found is None or not found.opens_with(self.token, timezone.now()):
            return self.dead()
        self.change = found
        return super().dispatch(request, *args, **kwargs)

    def dead(self) -> HttpResponse:
        return render(self.request, "directory/email_dead.html", status=404)

    def get(self, request: PortalRequest) -> HttpResponse:
        return render(request, "directory/email_confirm.html", {"change": self.change})

    def post(self, request: PortalRequest) -> HttpResponse:
        try:
            account = emails.confirm(self.change, token=self.token, at=timezone.now())
        except LinkIsDead:
            return self.dead()
        messages.success(request, f"Почта изменена: теперь вы входите с {account.email} и прежним паролем.")
        response = redirect("directory:profile")
        lockout.remember(response, account.email)
        return response


class AccountEmailCorrect(AccountVerb):
    form_class = EmailCorrectForm
    policy = staticmethod(policy.correct_email)
    title = "Исправить почту"
    lead = "С новой почтой человек войдёт сразу, с прежней уже нет. Письмо об этом уйдёт на обе."
    submit = "Исправить почту"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.object}

    def form_valid(self, form: EmailCorrectForm) -> HttpResponse:
        told = {name: form.cleaned_data[name] for name in ("email", "because")}
        try:
            emails.correct(self.object, **told, was=form.was("email"), by=self.request.user, at=timezone.now())
        except emails.EmailIsTaken:
            form.add_error("email", "С этой почтой на портал уже входят.")
        except emails.EmailChangedSince as clash:
            form.show_clashes({"email": clash.now_is})
        else:
            messages.success(self.request, f"Почта исправлена: {told['email']}.")
            return redirect(reverse("directory:account-detail", args=[self.object.pk]))
        return self.form_invalid(form)
