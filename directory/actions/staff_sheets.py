"""A sheet of staff beside the registry: who would be added, what would change, and the writing of all of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from directory.actions.differences import Changed, Difference, Row, Scope, difference_of
from directory.models import Organisation, Position, StaffMember, Subject
from directory.sheets.cells import folded, nearest
from directory.sheets.reading import Rows
from directory.sheets.staff import PERSON, POSITION, STAFF
from directory.texts import KnownPosition, positions_told
from journal.many import ADDED, CHANGED, remember
from kit import bulk
from kit.sorting import searchable, sort_key

BECAUSE = "загружено из таблицы"
_NAME = ("last_name", "first_name", "patronymic")
_COMPARED = (*POSITION, *PERSON, "subjects")
_EMPTY_IS_NOTHING = {"starts_on", "ends_on", "birth_year", "teaching_from", "category_on", "category_until"}
_DEFAULTS = {"engagement": "main", "has_teaching_load": "0"}


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


def _name_of(texts: Row) -> str:
    return " ".join(filter(None, (texts.get(key, "") for key in _NAME)))


def _who(place: int, texts: Row) -> tuple[int, str]:
    """By what people of one organisation are told apart when there is no number."""
    name = f"{texts['last_name']} {texts['first_name']} {texts.get('patronymic', '')}"
    return place, name.casefold().replace("ё", "е")


class Registry:
    """The positions that a sheet may touch, by what a row of it is known by."""

    def __init__(self, scope: Scope, keys: Sequence[str]) -> None:
        self.subjects = {folded(title): title for title in _subject_titles(scope)}
        #: Organisations by what a row names them by, and the other way round.
        self.inns: dict[str, int] = {}
        self.titles: dict[str, int] = {}
        self.named: dict[int, dict[str, str]] = {}
        for pk, inn, title in _places(scope).values_list("pk", "inn", "short_title"):
            self.titles[folded(title)] = pk
            self.named[pk] = {"inn": inn, "place": title}
            if inn:
                self.inns[inn] = pk
        self.known = list(_known(scope, keys))
        self.numbered = {(known.place, known.texts["number"], known.texts["ends_on"]): known for known in self.known}
        self.unnumbered: dict[tuple[tuple[int, str], str], list[KnownPosition]] = {}
        for known in self.known:
            if not known.texts["number"]:
                key = _who(known.place, known.texts), folded(known.texts["title"])
                self.unnumbered.setdefault(key, []).append(known)

    @cached_property
    def people(self) -> dict[tuple[int, str], dict[int, KnownPosition]]:
        """By place and name, the people with their last position; made when a sheet brings somebody new."""
        people: dict[tuple[int, str], dict[int, KnownPosition]] = {}
        for known in self.known:
            people.setdefault(_who(known.place, known.texts), {})[known.person] = known
        return people

    def find(self, place: int, row: Row) -> KnownPosition | None:
        """The position a row speaks of; one that is over is found by its last day, or it is just now ending."""
        number, ends_on = row.get("number", ""), row.get("ends_on", "")
        if number:
            known = self.numbered.get((place, number, ends_on)) or self.numbered.get((place, number, ""))
            if known:
                return known
        if not self.unnumbered:
            return None
        key = _who(place, row), folded(row["title"])
        same = [known for known in self.unnumbered.get(key, ()) if known.texts["ends_on"] in {"", ends_on}]
        return same[0] if len(same) == 1 else None


def _places(scope: Scope) -> QuerySet[Organisation]:
    return Organisation.objects.filter(municipality=scope.municipality)


def _subject_titles(scope: Scope) -> Iterable[str]:
    return Subject.objects.filter(municipality=scope.municipality).values_list("title", flat=True)


def _known(scope: Scope, keys: Sequence[str]) -> Iterator[KnownPosition]:
    positions = Position.objects.filter(organisation__municipality=scope.municipality)
    if scope.organisation:
        positions = positions.filter(organisation=scope.organisation)
    return positions_told(positions.order_by("pk"), keys)


def compare(rows: Rows, scope: Scope, *, today: date) -> StaffPlan:
    """The rows of a sheet beside the registry; nothing is written."""
    plan = StaffPlan(difference_of(rows), rows.keys)
    comparison = _Comparison(plan, scope, Registry(scope, rows.keys))
    for line, *texts in rows.rows:
        comparison.take(line, dict(zip(rows.keys, texts, strict=True)))
    comparison.refuse_what_others_keep(today)
    return plan


class _Comparison:
    """One pass over the rows of a sheet."""

    def __init__(self, plan: StaffPlan, scope: Scope, registry: Registry) -> None:
        self.plan, self.scope, self.registry = plan, scope, registry
        self.compared = [key for key in _COMPARED if key in plan.keys]
        self.facts = [key for key in (*PERSON, "subjects") if key in plan.keys]
        self.rows: dict[int, Row] = {}
        #: Which line was the first to speak of a number, a position, a person.
        self.numbers: dict[tuple[int, str, str], int] = {}
        self.positions: dict[int, int] = {}
        self.people: dict[int, int] = {}
        self.newcomers: dict[tuple[int, str], int] = {}

    def take(self, line: int, row: dict[str, str]) -> None:
        self.rows[line] = row
        place = self._place(line, row)
        if place is None or not self._number_is_free(line, place, row) or not self._subjects_are_known(line, row):
            return
        known = self.registry.find(place, row)
        if known is None:
            self._add(line, place, row)
        elif self._is_the_same_person(line, known, row) and self._agrees(line, known.person, row):
            self._change(line, known, row)

    def _place(self, line: int, row: dict[str, str]) -> int | None:
        """Where the row says the person works: by the ИНН, without one by the name; both must be of one place."""
        inn, title = row.get("inn", ""), row.get("place", "")
        own = self.scope.organisation
        if own and not inn and not title:
            return own.pk
        by_inn, by_title = self.registry.inns.get(inn), self.registry.titles.get(folded(title))
        place = by_inn if inn else by_title
        if place is None:
            self._refuse_unknown_place(line, inn, title)
        elif own and place != own.pk:
            key, value = ("inn", inn) if inn else ("place", title)
            self._refuse(line, key, value, "Это другая организация. Оставьте в таблице сотрудников своей.")
        elif title and by_title != place:
            self._refuse(line, "place", title, "По ИНН это другая организация. Проверьте ИНН и название.")
        else:
            return place
        return None

    def _refuse_unknown_place(self, line: int, inn: str, title: str) -> None:
        if not inn and not title:
            self._refuse(line, "inn", "", "Здесь пусто. Укажите ИНН организации, в которой работает сотрудник.")
            return
        value, known = (inn, self.registry.inns) if inn else (folded(title), self.registry.titles)
        near = nearest(value, known)
        key = "inn" if inn else "place"
        advice = f"Вероятно, «{self.registry.named[known[near]][key]}»." if near else "Сначала внесите организацию."
        self._refuse(line, key, inn or title, f"Такой организации в портале нет. {advice}")

    def _number_is_free(self, line: int, place: int, row: dict[str, str]) -> bool:
        number = row["number"]
        if not number:
            return True
        key = place, number, row.get("ends_on", "")
        first = self.numbers.setdefault(key, line)
        if first == line:
            return True
        name = _name_of(self.rows[first])
        if folded(name) == folded(_name_of(row)):
            why = f"Этот сотрудник уже есть в строке {first}. Оставьте одну."
        else:
            why = f"Этот номер уже стоит в строке {first}: {name}. У каждого сотрудника свой номер."
        self._refuse(line, "number", number, why)
        return False

    def _subjects_are_known(self, line: int, row: dict[str, str]) -> bool:
        """Bring the titles to the spelling of the registry; a school takes from its list, the centre adds to it."""
        if not row.get("subjects"):
            return True
        titles = []
        for title in row["subjects"].split("; "):
            known = self.registry.subjects.get(folded(title))
            if known is None and self.scope.organisation:
                near = nearest(folded(title), self.registry.subjects)
                advice = f"Вероятно, «{self.registry.subjects[near]}»." if near else "Список предметов ведёт центр."
                self._refuse(line, "subjects", title, f"Такого предмета в списке нет. {advice}")
                return False
            titles.append(known or self.registry.subjects.setdefault(folded(title), title))
        row["subjects"] = "; ".join(sorted(titles, key=folded))
        return True

    def _is_the_same_person(self, line: int, known: KnownPosition, row: Row) -> bool:
        first = self.positions.setdefault(known.record, line)
        if first != line:
            self._refuse(line, "number", row["number"], f"О той же должности говорит строка {first}. Оставьте одну.")
            return False
        is_somebody_else = all(
            known.texts[key] != row[key] and folded(known.texts[key]) != folded(row[key])
            for key in ("last_name", "first_name")
        )
        if is_somebody_else:
            self._refuse(
                line,
                "number",
                row["number"],
                f"В портале под этим номером {_name_of(known.texts)}. Если номер перешёл к другому человеку, "
                "сначала отметьте увольнение прежнего.",
            )
        return not is_somebody_else

    def _agrees(self, line: int, person: int, row: Row) -> bool:
        """Several rows may speak of one person; they must say the same."""
        first = self.people.setdefault(person, line)
        for key in self.facts if first != line else ():
            ours, theirs = row[key], self.rows[first][key]
            if ours != theirs:
                words = STAFF.by_key[key].show(theirs) or "пусто"
                why = f"В строке {first} у этого же человека здесь «{words}». Напишите одинаково."
                self._refuse(line, key, STAFF.by_key[key].show(ours), why)
                return False
        return True

    def _change(self, line: int, known: KnownPosition, row: Row) -> None:
        cells = tuple((key, known.texts[key], row[key]) for key in self.compared if known.texts[key] != row[key])
        if not cells:
            self.plan.difference.same += 1
        elif row.get("ends_on") and known.person == self.scope.by.staff_member_id:
            show = STAFF.by_key["ends_on"].show(row["ends_on"])
            self._refuse(line, "ends_on", show, "Собственное увольнение отмечает кто-то другой.")
        else:
            self.plan.difference.changed.append(Changed(line, known.record, _name_of(known.texts), cells))
            self.plan.found[line] = known, row

    def _add(self, line: int, place: int, row: Row) -> None:
        if not row["number"]:
            why = "Здесь пусто. Без номера портал не знает, новый ли это сотрудник. Укажите номер."
            self._refuse(line, "number", "", why)
            return
        who = _who(place, row)
        is_known = row.get("engagement") == "internal" or row.get("ends_on") or self._was_here(who)
        if is_known and not self._join(line, who, row):
            return
        self.newcomers.setdefault(who, line)
        self.plan.difference.added[line] = row
        self.plan.places[line] = place

    def _was_here(self, who: tuple[int, str]) -> bool:
        """Whether somebody of this name has worked here: then it is the same person coming back."""
        return any(known.texts["ends_on"] for known in self.registry.people.get(who, {}).values())

    def _join(self, line: int, who: tuple[int, str], row: Row) -> bool:
        """Give the row to the person of this name; returns whether it says the same as that person's other rows."""
        people = self.registry.people.get(who, {})
        if len(people) == 1:
            known = self.plan.joins[line] = next(iter(people.values()))
            return self._agrees(line, known.person, row)
        if who in self.newcomers:
            first = self.plan.follows[line] = self.newcomers[who]
            # Nobody has an id yet: a new person is known by the line that brings it.
            self.people.setdefault(-first, first)
            return self._agrees(line, -first, row)
        return True

    def refuse_what_others_keep(self, today: date) -> None:
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
                self._refuse(changed[person.pk], "last_name", str(person), why)

    def _refuse(self, line: int, key: str, value: str, why: str) -> None:
        self.plan.difference.refuse(line, key, value, why)


