"""What a person owes by the roadmaps, for the person's own card."""

from typing import Any

from django import template
from django.db.models import Exists, OuterRef
from django.template import Context

from directory.models import StaffMember
from roadmaps.models import ControlPoint, Party, Roadmap

register = template.Library()

#: So many items at once; all stand on the pages of the roadmaps.
SHOWN = 10


@register.inclusion_tag("roadmaps/_duties.html", takes_context=True)
def duties_of(context: Context, person: StaffMember) -> dict[str, Any]:
    """The nearest open point of each item this person stands on, and the roadmaps this person controls."""
    request = context["request"]
    named = Party.objects.filter(item=OuterRef("item"), staff_member=person)
    points = ControlPoint.objects.visible_to(request.user).living().open().watched()
    points = points.filter(Exists(named), item__section__roadmap__state=Roadmap.State.APPROVED)
    earlier = points.filter(item=OuterRef("item"), due_on__lt=OuterRef("due_on"))
    controlled = Roadmap.objects.visible_to(request.user).filter(controller=person)
    return {
        "points": list(
            points.filter(~Exists(earlier)).select_related("item__section__roadmap").order_by("due_on", "pk")[:SHOWN]
        ),
        "controlled": list(controlled.order_by("title", "pk")),
        "today": request.today,
    }
