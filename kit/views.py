"""Shapes of pages that every app shares."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.generic import FormView, View
from django.views.generic.detail import SingleObjectMixin

from kit.access import PolicyMixin, VisibleMixin


class VerbView(PolicyMixin, VisibleMixin, SingleObjectMixin, FormView):
    """A page that does one thing to one record: look up, ask, show the form, call one verb, answer."""

    object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)


class PressView(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """A button: a verb without a form, by POST only; subclasses say what ``press`` does and where it leads."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.press(self.get_object())

    def press(self, record: Model) -> HttpResponse:
        raise NotImplementedError(f"{type(self).__name__} must say what pressing does to {record}.")
