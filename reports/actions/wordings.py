"""Corrected case forms: remembered for the municipality, and the draft that used the old ones worded anew."""

from datetime import date

from django.db import transaction

from directory.models import Account
from kit.texts import tidy
from reports.about import declension_of
from reports.actions.clauses import WrittenMeanwhile, held_draft
from reports.actions.drawing_up import TEXTS, choose
from reports.models import Order, Wording
from reports.named import Named, named_in


class NotNamed(Exception):
    """The order names no such text in that case."""


@transaction.atomic
def remember(order: Order, *, key: str, form: str, was: str, by: Account, today: date) -> Order:
    """Keep a form as somebody has set it right; an empty one gives the word back to the portal.

    Raises ``NotADraft``, ``NotNamed``, or ``WrittenMeanwhile`` when the form is no longer what its editor saw.
    """
    draft = held_draft(order.pk)
    named = _named(draft, key)
    form = tidy(form)
    if form == named.form:
        return draft
    if named.form != tidy(was):
        raise WrittenMeanwhile(named.form)
    _keep(draft, named, form=form, by=by)
    _renew(draft, old=named.form, new=_named(draft, key).form, by=by)
    return choose(draft, by=by, today=today, controller=draft.controller)


def _named(draft: Order, key: str) -> Named:
    found = (named for named in named_in(draft, declension_of(draft.municipality)) if named.key == key)
    named = next(found, None)
    if named is None:
        raise NotNamed
    return named


def _keep(draft: Order, named: Named, *, form: str, by: Account) -> None:
    kept = {"municipality": draft.municipality, "nominative": named.nominative, "case": named.case.value}
    wording = Wording.objects.filter(**kept).first() or Wording(**kept)
    wording.form = form
    wording.sign(by=by)
    if form:
        wording.save()
    elif wording.pk:
        wording.delete()


def _renew(draft: Order, *, old: str, new: str, by: Account) -> None:
    """Put the new form wherever the draft says the old one."""
    changed = [field for field in TEXTS if old in getattr(draft, field)]
    for field in changed:
        setattr(draft, field, getattr(draft, field).replace(old, new))
    if changed:
        draft.sign(by=by, because=f"«{old}» → «{new}»")
        draft.save(update_fields=[*changed, "search_text"])
    for clause in draft.clauses.living().filter(text__contains=old):
        clause.text = clause.text.replace(old, new)
        clause.sign(by=by, because=f"«{old}» → «{new}»")
        clause.save(update_fields=["text"])
