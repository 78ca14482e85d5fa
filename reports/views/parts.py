"""Parts of a draft's head and foot: words written in place, choices made from lists."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from directory.models import StaffMember
from directory.requests import PortalRequest
from kit.access import PolicyMixin, VisibleMixin
from reports import policy
from reports.actions import drawing_up, wordings
from reports.actions.clauses import WrittenMeanwhile
from reports.models import Order
from reports.views.desk import CONFLICT, ORDERS, REFUSED, Cell, draw_cell, draw_text, people_of, saved_text

CHOICES = ("form", "command", "signatory", "controller")
PEOPLE = ("signatory", "controller")
LONGEST_FORM = 400


class OrderPart(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """Words in hand: GET gives their field, POST saves them at once or shows both texts."""

    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.edit_order)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.part = kwargs["part"]
        if self.part not in drawing_up.TEXTS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        order = self.get_object()
        text = getattr(order, self.part)
        return draw_cell(request, self._cell(order), text=text, was=text)

    def post(self, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        order = self.get_object()
        cell = self._cell(order)
        text, was = request.POST.get("text", ""), request.POST.get("was", "")
        if cell.limit and len(text) > cell.limit:
            error = f"Слишком длинно: знаков {len(text)}, помещается {cell.limit}. Сократите текст."
            return draw_cell(request, cell, status=REFUSED, text=text, was=was, error=error)
        try:
            order = drawing_up.write_text(order, field=self.part, to=text, was=was, by=request.user)
        except WrittenMeanwhile as meanwhile:
            return draw_cell(request, cell, status=CONFLICT, text=text, was=meanwhile.theirs, theirs=meanwhile.theirs)
        return saved_text(request, getattr(order, self.part), back=order)

    def _cell(self, order: Order) -> Cell:
        field: Any = Order._meta.get_field(self.part)  # noqa: SLF001 - Django documents it
        address = reverse("reports:order-part", args=[order.pk, self.part])
        return Cell(order=order, label=str(field.verbose_name), address=address, back=order, limit=field.max_length)


class OrderChoose(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """One choice: what follows from it is worded anew, so the whole text comes back."""

    http_method_names = ["post"]
    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.edit_order)

    def post(self, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = kwargs["part"]
        if name not in CHOICES:
            raise Http404
        order = self.get_object()
        chosen = request.POST.get("text", "")
        if chosen not in self._offered(order, name):
            return HttpResponseBadRequest("Такого в списке нет.")
        now = str(getattr(order, f"{name}_id" if name in PEOPLE else name) or "")
        if request.POST.get("was", "") not in (now, chosen) and now != chosen:
            return self._answer(order, status=CONFLICT, clash=name)
        value: Any = chosen
        if name in PEOPLE:
            value = self._person(chosen)
        order = drawing_up.choose(order, by=request.user, today=request.today, **{name: value})
        return self._answer(order)

    def _offered(self, order: Order, name: str) -> set[str]:
        if name in PEOPLE:
            return {"", *(key for key, _ in people_of(order, self.request))}
        return {value for value, _ in (Order.Form.choices if name == "form" else Order.COMMANDS)}

    def _person(self, chosen: str) -> StaffMember | None:
        return StaffMember.objects.get(pk=chosen) if chosen else None

    def _answer(self, order: Order, **context: Any) -> HttpResponse:
        if not self.request.htmx:
            return redirect(order)
        return draw_text(self.request, ORDERS.get(pk=order.pk), **context)


class OrderWording(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """A case form set right by hand: remembered, and the text that used it worded anew."""

    http_method_names = ["post"]
    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.edit_order)

    def post(self, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        order, form = self.get_object(), request.POST.get("text", "")
        if len(form) > LONGEST_FORM:
            return HttpResponseBadRequest(f"Форма длиннее {LONGEST_FORM} знаков.")
        try:
            wordings.remember(
                order,
                key=request.POST.get("key", ""),
                form=form,
                was=request.POST.get("was", ""),
                by=request.user,
                today=request.today,
            )
        except wordings.NotNamed:
            return HttpResponseBadRequest("Приказ уже не упоминает этого имени: откройте его страницу заново.")
        except WrittenMeanwhile as meanwhile:
            return self._answer(order, f"Пока вы правили, форму изменил кто-то другой: «{meanwhile.theirs}».")
        return self._answer(order, "Форма запомнена, текст обновлён." if form else "Форму снова склоняет портал.")

    def _answer(self, order: Order, told: str) -> HttpResponse:
        if not self.request.htmx:
            messages.info(self.request, told)
            return redirect(order)
        return draw_text(self.request, ORDERS.get(pk=order.pk), told=told)
