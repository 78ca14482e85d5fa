"""What papers hold of a person: signed and controlled orders, names in drafts, names set right by hand."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from directory.holdings import Farewell, Holding, Told, told_of
from directory.models import StaffMember
from kit.sorting import searchable
from reports.about import name_of
from reports.declension import Case, Name
from reports.declension.names import declined_parts
from reports.models import Clause, Order, Wording

WORDED = ("heading", "preamble", "signatory_name", "performer_name")
REASON = "history_change_reason"


def signed(person: StaffMember) -> Iterable[Told]:
    return [_told(each) for each in Order.objects.filter(signatory=person).order_by("pk")]


def controlled(person: StaffMember) -> Iterable[Told]:
    return [_told(each) for each in Order.objects.filter(controller=person).order_by("pk")]


def _told(order: Order) -> Told:
    return told_of(order, "form", "heading", "number", "dated_on", "state", "signatory_post", "signatory_name")


def performed(person: StaffMember) -> Iterable[Told]:
    named = Order.objects.filter(municipality=person.municipality_id, performer_name=person.full_name).order_by("pk")
    return [told_of(each, "heading", "performer_name", "performer_phone", "state") for each in named]


def erase_from_drafts(farewell: Farewell) -> int:
    """Drafts, their past versions, and those of drafts that were discarded; a registered order stays as it is."""
    name = written(name_of(farewell.person))
    here = Order.objects.filter(municipality=farewell.person.municipality_id)
    kept = here.registered().values("pk")
    past = Order.history.filter(municipality=farewell.person.municipality_id).exclude(id__in=kept)
    past_clauses = Clause.history.filter(order__in=past.values("id"))
    met = 0
    for rows, fields in (
        (here.drafts(), WORDED),
        (Clause.objects.filter(order__in=here.drafts()), ("text",)),
        (past, (*WORDED, REASON)),
        (past_clauses, ("text", REASON)),
    ):
        met += sum(_erase_from(row, fields, name, farewell.name) for row in rows.iterator())
    return met


def erase_reasons(farewell: Farewell) -> int:
    """A merge has moved orders to another record of the person and told each of them why, in words typed by hand."""
    people = farewell.people
    told = Order.history.filter(Q(signatory__in=people) | Q(controller__in=people)).exclude(**{REASON: None})
    return int(told.update(**{REASON: None}))


def _erase_from(row: Any, fields: Iterable[str], name: re.Pattern[str], instead: str) -> bool:
    """Write anew those fields of a row that named the person; no version is made, for it would keep the name."""
    changed: dict[str, str] = {}
    for field in fields:
        text = getattr(row, field) or ""
        if name.search(text):
            changed[field] = name.sub(instead, text)
    if "performer_name" in changed:
        changed["performer_phone"] = ""
    if isinstance(row, Order) and changed:
        worded = {field: changed.get(field, getattr(row, field)) for field in ("heading", "number", "signatory_name")}
        changed["search_text"] = searchable(*worded.values())
    if changed:
        type(row)._base_manager.filter(pk=row.pk).update(**changed)  # noqa: SLF001 - Django documents _base_manager
    return bool(changed)


def written(name: Name) -> re.Pattern[str]:
    """The name in every case and way of writing.

    >>> written(Name("Липова", "Дарья", "Сергеевна")).sub("*", "Поручить Липовой Д. С. и Д.С. Липовой, а не Липовскому")
    'Поручить * и *, а не Липовскому'
    """
    declined = [name.parts, *(declined_parts(name, case)[0] for case in Case)]
    lasts, firsts, patronymics = (
        "|".join({re.escape(part) for part in parts if part}) for parts in zip(*declined, strict=True)
    )
    initials = r"\s*".join(rf"{re.escape(part[0])}\." for part in name.parts[1:] if part)
    whole = rf"\s+(?:{firsts})" + (rf"(?:\s+(?:{patronymics}))?" if patronymics else "")
    after = rf"(?:{whole}|\s*{initials})?" if initials else ""
    before = rf"(?:{initials}\s*)?" if initials else ""
    return re.compile(rf"(?<!\w){before}(?<!\w)(?:{lasts})(?!\w){after}", re.IGNORECASE)


def wordings(person: StaffMember) -> Iterable[Told]:
    return [told_of(each, "nominative", "case", "form") for each in _wordings_of(person).order_by("pk")]


def erase_wordings(farewell: Farewell) -> int:
    gone = _wordings_of(farewell.person)
    Wording.history.filter(
        municipality=farewell.person.municipality_id, nominative__in=_nominatives(farewell.person)
    ).delete()
    return gone._raw_delete(gone.db)  # noqa: SLF001 - deletion with a version of it would keep the name


def _wordings_of(person: StaffMember) -> Any:
    return Wording.objects.filter(municipality=person.municipality_id, nominative__in=_nominatives(person))


def _nominatives(person: StaffMember) -> tuple[str, ...]:
    return person.full_name, name_of(person).full


HOLDINGS = (
    Holding(
        "Приказы за подписью", signed, "имя в черновиках приказов, их прежних версиях и удалённых черновиках",
        erase_from_drafts,
        "текст и файл зарегистрированных приказов с именем: хранятся постоянно по приказу Росархива №\u00a0236",
    ),
    Holding(
        "Приказы под контролем", controlled, "пояснения в истории приказов, где сотрудник подписывает или следит",
        erase_reasons, "ссылка на карточку без имени",
    ),
    Holding("Приказы, где сотрудник исполнитель", performed, stays="только зарегистрированные: хранятся постоянно"),
    Holding("Исправленные формы имени", wordings, "формы имени в падежах", erase_wordings),
)  # fmt: skip
