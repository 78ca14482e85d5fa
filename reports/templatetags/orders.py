"""The orders of a roadmap for its own page: how one begins, which there are, what they froze."""

from typing import Any

from django import template
from django.db.models import Subquery
from django.template import Context

from reports import policy
from reports.models import Order
from roadmaps.models import Edition, Roadmap

register = template.Library()


@register.inclusion_tag("reports/_roadmap_papers.html", takes_context=True)
def roadmap_papers(context: Context, roadmap: Roadmap) -> dict[str, Any]:
    """Buttons: the roadmap as a file, and the order that comes next in its life."""
    account = context["request"].user
    is_draft = roadmap.state == Roadmap.State.DRAFT or not roadmap.document_kind
    is_free = roadmap.text_state == Roadmap.TextState.FREE and is_draft
    asked = policy.draw_up_approval if is_free else policy.draw_up_amendment
    return {
        "roadmap": roadmap,
        "is_approval": is_free,
        "verdict": asked(account, roadmap),
        "may_compose": policy.compose_orders(account),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("reports/_roadmap_orders.html", takes_context=True)
def roadmap_orders(context: Context, roadmap: Roadmap) -> dict[str, Any]:
    """The draft in hand, then the editions with the orders that made them, the newest first; all in one query."""
    account = context["request"].user
    drafts = Order.objects.visible_to(account).drafts().filter(roadmap=roadmap).newest_first()
    if roadmap.text_state == Roadmap.TextState.FREE:
        return {"draft": drafts.values_list("pk", flat=True).first(), "editions": []}
    editions = (
        Edition.objects.visible_to(account)
        .filter(roadmap=roadmap)
        .select_related("order")
        .defer("content")
        .annotate(draft=Subquery(drafts.values("pk")[:1]))
    )
    found = list(editions.newest_first())
    return {"draft": found[0].draft if found else None, "editions": found}
