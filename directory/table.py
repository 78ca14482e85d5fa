"""The lists of staff and of organisations as their pages show them: columns by choice, orders, plain rows.

What a row shows is a plain tuple: a page has fifty of them, and the same row is drawn once (``{% drawn %}``).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from directory.models import Account, Organisation, Position, SavedView, StaffMember, Subject
from kit.sorting import sort_key


class Column(NamedTuple):
    """``sort`` is the key by which the address asks for the order of this column, empty where there is none."""

    key: str
    label: str
    sort: str = ""


STAFF_COLUMNS = (
    Column("position", "Должность"),
    Column("organisation", "Организация", "organisation"),
    Column("subjects", "Предметы"),
    Column("category", "Категория", "category"),
    Column("category_on", "Присвоена", "category_on"),
    Column("teaching_from", "Педагог с", "teaching_from"),
    Column("engagement", "Занятость"),
    Column("load", "Уроки"),
    Column("marks", "Отметки"),
    Column("phone", "Телефон"),
    Column("email", "Почта"),
)
USUAL_STAFF_COLUMNS = ("position", "organisation", "subjects", "category", "marks", "phone")

ORGANISATION_COLUMNS = (
    Column("kind", "Вид", "kind"),
    Column("title", "Полное название"),
    Column("staff", "Сотрудников", "staff"),
    Column("address", "Адрес"),
    Column("phone", "Телефон"),
    Column("email", "Почта"),
    Column("inn", "ИНН"),
)
USUAL_ORGANISATION_COLUMNS = ("kind", "title", "staff", "phone")

CATEGORY = {"": "", **dict(StaffMember.Category.choices[1:])}
ENGAGEMENT = dict(Position.Engagement.choices)
KIND = dict(Organisation.Kind.choices)
RANKS = Case(
    *(When(category=key, then=place) for place, key in enumerate(reversed(StaffMember.Category.values))), default=9
)


class Row(NamedTuple):
    """The texts of the chosen columns, each with its label; a new line of a text is one of several positions."""

    pk: int
    name: str
    cells: tuple[tuple[str, str], ...]
    is_past: bool = False


def chosen(columns: Iterable[Column], asked: str, usual: Iterable[str]) -> tuple[Column, ...]:
    """The columns that an address asks for by «position,phone», in their own order; the usual ones unless it does."""
    keys = set(asked.split(",")) if asked else set(usual)
    return tuple(column for column in columns if column.key in keys)


def ordered(found: Any, orders: dict[str, Any], asked: str) -> Any:
    """In the order asked for («category», «-category»), people and places of equal standing by name."""
    key = asked.removeprefix("-")
    if key not in orders:
        return found.order_by("sort_key", "pk")
    if key == "name":
        return found.order_by("-sort_key", "-pk") if asked.startswith("-") else found.order_by("sort_key", "pk")
    by = orders[key]
    by = by.desc(nulls_last=True) if asked.startswith("-") else by.asc(nulls_last=True)
    return found.order_by(by, "sort_key", "pk")


def staff_orders(today: date) -> dict[str, Any]:
    held = Position.objects.held_on(today).filter(staff_member=OuterRef("pk")).order_by("organisation__sort_key")
    return {
        "name": F("sort_key"),
        "organisation": Subquery(held.values("organisation__sort_key")[:1]),
        "category": RANKS,
        "category_on": F("category_on"),
        "teaching_from": F("teaching_from"),
    }


def organisation_orders(today: date) -> dict[str, Any]:
    return {"name": F("sort_key"), "kind": F("kind"), "staff": working_at(today)}


def working_at(today: date) -> Any:
    """How many people hold a position at an organisation on a day, each once."""
    held = Position.objects.held_on(today).filter(organisation=OuterRef("pk")).order_by().values("organisation")
    return Coalesce(Subquery(held.annotate(people=Count("staff_member", distinct=True)).values("people")), 0)


PERSON = (
    "pk", "last_name", "first_name", "patronymic", "category", "category_on", "teaching_from", "has_teaching_load",
    "phone", "email", "is_young", "is_novice",
)  # fmt: skip


def staff_rows(people: Any, columns: tuple[Column, ...], subjects: dict[int, str], today: date) -> list[Row]:
    """Rows of these people, in the order they come, in three queries."""
    found = list(people.with_standing(today).values_list(*PERSON))
    keys = [person[0] for person in found]
    jobs, taught = _jobs(keys), _taught(keys, subjects)
    rows = []
    for (
        pk, last_name, first_name, patronymic, category, category_on, teaching_from, has_load, phone, email, is_young,
        is_novice,
    ) in found:  # fmt: skip
        held = [job for job in jobs[pk] if job.is_held_on(today)]
        shown = held or jobs[pk][-1:]
        texts = {
            "position": "\n".join(job.title for job in shown),
            "organisation": "\n".join(job.organisation for job in shown),
            "subjects": ", ".join(taught[pk]),
            "category": CATEGORY[category],
            "category_on": _day(category_on),
            "teaching_from": _day(teaching_from),
            "engagement": "\n".join(ENGAGEMENT[job.engagement] for job in shown),
            "load": "ведёт" if has_load else "",
            "marks": _marks(is_young=is_young, is_novice=is_novice, left="" if held else _left(jobs[pk])),
            "phone": phone,
            "email": email,
        }
        name = " ".join(filter(None, (last_name, first_name, patronymic)))
        cells = tuple((column.label, texts[column.key]) for column in columns)
        rows.append(Row(pk, name, cells, is_past=not held))
    return rows


class Job(NamedTuple):
    title: str
    organisation: str
    engagement: str
    starts_on: date | None
    ends_on: date | None

    def is_held_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)


def _jobs(keys: list[int]) -> dict[int, list[Job]]:
    """Positions of people, the one that ends last standing last."""
    found = Position.objects.filter(staff_member__in=keys).values_list(
        "staff_member_id", "title", "organisation__short_title", "engagement", "starts_on", "ends_on"
    )
    jobs: dict[int, list[Job]] = defaultdict(list)
    for key, title, organisation, engagement, starts_on, ends_on in found.order_by(
        F("ends_on").asc(nulls_last=True), "pk"
    ):
        jobs[key].append(Job(title, organisation, engagement, starts_on, ends_on))
    return jobs


def _taught(keys: list[int], subjects: dict[int, str]) -> dict[int, list[str]]:
    """Subjects of people by name; ``subjects`` stand in the order of their names."""
    pairs: dict[int, set[int]] = defaultdict(set)
    for person, subject in StaffMember.subjects.through.objects.filter(staffmember__in=keys).values_list(
        "staffmember_id", "subject_id"
    ):
        pairs[person].add(subject)
    return defaultdict(list, {key: [title for pk, title in subjects.items() if pk in pairs[key]] for key in pairs})


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _left(jobs: list[Job]) -> str:
    """What is said of a person who holds no position."""
    last = jobs[-1].ends_on if jobs else None
    return f"не работает, до {last:%d.%m.%Y}" if last else "не работает"


def _marks(*, is_young: bool, is_novice: bool, left: str) -> str:
    return ", ".join(filter(None, ("молодой" if is_young else "", "начинающий" if is_novice else "", left)))


def organisation_rows(places: QuerySet[Organisation], columns: tuple[Column, ...], today: date) -> list[Row]:
    counted = places.annotate(staff_now=working_at(today))
    return [
        Row(
            place["pk"],
            place["short_title"],
            tuple((column.label, _place_text(place, column.key)) for column in columns),
            is_past=bool(place["closed_on"] and place["closed_on"] < today),
        )
        for place in counted.values(
            "pk", "short_title", "kind", "title", "address", "phone", "email", "inn", "closed_on", "staff_now"
        )
    ]


def _place_text(place: Mapping[str, Any], key: str) -> str:
    if key == "kind":
        return KIND[place["kind"]]
    if key == "staff":
        return str(place["staff_now"] or "")
    return str(place[key])


class View(NamedTuple):
    title: str
    query: str
    opens_first: bool


class Offered(NamedTuple):
    """What stands above a list to choose from: subjects by key, saved views."""

    subjects: dict[int, str]
    views: tuple[View, ...]


def offered(account: Account, list_name: str) -> Offered:
    """Subjects and saved views in one question: every page of a list asks for both, and both are short."""
    no, yes = Value(False), Value(True)
    opens_first = Case(When(kept_for=account.pk, is_default=True, then=yes), default=no)
    subjects = Subject.objects.visible_to(account).values_list("pk", "title", Value(""), no, no)
    views = (
        SavedView.objects.visible_to(account).of_list(list_name).values_list("pk", "title", "query", opens_first, yes)
    )
    found = sorted(subjects.union(views, all=True), key=lambda row: sort_key(row[1]))
    return Offered(
        {pk: title for pk, title, _, _, is_view in found if not is_view},
        tuple(View(title, query, bool(opens_first)) for _, title, query, opens_first, is_view in found if is_view),
    )
