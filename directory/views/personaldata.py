"""Personal data: consents, all that is held of a person, and who has looked at it."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.views.generic import DetailView, ListView, View
from django.views.generic.detail import SingleObjectMixin

from directory import policy
from directory.actions import personaldata
from directory.filters import AccessFilter
from directory.forms.personaldata import ConsentForm, ConsentWithdrawForm
from directory.models import Consent, StaffMember
from directory.views.watched import WatchedMixin
from journal.models import Access
from journal.views import HistoryView
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.views import VerbView

#: A cell that begins so would be taken for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "'")


class ConsentAdd(WatchedMixin, VerbView):
    model = StaffMember
    policy = staticmethod(policy.keep_consents)
    form_class = ConsentForm
    template_name = "directory/consent_form.html"
    deed = Access.Deed.EDIT

    def get_form_kwargs(self) -> dict[str, Any]:
        consent = Consent(staff_member=self.object)
        return super().get_form_kwargs() | {"instance": consent, "today": self.request.today}

    def form_valid(self, form: ConsentForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        form.save()
        messages.success(self.request, "Согласие сохранено.")
        return redirect(self.object)


class ConsentWithdraw(WatchedMixin, VerbView):
    model = Consent
    queryset = Consent.objects.select_related("staff_member")
    policy = staticmethod(policy.withdraw_consent)
    form_class = ConsentWithdrawForm
    template_name = "directory/consent_withdraw.html"
    deed = Access.Deed.EDIT

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"consent": self.object, "today": self.request.today}

    def form_valid(self, form: ConsentWithdrawForm) -> HttpResponse:
        cleaned = form.cleaned_data
        self.object.withdraw(on=cleaned["withdrawn_on"], because=cleaned["because"], by=self.request.user)
        messages.success(self.request, f"Согласие отозвано с {cleaned['withdrawn_on']:%d.%m.%Y}.")
        return redirect(self.object)


class ConsentHistory(WatchedMixin, VisibleMixin, HistoryView):
    model = Consent
    queryset = Consent.objects.select_related("staff_member")
    deed = Access.Deed.HISTORY


class ConsentFile(WatchedMixin, PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """The scan, always as a download: nothing that was uploaded runs in the portal's pages."""

    model = Consent
    queryset = Consent.objects.select_related("staff_member")
    policy = staticmethod(policy.view_consent)
    deed = Access.Deed.CONSENT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        consent = self.get_object()
        if not consent.file:
            raise Http404
        try:
            file = consent.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(file, as_attachment=True, filename=consent.filename, content_type=consent.content_type)
        response["X-Content-Type-Options"] = "nosniff"
        return response


class StaffDossier(WatchedMixin, PolicyMixin, VisibleMixin, DetailView):
    """Everything that the portal holds of one person, to be read and printed."""

    model = StaffMember
    policy = staticmethod(policy.view_personal_data)
    template_name = "directory/staff_dossier.html"
    deed = Access.Deed.DOSSIER

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = personaldata.dossier(self.object)
        return super().get_context_data(**kwargs) | {
            "parts": [part for part in parts if part.records],
            "nothing_of": [part.title for part in parts if not part.records],
        }


class StaffExport(WatchedMixin, PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """The same as a file that another program can read."""

    model = StaffMember
    policy = staticmethod(policy.view_personal_data)
    deed = Access.Deed.EXPORT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = self.get_object()
        told = {part.title: part.records for part in personaldata.dossier(person)}
        headers = {"Content-Disposition": f'attachment; filename="staff-{person.pk}.json"'}
        content = json.dumps(told, ensure_ascii=False, indent=2)
        return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)


class StaffAccesses(WatchedMixin, PolicyMixin, SingleObjectMixin, ListView):
    """Who has looked at the data of one person; the log of it holds no more than the person already knows."""

    model = StaffMember
    policy = staticmethod(policy.view_personal_data)
    template_name = "directory/staff_accesses.html"
    deed = Access.Deed.HISTORY
    paginate_by = 50

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object(StaffMember.objects.visible_to(self.request.user))
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Access]:
        return Access.objects.about(self.object.pk).newest_first()


class AccessList(DoorMixin, ListView):
    """The log of the municipality."""

    template_name = "directory/access_list.html"
    paginate_by = 50
    door = staticmethod(policy.view_accesses)

    def get_queryset(self) -> QuerySet[Access]:
        here = Access.objects.of_municipality(self.request.user.municipality_id)
        self.filter = AccessFilter(self.request.GET, queryset=here)
        return self.filter.qs.newest_first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"filter": self.filter}


class AccessDownload(AccessList):
    """The same rows as a sheet, all pages of them."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        headers = {"Content-Disposition": 'attachment; filename="accesses.csv"'}
        content = _sheet_of(self.get_queryset().iterator()).encode("utf-8-sig")
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _sheet_of(rows: Iterable[Access]) -> str:
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";")
    writer.writerow(["когда", "кто", "роль", "чьи данные", "что сделано", "строк", "страница"])
    for row in rows:
        shown = str(row.shown or "")
        words = (row.reader_name, row.role, row.person_name, row.get_deed_display(), shown, row.address)
        moment = f"{localtime(row.at):%d.%m.%Y %H:%M:%S}"
        writer.writerow([moment, *(f"'{word}" if word.startswith(FORMULA) else word for word in words)])
    return sheet.getvalue()
