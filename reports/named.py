"""Whom and what an order names, in the case that its words need: what a person may have to set right."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.about import letterhead_of, name_of, post_of, titles_of
from reports.declension import Case, Declension, Form
from reports.models import Order


@dataclass(frozen=True)
class Named:
    """A text in the nominative and as the order writes it; unless it is sure, somebody should read it."""

    nominative: str
    case: Case
    form: str
    is_sure: bool
    is_by_hand: bool

    @property
    def key(self) -> str:
        """What tells it from the others on a page."""
        return f"{self.case}:{self.nominative}"


def named_in(order: Order, declension: Declension) -> list[Named]:
    """In the order of the paper, each once."""
    found = {(text, case): form for text, case, form in _named(order, declension) if text}
    return [
        Named(text, case, form.text, is_sure=form.sure, is_by_hand=(text, case) in declension.remembered)
        for (text, case), form in found.items()
    ]


def _named(order: Order, declension: Declension) -> Iterator[tuple[str, Case, Form]]:
    if order.controller:
        post = post_of(order.controller, order.issuer, order.created_at.date())
        name = name_of(order.controller)
        yield post, Case.ACCUSATIVE, declension.post(post, Case.ACCUSATIVE)
        yield name.full, Case.ACCUSATIVE, declension.person(name, Case.ACCUSATIVE)
    _, issuer = titles_of(order.issuer, letterhead_of(order.issuer), order.dated_on)
    yield issuer, Case.GENITIVE, declension.thing(issuer, Case.GENITIVE)
    if order.kind == Order.Kind.AMEND:
        approved_by = order.roadmap.issuer
        yield approved_by, Case.GENITIVE, declension.thing(approved_by, Case.GENITIVE)
