"""Two records of one person: the second is found, the merge shown, done and undone."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView

from directory import policy
from directory.actions import merging
from directory.actions.changes import ChangedSince
from directory.forms.staff import MergeForm
from directory.models import Merge, Position, StaffMember
from directory.views.watched import WatchedMixin, watch, watch_list
from journal.models import Access
from kit.access import PolicyMixin, VisibleMixin
from kit.messages import offer_undo
from kit.texts import tidy
from kit.views import PressView, VerbView

#: So many records are offered at once; a namesake further down is found by more words.
OFFERED = 20


class StaffMerge(WatchedMixin, PolicyMixin, VisibleMixin, DetailView):
    """The second record is looked for: namesakes first, anybody by words."""

    model = StaffMember
    policy = staticmethod(policy.merge_staff)
    template_name = "directory/staff_merge.html"
    deed = Access.Deed.MERGE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = tidy(self.request.GET.get("q", "")) or self.object.last_name
        held = Position.objects.select_related("organisation").order_by("-starts_on", "pk")
        found = StaffMember.objects.visible_to(self.request.user).exclude(pk=self.object.pk).found_by(words)
        others = list(found.in_natural_order().prefetch_related(Prefetch("positions", held, "held"))[:OFFERED])
        if others:
            watch_list(self.request, f"похожие на карточку № {self.object.pk}", shown=len(others))
        return super().get_context_data(**kwargs) | {"words": words, "others": others}


class StaffMergeWith(WatchedMixin, VerbView):
    """What stays, what moves and why, then the merge itself."""

    model = StaffMember
    policy = staticmethod(policy.merge_staff)
    form_class = MergeForm
    template_name = "directory/staff_merge_with.html"
    deed = Access.Deed.MERGE

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        others = StaffMember.objects.visible_to(request.user).exclude(pk=kwargs["pk"])
        self.other = get_object_or_404(others, pk=kwargs["other"])
        return super().dispatch(request, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> Any:
        person = super().get_object(queryset)
        watch(self.request, self.other, self.deed)
        return person

    def get_form_kwargs(self) -> dict[str, Any]:
        self.differences = merging.differences(self.object, self.other)
        self.pointing = merging.pointing_at(self.other)
        self.mark = merging.mark_of(self.differences, self.pointing)
        choices = {each.name: (each.label, each.ours, each.theirs) for each in self.differences if each.is_choice}
        return super().get_form_kwargs() | {"choices": choices, "initial": {"seen": self.mark}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "other": self.other,
            "added": [each for each in self.differences if not each.ours],
            "pointing": self.pointing,
        }

    def form_valid(self, form: MergeForm) -> HttpResponse:
        if form.cleaned_data["seen"] != self.mark:
            messages.warning(self.request, "Пока вы смотрели, записи изменились. Проверьте ещё раз.")
            return redirect(self.request.path)
        name, by, because = self.other.full_name, self.request.user, form.cleaned_data["because"]
        try:
            merge = merging.merge(self.object, self.other, taken=form.taken(), by=by, because=because)
        except merging.CannotMerge as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        address = reverse("directory:merge-undo", args=[merge.pk])
        offer_undo(self.request, f"Запись «{name}» присоединена к этой.", address, "Разъединить")
        return redirect(self.object)


class MergeUndo(PressView):
    model = Merge
    policy = staticmethod(policy.undo_merge)

    def press(self, record: Merge) -> HttpResponse:
        try:
            person = merging.undo(record, by=self.request.user, at=timezone.now())
        except ChangedSince as refusal:
            messages.error(self.request, f"Разъединить уже нельзя. {refusal}")
            return redirect(record)
        messages.success(self.request, f"Записи разъединены: {person.full_name} снова отдельно.")
        return redirect(person)
