"""Organisations: the list and the passport of one."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import DetailView, ListView

from directory import policy
from directory.filters import OrganisationFilter
from directory.forms.calendars import ShiftForm
from directory.models import Organisation
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.views import VerbView


class OrganisationList(DoorMixin, VisibleMixin, ListView):
    model = Organisation
    template_name = "directory/organisation_list.html"
    paginate_by = 50
    door = staticmethod(policy.view_organisations)

    def get_queryset(self) -> QuerySet[Organisation]:
        self.filter = OrganisationFilter(self.request.GET, queryset=super().get_queryset())
        return self.filter.qs.in_natural_order()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"filter": self.filter}


class OrganisationDetail(PolicyMixin, VisibleMixin, DetailView):
    model = Organisation
    queryset = Organisation.objects.select_related("letterhead")
    policy = staticmethod(policy.view_organisation)
    template_name = "directory/organisation_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account = self.request.user
        positions = []
        if policy.view_staff(account):
            positions = list(
                self.object.positions.visible_to(account)
                .held_on(self.request.today)
                .select_related("staff_member")
                .order_by("staff_member__sort_key", "pk")[:500]
            )
        return super().get_context_data(**kwargs) | {
            "positions": positions,
            "may_see_staff": policy.view_staff(account),
            "letterhead": getattr(self.object, "letterhead", None),
            "may_edit_letterhead": policy.edit_letterhead(account, self.object),
            "may_edit_shift": policy.edit_shift(account, self.object),
        }


class OrganisationShift(VerbView):
    """Where a deadline on a day off goes in this organisation."""

    model = Organisation
    policy = staticmethod(policy.edit_shift)
    form_class = ShiftForm
    template_name = "directory/organisation_shift.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.object}

    def form_valid(self, form: ShiftForm) -> HttpResponse:
        form.instance.save(update_fields=["shift"])
        messages.success(self.request, f"Срок в выходной: {form.instance.get_shift_display()}.")
        return redirect(self.object)
