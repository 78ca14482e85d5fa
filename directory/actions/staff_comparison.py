"""A sheet of staff beside the registry: who would be added, what would change, and what is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from operator import itemgetter

from directory.actions.differences import Changed, Difference, Refusal, Row, difference_of
from directory.actions.staff_registry import Registry, Who, name_of, who
from directory.models import StaffMember
from directory.sheets.cells import folded, nearest
from directory.sheets.reading import Rows
from directory.sheets.staff import PERSON, POSITION, STAFF
from directory.texts import KnownPosition
from kit.collector import resting_collector

_COMPARED = (*POSITION, *PERSON, "subjects")


@dataclass
class StaffPlan:
    """The difference, and what writing needs besides: the place of each new row and whom it joins."""

    difference: Difference
    keys: Sequence[str]
    found: dict[int, tuple[KnownPosition, Row]] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    #: New rows of a person whom the registry has, or whom an earlier row brings.
    joins: dict[int, KnownPosition] = field(default_factory=dict)
    follows: dict[int, int] = field(default_factory=dict)

    def people(self) -> dict[int, tuple[KnownPosition, Row]]:
        """Whom of the registry the sheet speaks of, and a row that says it; rows of one person say the same."""
        joined = ((known, self.difference.added[line]) for line, known in self.joins.items())
        return {known.person: (known, row) for known, row in (*self.found.values(), *joined)}


@resting_collector()
def compare(rows: Rows, registry: Registry) -> StaffPlan:
    """The rows of a sheet beside the registry; nothing is written."""
    plan = StaffPlan(difference_of(rows), rows.keys)
    registry.tell(rows.keys)
    comparison = _Comparison(plan, registry)
    for line, row in rows.by_line():
        comparison.take(line, row)
    comparison.refuse_what_others_keep()
    return plan


class _Comparison:
    """One pass over the rows of a sheet; each rule returns why the row is refused, or nothing."""

    def __init__(self, plan: StaffPlan, registry: Registry) -> None:
        self.plan, self.scope, self.registry = plan, registry.scope, registry
        self.compared = [key for key in _COMPARED if key in plan.keys]
        self.facts = [key for key in (*PERSON, "subjects") if key in plan.keys]
        self.compared_of = itemgetter(*self.compared)
        # Places and subjects repeat in a sheet, and a misspelt one is looked for among all the others.
        self.place_of = cache(partial(_place_of, registry))
        self.subjects_of = cache(partial(_subjects_of, registry))
        self.rows: dict[int, Row] = {}
        #: Which line was the first to speak of a number, a position, a person.
        self.numbers: dict[tuple[int, str, str], int] = {}
        self.positions: dict[int, int] = {}
        self.people: dict[int, int] = {}
        self.newcomers: dict[Who, int] = {}

    def take(self, line: int, row: dict[str, str]) -> None:
        self.rows[line] = row
        place = self.place_of(row.get("inn", ""), row.get("place", ""))
        refusal = place if isinstance(place, Refusal) else self._take_at(place, line, row)
        if refusal:
            self.plan.difference.refuse(line, refusal)

    def _take_at(self, place: int, line: int, row: dict[str, str]) -> Refusal | None:
        refusal = self._number_twice(line, place, row) or self._spell_subjects(row)
        if refusal:
            return refusal
        known = self.registry.find(place, row)
        if known is None:
            return self._add(line, place, row)
        if self._is_the_same(line, known, row):
            self.plan.difference.same += 1
            return None
        return (
            self._somebody_else(line, known, row)
            or self._contradiction(line, known.person, row)
            or self._change(line, known, row)
        )

    def _is_the_same(self, line: int, known: KnownPosition, row: Row) -> bool:
        """What most rows of a repeated sheet are: as known, and the first to speak of their position and person."""
        return (
            self.compared_of(known.texts) == self.compared_of(row)
            and self.positions.setdefault(known.record, line) == line
            and self.people.setdefault(known.person, line) == line
        )

    def _number_twice(self, line: int, place: int, row: Row) -> Refusal | None:
        number = row["number"]
        first = self.numbers.setdefault((place, number, row.get("ends_on", "")), line) if number else line
        if first == line:
            return None
        name = name_of(self.rows[first])
        if folded(name) == folded(name_of(row)):
            return Refusal("number", number, f"Этот сотрудник уже есть в строке {first}. Оставьте одну.")
        why = f"Этот номер уже стоит в строке {first}: {name}. У каждого сотрудника свой номер."
        return Refusal("number", number, why)

    def _spell_subjects(self, row: dict[str, str]) -> Refusal | None:
        """Bring the titles to the spelling of the registry."""
        if not row.get("subjects"):
            return None
        spelt = self.subjects_of(row["subjects"])
        if isinstance(spelt, Refusal):
            return spelt
        row["subjects"] = spelt
        return None

    def _somebody_else(self, line: int, known: KnownPosition, row: Row) -> Refusal | None:
        first = self.positions.setdefault(known.record, line)
        if first != line:
            return Refusal("number", row["number"], f"О той же должности говорит строка {first}. Оставьте одну.")
        texts = known.texts
        if _sounds(texts["last_name"], row["last_name"]) or _sounds(texts["first_name"], row["first_name"]):
            return None
        return Refusal(
            "number",
            row["number"],
            f"В портале под этим номером {name_of(texts)}. Если номер перешёл к другому человеку, "
            "сначала отметьте увольнение прежнего.",
        )

    def _contradiction(self, line: int, person: int, row: Row) -> Refusal | None:
        """Several rows may speak of one person; they must say the same."""
        first = self.people.setdefault(person, line)
        for key in self.facts if first != line else ():
            ours, theirs = row[key], self.rows[first][key]
            if ours != theirs:
                words = STAFF.by_key[key].show(theirs) or "пусто"
                why = f"В строке {first} у этого же человека здесь «{words}». Напишите одинаково."
                return Refusal(key, STAFF.by_key[key].show(ours), why)
        return None

    def _change(self, line: int, known: KnownPosition, row: Row) -> Refusal | None:
        if self.compared_of(known.texts) == self.compared_of(row):
            self.plan.difference.same += 1
            return None
        if row.get("ends_on") and known.person == self.scope.by.staff_member_id:
            show = STAFF.by_key["ends_on"].show(row["ends_on"])
            return Refusal("ends_on", show, "Собственное увольнение отмечает кто-то другой.")
        cells = tuple((key, known.texts[key], row[key]) for key in self.compared if known.texts[key] != row[key])
        self.plan.difference.changed.append(Changed(line, known.record, name_of(known.texts), cells))
        self.plan.found[line] = known, row
        return None

    def _add(self, line: int, place: int, row: Row) -> Refusal | None:
        if not row["number"]:
            why = "Здесь пусто. Без номера портал не знает, новый ли это сотрудник. Укажите номер."
            return Refusal("number", "", why)
        somebody = who(place, row)
        is_known = row.get("engagement") == "internal" or row.get("ends_on") or self._was_here(somebody)
        refusal = self._join(line, somebody, row) if is_known else None
        if refusal:
            return refusal
        self.newcomers.setdefault(somebody, line)
        self.plan.difference.added[line] = row
        self.plan.places[line] = place
        return None

    def _was_here(self, somebody: Who) -> bool:
        """Whether somebody of this name has worked here: then it is the same person coming back."""
        people = self.registry.people.get(somebody)
        return people is not None and any(known.texts["ends_on"] for known in people.values())

    def _join(self, line: int, somebody: Who, row: Row) -> Refusal | None:
        """Give the row to the person of this name, with whose other rows it must agree."""
        people = self.registry.people.get(somebody, {})
        if len(people) == 1:
            (known,) = people.values()
            refusal = self._contradiction(line, known.person, row)
            if not refusal:
                self.plan.joins[line] = known
            return refusal
        if somebody in self.newcomers:
            first = self.newcomers[somebody]
            # Nobody has an id yet: a new person is known by the line that brings it.
            self.people.setdefault(-first, first)
            refusal = self._contradiction(line, -first, row)
            if not refusal:
                self.plan.follows[line] = first
            return refusal
        return None

    def refuse_what_others_keep(self) -> None:
        """A school lets go of the card of a person who has left it for another."""
        if not self.scope.organisation:
            return
        lines = {known.person: line for line, (known, _) in self.plan.found.items()}
        lines |= {known.person: line for line, known in self.plan.joins.items()}
        changed = {
            person: lines[person]
            for person, (known, row) in self.plan.people().items()
            if any(known.texts[key] != row[key] for key in self.facts)
        }
        for person in StaffMember.objects.filter(pk__in=changed).prefetch_related("positions"):
            if not person.is_kept_by(self.scope.organisation.pk):
                why = "Сотрудник перешёл в другую организацию: его карточку теперь ведёт она. Уберите строку."
                self.plan.difference.refuse(changed[person.pk], Refusal("last_name", str(person), why))


def _place_of(registry: Registry, inn: str, title: str) -> int | Refusal:
    """Where a row says the person works: by the ИНН, without one by the name; both must be of one place."""
    own = registry.scope.organisation
    if own and not inn and not title:
        return own.pk
    by_inn, by_title = registry.inns.get(inn), registry.titles.get(folded(title))
    place = by_inn if inn else by_title
    if place is None:
        return _unknown_place(registry, inn, title)
    if own and place != own.pk:
        key, value = ("inn", inn) if inn else ("place", title)
        return Refusal(key, value, "Это другая организация. Оставьте в таблице сотрудников своей.")
    if title and by_title != place:
        return Refusal("place", title, "По ИНН это другая организация. Проверьте ИНН и название.")
    return place


def _unknown_place(registry: Registry, inn: str, title: str) -> Refusal:
    if not inn and not title:
        return Refusal("inn", "", "Здесь пусто. Укажите ИНН организации, в которой работает сотрудник.")
    value, known = (inn, registry.inns) if inn else (folded(title), registry.titles)
    near = nearest(value, known)
    key = "inn" if inn else "place"
    advice = f"Вероятно, «{registry.named[known[near]][key]}»." if near else "Сначала внесите организацию."
    return Refusal(key, inn or title, f"Такой организации в портале нет. {advice}")


def _subjects_of(registry: Registry, text: str) -> str | Refusal:
    """The subjects as the registry spells them; a school takes from its list, the centre adds to it."""
    titles = []
    for title in text.split("; "):
        known = registry.subjects.get(folded(title))
        if known is None and registry.scope.organisation:
            near = nearest(folded(title), registry.subjects)
            advice = f"Вероятно, «{registry.subjects[near]}»." if near else "Список предметов ведёт центр."
            return Refusal("subjects", title, f"Такого предмета в списке нет. {advice}")
        titles.append(known or registry.subjects.setdefault(folded(title), title))
    return "; ".join(sorted(titles, key=folded))


def _sounds(one: str, other: str) -> bool:
    return one == other or folded(one) == folded(other)
