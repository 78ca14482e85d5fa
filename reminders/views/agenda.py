"""«Мои сроки», the home page: what is late, due today, this week and later, marked in place."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from django.views.generic.detail import SingleObjectMixin

from directory.requests import PortalRequest
from directory.roles import Permission
from kit.access import VisibleMixin
from reminders import agenda
from reminders.models import Reminder
from reminders.policy import mark_point
from reminders.sources import source_of
from roadmaps import policy
from roadmaps.actions.execution import AlreadyClosed, reopen
from roadmaps.forms.execution import CompleteForm
from roadmaps.models import ControlPoint, Postponement, Roadmap
from roadmaps.models.points import ControlPointQuerySet
from roadmaps.views import execution

#: Rows of each urgency at once, a region has thousands; what is far off only shows that it comes.
SHOWN = {"late": 50, "today": 50, "week": 50, "later": 20}
#: Requests to decide; the rest stands on the page of their own.
REQUESTS_SHOWN = 50
#: Digits of a record's number at most.
LONGEST_KEY = 18


class Agenda(TemplateView):
    """The first rows of each urgency; with ``group`` in the address all rows of one, page by page."""

    request: PortalRequest
    template_name = "reminders/agenda.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        whose = self._whose()
        if self.request.htmx and self._alone():
            return render(request, "reminders/_agenda_more.html", self._rows_after(self._points(whose)))
        return super().get(request, *args, whose=whose, **kwargs)

    def get_context_data(self, *, whose: str, **kwargs: Any) -> dict[str, Any]:
        account, today = self.request.user, self.request.today
        points, debtors = self._points(whose), []
        if whose == agenda.EVERYBODYS:
            debtors = agenda.debtors(agenda.points_of(account, today, whose=whose), today)
        context = super().get_context_data(**kwargs) | {
            "whose": whose,
            "sees_everybodys": agenda.sees_everybodys(account),
            "debtors": debtors,
            "debtor": next((debtor for debtor in debtors if debtor.key == self._party()), None),
            "waiting": self._waiting(),
            "may_compose": policy.compose_roadmaps(account),
        }
        if self._alone():
            return context | self._one_group(points)
        groups = agenda.groups(points, today, shown=SHOWN)
        return context | {
            "groups": groups,
            "markable": self._markable([point for group in groups for point in group.points]),
            "has_roadmaps": bool(groups) or Roadmap.objects.visible_to(account).exists(),
        }

    def _whose(self) -> str:
        """What the address asks for; else the reader's own, or everybody's for one who owes nothing."""
        account, asked = self.request.user, self.request.GET.get("whose")
        if not agenda.sees_everybodys(account):
            return agenda.OWN
        if asked in {agenda.OWN, agenda.EVERYBODYS}:
            return asked
        return agenda.OWN if agenda.points_of(account, self.request.today).exists() else agenda.EVERYBODYS

    def _alone(self) -> str:
        asked = self.request.GET.get("group", "")
        return asked if asked in agenda.TITLES else ""

    def _party(self) -> str:
        return self.request.GET.get("party", "").replace("\0", "")

    def _points(self, whose: str) -> ControlPointQuerySet:
        points = agenda.points_of(self.request.user, self.request.today, whose=whose)
        return agenda.owed_by(points, self._party()) if self._party() and whose == agenda.EVERYBODYS else points

    def _one_group(self, points: ControlPointQuerySet) -> dict[str, Any]:
        """One page of the asked urgency."""
        of_group = agenda.in_order(points.filter(agenda.urgency(self._alone(), self.request.today)))
        page: Page[ControlPoint] = Paginator(of_group, SHOWN[self._alone()]).get_page(self.request.GET.get("page"))
        group = agenda.Group(self._alone(), list(page), page.paginator.count)
        return {"alone": group, "page": page, "markable": self._markable(group.points)}

    def _rows_after(self, points: ControlPointQuerySet) -> dict[str, Any]:
        """The next rows of the asked urgency; rows marked meanwhile have left, so the last one shown is what counts."""
        after = self.request.GET.get("after", "")
        shown = int(after) if after.isdecimal() and len(after) <= LONGEST_KEY else 0
        last = ControlPoint.objects.visible_to(self.request.user).filter(pk=shown)
        rest = points.filter(agenda.urgency(self._alone(), self.request.today))
        for due_on, pk in last.values_list("due_on", "pk"):
            rest = rest.filter(Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=pk))
        rows = list(agenda.in_order(rest)[: SHOWN[self._alone()]])
        return {"group": agenda.Group(self._alone(), rows, rest.count()), "markable": self._markable(rows)}

    def _markable(self, points: list[ControlPoint]) -> set[int]:
        """Which of the shown points the reader may mark; those who do not mark everything are asked about each."""
        account = self.request.user
        if not account.holds(Permission.ROADMAP_COMPLETE):
            prefetch_related_objects([point.item for point in points], "parties")
        return {point.pk for point in points if policy.mark_points(account, point.item)}

    def _waiting(self) -> list[Postponement]:
        """Requests for the reader to decide; nobody else is shown them here."""
        account = self.request.user
        if not policy.decide_postponements(account):
            return []
        requests = (
            Postponement.objects.visible_to(account).living().waiting().select_related("point__item__section__roadmap")
        )
        return list(requests.order_by("requested_at", "pk")[:REQUESTS_SHOWN])


class RowMixin:
    """A control point of the agenda, drawn as its row: open, closed just now, or with the form in it."""

    #: The views it is mixed into say what their request is.
    request: Any

    def get_queryset(self) -> Any:
        return super().get_queryset().annotate(is_own=agenda.is_own(self.request.user, self.request.today))  # type: ignore[misc]

    def row(self, point: ControlPoint, *, clash: bool = False) -> HttpResponse:
        context = {
            "point": point,
            "key": agenda.urgency_of(point.due_on, self.request.today),
            "may_mark": mark_point(self.request.user, point),
            "clash": clash,
        }
        return render(self.request, "reminders/_agenda_answer.html", context)


class PointRow(RowMixin, VisibleMixin, SingleObjectMixin, View):
    """The row as it stands, for whoever thought better of it."""

    model = ControlPoint
    queryset = execution.POINTS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        point = self.get_object()
        return self.row(point) if self.request.htmx else redirect(point)


class PointComplete(RowMixin, execution.PointComplete):
    """The form of completion in the row itself; without scripts the page of the roadmaps does the same."""

    template_name = "reminders/_agenda_form.html"
    policy = staticmethod(mark_point)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.request.htmx:
            return redirect("roadmaps:point-complete", self.object.pk)
        return super().get(request, *args, **kwargs) if self._is_open() else self.row(self.object, clash=True)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.request.htmx:
            return redirect("roadmaps:point-complete", self.object.pk)
        return super().post(request, *args, **kwargs) if self._is_open() else self.row(self.object, clash=True)

    def get_form_kwargs(self) -> dict[str, Any]:
        # Several rows may stand open at once.
        return super().get_form_kwargs() | {"auto_id": f"point-{self.object.pk}-%s"}

    def get_form(self, form_class: Any = None) -> CompleteForm:
        form: CompleteForm = super().get_form(form_class)
        form.helper.form_action = self.request.path
        # Here the rows watch over themselves; the guard of typed texts knows pages only.
        form.helper.attrs.pop("data-unsaved")
        form.helper.attrs["hx-sync"] = "this:drop"
        form.fields["done_on"].widget.attrs["autofocus"] = True
        return form

    def way_back(self) -> str:
        return reverse("reminders:point-row", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = agenda.urgency_of(self.object.due_on, self.request.today)
        return super().get_context_data(**kwargs) | {"point": self.object, "key": key}

    def form_valid(self, form: CompleteForm) -> HttpResponse:
        clash = False
        try:
            self.carry_out(form)
        except AlreadyClosed:
            clash = True
        Reminder.objects.visible_to(self.request.user).of_source(source_of(self.object.pk)).read(at=timezone.now())
        return self.row(self.get_object(), clash=clash)

    def _is_open(self) -> bool:
        return bool(self.object.state == ControlPoint.State.OPEN)


class PointReopen(RowMixin, execution.PointReopen):
    """Takes a mark back where it was made."""

    policy = staticmethod(mark_point)

    def press(self, record: ControlPoint) -> HttpResponse:
        if record.state != ControlPoint.State.OPEN:
            reopen(record, by=self.request.user)
        return self.row(self.get_object()) if self.request.htmx else redirect(record)
