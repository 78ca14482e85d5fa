"""Invitations: sent, sent anew and revoked by those who may, accepted by whoever holds the letter."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import FormView, ListView

from directory import policy
from directory.actions import invitations
from directory.forms.invitations import FirstPasswordForm, InvitationForm
from directory.models import Account, Invitation
from directory.requests import PortalRequest
from directory.views.appointments import go_on
from directory.views.signin import admit
from directory.views.watched import WatchedListMixin, watch_list
from kit.access import DoorMixin, VisibleMixin
from kit.views import PressView


class InvitationList(WatchedListMixin, DoorMixin, VisibleMixin, ListView):
    model = Invitation
    template_name = "directory/invitation_list.html"
    paginate_by = 50
    door = staticmethod(policy.view_invitations)
    listed = "приглашения"

    def get_queryset(self) -> QuerySet[Invitation]:
        return super().get_queryset().select_related("staff_member", "organisation").order_by("-invited_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account, now = self.request.user, timezone.now()
        shown = super().get_context_data(**kwargs)
        return shown | {
            "rows": [
                (invitation, invitation.is_open(now), policy.change_invitation(account, invitation))
                for invitation in shown["page_obj"]
            ]
        }


class InvitationAdd(DoorMixin, FormView):
    door = staticmethod(policy.view_invitations)
    form_class = InvitationForm
    template_name = "directory/invitation_form.html"
    success_url = reverse_lazy("directory:invitation-list")
    request: PortalRequest

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.helper.back = str(self.success_url)
        return form

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET[name] for name in ("staff_member", "organisation") if name in self.request.GET}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user, "words": self.request.GET.get("q", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if people := len(context["form"].fields["staff_member"].widget.choices) - 1:
            watch_list(self.request, "кого пригласить", shown=people)
        return context

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        invitations.invite(**form.cleaned_data, by=self.request.user, at=timezone.now())
        messages.success(self.request, f"Приглашение составлено: письмо уйдёт на {form.cleaned_data['email']}.")
        return super().form_valid(form)


class InvitationRenew(PressView):
    model = Invitation
    policy = staticmethod(policy.change_invitation)

    def press(self, record: Invitation) -> HttpResponse:
        record.renew(by=self.request.user, at=timezone.now())
        messages.success(self.request, "Уйдёт новое письмо; ссылка из прежнего больше не действует.")
        return redirect(record)


class InvitationRevoke(PressView):
    model = Invitation
    policy = staticmethod(policy.change_invitation)

    def press(self, record: Invitation) -> HttpResponse:
        record.revoke(by=self.request.user, at=timezone.now())
        messages.success(self.request, "Приглашение отозвано: ссылка из письма больше не действует.")
        return redirect(record)


@method_decorator(login_not_required, name="dispatch")
class InvitationAccept(FormView):
    """Where the letter leads: who is invited as what, the password twice, then straight in.

    One who signs in already is led to the door instead of a new password, and adds the role by a press.
    """

    template_name = "directory/invitation_accept.html"
    form_class = FirstPasswordForm
    request: PortalRequest

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        self.token = request.GET.get("key", "")
        found = Invitation.objects.filter(pk=pk).select_related("staff_member", "organisation__municipality").first()
        if found is None or not found.opens_with(self.token):
            return self.dead(None)
        self.invitation = found
        if not found.is_open(timezone.now()):
            return self.dead(found)
        taker = found.taker()
        return self.offer(taker) if taker else super().dispatch(request, *args, **kwargs)

    def dead(self, invitation: Invitation | None, **why: Any) -> HttpResponse:
        """Why the link does not lead on; of an invitation only to one who holds its right link."""
        return render(self.request, "directory/invitation_dead.html", {"invitation": invitation} | why, status=404)

    def offer(self, taker: Account) -> HttpResponse:
        """The role for an account that there is already, once its owner has signed in."""
        if not self.invitation.suits(taker):
            return self.dead(self.invitation, taker=taker)
        is_here = self.request.user == taker
        if is_here and self.request.method == "POST":
            return self.join()
        shown = {"invitation": self.invitation, "is_here": is_here, "address": self.request.get_full_path()}
        return render(self.request, "directory/invitation_join.html", shown)

    def join(self) -> HttpResponse:
        account = self.request.user
        try:
            appointment = invitations.join(
                self.invitation, account, token=self.token, at=timezone.now(), today=self.request.today
            )
        except invitations.LinkIsDead:
            return redirect(self.request.get_full_path())
        if account.acting_as == appointment:
            go_on(self.request, account)
            messages.success(self.request, f"Роль принята, вы в ней действуете: {appointment}.")
        else:
            messages.success(self.request, f"Роль принята: {appointment}. Сменить роль можно здесь.")
        return redirect("directory:appointment-list")

    def get_form_kwargs(self) -> dict[str, Any]:
        owner = Account(email=self.invitation.email, staff_member=self.invitation.staff_member)
        return super().get_form_kwargs() | {"user": owner, "submit": "Войти на портал"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"invitation": self.invitation}

    def form_valid(self, form: FirstPasswordForm) -> HttpResponse:
        now = timezone.now()
        try:
            account = invitations.accept(
                self.invitation,
                token=self.token,
                password=form.cleaned_data["new_password1"],
                at=now,
                today=timezone.localdate(now),
            )
        except invitations.LinkIsDead:
            # Answered or revoked in this very moment: the page says which.
            return redirect(self.request.get_full_path())
        response = admit(self.request, account, "reminders:agenda")
        messages.success(self.request, "Добро пожаловать. В следующий раз входите с этой почтой и паролем.")
        return response
