"""Shapes of pages that every app shares."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.generic import FormView, View
from django.views.generic.detail import SingleObjectMixin

from kit.access import PolicyMixin, VisibleMixin


class WayBackMixin:
    """«Отменить» under the form leads back to the record the page is about; a new record says where itself."""

    object: Any

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        form.helper.back = self.way_back()
        return form

    def way_back(self) -> str:
        return str(self.object.get_absolute_url())


class VerbView(WayBackMixin, PolicyMixin, VisibleMixin, SingleObjectMixin, FormView):
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
