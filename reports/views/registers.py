"""Registers of the year: the pattern of numbers, what stands in them, in the order of the numbers."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from journal.views import HistoryView
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.views import WayBackMixin
from reports import policy
from reports.actions.registers import RegisterInUse, set_register
from reports.forms.registers import RegisterAddForm, RegisterForm
from reports.models import Order, Register

REGISTERS = Register.objects.select_related("organisation")


class RegisterList(DoorMixin, VisibleMixin, ListView):
    model = Register
    queryset = REGISTERS
    template_name = "reports/register_list.html"
    paginate_by = 50
    door = staticmethod(policy.register_orders)

    def get_queryset(self) -> QuerySet[Register]:
        registers = super().get_queryset().annotate(with_orders=Count("orders"))
        return registers.order_by("-year", "organisation__sort_key", "pk")


class RegisterDetail(PolicyMixin, VisibleMixin, DetailView):
    model = Register
    queryset = REGISTERS
    policy = staticmethod(policy.view_register)
    template_name = "reports/register_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = Order.objects.filter(register=self.object).select_related("roadmap", "registered_by__staff_member")
        return super().get_context_data(**kwargs) | {
            "entries": list(entries.order_by("sequence", "pk")),
            "may_edit": policy.edit_register(self.request.user, self.object),
        }


def keep(view: Any, form: RegisterForm) -> HttpResponse:
    """What both forms of a register do: it is set before its first number, and never after."""
    asked = form.instance
    try:
        register = set_register(
            asked.organisation,
            year=asked.year,
            pattern=form.cleaned_data["pattern"],
            last_on_paper=form.cleaned_data["last_on_paper"],
            by=view.request.user,
        )
    except RegisterInUse as refusal:
        form.add_error("pattern", str(refusal))
        return view.form_invalid(form)
    messages.success(view.request, f"Журнал сохранён. Следующий номер: {register.next_number}.")
    return redirect(register)


class RegisterAdd(WayBackMixin, DoorMixin, CreateView):
    """A register opened before its first number; otherwise the first number opens one by itself."""

    model = Register
    form_class = RegisterAddForm
    door = staticmethod(policy.register_orders)
    template_name = "reports/register_form.html"

    def way_back(self) -> str:
        return reverse("reports:register-list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"year": self.request.today.year}

    def form_valid(self, form: RegisterAddForm) -> HttpResponse:
        return keep(self, form)


class RegisterEdit(WayBackMixin, PolicyMixin, VisibleMixin, UpdateView):
    model = Register
    queryset = REGISTERS
    form_class = RegisterForm
    policy = staticmethod(policy.edit_register)
    template_name = "reports/register_form.html"

    def form_valid(self, form: RegisterForm) -> HttpResponse:
        return keep(self, form)


class RegisterHistory(VisibleMixin, HistoryView):
    model = Register
