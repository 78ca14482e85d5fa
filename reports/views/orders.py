"""The list of orders, one order as its paper, its beginning at a roadmap, its registration and its end."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import DetailView, ListView, View
from django.views.generic.detail import SingleObjectMixin

from directory.actions import secondfactor
from directory.requests import PortalRequest
from journal.views import PAGE, HistoryView, newest_first
from kit.access import PolicyMixin, VisibleMixin
from kit.views import PressView, VerbView
from reports import policy
from reports.actions import drawing_up, registration
from reports.actions.clauses import NotADraft
from reports.filters import OrderFilter
from reports.forms.orders import DiscardForm, RegisterOrderForm
from reports.models import Clause, Order, Register
from reports.typesetting import PaperTooLong
from reports.views.desk import ORDERS, review_of, text_of
from reports.views.papers import sheets_of
from roadmaps.models import Roadmap


class OrderList(VisibleMixin, ListView):
    model = Order
    template_name = "reports/order_list.html"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Order]:
        self.filter = OrderFilter(self.request.GET, queryset=super().get_queryset())
        return self.filter.qs.select_related("roadmap", "created_by__staff_member").newest_first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_compose = policy.compose_orders(self.request.user)
        may_register = policy.register_orders(self.request.user)
        return super().get_context_data(**kwargs) | {
            "filter": self.filter,
            "may_compose": may_compose,
            "may_register": may_register,
            "may_see_drafts": may_compose or may_register,
        }


class OrderDetail(PolicyMixin, VisibleMixin, DetailView):
    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.view_order)

    def get_template_names(self) -> list[str]:
        return ["reports/order_draft.html" if self.object.is_draft else "reports/order_detail.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account, order = self.request.user, self.object
        return (
            super().get_context_data(**kwargs)
            | text_of(order, self.request)
            | review_of(order, self.request)
            | {
                "sheets": sheets_of(order, self.request, is_whole="whole" in self.request.GET),
                "issuer": order.issuer.named_on(order.dated_on) if order.dated_on else order.issuer.name,
                "check_url": f"{settings.SITE_URL}{order.get_check_url()}",
                "may_register": policy.register_order(account, order),
                "may_discard": policy.discard_order(account, order),
            }
        )


class OrderReview(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """What the portal says of a draft, once more after a save."""

    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.view_order)

    def get(self, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        order = self.get_object()
        return render(request, "reports/_order_review.html", {"order": order} | review_of(order, request))


class OrderHistory(VisibleMixin, HistoryView):
    """The order together with its clauses, which come and go."""

    model = Order
    parts_come_and_go = True

    def parts(self) -> Any:
        return newest_first(Clause.history.filter(order=self.object))[:PAGE]


class DrawUp(PressView):
    """Begin an order about a roadmap; the draft that is open already is opened again."""

    model = Roadmap
    kind: Order.Kind

    def press(self, record: Roadmap) -> HttpResponse:
        try:
            order = drawing_up.draw_up(
                record, kind=self.kind, by=self.request.user, at=timezone.now(), today=self.request.today
            )
        except (drawing_up.NoIssuer, drawing_up.NotToBeAmended) as refusal:
            messages.error(self.request, str(refusal))
            return redirect(record)
        return redirect(order)


class ApprovalDrawUp(DrawUp):
    policy = staticmethod(policy.draw_up_approval)
    kind = Order.Kind.APPROVE


class AmendmentDrawUp(DrawUp):
    policy = staticmethod(policy.draw_up_amendment)
    kind = Order.Kind.AMEND


class OrderWordChanges(PressView):
    """Word the changes of an amending order anew: the roadmap was changed after the draft was begun."""

    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.edit_order)

    def press(self, record: Order) -> HttpResponse:
        if record.kind != Order.Kind.AMEND:
            return HttpResponseBadRequest("Изменения перечисляет приказ о внесении изменений.")
        drawing_up.word_changes(record, by=self.request.user, at=timezone.now())
        messages.success(self.request, "Изменения перечислены заново.")
        return redirect(record)


class OrderDiscard(VerbView):
    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.discard_order)
    form_class = DiscardForm
    template_name = "reports/order_discard.html"

    def form_valid(self, form: DiscardForm) -> HttpResponse:
        roadmap = self.object.roadmap
        try:
            drawing_up.discard(self.object, by=self.request.user)
        except drawing_up.ChangesPending as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, "Черновик приказа удалён.")
        return redirect(roadmap)


class OrderRegister(VerbView):
    """The number to come, the day, one confirmation; a second press finds the number given."""

    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.register_order)
    form_class = RegisterOrderForm
    template_name = "reports/order_register.html"

    def dispatch(self, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        order = self.get_object()
        if not order.is_draft:
            messages.info(request, f"Приказ уже зарегистрирован {order.document_words()}.")
            return redirect(order)
        if secondfactor.is_missing(request.user):
            messages.info(request, "Чтобы зарегистрировать приказ, сначала включите вход с кодом.")
            return redirect("directory:second-factor")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"dated_on": self.request.today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register = self._register()
        return super().get_context_data(**kwargs) | {
            "register": register,
            "number": register.number_of(register.next_sequence, self.request.today),
            "problems": registration.problems_of(self.object),
        }

    def _register(self) -> Register:
        """The register of this year; one that is not open yet will begin as the last one went on."""
        latest = Register.objects.filter(organisation=self.object.issuer_id).order_by("-year").first()
        year = self.request.today.year
        if latest and latest.year == year:
            return latest
        fresh = Register(organisation=self.object.issuer, year=year)
        fresh.pattern = latest.pattern if latest else fresh.pattern
        return fresh

    def form_valid(self, form: RegisterOrderForm) -> HttpResponse:
        try:
            order = registration.register(
                self.object,
                on=form.cleaned_data["dated_on"],
                by=self.request.user,
                at=timezone.now(),
                site=settings.SITE_URL,
            )
        except NotADraft as refusal:
            messages.info(self.request, str(refusal))
            return redirect(self.object)
        except registration.DayRefused as refusal:
            form.add_error("dated_on", str(refusal))
        except (registration.NotReady, PaperTooLong) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(self.request, f"Приказ зарегистрирован {order.document_words()}.")
            return redirect(order)
        return self.form_invalid(form)
