"""The reminders behind the bell: the recent ones, read one by one or all at once."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import ListView, View

from directory.requests import PortalRequest
from kit.access import VisibleMixin
from kit.views import PressView
from reminders import policy
from reminders.models import Reminder


class ReminderList(VisibleMixin, ListView):
    """What the reader was reminded of, the newest first."""

    model = Reminder
    template_name = "reminders/reminder_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Reminder]:
        own: Any = super().get_queryset()
        return own.told(self.request.today).order_by("-send_on", "due_on", "pk")


class ReminderRead(PressView):
    """Opening what a reminder is about marks it read; a page that is only looked at changes nothing."""

    model = Reminder
    policy = staticmethod(policy.read_reminder)

    def press(self, record: Reminder) -> HttpResponse:
        Reminder.objects.filter(pk=record.pk).read(at=timezone.now())
        return HttpResponseRedirect(record.url)


class ReminderReadAll(View):
    request: PortalRequest
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        Reminder.objects.visible_to(self.request.user).unread(self.request.today).read(at=timezone.now())
        return redirect("reminders:reminder-list")
