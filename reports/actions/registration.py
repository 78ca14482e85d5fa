"""Registration: an order gets its number, its file is drawn once, the roadmap is frozen as the order says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.text import Truncator

from directory.models import Account
from reports import pdf
from reports.about import amendment_of, declension_of, letterhead_of, titles_of
from reports.actions.clauses import held_draft
from reports.actions.registers import register_of
from reports.annex import Content
from reports.filling import fill
from reports.lint import CLAUSES, Problem, Severity, problems
from reports.models import Clause, Order, Register
from reports.paper import Paper
from reports.store import keep
from roadmaps.actions.editions import content_of, freeze
from roadmaps.models import Roadmap

FOLDER = "orders"
#: An order with these words sets the whole roadmap out anew.
WHOLE = "в новой редакции"
#: Characters that the head of a roadmap has for who signed.
SIGNATORY_LENGTH = 200


class DayRefused(Exception):
    """The day does not fit the register; the message is Russian."""


@dataclass
class NotReady(Exception):
    """What blocks the registration, sentence by sentence."""

    problems: Sequence[Problem]

    def __str__(self) -> str:
        return " ".join(problem.text for problem in self.problems)


def problems_of(order: Order, content: Content | None = None) -> list[Problem]:
    """What speaks against registering the order with the roadmap as it now stands, or with this content of it."""
    clauses = list(order.clauses.living().in_order())
    content = content or content_of(order.roadmap)
    last = order.roadmap.editions.newest_first().first()
    found = problems(order, clauses, content, before=last.content if last else None)
    if order.kind == Order.Kind.AMEND and last and not _tell(clauses, order.roadmap, last.content, content):
        text = "Пункты приказа называют не все изменения дорожной карты: перечислите их заново."
        found.append(Problem(Severity.WARNING, text, CLAUSES))
    return found


def _tell(clauses: Sequence[Clause], roadmap: Roadmap, before: Content, after: Content) -> bool:
    """Whether the clauses name every change; a new edition in the annex holds them all."""
    texts = {clause.text.rstrip(";.") for clause in clauses}
    amendment = amendment_of(roadmap, before, after, declension_of(roadmap.municipality))
    is_whole = any(WHOLE in text.casefold() for text in texts)
    return is_whole or (bool(amendment.parts) and {part.rstrip(";.") for part in amendment.parts} <= texts)


@transaction.atomic
def register(
    order: Order, *, on: date, by: Account, at: datetime, site: str, draw: Callable[[Paper], bytes] = pdf.draw
) -> Order:
    """Give the next number of the year, draw and keep the paper, freeze the roadmap: all of it or nothing.

    Whoever registers holds the year's register until the end, so the next one waits and a number that was not used
    is given to the next. Raises ``NotADraft``, ``NotReady`` or ``DayRefused``.
    """
    draft = held_draft(order.pk)
    draft.roadmap = Roadmap.objects.select_for_update(of=("self",)).get(pk=draft.roadmap_id)
    content = content_of(draft.roadmap)
    if blocking := [problem for problem in problems_of(draft, content) if problem.is_blocking]:
        raise NotReady(blocking)
    today = at.astimezone(ZoneInfo(draft.municipality.time_zone)).date()
    journal = register_of(draft.issuer, on.year)
    _admit(on, journal, today=today)
    _number(draft, journal, on=on, by=by, at=at)
    edition = freeze(
        draft.roadmap,
        content=content,
        document_kind=draft.form,
        document_number=draft.number,
        document_on=on,
        by=by,
        at=at,
    )
    draft.edition = edition
    # The file is on the disk before the number is: killed in between, it is a file that nobody names.
    drawn = draw(fill(draft, draft.clauses.living().in_order(), content, site=site, today=today))
    kept = keep(drawn, folder=FOLDER, suffix=".pdf")
    draft.pdf, draft.digest, draft.size = kept.name, kept.digest, kept.size
    draft.sign(by=by, because=f"Зарегистрирован: {draft.document_words()}")
    draft.save()
    _put_in_force(draft, on=on, by=by)
    return draft


def _admit(on: date, journal: Register, *, today: date) -> None:
    """Numbers follow days: neither a day before the last number's, nor one that has not come, nor another year's."""
    if on > today:
        raise DayRefused(f"{on:%d.%m.%Y} ещё не наступило: приказ датируют днём подписания.")
    if on.year != today.year:
        raise DayRefused(f"Номер {on.year} года сегодня не получить: журнал этого года закрыт.")
    if journal.last_dated_on and on < journal.last_dated_on:
        raise DayRefused(
            f"Номер {journal.last_number} уже датирован {journal.last_dated_on:%d.%m.%Y}: дата не может быть раньше."
        )


def _number(draft: Order, journal: Register, *, on: date, by: Account, at: datetime) -> None:
    draft.register, draft.sequence = journal, journal.next_sequence
    draft.number = journal.number_of(draft.sequence, on)
    draft.dated_on, draft.state = on, Order.State.REGISTERED
    draft.registered_by, draft.registered_at = by, at
    journal.last_sequence, journal.last_dated_on = draft.sequence, on
    journal.sign(by=by, because=f"Выдан номер {draft.number}")
    journal.save(update_fields=["last_sequence", "last_dated_on"])


def _put_in_force(order: Order, *, on: date, by: Account) -> None:
    if order.kind == Order.Kind.AMEND:
        order.roadmap.close_amendment(by=by, because=f"Внесены изменения: {order}")
        return
    full_title, _ = titles_of(order.issuer, letterhead_of(order.issuer), on)
    order.roadmap.approve(
        number=order.number,
        on=on,
        kind=order.form,
        issuer=full_title,
        signatory=Truncator(f"{order.signatory_post} {order.signatory_name}").chars(SIGNATORY_LENGTH),
        controller=order.controller or order.signatory,
        by=by,
    )
