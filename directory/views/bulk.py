"""Many cards of staff changed by one decision: chosen on the list or all that it finds; shown first, then written."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from deadlines.wording import plural
from directory import policy
from directory.actions import bulk
from directory.actions.changes import ChangedSince
from directory.filters import StaffFilter
from directory.forms.bulk import BulkEditForm
from directory.models import BulkEdit, StaffMember
from directory.requests import PortalRequest
from directory.views.watched import watch_list
from kit.access import DoorMixin
from kit.forms import portal_helper
from kit.messages import offer_undo
from kit.views import PressView, WayBackMixin

#: More than this at once is a sheet's work.
LIMIT = 5000
#: Rows of the preview; the rest is told as a number.
SHOWN = 100

#: Any number of a record that a database can hold.
KEY = re.compile(r"[0-9]{1,18}")


class StaffBulk(WayBackMixin, DoorMixin, FormView):
    """The address says whom: «chosen» once for each, or «all» that «found», the query of the list, finds."""

    door = staticmethod(policy.keep_staff)
    form_class = BulkEditForm
    template_name = "directory/staff_bulk.html"
    request: PortalRequest

    def way_back(self) -> str:
        return f"{reverse('directory:staff-list')}?{self._found().urlencode()}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        count = self._people().count()
        return super().get_context_data(**kwargs) | {"count": count, "is_too_many": count > LIMIT}

    def form_valid(self, form: BulkEditForm) -> HttpResponse:
        people = list(self._people().in_natural_order()[: LIMIT + 1])
        if len(people) > LIMIT:
            return self.form_invalid(form)
        changes = bulk.changes_of(people, form.decision)
        municipality: Any = self.request.user.municipality
        if not changes or bulk.mark_of(changes) != form.cleaned_data["seen"]:
            return self._show(form, changes)
        try:
            edit = bulk.change_all(changes, municipality, by=self.request.user, because=form.cleaned_data["because"])
        except ChangedSince as since:
            messages.warning(self.request, str(since))
            return self._show(form, changes)
        undo = reverse("directory:bulk-edit-take-back", args=[edit.pk])
        offer_undo(self.request, f"Записано: {_cards(len(changes))}.", undo, "Отменить")
        return redirect(self.way_back())

    def _show(self, form: BulkEditForm, changes: list[bulk.Change]) -> HttpResponse:
        form.data = typed = self.request.POST.copy()
        typed["seen"] = bulk.mark_of(changes)
        if changes:
            form.helper = portal_helper(
                f"Записать {len(changes)} {plural(len(changes), 'карточку,карточки,карточек')}", back=self.way_back()
            )
            form.helper.layout = BulkEditForm(account=self.request.user).helper.layout
        shown = [(change.person, _said(change, form)) for change in changes[:SHOWN]]
        if shown:
            watch_list(self.request, "правка нескольких карточек", shown=len(shown))
        context = {"changes": shown, "more": len(changes) - len(shown), "is_previewed": True, "changing": len(changes)}
        return self.render_to_response(self.get_context_data(form=form, **context))

    def _found(self) -> QueryDict:
        return QueryDict(self.request.GET.get("found", ""))

    def _people(self) -> Any:
        people = StaffMember.objects.visible_to(self.request.user).kept_by(self.request.user)
        if self.request.GET.get("all"):
            return StaffFilter(self._found(), queryset=people, request=self.request).qs
        chosen = [key for key in self.request.GET.getlist("chosen") if KEY.fullmatch(key)]
        return people.filter(pk__in=chosen)


def _cards(count: int) -> str:
    return f"{count} {plural(count, 'карточка,карточки,карточек')}"


def _said(change: bulk.Change, form: BulkEditForm) -> list[str]:
    """A change in words, one line for each column that a reader knows."""
    decision, lines = form.decision, []
    if "subjects" in change.columns:
        before, after = change.columns["subjects"]
        if decision.added and decision.added.pk in set(after) - set(before):
            lines.append(f"предмет добавится: {decision.added}")
        if decision.removed and decision.removed.pk in set(before) - set(after):
            lines.append(f"предмет уйдёт: {decision.removed}")
    if {"category", "category_on", "category_until"} & change.columns.keys():
        before = change.person.get_category_display()
        after = dict(StaffMember.Category.choices)[decision.category or ""]
        when = f" с {decision.category_on:%d.%m.%Y}" if decision.category_on else ""
        lines.append(f"категория: {before} → {after}{when}")
    if "calling" in change.columns:
        lines.append(f"дополнительная категория снимется: {change.person.get_calling_display()}")
    if "has_teaching_load" in change.columns:
        lines.append("ведёт уроки" if decision.has_teaching_load else "уроков не ведёт")
    return lines


class BulkEditTakeBack(PressView):
    model = BulkEdit
    policy = staticmethod(policy.take_back_bulk)

    def press(self, record: BulkEdit) -> HttpResponse:
        try:
            bulk.take_back(record, by=self.request.user, at=timezone.now())
        except ChangedSince as since:
            messages.error(self.request, str(since))
        else:
            messages.success(self.request, f"Правка отменена: {_cards(len(record.changed))}.")
        return redirect("directory:staff-list")
