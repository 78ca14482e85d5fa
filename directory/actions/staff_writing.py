"""The writing of a sheet of staff: people, positions, their versions and subjects, each in one go."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from directory.actions.differences import Row, Scope
from directory.actions.progress import Progress
from directory.actions.staff_comparison import StaffPlan
from directory.actions.staff_registry import name_of
from directory.models import Position, StaffMember, Subject
from directory.sheets.staff import PERSON, POSITION
from directory.texts import KnownPosition
from journal.many import ADDED, CHANGED, remember
from kit import bulk
from kit.collector import resting_collector
from kit.sorting import searchable, sort_key

BECAUSE = "загружено из таблицы"
_EMPTY_IS_NOTHING = {"starts_on", "ends_on", "birth_year", "teaching_from", "category_on", "category_until"}
_DEFAULTS = {"engagement": "main", "has_teaching_load": "0"}


@resting_collector()
def write(plan: StaffPlan, scope: Scope, *, at: datetime, progress: Progress) -> None:
    """Write the whole plan; the caller holds the transaction and the lock."""
    _Writing(plan, scope, at, progress).write()


class _Writing:
    def __init__(self, plan: StaffPlan, scope: Scope, at: datetime, progress: Progress) -> None:
        self.plan, self.scope, self.at, self.progress = plan, scope, at, progress

    def write(self) -> None:
        # A row is a person and a position at most.
        self.progress.total = 2 * (len(self.plan.difference.added) + len(self.plan.found))
        self._change()
        people = self._add()
        if "subjects" in self.plan.keys:
            self._teach(people)

    def _change(self) -> None:
        """Only the records whose own facts differ are touched: a person and a position change apart."""
        found = self.plan.found.values()
        self._update(StaffMember, PERSON, self.plan.people())
        self._update(Position, POSITION, {known.record: (known, row) for known, row in found})

    def _update(self, model: Any, names: Sequence[str], records: Mapping[int, tuple[KnownPosition, Row]]) -> None:
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
        bulk.update(model, [*keys, *derived], self.progress.passing(rows))
        self._remember(model, list(changed), CHANGED)

    def _add(self) -> dict[int, int]:
        """Write the new rows; returns the person of each by its line."""
        added, joins, follows = self.plan.difference.added, self.plan.joins, self.plan.follows
        fresh = [line for line in added if line not in joins and line not in follows]
        people = dict(zip(fresh, bulk.new_ids(StaffMember, len(fresh)), strict=True))
        bulk.insert(
            StaffMember,
            ["id", "municipality", *PERSON, "sort_key", "search_text"],
            self.progress.passing(
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
            self.progress.passing(
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
    name = name_of(texts)
    return sort_key(name), searchable(name)
