"""Order → paper: everything an order says, looked up and worded, nothing left to ask the database."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from directory.models import Letterhead, Organisation
from reports import paper
from reports.about import act_of, approving_act, declension_of, letterhead_of, subject_of, titles_of
from reports.annex import Content, annex_of
from reports.models import Clause, Order
from reports.wording import Document, annex_mark, day_in_figures
from roadmaps.actions.editions import content_of
from roadmaps.models import Roadmap

#: An amending order carries the new edition only where a clause refers to it.
REFERENCE = "приложени"


def paper_of(order: Order, *, site: str, today: date) -> paper.Paper:
    """A registered order with the edition it froze, a draft with the roadmap as it stands now.

    ``site`` is the portal's own address, which the square code begins with.
    """
    clauses = order.clauses.living().in_order()
    content = order.edition.content if order.edition else content_of(order.roadmap)
    return fill(order, clauses, content, site=site, today=today)


def paper_of_roadmap(roadmap: Roadmap, *, today: date) -> paper.Paper:
    """The roadmap alone, without an order around it: only the annexes of such a paper are drawn."""
    return paper.Paper(
        layout=paper.layout_of(today),
        kind="",
        head=paper.Head(founder="", full_title="", short_title="", place=""),
        dated="",
        number="",
        heading=roadmap.title,
        preamble="",
        command=paper.Command.NONE,
        command_word="",
        clauses=(),
        signature=paper.Signature("", ""),
        annexes=(annex_of(content_of(roadmap)),),
    )


def fill(order: Order, clauses: Iterable[Clause], content: Content, *, site: str, today: date) -> paper.Paper:
    """The paper of an order with these clauses and this annex; the order need not be saved."""
    clauses = list(clauses)
    letterhead = letterhead_of(order.issuer)
    return paper.Paper(
        layout=layout_of(letterhead, order.dated_on or today),
        kind=Order.Form(order.form).label.upper(),
        head=head_of(order.issuer, letterhead, order.dated_on),
        dated=day_in_figures(order.dated_on) if order.dated_on else "",
        number=order.number,
        heading=order.heading,
        preamble=preamble_of(order),
        command=paper.Command(order.command),
        command_word=Document(order.form).command_word,
        clauses=tuple(numbered(clauses)),
        signature=paper.Signature(order.signatory_post, order.signatory_name),
        performer=performer_of(order),
        annexes=annexes_of(order, clauses, content),
        code=f"{site}{order.get_check_url()}" if order.pk else "",
    )


def preamble_of(order: Order) -> str:
    """Without a commanding word the preamble itself leads over to the clauses."""
    if order.command == paper.Command.NONE and order.preamble:
        return f"{order.preamble.rstrip(' .:')}:"
    return order.preamble


def layout_of(letterhead: Letterhead | None, day: date) -> paper.Layout:
    """The edition of the standard by the document's date, unless the organisation has chosen one."""
    return paper.Layout(letterhead.layout) if letterhead and letterhead.layout else paper.layout_of(day)


def head_of(issuer: Organisation, letterhead: Letterhead | None, day: date | None) -> paper.Head:
    """The requisites of the letterhead under the name of the day; without one, what the portal knows."""
    full_title, short_title = titles_of(issuer, letterhead, day)
    short_title = "" if short_title == full_title else short_title
    if letterhead is None:
        return paper.Head(founder="", full_title=full_title, short_title=short_title, place=issuer.municipality.title)
    lines = (
        letterhead.address,
        _together(("тел. ", letterhead.phone), ("", letterhead.email), ("", letterhead.site)),
        _together(("ОКПО ", letterhead.okpo), ("ОГРН ", letterhead.ogrn)),
        _together(("ИНН ", letterhead.inn), ("КПП ", letterhead.kpp)),
    )
    return paper.Head(
        founder=letterhead.founder,
        full_title=full_title,
        short_title=short_title,
        place=letterhead.place or issuer.municipality.title,
        contacts=tuple(filter(None, lines)),
    )


def _together(*parts: tuple[str, str]) -> str:
    return ", ".join(f"{before}{text}" for before, text in parts if text)


def numbered(clauses: Iterable[Clause]) -> Iterator[paper.Clause]:
    """Clauses with their numbers; a part that stands above every clause counts as one."""
    first = second = 0
    for clause in clauses:
        if clause.level == Clause.Level.PART and first:
            second += 1
            yield paper.Clause(f"{first}.{second}.", clause.text)
        else:
            first, second = first + 1, 0
            yield paper.Clause(f"{first}.", clause.text)


def performer_of(order: Order) -> tuple[str, ...]:
    """Small lines at the foot of the sheet: a telephone of nobody in particular is not printed."""
    if not order.performer_name:
        return ()
    return (order.performer_name, *([f"тел. {order.performer_phone}"] if order.performer_phone else []))


def annexes_of(order: Order, clauses: Sequence[Clause], content: Content) -> tuple[paper.Annex, ...]:
    if order.kind == Order.Kind.AMEND and not any(REFERENCE in clause.text.casefold() for clause in clauses):
        return ()
    return (annex_of(content, mark=mark_of(order)),)


def mark_of(order: Order) -> tuple[str, ...]:
    """The mark of the annex. Number and date come from the order itself, so they cannot disagree with it."""
    declension = declension_of(order.municipality)
    subject, act = subject_of(order.roadmap), act_of(order, declension)
    approved_by = approving_act(order.roadmap, declension) if order.kind == Order.Kind.AMEND else None
    return annex_mark(subject, approved_by, edition=act) if approved_by else annex_mark(subject, act)
