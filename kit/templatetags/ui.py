"""What templates say often: a plural, a day, an icon, a card, how the page looks; loaded everywhere."""

from collections.abc import Hashable
from datetime import date
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from heroicons.templatetags import heroicons

from deadlines import wording
from kit.appearance import SIZES, SPACINGS, THEMES, Appearance, appearance_of

register = template.Library()

register.filter("plural", wording.plural)


@register.inclusion_tag("components/deadline.html")
def deadline(day: date | None, today: date, *, done: bool = False) -> dict[str, Any]:
    """A due day in Russian words; one that is done is only a day, never late."""
    if day is None:
        return {}
    words = {"day": day, "words": wording.day(day, today)}
    if done:
        return words
    days_left = (day - today).days
    state = "late" if days_left < 0 else "near" if days_left <= wording.NEAR_DAYS else "ahead"
    return {**words, "state": state, "left": wording.left(day, today)}


@register.simple_tag
def icon(name: str, size: str = "mini", css: str = "") -> SafeString:
    """A decorative icon as inline SVG; the word beside it says the same."""
    return _drawn_icon(name, size, css)


@cache
def _drawn_icon(name: str, size: str, css: str) -> SafeString:
    draw = {"mini": heroicons.heroicon_mini, "micro": heroicons.heroicon_micro}[size]
    attributes: dict[str, Any] = {"class": css} if css else {}
    return SafeString(draw(name, aria_hidden="true", **attributes))


@register.simple_tag
def drawn(template: str, **values: Hashable) -> SafeString:
    """Like ``include … only``, drawn once in the life of a process for the same values.

    For parts of every page and rows of long tables. A value is plain, or a tuple of such, and compared by what it
    says: a record would be shown as it once was.
    """
    return _drawn(template, **values)


@lru_cache(maxsize=4096)
def _drawn(template: str, **values: Hashable) -> SafeString:
    return render_to_string(template, values)


@register.simple_block_tag
def card(content: str, title: str = "", *, level: int = 2) -> SafeString:
    """A white sheet with an optional heading of its own."""
    heading = format_html('<h{0} class="card__title">{1}</h{0}>', level, title) if title else ""
    return format_html('<section class="card sheet">{}{}</section>', heading, content)


@register.simple_tag(takes_context=True)
def appearance(context: Context) -> Appearance:
    """How this reader wants the page to look; an error page may be drawn without a request."""
    request = context.get("request")
    return appearance_of(request) if request else Appearance()


@register.inclusion_tag("components/appearance.html", takes_context=True)
def appearance_panel(context: Context, chosen: Appearance) -> dict[str, Any]:
    """The panel of the version for the visually impaired: one press per choice, without scripts."""
    return {
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
        "rows": [
            ("Цвета", "theme", THEMES, chosen.theme),
            ("Текст", "size", SIZES, chosen.size),
            ("Интервал", "spacing", SPACINGS, chosen.spacing),
        ],
    }


@register.simple_tag
def current_link(menu: list[Any], area: str) -> Any:
    """The link of the menu whose area says most of the page's own, or nothing."""
    said = [(len(one), link) for group in menu for link in group.links for one in link.areas if area.startswith(one)]
    return max(said, key=itemgetter(0), default=(0, None))[1]


@register.filter
def page_numbers(page: Page) -> list[int | str]:
    """The numbers to offer under a list, with an ellipsis where many are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.filter
def grouped(number: int) -> str:
    """A long number in threes, as papers write it: «1 234», with a space that does not break."""
    return f"{number:,}".replace(",", "\u00a0")


@register.filter
def heat_step(count: int) -> int:
    """How dense a month of the heat strip is drawn, 0 to 9."""
    return min(count, 9)
