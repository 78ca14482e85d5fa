"""Positions of a person: added, edited, all ended by a dismissal and given back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from directory import policy
from directory.actions import positions, staff
from directory.actions.changes import ChangedSince
from directory.forms.staff import DismissalForm, PositionForm, PositionRemoveForm
from directory.models import Dismissal, Organisation, Position, StaffMember
from directory.roles import Role
from directory.views.watched import WatchedMixin
from journal.models import Access
from kit.messages import offer_undo
from kit.views import PressView, VerbView


class PositionAdd(WatchedMixin, VerbView):
    model = StaffMember
    policy = staticmethod(policy.add_position)
    form_class = PositionForm
    template_name = "directory/position_form.html"
    deed = Access.Deed.EDIT

    def get_form_kwargs(self) -> dict[str, Any]:
        places = Organisation.objects.staffed_by(self.request.user).in_natural_order()
        return super().get_form_kwargs() | {"instance": Position(staff_member=self.object), "places": places}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"person": self.object}

    def form_valid(self, form: PositionForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        form.save()
        messages.success(self.request, "Должность добавлена.")
        return redirect(self.object)


class PositionEdit(WatchedMixin, VerbView):
    model = Position
    queryset = Position.objects.select_related("staff_member", "organisation")
    policy = staticmethod(policy.edit_position)
    form_class = PositionForm
    template_name = "directory/position_form.html"
    deed = Access.Deed.EDIT

    def get_form_kwargs(self) -> dict[str, Any]:
        # A job at an organisation that has closed since stays there.
        own = Organisation.objects.filter(pk=self.object.organisation_id)
        places = (Organisation.objects.staffed_by(self.request.user) | own).in_natural_order()
        return super().get_form_kwargs() | {"instance": self.object, "places": places}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "person": self.object.staff_member,
            "may_remove": policy.remove_position(self.request.user, self.object),
        }

    def form_valid(self, form: PositionForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        form.save()
        messages.success(self.request, "Должность сохранена.")
        return redirect(self.object)


class PositionRemove(WatchedMixin, VerbView):
    model = Position
    queryset = Position.objects.select_related("staff_member", "organisation")
    policy = staticmethod(policy.remove_position)
    form_class = PositionRemoveForm
    template_name = "directory/position_remove.html"
    deed = Access.Deed.EDIT

    def form_valid(self, form: PositionRemoveForm) -> HttpResponse:
        title, person = self.object.title, self.object.staff_member
        try:
            removed = positions.remove(self.object, by=self.request.user, because=form.cleaned_data["because"])
        except positions.LastPosition:
            form.add_error(None, "Другие должности только что убрали: эту теперь можно лишь исправить.")
            return self.form_invalid(form)
        offer_undo(
            self.request, f"Должность «{title}» убрана.", reverse("directory:position-restore", args=[removed.pk])
        )
        return redirect(person)


class PositionRestore(PressView):
    """The version that a removal has left becomes the position again."""

    policy = staticmethod(policy.restore_position)

    def get_queryset(self) -> Any:
        people = StaffMember.objects.visible_to(self.request.user)
        return Position.history.filter(history_type="-", staff_member__in=people.values("pk"))

    def press(self, record: Any) -> HttpResponse:
        try:
            positions.restore(record, by=self.request.user)
        except ChangedSince as refusal:
            messages.error(self.request, f"Вернуть уже нельзя. {refusal}")
        else:
            messages.success(self.request, f"Должность «{record.title}» снова в карточке.")
        return redirect(record.instance)


class StaffDismiss(WatchedMixin, VerbView):
    model = StaffMember
    policy = staticmethod(policy.dismiss_staff_member)
    form_class = DismissalForm
    template_name = "directory/staff_dismiss.html"
    deed = Access.Deed.EDIT

    def get_form_kwargs(self) -> dict[str, Any]:
        account = self.request.user
        worked_at = Organisation.objects.filter(positions__staff_member=self.object).distinct().in_natural_order()
        is_deputy = account.role == Role.DEPUTY
        places = worked_at.filter(pk=account.organisation_id) if is_deputy else worked_at
        return super().get_form_kwargs() | {
            "person": self.object, "places": places, "may_everywhere": not is_deputy, "initial": self.get_initial()
        }  # fmt: skip

    def form_valid(self, form: DismissalForm) -> HttpResponse:
        cleaned = form.cleaned_data
        dismissal = staff.dismiss(
            self.object,
            on=cleaned["on"],
            at=cleaned["organisation"],
            because=cleaned["because"],
            by=self.request.user,
            today=self.request.today,
            now=timezone.now(),
        )
        address = reverse("directory:dismissal-withdraw", args=[dismissal.pk])
        offer_undo(self.request, f"Увольнение отмечено: {self.object}, {cleaned['on']:%d.%m.%Y}.", address, "Отменить")
        return redirect(self.object)


class DismissalWithdraw(PressView):
    """The person is back in all that the dismissal ended, as if it had not been."""

    model = Dismissal
    policy = staticmethod(policy.withdraw_dismissal)

    def press(self, record: Dismissal) -> HttpResponse:
        try:
            staff.withdraw(record, by=self.request.user, at=timezone.now())
        except ChangedSince as refusal:
            messages.error(self.request, f"Отменить увольнение уже нельзя. {refusal}")
        else:
            messages.success(self.request, f"Увольнение отменено: {record.staff_member} снова работает.")
        return redirect(record)
