"""What the registry of the invented city tells of its people: years, categories, subjects, second jobs, names."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from directory.models import StaffMember
from portal.demo.people import SUBJECTS, Person
from portal.demo.places import CENTRE, school

#: Whoever begins so works with children and has a category.
TEACHING = ("учитель", "педагог", "воспитатель", "старший воспитатель", "методист")
#: Categories given from this day on have no end.
ENDLESS_FROM = date(2023, 9, 1)

_CATEGORIES = tuple(reversed(StaffMember.Category))


@dataclass(frozen=True)
class SecondJob:
    """An external part-timer: who of the cast, as what, where."""

    cast: str
    position: str
    place: str


SECOND_JOBS = (SecondJob("teacher", "учитель физики", school(2)), SecondJob("expert", "методист", CENTRE))

#: The school that became a gymnasium, and what it was called before.
RENAMED = school(18)
FORMER_SHORT_TITLE = "Школа № 18"
FORMER_TITLE = "МБОУ «Средняя общеобразовательная школа № 18»"
FORMER_GENITIVE = "МБОУ «Средней общеобразовательной школы № 18»"
#: So many years ago.
RENAMED_YEARS = 5

#: The last of the list has left so many days before the loading.
LEFT_DAYS = 20


def card_of(person: Person, turn: int, today: date) -> dict[str, Any]:
    """The columns of a card; the same at each loading, every tenth person or so a novice."""
    experience = person.years + (turn * 3 % 9 if person.years > 2 else 0)  # noqa: PLR2004 - novices begin where they work
    columns: dict[str, Any] = {"birth_year": today.year - 22 - experience - turn * 7 % 15}
    if not person.position.startswith(TEACHING):
        return columns
    columns |= {
        "teaching_from": date(today.year - experience, 9, 1),
        "has_teaching_load": person.position.startswith(("учитель", "педагог")),
    }
    return columns | _category(turn, experience, today)


def _category(turn: int, experience: int, today: date) -> dict[str, Any]:
    category = _CATEGORIES[turn % len(_CATEGORIES)]
    given_on = date(today.year - 1 - turn % 3, 3, 15)
    if not category or experience <= 3:  # noqa: PLR2004 - whoever has just begun has none
        return {}
    return {
        "category": category,
        "category_on": given_on,
        "category_until": given_on.replace(year=given_on.year + 5) if given_on < ENDLESS_FROM else None,
        "calling": StaffMember.Calling.MENTOR if category == StaffMember.Category.HIGHEST and turn % 3 == 0 else "",
    }


def subject_of(person: Person) -> str:
    """What a teacher teaches, in the nominative; nothing for anybody else."""
    _, _, genitive = person.position.partition("учитель ")
    return SUBJECTS.get(genitive, "")
