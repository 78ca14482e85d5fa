"""A message that can be taken back: «Мероприятие удалено. Вернуть»."""

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe


def offer_undo(request: HttpRequest, text: str, address: str, label: str = "Вернуть") -> None:
    """Say what was done with a button beside it that posts to ``address``; the page after shows it once."""
    context = {"text": text, "address": address, "label": label}
    html = render_to_string("components/undo.html", context, request=request)
    # The rendered template has escaped what came from people; the mark is lost when trimming.
    messages.success(request, mark_safe(html.strip()), extra_tags="undo")  # noqa: S308
