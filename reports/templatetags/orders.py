"""The orders of a roadmap for its own page: how one begins, which there are, what they froze."""

from typing import Any

from django import template
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
    """Orders about a roadmap and its editions, the newest first."""
    account = context["request"].user
    orders = Order.objects.visible_to(account).filter(roadmap=roadmap)
    editions = Edition.objects.visible_to(account).filter(roadmap=roadmap).defer("content")
    return {"orders": list(orders.newest_first()), "editions": list(editions.newest_first())}
