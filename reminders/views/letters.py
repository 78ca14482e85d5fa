"""«Исходящие»: the letters of the municipality as they were written, and a second try for those that failed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import DetailView, ListView

from directory.models import StaffMember
from directory.views.watched import WatchedMixin, watch_list
from journal.models import Access
from kit.access import PolicyMixin, VisibleMixin
from kit.views import PressView
from reminders import policy
from reminders.actions import outbox
from reminders.filters import LetterFilter
from reminders.models import Letter

LETTERS = Letter.objects.select_related("account__staff_member")


def is_laid_into_folder() -> bool:
    """Whether no letter leaves this machine, as in the demo."""
    return bool(settings.EMAIL_BACKEND == "reminders.folder.EmailBackend")


class LetterList(VisibleMixin, ListView):
    """The newest first; whoever does not keep the outbox sees the letters to itself."""

    model = Letter
    queryset = LETTERS
    template_name = "reminders/letter_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Letter]:
        self.filter = LetterFilter(self.request.GET, queryset=super().get_queryset())
        return self.filter.qs.order_by("-written_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if to_others := sum(letter.account_id != self.request.user.pk for letter in context["object_list"]):
            watch_list(self.request, "исходящие письма", shown=to_others)
        return context | {
            "filter": self.filter,
            "keeps_outbox": bool(policy.resend_letters(self.request.user)),
            "is_laid_into_folder": is_laid_into_folder(),
        }


class LetterDetail(WatchedMixin, PolicyMixin, VisibleMixin, DetailView):
    """The letter as text: its marked-up part says the same and would bring its own looks."""

    model = Letter
    queryset = LETTERS
    policy = staticmethod(policy.view_letter)
    template_name = "reminders/letter_detail.html"
    deed = Access.Deed.LETTER

    def person_of(self, record: Letter) -> StaffMember | None:
        return record.account.staff_member if record.account else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "may_resend": policy.resend_letter(self.request.user, self.object),
            "is_laid_into_folder": is_laid_into_folder(),
        }


class LetterResend(PressView):
    model = Letter
    queryset = LETTERS
    policy = staticmethod(policy.resend_letter)

    def press(self, record: Letter) -> HttpResponse:
        if outbox.resend(record, now=timezone.now()):
            messages.success(self.request, "Письмо снова в очереди и уйдёт в течение минуты.")
        else:
            messages.warning(self.request, "Письмо как раз отправляется. Ничего не изменено.")
        return redirect(record)
