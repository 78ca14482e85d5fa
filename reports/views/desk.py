"""What the page of an order is made of: its text with parts edited in place, and a part in hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape

from directory.models import Letterhead, Organisation, Position, StaffMember
from directory.requests import PortalRequest
from reports import policy
from reports.about import declension_of
from reports.actions.registration import problems_of
from reports.filling import head_of, numbered
from reports.models import Order, Wording
from reports.named import named_in
from reports.wording import Document

CONFLICT, REFUSED = 409, 422

ORDERS = Order.objects.select_related(
    "roadmap", "issuer__municipality", "signatory", "controller", "edition", "register"
)


@dataclass(frozen=True)
class Cell:
    """A part in hand: what it is called, where it is saved, where one comes back to without scripts."""

    order: Order
    label: str
    address: str
    back: Any
    limit: int | None = None


def draw_cell(request: PortalRequest, cell: Cell, *, status: int = 200, **context: Any) -> HttpResponse:
    """The field alone for a script, a page of its own for a browser without them."""
    template = "reports/_cell.html" if request.htmx else "reports/cell.html"
    return render(request, template, {"cell": cell, **context}, status=status)


def saved_text(request: PortalRequest, text: str, *, back: Any) -> HttpResponse:
    if not request.htmx:
        return redirect(back)
    response = HttpResponse(escape(text))
    response["HX-Trigger"] = "saved"
    return response


def draw_text(request: PortalRequest, order: Order, *, status: int = 200, **context: Any) -> HttpResponse:
    """The whole text anew: clauses have other numbers, or another person changes other words too."""
    context = text_of(order, request) | context
    response = render(request, "reports/_order_text.html", context, status=status)
    response["HX-Trigger"] = "saved"
    return response


def text_of(order: Order, request: PortalRequest) -> dict[str, Any]:
    """What the text of an order shows; the queries do not grow with its clauses."""
    clauses = list(order.clauses.living().in_order())
    letterhead = Letterhead.objects.filter(organisation=order.issuer_id).first()
    may_edit = policy.edit_order(request.user, order)
    return {
        "order": order,
        "head": head_of(order.issuer, letterhead, order.dated_on),
        "command_word": Document(order.form).command_word,
        "clauses": [(clause, number.number) for clause, number in zip(clauses, numbered(clauses), strict=True)],
        "settings": settings_of(order, request) if may_edit else (),
        "may_edit": may_edit,
    }


@dataclass(frozen=True)
class Setting:
    """A part that is chosen from a list: its name, what it is called, its choices and the chosen one."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


def settings_of(order: Order, request: PortalRequest) -> list[Setting]:
    people = people_of(order, request)
    return [
        Setting("form", "Вид документа", list(Order.Form.choices), order.form),
        Setting("command", "Распорядительное слово", Order.COMMANDS, order.command),
        Setting("signatory", "Кто подписывает", [("", "впишут от руки"), *people], str(order.signatory_id or "")),
        Setting(
            "controller", "Контроль исполнения", [("", "оставляю за собой"), *people], str(order.controller_id or "")
        ),
    ]


def people_of(order: Order, request: PortalRequest) -> list[tuple[str, str]]:
    """Staff of the department, of the centre and of the issuer; whoever is chosen already stays on the list."""
    offices = [Organisation.Kind.AUTHORITY, Organisation.Kind.CENTRE]
    held = Position.objects.held_on(request.today).filter(
        models.Q(organisation__kind__in=offices) | models.Q(organisation=order.issuer_id),
        staff_member__municipality=order.municipality_id,
    )
    found = {
        position.staff_member_id: (position.staff_member, position.title)
        for position in held.select_related("staff_member").order_by("-pk")
    }
    chosen: Iterable[StaffMember | None] = (order.signatory, order.controller)
    for person in chosen:
        if person is not None:
            found.setdefault(person.pk, (person, ""))
    people = sorted(found.values(), key=lambda pair: (pair[0].sort_key, pair[0].pk))
    return [(str(person.pk), ", ".join(filter(None, (person.short_name, title)))) for person, title in people]


def review_of(order: Order, request: PortalRequest) -> dict[str, Any]:
    """What is wrong with a draft, and whom it names; a registered order has been judged once and for all."""
    if not order.is_draft:
        return {"problems": (), "names": ()}
    names = named_in(order, declension_of(order.municipality))
    return {
        "problems": problems_of(order),
        "names": [(named, Wording.Case(named.case).label) for named in names],
        "has_unsure": not all(named.is_sure for named in names),
        "may_edit": policy.edit_order(request.user, order),
    }
