"""Drawing up an order: the draft with everything the portal can word by itself, and its head edited afterwards."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from directory.models import Account, Organisation, Position, StaffMember
from kit.texts import tidy
from reports import wording
from reports.about import (
    amendment_of,
    approving_act,
    charged,
    declension_of,
    letterhead_of,
    name_of,
    post_of,
    subject_of,
)
from reports.actions.clauses import WrittenMeanwhile, held_draft
from reports.declension import Declension
from reports.models import Clause, Order
from reports.paper import Command
from roadmaps.actions.editions import content_of, freeze
from roadmaps.models import Passage, Roadmap

#: Who signs for an organisation, by the beginning of the job title, in this order.
HEADS = ("начальник управления", "начальник департамента", "директор", "заведующий", "руководитель", "начальник")
#: «А.Н. Воронцов» at the end of the words about who signed.
SIGNATURE = re.compile(r"(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][а-яё-]+(?:-[А-ЯЁ][а-яё]+)?$")
ISSUERS = (Organisation.Kind.AUTHORITY, Organisation.Kind.CENTRE)
TEXTS = ("heading", "preamble", "signatory_post", "signatory_name", "performer_name", "performer_phone")


class NotToBeAmended(Exception):
    """The roadmap is not in force by a document that an order could name; the message is Russian."""


class NoIssuer(Exception):
    """The municipality has no organisation that could issue the order; the message is Russian."""


class ChangesPending(Exception):
    """The draft cannot be given up while the roadmap says something that no order has approved; in Russian."""


@transaction.atomic
def draw_up(roadmap: Roadmap, *, kind: str, by: Account, at: datetime, today: date) -> Order:
    """The draft of this kind for the roadmap, with clauses worded; the one that is open, when there is one.

    An amending order opens the roadmap's text; what stood before it is frozen first where no order has done so.
    Raises ``NotToBeAmended`` or ``NoIssuer``.
    """
    held = Roadmap.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=roadmap.pk)
    if open_draft := held.orders.drafts().filter(kind=kind).first():
        return open_draft
    if kind == Order.Kind.AMEND:
        _open_for_amendment(held, by=by, at=at)
    order = composed(held, kind=kind, by=by, at=at, today=today)
    if order.issuer.pk is None:
        raise NoIssuer("В справочнике нет ни управления образования, ни методического центра: издать приказ некому.")
    order.sign(by=by, because="Составлен")
    order.save()
    for clause in worded_clauses(order):
        clause.order = order
        clause.sign(by=by)
        clause.save()
    return order


def _open_for_amendment(roadmap: Roadmap, *, by: Account, at: datetime) -> None:
    if roadmap.state != Roadmap.State.APPROVED:
        raise NotToBeAmended("Изменения вносят в действующую дорожную карту.")
    if not roadmap.editions.exists():
        if not (roadmap.document_kind and roadmap.document_number and roadmap.document_on):
            raise NotToBeAmended("Сначала укажите документ, которым утверждена дорожная карта: вид, номер и дату.")
        freeze(
            roadmap,
            content=content_of(roadmap),
            document_kind=roadmap.document_kind,
            document_number=roadmap.document_number,
            document_on=roadmap.document_on,
            by=by,
            at=at,
        )
    roadmap.open_for_amendment(by=by)


def composed(roadmap: Roadmap, *, kind: str, by: Account | None, at: datetime, today: date) -> Order:
    """An order about the roadmap, not saved: issuer, signatory and words as they usually are.

    Where nobody in the directory could issue it, the issuer is a name alone.
    """
    issuer = issuer_of(roadmap, by)
    letterhead = letterhead_of(issuer)
    is_directive = roadmap.document_kind == Order.Form.DIRECTIVE
    order = Order(
        municipality=roadmap.municipality,
        issuer=issuer,
        roadmap=roadmap,
        kind=kind,
        form=Order.Form.DIRECTIVE if is_directive else Order.Form.ORDER,
        command=(Command.NONE if is_directive else Command.LINE).value,
        heading=_heading(roadmap, kind),
        preamble=_preamble(roadmap, kind),
        performer_name=by.staff_member.full_name if by and by.staff_member else "",
        performer_phone=letterhead.phone if letterhead else "",
        created_by=by,
        created_at=at,
    )
    if head := head_of(issuer, today):
        sign_for(order, head.staff_member, head.title)
    else:
        order.signatory_post, order.signatory_name = signed_before(roadmap)
    return order


def issuer_of(roadmap: Roadmap, by: Account | None) -> Organisation:
    """Who approved the roadmap before, else who composes the order, else the department, else the centre."""
    issuers = list(
        Organisation.objects.filter(municipality=roadmap.municipality_id, kind__in=ISSUERS).order_by("kind", "pk")
    )
    if not issuers:
        title = roadmap.issuer or roadmap.municipality.title
        return Organisation(municipality=roadmap.municipality, title=title, short_title=title)
    named = [issuer for issuer in issuers if roadmap.issuer in (issuer.title, issuer.short_title)]
    own = [issuer for issuer in issuers if by and issuer.pk == by.organisation_id]
    return (named + own + issuers)[0]


def head_of(issuer: Organisation, today: date) -> Position | None:
    """The head of the organisation as of a day, as far as job titles tell."""
    if issuer.pk is None:
        return None
    positions = list(issuer.positions.held_on(today).select_related("staff_member").order_by("pk"))
    for title in HEADS:
        if found := [position for position in positions if position.title.casefold().startswith(title)]:
            return found[0]
    return None


def signed_before(roadmap: Roadmap) -> tuple[str, str]:
    """Post and name under the document that approved the roadmap, as far as its words can be taken apart."""
    words = " ".join(roadmap.signatory.split())
    found = SIGNATURE.search(words)
    return (words[: found.start()].rstrip(" ,"), found.group()) if found else (words, "")


def sign_for(order: Order, person: StaffMember, post: str) -> None:
    """Put a person's post and name under the order; the caller saves."""
    order.signatory = person
    order.signatory_post = post[:1].upper() + post[1:]
    order.signatory_name = name_of(person).signature


