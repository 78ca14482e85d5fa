"""Depersonalisation: what goes and what stays is shown, the deed is confirmed by hand, the act is kept."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import DetailView, ListView, View
from django.views.generic.detail import SingleObjectMixin

from directory import policy
from directory.actions.personaldata import CannotDepersonalise, depersonalise, dossier, why_not_yet
from directory.forms.personaldata import DepersonaliseForm
from directory.models import Account, Destruction, Organisation, StaffMember
from directory.views.watched import WatchedMixin
from journal.models import Access
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.verdicts import Verdict, denied
from kit.views import VerbView
from reports.destruction import REGISTERED, keep_act, log_of
from reports.views.papers import PDF, as_file

DESTRUCTIONS = Destruction.objects.select_related("staff_member", "done_by__staff_member")


class DestructionDrawUp(WatchedMixin, VerbView):
    """The preview and the last word; afterwards nothing can be given back."""

    model = StaffMember
    form_class = DepersonaliseForm
    template_name = "reports/destruction_draw_up.html"
    deed = Access.Deed.DEPERSONALISE

    def policy(self, account: Account, person: StaffMember) -> Verdict:
        verdict = policy.depersonalise_staff_member(account, person)
        if verdict and (refusal := why_not_yet(person, today=self.request.today)):
            return denied(refusal)
        return verdict

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"parts": dossier(self.object), "registered": REGISTERED}

    def form_valid(self, form: DepersonaliseForm) -> HttpResponse:
        account = self.request.user
        operator = Organisation.objects.get(pk=account.organisation_id)
        try:
            destruction = depersonalise(
                self.object,
                because=form.cleaned_data["because"],
                commission=form.cleaned_data["commission"],
                by=account,
                at=timezone.now(),
                today=self.request.today,
                keep_act=lambda act, person: keep_act(act, person, operator),
            )
        except CannotDepersonalise as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.object)
        messages.success(self.request, "Данные обезличены, акт составлен. Распечатайте его и подпишите комиссией.")
        return redirect(destruction)


class DestructionList(DoorMixin, VisibleMixin, ListView):
    model = Destruction
    queryset = DESTRUCTIONS
    template_name = "reports/destruction_list.html"
    paginate_by = 50
    door = staticmethod(policy.view_destructions)

    def get_queryset(self) -> Any:
        acts: Any = super().get_queryset()
        return acts.newest_first()


class DestructionDetail(PolicyMixin, VisibleMixin, DetailView):
    model = Destruction
    queryset = DESTRUCTIONS
    policy = staticmethod(policy.view_destruction)
    template_name = "reports/destruction_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"registered": REGISTERED}


class DestructionPdf(WatchedMixin, PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """The act itself: the only place where the name of the person still stands."""

    model = Destruction
    queryset = DESTRUCTIONS
    policy = staticmethod(policy.view_destruction)
    deed = Access.Deed.ACT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        destruction = self.get_object()
        try:
            file = destruction.act.open("rb")
        except (FileNotFoundError, ValueError) as error:
            raise Http404 from error
        return as_file(file, name=f"Акт об уничтожении № {destruction.pk}.pdf", content_type=PDF)


class DestructionLog(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """The export of the log, which is kept beside the act."""

    model = Destruction
    queryset = DESTRUCTIONS
    policy = staticmethod(policy.view_destruction)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        destruction = self.get_object()
        if destruction.act_removed_at:
            raise Http404
        content = log_of(destruction).encode("utf-8-sig")
        name = f"Выгрузка к акту № {destruction.pk}.csv"
        return as_file(content, name=name, content_type="text/csv; charset=utf-8")
