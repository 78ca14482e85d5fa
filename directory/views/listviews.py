"""Saved views of lists: saving the one on the screen, one's own list of them, which opens first, removal."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import CreateView, ListView

from directory import policy
from directory.forms.listviews import SavedViewForm
from directory.models import SavedView
from kit.access import DoorMixin, VisibleMixin
from kit.views import PressView, WayBackMixin


class ViewList(DoorMixin, VisibleMixin, ListView):
    model = SavedView
    template_name = "directory/view_list.html"
    door = staticmethod(policy.view_organisations)

    def get_queryset(self) -> QuerySet[SavedView]:
        return super().get_queryset().filter(kept_for=self.request.user.pk).order_by("-list_name", "title", "pk")


class ViewAdd(WayBackMixin, DoorMixin, CreateView):
    model = SavedView
    form_class = SavedViewForm
    template_name = "directory/view_form.html"
    door = staticmethod(policy.view_organisations)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        named = request.GET.get("list", "")
        self.list_name = named if named in SavedView.List.values else SavedView.List.STAFF.value
        self.query = tidied(request.GET.get("query", ""))
        return super().dispatch(request, *args, **kwargs)

    def way_back(self) -> str:
        return f"{reverse(f'directory:{self.list_name}-list')}?{self.query}"

    def get_form_kwargs(self) -> dict[str, Any]:
        account = self.request.user
        view = SavedView(
            municipality=account.municipality, kept_for=account, list_name=self.list_name, query=self.query
        )
        return super().get_form_kwargs() | {"instance": view, "may_share": policy.share_views(account)}

    @transaction.atomic
    def form_valid(self, form: SavedViewForm) -> HttpResponse:
        form.instance.keep()
        messages.success(self.request, f"Вид «{form.instance}» сохранён.")
        return redirect(form.instance)


def tidied(query: str) -> str:
    """The query without what the list has by itself: empty filters and the page."""
    asked = QueryDict(query, mutable=True)
    for name in list(asked):
        asked.setlist(name, [value for value in asked.getlist(name) if value and name != "page"])
    return asked.urlencode()


class ViewOpenFirst(PressView):
    """One's list opens with this view; pressed again, it opens with everything."""

    model = SavedView
    policy = staticmethod(policy.keep_view)

    @transaction.atomic
    def press(self, record: SavedView) -> HttpResponse:
        record.is_default = not record.is_default
        record.keep()
        messages.success(
            self.request,
            f"Список открывается с вида «{record}»." if record.is_default else "Список открывается целиком.",
        )
        return redirect("directory:view-list")


class ViewRemove(PressView):
    model = SavedView
    policy = staticmethod(policy.keep_view)

    def press(self, record: SavedView) -> HttpResponse:
        record.delete()
        messages.success(self.request, f"Вид «{record}» удалён.")
        return redirect("directory:view-list")
