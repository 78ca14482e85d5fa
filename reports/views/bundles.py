"""Many orders in one archive: asked for, drawn by the worker while one waits, downloaded."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import DetailView, View
from django.views.generic.detail import SingleObjectMixin

from directory.requests import PortalRequest
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from reports import policy, tasks
from reports.actions import bundles
from reports.models import Bundle, BundledOrder, Order
from reports.views.papers import as_file


class BundleAdd(DoorMixin, View):
    """The chosen orders go in line; what one does not see is not chosen."""

    http_method_names = ["post"]
    door = staticmethod(policy.bundle_orders)

    def post(self, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = [pk for pk in request.POST.getlist("orders") if pk.isascii() and pk.isdecimal() and len(pk) < 19]  # noqa: PLR2004 - digits of a bigint
        orders = list(Order.objects.visible_to(request.user).filter(pk__in=chosen).newest_first())
        if not orders:
            messages.warning(request, "Отметьте в списке хотя бы один приказ.")
            return redirect("reports:order-list")
        try:
            with transaction.atomic():
                bundle = bundles.ask(orders, municipality=orders[0].municipality, by=request.user, at=timezone.now())
                tasks.wake(bundle)
        except bundles.TooMany as refusal:
            messages.error(request, str(refusal))
            return redirect("reports:order-list")
        return redirect(bundle)


class BundleDetail(PolicyMixin, VisibleMixin, DetailView):
    """How far the worker is; the page asks again by itself until the archive is ready."""

    model = Bundle
    policy = staticmethod(policy.view_bundle)

    def get_template_names(self) -> list[str]:
        return ["reports/_bundle_progress.html" if self.request.htmx else "reports/bundle_detail.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        failed = self.object.papers.filter(state=BundledOrder.State.FAILED).select_related("order")
        return super().get_context_data(**kwargs) | {"failed": list(failed.order_by("position", "pk"))}


class BundleDownload(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    model = Bundle
    policy = staticmethod(policy.view_bundle)

    def get(self, request: PortalRequest, *args: Any, **kwargs: Any) -> FileResponse:
        bundle = self.get_object()
        if not bundle.archive:
            raise Http404
        try:
            file = bundle.archive.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        name = f"Приказы {timezone.localtime(bundle.requested_at):%d.%m.%Y}.zip"
        return as_file(file, name=name, content_type="application/zip")
