"""Clauses of a draft: written in place, added, moved, sunk and raised, removed and brought back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from kit.access import PolicyMixin, VisibleMixin
from kit.messages import offer_undo
from kit.views import PressView
from reports import policy
from reports.actions import clauses
from reports.models import Clause, Order
from reports.views.desk import CONFLICT, Cell, draw_cell, draw_text, saved_text

CLAUSES = Clause.objects.select_related("order__roadmap", "order__issuer")


class ClauseText(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """The words of a clause in hand: GET gives their field, POST saves them at once or shows both texts."""

    model = Clause
    queryset = CLAUSES
    policy = staticmethod(policy.edit_clause)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clause = self.get_object()
        return draw_cell(self.request, self._cell(clause), text=clause.text, was=clause.text)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clause = self.get_object()
        text, was = request.POST.get("text", ""), request.POST.get("was", "")
        try:
            written = clauses.write_clause(clause, to=text, was=was, by=self.request.user)
        except clauses.WrittenMeanwhile as meanwhile:
            cell = self._cell(clause)
            return draw_cell(
                self.request, cell, status=CONFLICT, text=text, was=meanwhile.theirs, theirs=meanwhile.theirs
            )
        return saved_text(self.request, written.text, back=written)

    def _cell(self, clause: Clause) -> Cell:
        return Cell(
            order=clause.order,
            label="Текст пункта",
            address=reverse("reports:clause-text", args=[clause.pk]),
            back=clause,
        )


class ClausePress(PressView):
    """A verb on one clause: the text is drawn anew around it."""

    model = Clause
    queryset = CLAUSES
    policy = staticmethod(policy.edit_clause)

    def answer(self, clause: Clause, **context: Any) -> HttpResponse:
        if self.request.htmx:
            return draw_text(self.request, clause.order, **context)
        return redirect(clause)


class ClauseAdd(PressView):
    """An empty clause after the one named by ``after``, or at the end."""

    model = Order
    queryset = Order.objects.select_related("roadmap", "issuer")
    policy = staticmethod(policy.edit_order)

    def press(self, record: Order) -> HttpResponse:
        wanted = self.request.POST.get("after", "")
        after = next((clause for clause in record.clauses.living() if str(clause.pk) == wanted), None)
        clause = clauses.add_clause(record, after=after, by=self.request.user)
        if self.request.htmx:
            return draw_text(self.request, record, added=clause.pk)
        return redirect("reports:clause-text", pk=clause.pk)


class ClauseMove(ClausePress):
    """One place up (``step`` is -1) or down (1)."""

    def press(self, record: Clause) -> HttpResponse:
        step = self.request.POST.get("step")
        if step not in ("-1", "1"):
            return HttpResponseBadRequest("Пункт переносят на одно место выше или ниже.")
        clauses.move_clause(record, step=int(step), by=self.request.user)
        return self.answer(record)


class ClauseLevel(ClausePress):
    """A part of the clause above, or a clause of its own again."""

    def press(self, record: Clause) -> HttpResponse:
        level = self.request.POST.get("level", "")
        if level not in map(str, Clause.Level.values):
            return HttpResponseBadRequest("Такого уровня у пунктов нет.")
        clauses.set_level(record, level=int(level), by=self.request.user)
        return self.answer(record)


class ClauseRemove(ClausePress):
    def press(self, record: Clause) -> HttpResponse:
        clauses.remove_clause(record, by=self.request.user, at=timezone.now())
        if self.request.htmx:
            return draw_text(self.request, record.order, removed=record)
        offer_undo(self.request, "Пункт удалён.", reverse("reports:clause-restore", args=[record.pk]))
        return redirect(record.order)


class ClauseRestore(ClausePress):
    def press(self, record: Clause) -> HttpResponse:
        clauses.restore_clause(record, by=self.request.user)
        if not self.request.htmx:
            messages.success(self.request, "Пункт возвращён.")
        return self.answer(record)
