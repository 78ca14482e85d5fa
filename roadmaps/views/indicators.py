"""Target indicators of a section."""

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import UpdateView

from kit.access import PolicyMixin, VisibleMixin
from kit.views import PressView, VerbView, WayBackMixin
from roadmaps import policy
from roadmaps.forms.indicators import IndicatorForm
from roadmaps.models import Indicator, Section
from roadmaps.views.held import HeldMixin

INDICATORS = Indicator.objects.select_related("section__roadmap")


class IndicatorAdd(HeldMixin, VerbView):
    model = Section
    queryset = Section.objects.living().select_related("roadmap")
    policy = staticmethod(policy.edit_section)
    form_class = IndicatorForm
    template_name = "roadmaps/indicator_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Indicator(section=self.object)}

    def form_valid(self, form: IndicatorForm) -> HttpResponse:
        last = self.object.indicators.aggregate(last=Max("position"))["last"] or 0
        form.instance.position = last + 1
        form.instance.sign(by=self.request.user)
        form.save()
        return redirect(self.object)


class IndicatorEdit(HeldMixin, WayBackMixin, PolicyMixin, VisibleMixin, UpdateView):
    model = Indicator
    queryset = INDICATORS
    policy = staticmethod(policy.edit_indicator)
    form_class = IndicatorForm
    template_name = "roadmaps/indicator_form.html"

    def form_valid(self, form: IndicatorForm) -> HttpResponse:
        form.instance.sign(by=self.request.user)
        return redirect(form.save())


class IndicatorRemove(HeldMixin, PressView):
    model = Indicator
    queryset = INDICATORS
    policy = staticmethod(policy.edit_indicator)

    def press(self, record: Indicator) -> HttpResponse:
        section = record.section
        record.sign(by=self.request.user)
        record.delete()
        messages.success(self.request, f"Показатель убран: «{record.text}».")
        return redirect(section)
