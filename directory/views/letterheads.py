"""The letterhead of an organisation: its requisites and their history."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from directory import policy
from directory.forms.letterheads import LetterheadForm
from directory.models import Letterhead, Organisation
from journal.views import HistoryView
from kit.access import VisibleMixin
from kit.views import VerbView


class LetterheadEdit(VerbView):
    """An organisation that has no letterhead yet gets one here."""

    model = Organisation
    queryset = Organisation.objects.select_related("letterhead")
    policy = staticmethod(policy.edit_letterhead)
    form_class = LetterheadForm
    template_name = "directory/letterhead_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        letterhead = getattr(self.object, "letterhead", None) or Letterhead(
            organisation=self.object, full_title=self.object.title, short_title=self.object.short_title
        )
        return super().get_form_kwargs() | {"instance": letterhead}

    def form_valid(self, form: LetterheadForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        form.save()
        messages.success(self.request, "Бланк сохранён. Новые приказы выйдут на нём.")
        return redirect(self.object)


class LetterheadHistory(VisibleMixin, HistoryView):
    model = Letterhead
