"""Accounts as an administrator keeps them: who signs in, in which roles, and whose way in is closed."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import DetailView, ListView

from directory import policy
from directory.actions import accounts, secondfactor
from directory.filters import AccountFilter
from directory.forms.accounts import ReasonForm
from directory.models import Account, Appointment
from directory.views.appointments import LAST_ADMINISTRATOR
from directory.views.watched import WatchedListMixin, WatchedMixin
from journal.models import Access
from journal.views import HistoryView, newest_first
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.views import VerbView


class AccountList(WatchedListMixin, DoorMixin, VisibleMixin, ListView):
    model = Account
    template_name = "directory/account_list.html"
    paginate_by = 50
    door = staticmethod(policy.view_accounts)
    listed = "учётные записи"

    def get_queryset(self) -> QuerySet[Account]:
        self.filter = AccountFilter(self.request.GET, queryset=super().get_queryset(), request=self.request)
        held = Appointment.objects.visible_to(self.request.user).in_force(self.request.today)
        return (
            self.filter.qs.select_related("staff_member")
            .prefetch_related(Prefetch("appointments", held.select_related("organisation").order_by("pk"), "held"))
            .annotate(seen_at=Max("sessions__seen_at"))
            .in_natural_order()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"filter": self.filter}


class AccountDetail(WatchedMixin, PolicyMixin, VisibleMixin, DetailView):
    model = Account
    queryset = Account.objects.select_related("staff_member")
    policy = staticmethod(policy.view_account)
    template_name = "directory/account_detail.html"
    deed = Access.Deed.ACCOUNT
    context_object_name = "shown"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account, shown = self.request.user, self.object
        appointments = shown.appointments.visible_to(account).select_related("organisation")
        return super().get_context_data(**kwargs) | {
            "appointments": [
                (appointment, not appointment.ends_on or appointment.ends_on >= self.request.today)
                for appointment in appointments.order_by("-starts_on", "-pk")
            ],
            "sessions": shown.sessions.living(timezone.now()).count(),
            "has_second_factor": secondfactor.is_on(shown),
            "may_give": policy.give_role(account, shown),
            "may_close": policy.close_account(account, shown),
            "may_reopen": policy.reopen_account(account, shown),
            "may_correct": policy.correct_email(account, shown),
            "may_reset": policy.reset_second_factor(account, shown),
        }


class AccountVerb(WatchedMixin, VerbView):
    """What is done to an account with a reason; subclasses say the verb."""

    model = Account
    form_class: type[ReasonForm] = ReasonForm
    template_name = "directory/account_verb.html"
    deed = Access.Deed.ACCOUNT
    context_object_name = "shown"
    title: str
    lead: str
    submit: str

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"submit": self.submit}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"title": self.title, "lead": self.lead}


class AccountClose(AccountVerb):
    policy = staticmethod(policy.close_account)
    title = "Закрыть вход"
    lead = "Все открытые входы завершатся сразу. Роли и история останутся, вход можно будет открыть снова."
    submit = "Закрыть вход"

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            accounts.close(
                self.object, by=self.request.user, because=form.cleaned_data["because"], today=self.request.today
            )
        except accounts.LastAdministrator:
            form.add_error(None, LAST_ADMINISTRATOR)
            return self.form_invalid(form)
        messages.success(self.request, "Вход закрыт.")
        return redirect(self.object)


class AccountReopen(AccountVerb):
    policy = staticmethod(policy.reopen_account)
    title = "Открыть вход"
    lead = "Человек снова войдёт со своим паролем, в тех ролях, срок которых не прошёл."
    submit = "Открыть вход"

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        accounts.reopen(self.object, by=self.request.user, because=form.cleaned_data["because"])
        messages.success(self.request, "Вход открыт.")
        return redirect(self.object)


class AccountSecondFactorReset(AccountVerb):
    policy = staticmethod(policy.reset_second_factor)
    title = "Сбросить вход с кодом"
    lead = "Если телефон утерян, а кодов восстановления нет. Убедитесь, что просит сам владелец."
    submit = "Сбросить вход с кодом"

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        because = f"вход с кодом сброшен: {form.cleaned_data['because']}"
        secondfactor.turn_off(self.object, by=self.request.user, because=because)
        messages.success(self.request, "Вход с кодом сброшен: хватит пароля, пока владелец не подключит его снова.")
        return redirect(self.object)


class AccountHistory(WatchedMixin, PolicyMixin, VisibleMixin, HistoryView):
    model = Account
    policy = staticmethod(policy.view_account)
    deed = Access.Deed.HISTORY
    parts_come_and_go = True

    def parts(self) -> Any:
        """The roles of the account that belong to the reader's municipality."""
        shown = self.object.appointments.visible_to(self.request.user)
        return newest_first(Appointment.history.filter(id__in=shown.values("pk")))
