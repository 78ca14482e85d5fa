"""Pages that make one row two, two rows one, or change many rows at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from deadlines.wording import plural
from kit.messages import offer_undo
from kit.views import PressView, VerbView
from roadmaps import policy
from roadmaps.actions import editing, reshaping
from roadmaps.forms.reshaping import ManyForm, SplitForm
from roadmaps.models import Roadmap, RoadmapItem
from roadmaps.views.held import HeldMixin
from roadmaps.views.items import ITEMS


class ItemSplit(HeldMixin, VerbView):
    model = RoadmapItem
    queryset = ITEMS
    policy = staticmethod(policy.edit_item)
    form_class = SplitForm
    template_name = "roadmaps/item_split.html"

    def get_initial(self) -> dict[str, Any]:
        return {"was": self.object.text, "stays": self.object.text}

    def form_valid(self, form: SplitForm) -> HttpResponse:
        self.object.text = form.cleaned_data["was"]
        try:
            new = reshaping.split_item(
                self.object, stays=form.cleaned_data["stays"], moves=form.cleaned_data["moves"], by=self.request.user
            )
        except editing.EditedMeanwhile as meanwhile:
            form.data = self.request.POST.dict() | {"was": meanwhile.theirs}
            form.add_error("stays", f"Пока вы делили, текст изменили: «{meanwhile.theirs}». Ваш текст остался здесь.")
            return self.form_invalid(form)
        messages.success(self.request, "Мероприятие разделено.")
        return redirect(f"{self.object.section.roadmap.get_absolute_url()}#item-{new.pk}")


class ItemJoin(HeldMixin, PressView):
    """Take the next row in; the taken one can be brought back."""

    model = RoadmapItem
    queryset = ITEMS
    policy = staticmethod(policy.edit_item)

    def press(self, record: RoadmapItem) -> HttpResponse:
        try:
            taken = reshaping.join_next(record, by=self.request.user, at=timezone.now())
        except (reshaping.NothingBelow, reshaping.NeighbourIsMarked) as refusal:
            messages.warning(self.request, str(refusal))
        except editing.EditedMeanwhile:
            messages.warning(self.request, "Текст только что изменил кто-то ещё. Проверьте и объедините снова.")
        else:
            address = reverse("roadmaps:item-restore", args=[taken.pk])
            offer_undo(self.request, "Нижнее мероприятие присоединено и убрано.", address)
        return redirect(f"{record.section.roadmap.get_absolute_url()}#item-{record.pk}")


class RoadmapMany(HeldMixin, VerbView):
    """Write the same deadline, parties, form or participants into many rows."""

    model = Roadmap
    policy = staticmethod(policy.edit_roadmap)
    form_class = ManyForm
    template_name = "roadmaps/roadmap_many.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"roadmap": self.object}

    def form_valid(self, form: ManyForm) -> HttpResponse:
        items = list(form.cleaned_data["items"])
        changed = reshaping.edit_many(self.object, items, cells=form.cells(), by=self.request.user)
        messages.success(self.request, f"Изменено {changed} {plural(changed, 'мероприятие,мероприятия,мероприятий')}.")
        return redirect(self.object)
