"""External schedules and their windows."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from journal.views import PAGE, HistoryView, newest_first
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.views import PressView, VerbView, WayBackMixin
from roadmaps import policy
from roadmaps.actions import schedules
from roadmaps.forms.schedules import DayForm, ScheduleForm, ScheduleWindowForm
from roadmaps.models import RoadmapItem, Schedule, ScheduleDay, ScheduleWindow


class ScheduleList(VisibleMixin, ListView):
    model = Schedule
    template_name = "roadmaps/schedule_list.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .annotate(with_items=Count("items", distinct=True), with_windows=Count("windows", distinct=True))
            .order_by("title", "pk")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_compose": policy.compose_schedules(self.request.user)}


class ScheduleDetail(PolicyMixin, VisibleMixin, DetailView):
    model = Schedule
    policy = staticmethod(policy.view_schedule)
    template_name = "roadmaps/schedule_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account, schedule = self.request.user, self.object
        items = RoadmapItem.objects.visible_to(account).living().filter(schedule=schedule)
        own = ScheduleDay.objects.filter(window=OuterRef("pk"), organisation=account.organisation_id)
        windows = schedule.windows.annotate(with_days=Count("days"), with_own_day=Subquery(own.values("day")[:1]))
        return super().get_context_data(**kwargs) | {
            "windows": list(windows.order_by("-ends_on", "pk")),
            "may_name_day": policy.name_days(account),
            "items": list(items.select_related("section__roadmap").in_order()[:200]),
            "may_edit": policy.edit_schedule(account, schedule),
        }


class ScheduleAdd(WayBackMixin, DoorMixin, CreateView):
    model = Schedule
    form_class = ScheduleForm
    template_name = "roadmaps/schedule_form.html"
    door = staticmethod(policy.compose_schedules)

    def way_back(self) -> str:
        return reverse("roadmaps:schedule-list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.request.user}

    def form_valid(self, form: ScheduleForm) -> HttpResponse:
        schedule = form.save(commit=False)
        schedule.municipality_id = self.request.user.municipality_id
        schedule.sign(by=self.request.user)
        schedule.save()
        messages.success(self.request, "График заведён. Добавьте окно: с какого по какой день.")
        return redirect(schedule)


class ScheduleEdit(WayBackMixin, PolicyMixin, VisibleMixin, UpdateView):
    model = Schedule
    form_class = ScheduleForm
    policy = staticmethod(policy.edit_schedule)
    template_name = "roadmaps/schedule_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.request.user}

    def form_valid(self, form: ScheduleForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        return redirect(form.save())


class WindowAdd(VerbView):
    model = Schedule
    policy = staticmethod(policy.edit_schedule)
    form_class = ScheduleWindowForm
    template_name = "roadmaps/window_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": ScheduleWindow(schedule=self.object)}

    def form_valid(self, form: ScheduleWindowForm) -> HttpResponse:
        schedules.keep_window(form.save(commit=False), by=self.request.user)
        messages.success(self.request, "Окно добавлено, сроки мероприятий пересчитаны.")
        return redirect(self.object)


class WindowEdit(VerbView):
    model = ScheduleWindow
    queryset = ScheduleWindow.objects.select_related("schedule")
    policy = staticmethod(policy.edit_window)
    form_class = ScheduleWindowForm
    template_name = "roadmaps/window_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.object}

    def form_valid(self, form: ScheduleWindowForm) -> HttpResponse:
        schedules.keep_window(form.save(commit=False), by=self.request.user)
        messages.success(self.request, "Окно перенесено, сроки мероприятий пересчитаны.")
        return redirect(self.object.schedule)


class WindowDay(VerbView):
    """The deputy names the day of the school; named again, it moves."""

    model = ScheduleWindow
    queryset = ScheduleWindow.objects.select_related("schedule")
    policy = staticmethod(policy.name_day)
    form_class = DayForm
    template_name = "roadmaps/window_day.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"window": self.object}

    def get_initial(self) -> dict[str, Any]:
        named = self.object.days.filter(organisation=self.request.user.organisation_id).first()
        return {"day": named.day if named else None}

    def form_valid(self, form: DayForm) -> HttpResponse:
        day = form.cleaned_data["day"]
        schedules.name_day(self.object, organisation_id=self.request.user.organisation_id, on=day, by=self.request.user)
        messages.success(self.request, f"День вашей школы: {day:%d.%m.%Y}.")
        return redirect(self.object.schedule)


class WindowRemove(PressView):
    model = ScheduleWindow
    queryset = ScheduleWindow.objects.select_related("schedule")
    policy = staticmethod(policy.edit_window)

    def press(self, record: ScheduleWindow) -> HttpResponse:
        schedule = record.schedule
        schedules.remove_window(record, by=self.request.user)
        messages.success(self.request, "Окно удалено, открытые сроки по нему сняты.")
        return redirect(schedule)


class ScheduleHistory(VisibleMixin, HistoryView):
    """The schedule together with its windows and the days that schools have named in them."""

    model = Schedule
    parts_come_and_go = True

    def parts(self) -> Any:
        windows = ScheduleWindow.history.filter(schedule=self.object)
        days = ScheduleDay.history.filter(window__schedule=self.object)
        return [version for kept in (windows, days) for version in newest_first(kept)[:PAGE]]
