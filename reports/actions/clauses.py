"""Edits of an order's clauses while it is a draft: add, write, move, sink or raise, remove and bring back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from directory.models import Account
from kit.texts import tidy
from reports.models import Clause, Order


class NotADraft(Exception):
    """A registered order is not changed; the message is Russian."""


@dataclass
class WrittenMeanwhile(Exception):
    """Somebody else has changed the clause since it was opened; ``theirs`` is what stands there now."""

    theirs: str


def held_draft(order_id: int) -> Order:
    """The order held until the transaction ends, so that nobody registers it while it is changed."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    if not order.is_draft:
        raise NotADraft(f"Приказ уже зарегистрирован: {order.document_words()}. Изменить его нельзя.")
    return order


@transaction.atomic
def add_clause(order: Order, *, after: Clause | None, by: Account) -> Clause:
    """An empty clause after another, or at the end; pressed twice, it is the same empty clause."""
    draft = held_draft(order.pk)
    clauses = list(draft.clauses.living().in_order())
    place = clauses.index(after) + 1 if after else len(clauses)
    following = clauses[place : place + 1] if after else clauses[-1:]
    if following and not following[0].text:
        return following[0]
    if after:
        position = after.position + 1
        draft.clauses.filter(position__gte=position).update(position=F("position") + 1)
    else:
        position = (draft.clauses.aggregate(last=Max("position"))["last"] or 0) + 1
    clause = Clause(order=draft, position=position, level=after.level if after else Clause.Level.CLAUSE)
    clause.sign(by=by)
    clause.save()
    return clause


@transaction.atomic
def write_clause(clause: Clause, *, to: str, was: str, by: Account) -> Clause:
    """Write a clause that still says what its editor saw; raises ``WrittenMeanwhile`` or ``NotADraft``."""
    held_draft(clause.order_id)
    current = Clause.objects.get(pk=clause.pk)
    to = tidy(to)
    if to == current.text:
        return current
    if tidy(current.text) != tidy(was):
        raise WrittenMeanwhile(current.text)
    # Whoever writes a clause by hand takes it over from the portal.
    current.text, current.is_control = to, False
    current.sign(by=by)
    current.save(update_fields=["text", "is_control"])
    return current


@transaction.atomic
def move_clause(clause: Clause, *, step: int, by: Account) -> None:
    """Change places with the living clause above (-1) or below (+1); at the end of the row nothing happens."""
    clauses = list(held_draft(clause.order_id).clauses.living().in_order())
    place = clauses.index(clause)
    if not 0 <= place + step < len(clauses):
        return
    moved, neighbour = clauses[place], clauses[place + step]
    moved.position, neighbour.position = neighbour.position, moved.position
    moved.sign(by=by, because="Перемещён")
    moved.save(update_fields=["position"])
    Clause.objects.filter(pk=neighbour.pk).update(position=neighbour.position)


@transaction.atomic
def set_level(clause: Clause, *, level: int, by: Account) -> None:
    """Make a clause a part of the one above it, or a clause of its own again."""
    held_draft(clause.order_id)
    current = Clause.objects.get(pk=clause.pk)
    current.level = Clause.Level(level)
    current.sign(by=by)
    current.save(update_fields=["level"])


@transaction.atomic
def remove_clause(clause: Clause, *, by: Account, at: datetime) -> None:
    held_draft(clause.order_id)
    Clause.objects.get(pk=clause.pk).remove(by=by, at=at)


@transaction.atomic
def restore_clause(clause: Clause, *, by: Account) -> None:
    held_draft(clause.order_id)
    Clause.objects.get(pk=clause.pk).restore(by=by)
