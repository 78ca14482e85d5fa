"""Staff: the card of a person as of a day, its edit and its history."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import CreateView, DetailView, UpdateView

from directory import policy
from directory.actions import staff
from directory.forms.staff import FirstPositionForm, StaffMemberForm
from directory.models import Organisation, Position, StaffMember
from directory.views.watched import WatchedMixin
from journal.models import Access
from journal.views import PAGE, HistoryView, newest_first
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.forms import DayField
from kit.views import WayBackMixin


class StaffDetail(WatchedMixin, PolicyMixin, VisibleMixin, DetailView):
    """The card as of today, or as of the day that the address names."""

    model = StaffMember
    policy = staticmethod(policy.view_staff_member)
    template_name = "directory/staff_detail.html"
    deed = Access.Deed.CARD

    def get_queryset(self) -> Any:
        self.day = _day_of(self.request.GET.get("on", "")) or self.request.today
        people: Any = super().get_queryset()
        return people.with_standing(self.day)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account, person = self.request.user, self.object
        held = person.positions.with_place_on(self.day).select_related("organisation")
        positions = list(held.order_by("-starts_on", "-pk"))
        dismissals = person.dismissals.standing().select_related("organisation", "recorded_by__staff_member")
        return super().get_context_data(**kwargs) | {
            "day": self.day,
            "is_today": self.day == self.request.today,
            "now": [position for position in positions if position.is_held_on(self.day)],
            "other": [position for position in positions if not position.is_held_on(self.day)],
            "editable": {position.pk for position in positions if policy.edit_position(account, position)},
            "subjects": list(person.subjects.order_by("title", "pk")),
            "dismissals": [
                (dismissal, policy.withdraw_dismissal(account, dismissal))
                for dismissal in dismissals.order_by("-dismissed_on", "-pk")
            ],
            "merges": list(person.merges.standing().select_related("merged_by__staff_member").order_by("-pk")),
            "sees_list": policy.view_staff(account),
            "keeps": policy.keep_staff(account),
            "may_edit": policy.edit_staff_member(account, person),
            "may_add_position": policy.add_position(account, person),
            "may_dismiss": policy.dismiss_staff_member(account, person),
            "may_merge": policy.merge_staff(account, person),
            "consents": [
                (
                    consent,
                    consent.is_in_force(self.day),
                    policy.view_consent(account, consent),
                    policy.withdraw_consent(account, consent),
                )
                for consent in person.consents.newest_first()
            ],
            "may_add_consent": policy.keep_consents(account, person),
            "may_view_data": policy.view_personal_data(account, person),
            "may_depersonalise": policy.depersonalise_staff_member(account, person),
        }


def _day_of(text: str) -> date | None:
    try:
        day: date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return day


class StaffAdd(WayBackMixin, DoorMixin, CreateView):
    """A person and the first position together: nobody is on the list of a school without one."""

    model = StaffMember
    form_class = StaffMemberForm
    template_name = "directory/staff_add.html"
    door = staticmethod(policy.keep_staff)

    def way_back(self) -> str:
        return reverse("directory:staff-list")

    def get_form_kwargs(self) -> dict[str, Any]:
        person = StaffMember(municipality=self.request.user.municipality)
        return super().get_form_kwargs() | {"instance": person, "today": self.request.today}

    def get_form(self, form_class: Any = None) -> StaffMemberForm:
        """One form for the reader: the template draws its frame around both."""
        form: StaffMemberForm = super().get_form(form_class)
        form.helper.form_tag, form.helper.disable_csrf = False, True
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("position_form", self._position_form())
        return super().get_context_data(**kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = None
        form, position_form = self.get_form(), self._position_form()
        are_valid = [form.is_valid(), position_form.is_valid()]
        if not all(are_valid):
            return self.render_to_response(self.get_context_data(form=form, position_form=position_form))
        person, account = form.instance, self.request.user
        staff.hire(person, position_form.save(commit=False), form.chosen_subjects(by=account), by=account)
        messages.success(request, f"{person} теперь в списке сотрудников.")
        return redirect(person)

    def _position_form(self) -> FirstPositionForm:
        data = self.request.POST if self.request.method == "POST" else None
        places = Organisation.objects.staffed_by(self.request.user).in_natural_order()
        return FirstPositionForm(data, places=places, initial=self._place())

    def _place(self) -> dict[str, Any]:
        """The page of an organisation leads here with its own key."""
        at = self.request.GET.get("at", "")
        return {"organisation": at} if at.isascii() and at.isdecimal() else {}


class StaffEdit(WayBackMixin, WatchedMixin, PolicyMixin, VisibleMixin, UpdateView):
    model = StaffMember
    form_class = StaffMemberForm
    policy = staticmethod(policy.edit_staff_member)
    template_name = "directory/staff_form.html"
    deed = Access.Deed.EDIT

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": self.request.today}

    def form_valid(self, form: StaffMemberForm) -> HttpResponse:
        staff.keep(form.instance, form.chosen_subjects(by=self.request.user), by=self.request.user)
        messages.success(self.request, "Карточка сохранена.")
        return redirect(form.instance)


class StaffHistory(WatchedMixin, VisibleMixin, HistoryView):
    """The person and the positions, those moved here by a merge too."""

    model = StaffMember
    deed = Access.Deed.HISTORY
    parts_come_and_go = True

    def parts(self) -> list[Any]:
        return list(newest_first(Position.history.filter(staff_member=self.object.pk))[:PAGE])
