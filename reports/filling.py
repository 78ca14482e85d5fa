"""Order → paper: everything an order says, looked up and worded, nothing left to ask the database."""

from collections.abc import Iterable, Iterator
from datetime import date

from directory.models import Letterhead, Organisation
from reports import paper
from reports.annex import Content, annex_of
from reports.declension import Case, Declension
from reports.models import Clause, Order, Wording
from roadmaps.actions.editions import content_of
from roadmaps.models import Roadmap

#: «УТВЕРЖДЕНА» agrees with what is approved.
APPROVED = {
    Roadmap.Kind.ROADMAP: "УТВЕРЖДЕНА",
    Roadmap.Kind.PLAN: "УТВЕРЖДЁН",
    Roadmap.Kind.PROGRAMME: "УТВЕРЖДЕНА",
}
#: Forms of orders as the mark of an annex has them: by what approved, to what attached.
BY_ORDER = {Order.Form.ORDER: "приказом", Order.Form.DIRECTIVE: "распоряжением"}
TO_ORDER = {Order.Form.ORDER: "к приказу", Order.Form.DIRECTIVE: "к распоряжению"}
COMMAND_WORDS = {Order.Form.ORDER: "ПРИКАЗЫВАЮ", Order.Form.DIRECTIVE: "ОБЯЗЫВАЮ"}
BLANK_DATE, BLANK_NUMBER = "_" * 12, "_" * 8


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
    letterhead = Letterhead.objects.filter(organisation=order.issuer_id).first()
    form = Order.Form(order.form)
    return paper.Paper(
        layout=layout_of(letterhead, order.dated_on or today),
        kind=form.label.upper(),
        head=head_of(order.issuer, letterhead),
        dated=f"{order.dated_on:%d.%m.%Y}" if order.dated_on else "",
        number=order.number,
        heading=order.heading,
        preamble=order.preamble,
        command=paper.Command(order.command),
        command_word=COMMAND_WORDS[form],
        clauses=tuple(numbered(clauses)),
        signature=paper.Signature(order.signatory_post, order.signatory_name),
        performer=performer_of(order),
        annexes=(annex_of(content, mark=mark_of(order, letterhead)),),
        code=f"{site}{order.get_check_url()}" if order.pk else "",
    )


def layout_of(letterhead: Letterhead | None, day: date) -> paper.Layout:
    """The edition of the standard by the document's date, unless the organisation has chosen one."""
    return paper.Layout(letterhead.layout) if letterhead and letterhead.layout else paper.layout_of(day)


def head_of(issuer: Organisation, letterhead: Letterhead | None) -> paper.Head:
    """The requisites of the letterhead; without one, the names by which the portal knows the organisation."""
    if letterhead is None:
        short = "" if issuer.short_title == issuer.title else issuer.short_title
        return paper.Head(founder="", full_title=issuer.title, short_title=short, place=issuer.municipality.title)
    lines = (
        letterhead.address,
        _together(("тел. ", letterhead.phone), ("", letterhead.email), ("", letterhead.site)),
        _together(("ОКПО ", letterhead.okpo), ("ОГРН ", letterhead.ogrn)),
        _together(("ИНН ", letterhead.inn), ("КПП ", letterhead.kpp)),
    )
    return paper.Head(
        founder=letterhead.founder,
        full_title=letterhead.full_title,
        short_title="" if letterhead.short_title == letterhead.full_title else letterhead.short_title,
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
    phone = f"тел. {order.performer_phone}" if order.performer_phone else ""
    return tuple(filter(None, (order.performer_name, phone)))


def mark_of(order: Order, letterhead: Letterhead | None) -> tuple[str, ...]:
    """The mark of the annex. Number and date come from the order itself, so they cannot disagree with it."""
    form = Order.Form(order.form)
    issuer = letterhead.short_title if letterhead else order.issuer.short_title
    issuer = declension_of(order).by_hand(issuer, Case.GENITIVE).text
    dated = f"{order.dated_on:%d.%m.%Y}" if order.dated_on else BLANK_DATE
    document = f"от {dated} № {order.number or BLANK_NUMBER}"
    if order.kind == Order.Kind.AMEND:
        return ("Приложение", f"{TO_ORDER[form]} {issuer}", document)
    approved = APPROVED[Roadmap.Kind(order.roadmap.kind)]
    return ("Приложение", "", approved, f"{BY_ORDER[form]} {issuer}", document)


def declension_of(order: Order) -> Declension:
    """Cases as the libraries know them, what the municipality has corrected first."""
    remembered = Wording.objects.filter(municipality=order.municipality_id)
    return Declension({(wording.nominative, Case(wording.case)): wording.form for wording in remembered})
