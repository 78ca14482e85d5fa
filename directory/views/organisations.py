"""Organisations: the list and the passport of one."""

from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from directory import policy
from directory.filters import OrganisationFilter
from directory.models import Organisation
from kit.access import DoorMixin, PolicyMixin, VisibleMixin


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
        }
