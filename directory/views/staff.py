"""Staff: the list of people and their positions today."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.views.generic import ListView

from directory import policy
from directory.filters import StaffFilter
from directory.models import Position, StaffMember
from kit.access import DoorMixin, VisibleMixin


class StaffList(DoorMixin, VisibleMixin, ListView):
    model = StaffMember
    template_name = "directory/staff_list.html"
    paginate_by = 50
    door = staticmethod(policy.view_staff)

    def get_queryset(self) -> QuerySet[StaffMember]:
        self.filter = StaffFilter(self.request.GET, queryset=super().get_queryset())
        held = Position.objects.held_on(self.request.today).select_related("organisation").order_by("pk")
        return self.filter.qs.in_natural_order().prefetch_related(Prefetch("positions", held, to_attr="held"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"filter": self.filter}