def _heading(roadmap: Roadmap, kind: str) -> str:
    subject = subject_of(roadmap)
    if kind == Order.Kind.APPROVE:
        return wording.heading_approving(subject)
    return wording.heading_amending(subject, approving_act(roadmap, declension_of(roadmap.municipality)))


def _preamble(roadmap: Roadmap, kind: str) -> str:
    if kind == Order.Kind.AMEND:
        return wording.preamble_amending(subject_of(roadmap)).text
    bases = roadmap.passages.filter(kind=Passage.Kind.LEGAL_BASIS).order_by("position", "pk")
    return wording.preamble_approving([basis.text for basis in bases]).text


def worded_clauses(order: Order) -> list[Clause]:
    """The clauses an order of its kind begins with, not saved."""
    declension = declension_of(order.municipality)
    if order.kind == Order.Kind.APPROVE:
        texts: Sequence[tuple[str, int]] = [(wording.approve(subject_of(order.roadmap)), Clause.Level.CLAUSE)]
    else:
        texts = _amendment(order, declension)
    clauses = [
        Clause(position=position, text=text, level=level) for position, (text, level) in enumerate(texts, start=1)
    ]
    return [*clauses, Clause(position=len(clauses) + 1, text=control_text(order, declension), is_control=True)]


def control_text(order: Order, declension: Declension) -> str:
    """Who controls: the person named, with the post, or the signatory in person."""
    document = wording.Document(order.form)
    if order.controller is None:
        return wording.control(document)
    post = post_of(order.controller, order.issuer, order.created_at.date())
    return wording.control(document, charged(order.controller, post, declension))


def _amendment(order: Order, declension: Declension) -> list[tuple[str, int]]:
    before = order.roadmap.editions.newest_first()[0].content
    amendment = amendment_of(order.roadmap, before, content_of(order.roadmap), declension)
    parts = [(part, Clause.Level.PART.value) for part in amendment.parts]
    return [(amendment.text, Clause.Level.CLAUSE.value), *parts]


@transaction.atomic
def word_changes(order: Order, *, by: Account, at: datetime) -> None:
    """Word the first clause and its parts from what has changed in the roadmap since its last edition."""
    draft = held_draft(order.pk)
    clauses = list(draft.clauses.living().in_order())
    replaced = clauses[:1]
    for clause in clauses[1:]:
        if clause.level != Clause.Level.PART:
            break
        replaced.append(clause)
    for clause in replaced:
        clause.remove(by=by, at=at)
    texts = _amendment(draft, declension_of(draft.municipality))
    kept = clauses[len(replaced) :]
    for position, clause in enumerate(kept, start=len(texts) + 1):
        Clause.objects.filter(pk=clause.pk).update(position=position)
    for position, (text, level) in enumerate(texts, start=1):
        clause = Clause(order=draft, position=position, text=text, level=level)
        clause.sign(by=by, because="Изменения перечислены заново")
        clause.save()


@transaction.atomic
def write_text(order: Order, *, field: str, to: str, was: str, by: Account) -> Order:
    """Write one text of the head that still says what its editor saw; raises ``WrittenMeanwhile`` or ``NotADraft``."""
    if field not in TEXTS:
        raise ValueError(f"{field} is not a text of an order.")
    draft = held_draft(order.pk)
    to, now = tidy(to), getattr(draft, field)
    if to == now:
        return draft
    if tidy(now) != tidy(was):
        raise WrittenMeanwhile(now)
    setattr(draft, field, to)
    draft.sign(by=by)
    draft.save(update_fields=[field, "search_text"])
    return draft


@transaction.atomic
def choose(order: Order, *, by: Account, today: date, **chosen: Any) -> Order:
    """Choose the form, the commanding word, the signatory or the controller; what follows from it is worded anew."""
    draft = held_draft(order.pk)
    for field, value in chosen.items():
        if field not in ("form", "command", "signatory", "controller"):
            raise ValueError(f"{field} is not chosen.")
        setattr(draft, field, value)
    if person := chosen.get("signatory"):
        sign_for(draft, person, post_of(person, draft.issuer, today))
    draft.sign(by=by)
    draft.save()
    if {"form", "controller"} & chosen.keys():
        _word_control(draft, by=by)
    return draft


def _word_control(draft: Order, *, by: Account) -> None:
    for clause in draft.clauses.living().filter(is_control=True):
        clause.text = control_text(draft, declension_of(draft.municipality))
        clause.sign(by=by)
        clause.save(update_fields=["text"])


@transaction.atomic
def discard(order: Order, *, by: Account) -> None:
    """Give up a draft; an amending one only while the roadmap still says what its last edition says."""
    draft = held_draft(order.pk)
    roadmap = Roadmap.objects.select_for_update(of=("self",)).get(pk=draft.roadmap_id)
    if draft.kind == Order.Kind.AMEND:
        if roadmap.editions.newest_first()[0].content != content_of(roadmap):
            raise ChangesPending(
                "В дорожную карту уже внесены изменения: верните прежний текст или зарегистрируйте приказ."
            )
        roadmap.close_amendment(by=by, because="Приказ о внесении изменений отменён до регистрации")
    draft.sign(by=by, because="Черновик удалён")
    draft.delete()
