"""Records of the registry as the plain texts of a sheet: what is compared with a sheet and what is written into one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from directory.models import Organisation, Position, StaffMember
from directory.sheets.cells import folded, printed
from directory.sheets.organisations import ORGANISATIONS
from directory.sheets.staff import PERSON, POSITION

ORGANISATION = tuple(column.key for column in ORGANISATIONS.columns)


@dataclass(frozen=True)
class Known:
    """A record by its id, and what a sheet would say of it."""

    record: int
    texts: dict[str, str]


@dataclass(frozen=True)
class KnownPosition(Known):
    """A position, and whose and where it is."""

    person: int
    place: int


class _Normal(dict[Any, str]):
    """What the database keeps as plain texts; values repeat, so each is turned once."""

    def __missing__(self, value: Any) -> str:
        text = self[value] = _normal(value)
        return text


def _normal(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if hasattr(value, "isoformat") else printed(value)


def positions_told(positions: QuerySet[Position]) -> Iterator[KnownPosition]:
    """Positions in the order given, each with its person and the person's subjects."""
    names = (*POSITION, *PERSON, "inn", "place")
    of_person = (f"staff_member__{key}" for key in PERSON)
    fields = (*POSITION, *of_person, "organisation__inn", "organisation__short_title")
    subjects = _subjects_of(positions)
    normal = _Normal()
    rows = positions.values_list("pk", "staff_member_id", "organisation_id", *fields)
    for pk, person, place, *values in rows:
        texts = {key: normal[value] for key, value in zip(names, values, strict=True)}
        texts["subjects"] = "; ".join(sorted(subjects.get(person, ()), key=folded))
        yield KnownPosition(pk, texts, person, place)


def _subjects_of(positions: QuerySet[Position]) -> dict[int, list[str]]:
    taught = StaffMember.subjects.through.objects.filter(staffmember__in=positions.order_by().values("staff_member"))
    subjects: dict[int, list[str]] = {}
    for person, title in taught.values_list("staffmember_id", "subject__title"):
        subjects.setdefault(person, []).append(printed(title))
    return subjects


def organisations_told(organisations: QuerySet[Organisation]) -> Iterator[Known]:
    """Organisations in the order given."""
    normal = _Normal()
    for pk, *values in organisations.values_list("pk", *ORGANISATION):
        yield Known(pk, {key: normal[value] for key, value in zip(ORGANISATION, values, strict=True)})
