"""The production calendar: a year of working days, the municipality's own days, and their sheet."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import CreateView, FormView, RedirectView, TemplateView, UpdateView, View

from deadlines.production import ProductionYear, production_year
from deadlines.workdays import known
from directory import policy
from directory.actions import calendars, versions
from directory.actions.changes import ChangedSince
from directory.forms.calendars import CalendarConfirmForm, CalendarDayForm, CalendarLoadForm, mark_of
from directory.models import CalendarDay
from directory.requests import PortalRequest
from directory.resources.calendars import YEARS, write_days
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.messages import offer_undo
from kit.views import PressView, WayBackMixin


class Calendar(DoorMixin, RedirectView):
    """The line of the menu: leads to the year of today."""

    http_method_names = ["get", "head", "options"]
    door = staticmethod(policy.view_calendar)

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return reverse("directory:calendar-year", args=[self.request.today.year])


class CalendarYear(DoorMixin, TemplateView):
    door = staticmethod(policy.view_calendar)
    template_name = "directory/calendar_year.html"
    request: PortalRequest

    def get_context_data(self, year: int, **kwargs: Any) -> dict[str, Any]:
        if year not in YEARS:
            raise Http404
        own = list(CalendarDay.objects.visible_to(self.request.user).of_year(year).order_by("day"))
        drawn = production_year(year, [day.as_own_day() for day in own])
        return super().get_context_data(**kwargs) | {
            "year": drawn,
            "facts": _facts(drawn),
            "is_known": known(year),
            "own": [(day, drawn[day.day]) for day in own],
            "before": year - 1 if year - 1 in YEARS else None,
            "after": year + 1 if year + 1 in YEARS else None,
            "today": self.request.today,
            "may_edit": policy.edit_calendar(self.request.user),
        }


def _facts(year: ProductionYear) -> list[dict[str, Any]]:
    quarters = zip(("I", "II", "III", "IV"), year.quarters, strict=True)
    return [
        {"label": "рабочих дней в году", "number": year.working},
        {"label": "выходных и праздников", "number": year.off},
        *({"label": f"рабочих, {roman} квартал", "number": working} for roman, working in quarters),
    ]


def _keep(request: PortalRequest, form: CalendarDayForm, *, said: str) -> HttpResponse | None:
    """Keep the day of a form and say so, in a message that can be taken back; nothing when the day is taken."""
    day: CalendarDay = form.instance
    try:
        version = versions.keep(day, by=request.user)
    except versions.Taken:
        form.refuse_twin()
        return None
    offer_undo(request, said.format(day), _way_to_take_back(version), "Отменить")
    return redirect(day)


class CalendarDayAdd(WayBackMixin, DoorMixin, CreateView):
    model = CalendarDay
    form_class = CalendarDayForm
    template_name = "directory/calendar_day_form.html"
    door = staticmethod(policy.edit_calendar)

    def way_back(self) -> str:
        return reverse("directory:calendar")

    def get_form_kwargs(self) -> dict[str, Any]:
        account = self.request.user
        return super().get_form_kwargs() | {
            "instance": CalendarDay(municipality=account.municipality),
            "account": account,
        }

    def form_valid(self, form: CalendarDayForm) -> HttpResponse:
        return _keep(self.request, form, said="День {} добавлен в календарь.") or self.form_invalid(form)


class CalendarDayEdit(WayBackMixin, PolicyMixin, VisibleMixin, UpdateView):
    model = CalendarDay
    form_class = CalendarDayForm
    template_name = "directory/calendar_day_form.html"
    policy = staticmethod(policy.edit_day)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.request.user}

    def form_valid(self, form: CalendarDayForm) -> HttpResponse:
        return _keep(self.request, form, said="День {} изменён.") or self.form_invalid(form)


class CalendarDayRemove(PressView):
    model = CalendarDay
    policy = staticmethod(policy.edit_day)

    def press(self, record: CalendarDay) -> HttpResponse:
        year = record.get_absolute_url()
        version = versions.remove(record, by=self.request.user)
        offer_undo(self.request, f"День {record} снова как в стране.", _way_to_take_back(version))
        return redirect(year)


class CalendarChangeTakeBack(PressView):
    """Undo the latest change of a day, or a whole sheet of days, as their history has kept it."""

    policy = staticmethod(policy.edit_day)

    def get_queryset(self) -> Any:
        return CalendarDay.history.filter(municipality=self.request.user.municipality_id)

    def press(self, record: Any) -> HttpResponse:
        try:
            days = calendars.take_back(record, by=self.request.user)
        except ChangedSince as since:
            messages.error(self.request, f"Отменить уже нельзя. {since}")
        else:
            what = f"Загрузка отменена, дней: {days}." if days > 1 else f"Правка отменена: {record.instance}."
            messages.success(self.request, what)
        return redirect(record.instance)


def _way_to_take_back(version: Any) -> str:
    return reverse("directory:calendar-change-take-back", args=[version.pk])


class PreviewMixin:
    """Shows what a sheet would change, with the button that does it."""

    request: Any

    def show(self, text: str, days: Any) -> HttpResponse:
        changes = calendars.changes_of(days, self.request.user.municipality)
        context = {
            "changes": changes,
            "same": len(days) - len(changes),
            "form": CalendarConfirmForm(initial={"text": text, "seen": mark_of(changes)}),
        }
        return self.response_class(self.request, ["directory/calendar_load_preview.html"], context)  # type: ignore[attr-defined]


class CalendarLoad(PreviewMixin, WayBackMixin, DoorMixin, FormView):
    door = staticmethod(policy.edit_calendar)
    form_class = CalendarLoadForm
    template_name = "directory/calendar_load.html"

    def way_back(self) -> str:
        return reverse("directory:calendar")

    def form_valid(self, form: CalendarLoadForm) -> HttpResponse:
        return self.show(form.cleaned_data["text"], form.cleaned_data["days"])


class CalendarLoadConfirm(PreviewMixin, DoorMixin, FormView):
    """Does what the preview has shown, all of it or nothing."""

    http_method_names = ["post"]
    door = staticmethod(policy.edit_calendar)
    form_class = CalendarConfirmForm

    def form_valid(self, form: CalendarConfirmForm) -> HttpResponse:
        municipality, days = self.request.user.municipality, form.cleaned_data["days"]
        changes = calendars.changes_of(days, municipality)
        if mark_of(changes) != form.cleaned_data["seen"]:
            return self.show_again(form.cleaned_data["text"], days)
        try:
            written = calendars.load(changes, municipality, by=self.request.user, at=timezone.now())
        except versions.Taken:
            return self.show_again(form.cleaned_data["text"], days)
        said = f"Календарь загружен, дней записано: {len(written)}."
        if written:
            offer_undo(self.request, said, _way_to_take_back(written[0]), "Отменить загрузку")
        else:
            messages.success(self.request, said)
        return redirect("directory:calendar-year", year=days[0].day.year)

    def show_again(self, text: str, days: Any) -> HttpResponse:
        messages.warning(self.request, "Пока вы смотрели, календарь изменили. Проверьте ещё раз.")
        return self.show(text, days)

    def form_invalid(self, form: CalendarConfirmForm) -> HttpResponse:
        messages.error(self.request, "Таблица до портала не дошла. Загрузите файл ещё раз.")
        return redirect("directory:calendar-load")


class CalendarDownload(DoorMixin, View):
    """The municipality's own days of every year as the sheet that can be loaded again."""

    door = staticmethod(policy.view_calendar)

    def get(self, request: HttpRequest) -> HttpResponse:
        own = CalendarDay.objects.visible_to(self.request.user).order_by("day")
        # The mark tells a spreadsheet that the letters are UTF-8.
        content = write_days(day.as_own_day() for day in own).encode("utf-8-sig")
        headers = {"Content-Disposition": 'attachment; filename="calendar.csv"'}
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
