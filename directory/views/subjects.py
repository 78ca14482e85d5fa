"""Subjects of the municipality: how many teach each, a better name, and the way out for a mistyped one."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import ListView, UpdateView

from directory import policy
from directory.actions import versions
from directory.actions.changes import ChangedSince
from directory.forms.subjects import SubjectForm
from directory.models import Subject
from journal.views import HistoryView
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.messages import offer_undo
from kit.sorting import searchable
from kit.views import PressView, WayBackMixin


class SubjectList(DoorMixin, VisibleMixin, ListView):
    """All of them: a municipality has a few dozen. Those that differ in letters alone are shown to be one."""

    model = Subject
    template_name = "directory/subject_list.html"
    door = staticmethod(policy.keep_subjects)

    def get_queryset(self) -> QuerySet[Subject]:
        return super().get_queryset().annotate(held=Count("staff")).order_by("title", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        subjects = list(context["object_list"])
        first: dict[str, Subject] = {}
        for subject in subjects:
            first.setdefault(searchable(subject.title), subject)
        twins = (first[searchable(subject.title)] for subject in subjects)
        pairs = zip(subjects, twins, strict=True)
        return context | {"rows": [(subject, twin if twin != subject else None) for subject, twin in pairs]}


class SubjectRename(WayBackMixin, PolicyMixin, VisibleMixin, UpdateView):
    model = Subject
    form_class = SubjectForm
    policy = staticmethod(policy.rename_subject)
    template_name = "directory/subject_form.html"

    def form_valid(self, form: SubjectForm) -> HttpResponse:
        try:
            version = versions.keep(form.instance, by=self.request.user)
        except versions.Taken:
            form.refuse_twin()
            return self.form_invalid(form)
        address = _way_to_take_back(version)
        offer_undo(self.request, f"Предмет теперь называется «{form.instance}».", address, "Отменить")
        return redirect(form.instance)


class SubjectRemove(PressView):
    model = Subject
    policy = staticmethod(policy.remove_subject)

    def press(self, record: Subject) -> HttpResponse:
        version = versions.remove(record, by=self.request.user)
        offer_undo(self.request, f"Предмет «{record}» удалён.", _way_to_take_back(version))
        return redirect("directory:subject-list")


class SubjectChangeTakeBack(PressView):
    """Undo the latest change of a subject, as its history has kept it."""

    policy = staticmethod(policy.take_back_subject)

    def get_queryset(self) -> Any:
        return Subject.history.filter(municipality=self.request.user.municipality_id).exclude(history_type="+")

    def press(self, record: Any) -> HttpResponse:
        try:
            versions.take_back(record, by=self.request.user)
        except ChangedSince as since:
            messages.error(self.request, f"Отменить уже нельзя. {since}")
        else:
            messages.success(self.request, "Правка отменена.")
        return redirect("directory:subject-list")


def _way_to_take_back(version: Any) -> str:
    return reverse("directory:subject-change-take-back", args=[version.pk])


class SubjectHistory(PolicyMixin, VisibleMixin, HistoryView):
    model = Subject
    policy = staticmethod(policy.rename_subject)