def write(plan: StaffPlan, scope: Scope, *, at: datetime) -> None:
    """Write the whole plan; the caller holds the transaction and the lock."""
    _Writing(plan, scope, at).write()


class _Writing:
    def __init__(self, plan: StaffPlan, scope: Scope, at: datetime) -> None:
        self.plan, self.scope, self.at = plan, scope, at

    def write(self) -> None:
        self._change()
        people = self._add()
        if "subjects" in self.plan.keys:
            self._teach(people)

    def _change(self) -> None:
        """Only the records whose own facts differ are touched: a person and a position change apart."""
        found = self.plan.found.values()
        self._update(StaffMember, PERSON, self.plan.people())
        self._update(Position, POSITION, {known.record: (known, row) for known, row in found})

    def _update(self, model: Any, names: Sequence[str], records: dict[int, tuple[KnownPosition, Row]]) -> None:
        keys = [key for key in names if key in self.plan.keys]
        changed = {
            pk: (known, row)
            for pk, (known, row) in records.items()
            if any(known.texts[key] != row[key] for key in keys)
        }
        if not changed:
            return
        is_person = model is StaffMember
        derived = ("sort_key", "search_text") if is_person else ()
        rows = (
            [
                pk,
                *(_stored(key, row[key]) for key in keys),
                *(_name_keys({**known.texts, **row}) if is_person else ()),
            ]
            for pk, (known, row) in changed.items()
        )
        bulk.update(model, [*keys, *derived], rows)
        self._remember(model, list(changed), CHANGED)

    def _add(self) -> dict[int, int]:
        """Write the new rows; returns the person of each by its line."""
        added, joins, follows = self.plan.difference.added, self.plan.joins, self.plan.follows
        fresh = [line for line in added if line not in joins and line not in follows]
        people = dict(zip(fresh, bulk.new_ids(StaffMember, len(fresh)), strict=True))
        bulk.insert(
            StaffMember,
            ["id", "municipality", *PERSON, "sort_key", "search_text"],
            (
                [people[line], self.scope.municipality.pk, *_values(added[line], PERSON), *_name_keys(added[line])]
                for line in fresh
            ),
        )
        self._remember(StaffMember, list(people.values()), ADDED)
        people |= {line: known.person for line, known in joins.items()}
        people |= {line: people[first] for line, first in follows.items()}
        positions = bulk.new_ids(Position, len(added))
        bulk.insert(
            Position,
            ["id", "staff_member", "organisation", *POSITION],
            (
                [pk, people[line], self.plan.places[line], *_values(row, POSITION)]
                for pk, (line, row) in zip(positions, added.items(), strict=True)
            ),
        )
        self._remember(Position, positions, ADDED)
        return people

    def _teach(self, people: dict[int, int]) -> None:
        """Give each person the subjects of the sheet in place of those the registry has."""
        wanted = {
            person: row["subjects"]
            for person, (known, row) in self.plan.people().items()
            if known.texts["subjects"] != row["subjects"]
        }
        through = StaffMember.subjects.through
        through.objects.filter(staffmember__in=wanted).delete()
        known_people = self.plan.people().keys()
        wanted |= {
            people[line]: row["subjects"]
            for line, row in self.plan.difference.added.items()
            if people[line] not in known_people
        }
        ids = self._subject_ids({title for titles in wanted.values() for title in titles.split("; ") if title})
        pairs = ((person, ids[title]) for person, titles in wanted.items() for title in titles.split("; ") if title)
        bulk.insert(through, ["staffmember", "subject"], pairs)

    def _subject_ids(self, titles: set[str]) -> dict[str, int]:
        subjects = Subject.objects.filter(municipality=self.scope.municipality)
        known = dict(subjects.values_list("title", "pk"))
        for title in sorted(titles - known.keys()):
            known[title] = Subject.objects.create(municipality=self.scope.municipality, title=title).pk
        return known

    def _remember(self, model: Any, ids: Sequence[int], kind: str) -> None:
        remember(model, ids, kind, by=self.scope.by, at=self.at, because=BECAUSE)


def _values(row: Row, names: Sequence[str]) -> list[str | None]:
    return [_stored(key, row.get(key, _DEFAULTS.get(key, ""))) for key in names]


def _stored(key: str, text: str) -> str | None:
    return None if not text and key in _EMPTY_IS_NOTHING else text


def _name_keys(texts: Row) -> tuple[str, str]:
    """What ``StaffMember.save`` derives from the name."""
    name = _name_of(texts)
    return sort_key(name), searchable(name)
