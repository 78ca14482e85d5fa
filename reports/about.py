"""What an order is about, in the terms its words are made of: the subject, the acts, the changes, the case forms."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from directory.models import Letterhead, Municipality, Organisation, StaffMember
from reports import amending
from reports.annex import CELLS, NUMBER, Content
from reports.declension import Case, Declension, Name, Written
from reports.models import Order, Wording
from reports.wording import Act, Kind, Subject
from roadmaps.comparison import Change, Fate, differences
from roadmaps.comparison import Subject as Part
from roadmaps.models import Roadmap

#: «МКУ «ИМЦ»», «ГМЦ»: an abbreviation at the beginning is written alike in all cases.
ABBREVIATION = re.compile(r"[А-ЯЁ]{2,6}\b")
KINDS = {Fate.ADDED: amending.Kind.ADDED, Fate.REMOVED: amending.Kind.REMOVED, Fate.CHANGED: amending.Kind.CHANGED}


def declension_of(municipality: Municipality) -> Declension:
    """Cases as the libraries know them, what the municipality has corrected first."""
    remembered = Wording.objects.filter(municipality=municipality)
    return Declension({(wording.nominative, Case(wording.case)): wording.form for wording in remembered})


def subject_of(roadmap: Roadmap) -> Subject:
    return Subject(
        kind=Kind(roadmap.kind),
        title=roadmap.title,
        starts_on=roadmap.starts_on,
        ends_on=roadmap.ends_on,
        academic=roadmap.basis == roadmap.year_basis.ACADEMIC.value,
    )


def letterhead_of(issuer: Organisation) -> Letterhead | None:
    return Letterhead.objects.filter(organisation=issuer.pk).first()


def titles_of(issuer: Organisation, letterhead: Letterhead | None, day: date | None) -> tuple[str, str]:
    """The full name and the short one on a paper of this day: of a former time, the names of that time."""
    name = issuer.named_on(day) if day else issuer.name
    if letterhead and name == issuer.name:
        return letterhead.full_title, letterhead.short_title
    return name.title, name.short_title


def issuer_words(issuer: Organisation, declension: Declension, day: date | None) -> str:
    """«МКУ «ИМЦ»», «Управления образования»: whose order of this day it is."""
    _, short_title = titles_of(issuer, letterhead_of(issuer), day)
    return declension.thing(short_title, Case.GENITIVE).text


def act_of(order: Order, declension: Declension) -> Act:
    """The order itself, as its own annex names it; what it has not got yet stays blank."""
    return Act(order.form, order.dated_on, order.number, issuer_words(order.issuer, declension, order.dated_on))


def approving_act(roadmap: Roadmap, declension: Declension) -> Act | None:
    """The document by which the roadmap stands approved, if its kind is known."""
    if not roadmap.document_kind:
        return None
    issuer = declension.thing(roadmap.issuer, Case.GENITIVE)
    return Act(roadmap.document_kind, roadmap.document_on, roadmap.document_number, issuer.text if issuer.sure else "")


def name_of(person: StaffMember) -> Name:
    return Name(person.last_name, person.first_name, person.patronymic)


def post_of(person: StaffMember, issuer: Organisation, today: date) -> str:
    """The person's job at the organisation, else at any other, as of a day."""
    positions = list(person.positions.held_on(today).order_by("pk"))
    at_issuer = [position for position in positions if position.organisation_id == issuer.pk]
    return next((position.title for position in at_issuer + positions), "")


def charged(person: StaffMember, post: str, declension: Declension) -> str:
    """In the accusative, with the post: «заместителя начальника Петрову Е. Н.»."""
    surname = declension.person(name_of(person), Case.ACCUSATIVE, Written.SHORT).text
    return " ".join(filter(None, (declension.post(post, Case.ACCUSATIVE).text, surname)))


def amendment_of(roadmap: Roadmap, before: Content, after: Content, declension: Declension) -> amending.Amendment:
    """How an order says what changed: row by row where rows changed, else as a new edition in the annex."""
    changes = differences(before, after)
    told = list(_told(changes)) if all(_can_be_told(change) for change in changes) else []
    return amending.amend(subject_of(roadmap), approving_act(roadmap, declension), told)


def _can_be_told(change: Change) -> bool:
    """Rows are named by their printed numbers; where there is none, and where rows changed places, nobody can."""
    return (
        change.subject is Part.ITEM
        and change.fate in KINDS
        and change.cell != "subitems"
        and bool(change.row and change.row["number"].strip())
    )


def _told(changes: Iterable[Change]) -> Iterator[amending.Change]:
    titles = {cell: title for cell, (title, _) in CELLS.items()} | {"number": NUMBER}
    for change in changes:
        row = change.row or {}
        after = _whole(row) if change.fate is Fate.ADDED else change.now
        yield amending.Change(KINDS[change.fate], row["number"], titles.get(change.cell, ""), change.was, after)


def _whole(row: Content) -> str:
    """A new row with everything it asks for, in one sentence each."""
    cells = [f"{title}: {row[cell]}" for cell, (title, _) in CELLS.items() if cell != "text" and row[cell]]
    return ". ".join([row["text"].rstrip("."), *cells])
