"""Records of the registry as the plain texts of a sheet: what is compared with a sheet and what is written into one."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import QuerySet

from directory.models import Organisation, Position, StaffMember
from directory.sheets.cells import folded, printed
from directory.sheets.organisations import ORGANISATIONS
from directory.sheets.staff import PERSON, POSITION

#: Where the text of each column of staff is kept, looked at from a position.
_FIELDS = {
    "inn": "organisation__inn",
    "place": "organisation__short_title",
    **{key: key for key in POSITION},
    **{key: f"staff_member__{key}" for key in PERSON},
}
_ALL = (*_FIELDS, "subjects")
#: What a position is found and named by.
NAMING = ("number", "title", "ends_on", "last_name", "first_name", "patronymic")
ORGANISATION = tuple(column.key for column in ORGANISATIONS.columns)


class Known(NamedTuple):
    """A record by its id, and what a sheet would say of it."""

    record: int
    texts: dict[str, str]


class KnownPosition(NamedTuple):
    """A position, whose and where it is, and what a sheet would say of it."""

    record: int
    texts: dict[str, str]
    person: int
    place: int


class _Normal(dict[Any, str]):
    """What the database keeps as plain texts; values repeat, so each is turned once."""

    def __missing__(self, value: Any) -> str:
        text = self[value] = _normal(value)
        return text


def _normal(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else printed(value)


class Positions:
    """Positions read from the registry at once, in the order given; told in the columns that are asked for later."""

    def __init__(self, positions: QuerySet[Position]) -> None:
        self._positions = positions
        self._rows = list(positions.values_list("pk", "staff_member_id", "organisation_id", *_FIELDS.values()))

    def told(self, keys: Collection[str] = _ALL) -> Iterator[KnownPosition]:
        """Each with its person, in the texts of these columns and of the naming ones."""
        wanted = {*keys, *NAMING}
        names = [key for key in _FIELDS if key in wanted]
        chosen = itemgetter(0, 1, 2, *(3 + place for place, key in enumerate(_FIELDS) if key in wanted))
        subjects = _subjects_of(self._positions) if "subjects" in wanted else {}
        for pk, person, place, *row in _told(map(chosen, self._rows), ids=3):
            texts = dict(zip(names, row, strict=True))
            if "subjects" in wanted:
                texts["subjects"] = "; ".join(sorted(subjects.get(person, ()), key=folded))
            yield KnownPosition(pk, texts, person, place)


def _told(rows: Iterable[Sequence[Any]], *, ids: int) -> Iterator[tuple[Any, ...]]:
    """Rows of the database with their values as texts, but for the ids they begin with; column by column."""
    columns = list(zip(*rows, strict=True))
    normal = _Normal()
    return zip(*columns[:ids], *(map(normal.__getitem__, column) for column in columns[ids:]), strict=True)


def _subjects_of(positions: QuerySet[Position]) -> dict[int, list[str]]:
    taught = StaffMember.subjects.through.objects.filter(staffmember__in=positions.order_by().values("staff_member"))
    subjects: dict[int, list[str]] = {}
    for person, title in taught.values_list("staffmember_id", "subject__title"):
        subjects.setdefault(person, []).append(printed(title))
    return subjects


def organisations_told(organisations: QuerySet[Organisation]) -> Iterator[Known]:
    """Organisations in the order given."""
    for pk, *row in _told(organisations.values_list("pk", *ORGANISATION), ids=1):
        yield Known(pk, dict(zip(ORGANISATION, row, strict=True)))
