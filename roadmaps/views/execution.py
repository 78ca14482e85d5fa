"""Control points: marked, postponed, proved."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import ListView, View
from django.views.generic.detail import SingleObjectMixin

from journal.views import HistoryView
from kit.access import PolicyMixin, VisibleMixin
from kit.views import PressView, VerbView
from roadmaps import policy
from roadmaps.actions import execution
from roadmaps.forms.execution import BecauseForm, CompleteForm, DecideForm, PostponeForm
from roadmaps.models import ControlPoint, Postponement, Proof

POINTS = ControlPoint.objects.select_related("item__section__roadmap", "subitem").filter(
    item__removed_at=None, item__section__removed_at=None
)


class PointVerb(VerbView):
    """One verb on a control point; a point that somebody closed first is told in words."""

    model = ControlPoint
    queryset = POINTS
    policy = staticmethod(policy.close_point)
    template_name = "roadmaps/point_verb.html"
    title = ""
    done = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"title": self.title, "roadmap": self.object.item.section.roadmap}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.carry_out(form)
        except execution.AlreadyClosed:
            self.object.refresh_from_db()
            messages.warning(
                self.request,
                f"Пока вы писали, срок уже закрыли: {self.object.get_state_display()}. Ничего не изменено.",
            )
            return redirect(self.object)
        except execution.Gone:
            messages.warning(self.request, "Пока вы писали, у мероприятия изменили срок. Отметьте новый.")
            return redirect(self.object.item)
        messages.success(self.request, self.done)
        return redirect(self.object)

    def carry_out(self, form: Any) -> None:
        raise NotImplementedError(f"{type(self).__name__} must say what it does with {form}.")


class PointComplete(PointVerb):
    form_class = CompleteForm
    title = "Отметить выполненным"
    done = "Мероприятие отмечено выполненным."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": self.request.today}

    def carry_out(self, form: CompleteForm) -> None:
        execution.complete(
            self.object,
            on=form.cleaned_data["done_on"],
            by=self.request.user,
            at=timezone.now(),
            note=form.cleaned_data["note"],
            evidence=form.evidence(),
        )


class PointDecline(PointVerb):
    form_class = BecauseForm
    title = "Не выполнено"
    done = "Отмечено: не выполнено."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"submit": "Отметить невыполненным"}

    def carry_out(self, form: BecauseForm) -> None:
        execution.decline(self.object, because=form.cleaned_data["because"], by=self.request.user, at=timezone.now())


class PointDismiss(PointVerb):
    form_class = BecauseForm
    title = "В этот раз не требуется"
    done = "Отмечено: не требуется."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"submit": "Отметить, что не требуется"}

    def carry_out(self, form: BecauseForm) -> None:
        execution.dismiss(self.object, because=form.cleaned_data["because"], by=self.request.user, at=timezone.now())


class PointPostpone(PointVerb):
    policy = staticmethod(policy.request_postponement)
    form_class = PostponeForm
    title = "Попросить перенос срока"
    done = "Просьба отправлена. До решения действует прежний срок."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"point": self.object, "today": self.request.today}

    def carry_out(self, form: PostponeForm) -> None:
        execution.request_postponement(
            self.object,
            to=form.cleaned_data["new_due_on"],
            because=form.cleaned_data["because"],
            by=self.request.user,
            at=timezone.now(),
        )


class PointReopen(PressView):
    model = ControlPoint
    queryset = POINTS
    policy = staticmethod(policy.reopen_point)

    def press(self, record: ControlPoint) -> HttpResponse:
        execution.reopen(record, by=self.request.user)
        messages.success(self.request, "Отметка снята, срок снова открыт. Приложенное сохранилось.")
        return redirect(record)


class PointHistory(VisibleMixin, HistoryView):
    model = ControlPoint


class PostponementList(VisibleMixin, ListView):
    """Requests that wait for a decision."""

    model = Postponement
    template_name = "roadmaps/postponement_list.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        requests: Any = super().get_queryset()
        related = (
            requests.living().waiting().select_related("point__item__section__roadmap", "requested_by__staff_member")
        )
        return related.order_by("requested_at", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_decide": policy.decide_postponements(self.request.user)}


class PostponementDecide(VerbView):
    model = Postponement
    queryset = Postponement.objects.select_related("point__item__section__roadmap", "requested_by__staff_member")
    policy = staticmethod(policy.decide_postponement)
    form_class = DecideForm
    template_name = "roadmaps/postponement_decide.html"

    def form_valid(self, form: DecideForm) -> HttpResponse:
        reply = form.cleaned_data["reply"]
        try:
            if form.cleaned_data["decision"] == "grant":
                execution.grant(self.object, by=self.request.user, at=timezone.now(), reply=reply)
                messages.success(self.request, f"Срок перенесён на {self.object.new_due_on:%d.%m.%Y}.")
            else:
                execution.refuse(self.object, by=self.request.user, at=timezone.now(), reply=reply)
                messages.success(self.request, "Срок оставлен прежним.")
        except (execution.AlreadyDecided, execution.AlreadyClosed):
            messages.warning(self.request, "Пока вы решали, вопрос закрыли без вас. Ничего не изменено.")
        return redirect(self.object.point)


class ProofDetail(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """The file of a proof, always as a download: nothing that was uploaded runs in the portal's pages."""

    model = Proof
    policy = staticmethod(policy.view_proof)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | FileResponse:
        proof = self.get_object()
        if proof.link:
            raise PermissionDenied("Это ссылка, а не файл.")
        try:
            file = proof.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(file, as_attachment=True, filename=proof.filename, content_type=proof.content_type)
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response
