"""Pages that write into a roadmap hold it first: an order that freezes it at that moment is waited for, and obeyed."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from roadmaps.models import Indicator, Roadmap, RoadmapItem, Section

#: From a roadmap to the records of which its text is made.
WITHIN: dict[type[Model], str] = {
    Roadmap: "pk",
    Section: "sections",
    Indicator: "sections__indicators",
    RoadmapItem: "sections__items",
}

SAFE = ("GET", "HEAD", "OPTIONS")


class HeldMixin:
    """Locks the roadmap before the record is looked up and the policy asked, until what was typed is written.

    A registration holds the roadmap too. Whoever comes second judges by what the first has made of it, and since all
    take the roadmap before any of its rows, none of them waits for another in a ring.
    """

    model: type[Model]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in SAFE:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        with transaction.atomic():
            hold(self.model, kwargs["pk"])
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def hold(model: type[Model], pk: int) -> None:
    """Lock the roadmap to which this record belongs; one that does not exist is nobody's business here."""
    Roadmap.objects.select_for_update(of=("self",)).filter(**{WITHIN[model]: pk}).first()
