"""Organisations: the passport of one, its edit, its names over time and its end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import CreateView, DetailView, UpdateView

from directory import policy
from directory.actions import organisations
from directory.forms.calendars import ShiftForm
from directory.forms.organisations import CloseForm, ContactsForm, OrganisationForm, RenameForm
from directory.models import Organisation
from directory.views.watched import watch_list
from journal.views import HistoryView
from kit.access import DoorMixin, PolicyMixin, VisibleMixin
from kit.views import PressView, VerbView, WayBackMixin

#: People of one organisation on its page; a larger one is looked up in the list of staff.
PEOPLE_SHOWN = 500


class OrganisationDetail(PolicyMixin, VisibleMixin, DetailView):
    model = Organisation
    queryset = Organisation.objects.select_related("letterhead")
    policy = staticmethod(policy.view_organisation)
    template_name = "directory/organisation_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account, organisation = self.request.user, self.object
        positions = []
        if policy.view_staff(account):
            positions = list(
                organisation.positions.visible_to(account)
                .held_on(self.request.today)
                .select_related("staff_member")
                .order_by("staff_member__sort_key", "pk")[:PEOPLE_SHOWN]
            )
        if positions:
            watch_list(self.request, f"сотрудники: {organisation}", shown=len(positions))
        return super().get_context_data(**kwargs) | {
            "positions": positions,
            "former_names": list(organisation.former_names.order_by("-ends_on")),
            "may_see_staff": policy.view_staff(account),
            "may_add_staff": policy.keep_staff(account),
            "letterhead": getattr(organisation, "letterhead", None),
            "may_edit": policy.edit_organisation(account, organisation),
            "may_edit_contacts": policy.edit_contacts(account, organisation),
            "may_edit_letterhead": policy.edit_letterhead(account, organisation),
            "may_edit_shift": policy.edit_shift(account, organisation),
        }


class OrganisationAdd(WayBackMixin, DoorMixin, CreateView):
    model = Organisation
    form_class = OrganisationForm
    template_name = "directory/organisation_form.html"
    door = staticmethod(policy.keep_organisations)

    def way_back(self) -> str:
        return reverse("directory:organisation-list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Organisation(municipality=self.request.user.municipality)}

    def form_valid(self, form: OrganisationForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        messages.success(self.request, "Организация заведена.")
        return redirect(form.save())


class OrganisationEdit(WayBackMixin, PolicyMixin, VisibleMixin, UpdateView):
    model = Organisation
    form_class = OrganisationForm
    policy = staticmethod(policy.edit_organisation)
    template_name = "directory/organisation_form.html"

    def form_valid(self, form: OrganisationForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        messages.success(self.request, "Организация сохранена.")
        return redirect(form.save())


class OrganisationContacts(WayBackMixin, PolicyMixin, VisibleMixin, UpdateView):
    """What a deputy keeps of the own school."""

    model = Organisation
    form_class = ContactsForm
    policy = staticmethod(policy.edit_contacts)
    template_name = "directory/organisation_form.html"

    def form_valid(self, form: ContactsForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        messages.success(self.request, "Контакты сохранены.")
        return redirect(form.save())


class OrganisationRename(VerbView):
    model = Organisation
    policy = staticmethod(policy.edit_organisation)
    form_class = RenameForm
    template_name = "directory/organisation_rename.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organisation": self.object, "today": self.request.today}

    def get_initial(self) -> dict[str, Any]:
        name = self.object.name
        return {"title": name.title, "title_genitive": name.title_genitive, "short_title": name.short_title}

    def form_valid(self, form: RenameForm) -> HttpResponse:
        day, because = form.cleaned_data["on"], form.cleaned_data["because"]
        organisations.rename(self.object, form.name, on=day, by=self.request.user, because=because)
        messages.success(self.request, f"Организация переименована с {day:%d.%m.%Y}.")
        return redirect(self.object)


class OrganisationClose(VerbView):
    model = Organisation
    policy = staticmethod(policy.close_organisation)
    form_class = CloseForm
    template_name = "directory/organisation_close.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        working = self.object.positions.filter(ends_on=None).values("staff_member").distinct().count()
        return super().get_context_data(**kwargs) | {"working": working}

    def form_valid(self, form: CloseForm) -> HttpResponse:
        day = form.cleaned_data["on"]
        self.object.close(on=day, by=self.request.user, because=form.cleaned_data["because"])
        messages.success(self.request, f"Организация закрыта, последний день {day:%d.%m.%Y}.")
        return redirect(self.object)


class OrganisationReopen(PressView):
    model = Organisation
    policy = staticmethod(policy.reopen_organisation)

    def press(self, record: Organisation) -> HttpResponse:
        record.reopen(by=self.request.user, because="закрытие отменено")
        messages.success(self.request, "Организация снова работает.")
        return redirect(record)


class OrganisationHistory(VisibleMixin, HistoryView):
    model = Organisation


class OrganisationShift(VerbView):
    """Where a deadline on a day off goes in this organisation."""

    model = Organisation
    policy = staticmethod(policy.edit_shift)
    form_class = ShiftForm
    template_name = "directory/organisation_shift.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.object}

    def form_valid(self, form: ShiftForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        form.instance.save(update_fields=["shift"])
        messages.success(self.request, f"Срок в выходной: {form.instance.get_shift_display()}.")
        return redirect(self.object)
