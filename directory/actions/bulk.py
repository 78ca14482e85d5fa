"""One decision about many cards: subjects, category, teaching load; written at once, taken back at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.text import Truncator

from directory.actions.changes import ChangedSince, plain, restored
from directory.models import Account, BulkEdit, Municipality, StaffMember, Subject
from journal.models import REASON_LENGTH

BATCH = 500
Taught = StaffMember.subjects.through


@dataclass(frozen=True)
class Decision:
    """What becomes of every card; None leaves what stands there."""

    added: Subject | None = None
    removed: Subject | None = None
    category: str | None = None
    category_on: date | None = None
    has_teaching_load: bool | None = None

    def columns_for(self, person: StaffMember) -> dict[str, Any]:
        """Categories given now have no end; the additional ones go with the highest."""
        values: dict[str, Any] = {}
        if self.category is not None:
            values = {"category": self.category, "category_on": self.category_on, "category_until": None}
            if self.category != StaffMember.Category.HIGHEST:
                values["calling"] = ""
        if self.has_teaching_load is not None:
            values["has_teaching_load"] = self.has_teaching_load
        return {name: value for name, value in values.items() if getattr(person, name) != value}

    def subjects_for(self, subjects: set[int]) -> set[int]:
        added = {self.added.pk} if self.added else set()
        removed = {self.removed.pk} if self.removed else set()
        return (subjects | added) - removed


@dataclass(frozen=True)
class Change:
    """``columns`` maps a name to [before, after], as JSON keeps them; «subjects» is a list of keys."""

    person: StaffMember
    columns: dict[str, list[Any]]


def changes_of(people: Iterable[StaffMember], decision: Decision) -> list[Change]:
    """What the decision would change, in the order of the people; cards that say so already are left out."""
    people = list(people)
    taught = _taught([person.pk for person in people])
    changes = []
    for person in people:
        columns = {
            name: [plain(getattr(person, name)), plain(value)] for name, value in decision.columns_for(person).items()
        }
        before, after = taught[person.pk], decision.subjects_for(taught[person.pk])
        if before != after:
            columns["subjects"] = [sorted(before), sorted(after)]
        if columns:
            changes.append(Change(person, columns))
    return changes


def mark_of(changes: list[Change]) -> str:
    """Tells whether what is about to be written is what has been shown."""
    return sha256(repr([(change.person.pk, change.columns) for change in changes]).encode()).hexdigest()


@transaction.atomic
def change_all(changes: list[Change], municipality: Municipality, *, by: Account, because: str) -> BulkEdit:
    """Write all of them with a history row each; raises ``ChangedSince`` when a card is not as it was shown."""
    kept = [[change.person.pk, change.columns] for change in changes]
    _write(kept, by=by, because=because)
    return BulkEdit.objects.create(municipality=municipality, because=because, changed=kept, made_by=by)


@transaction.atomic
def take_back(edit: BulkEdit, *, by: Account, at: datetime) -> None:
    """Write what stood there before in all the cards, or in none: raises ``ChangedSince``."""
    edit = BulkEdit.objects.select_for_update(of=("self",)).get(pk=edit.pk)
    if edit.undone_at:
        raise ChangedSince("Эта правка уже отменена.")
    turned = [
        [key, {name: [after, before] for name, (before, after) in columns.items()}] for key, columns in edit.changed
    ]
    _write(turned, by=by, because="правка нескольких карточек отменена")
    edit.undone_by, edit.undone_at = by, at
    edit.save(update_fields=["undone_by", "undone_at"])


def _write(changed: list[Any], *, by: Account, because: str) -> None:
    """Lock the cards, make sure that each is as it was shown, write columns, subjects and history."""
    keys = [key for key, _ in changed]
    people = StaffMember.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(keys)
    taught = _taught(keys)
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for key, columns in changed:
        person = people.get(key)
        if person is None or any(_now(person, taught[key], name) != before for name, (before, _) in columns.items()):
            raise ChangedSince("Пока вы смотрели, некоторые карточки изменили. Ничего не записано, проверьте ещё раз.")
        after = restored(StaffMember, {name: value for name, (_, value) in columns.items() if name != "subjects"})
        for name, value in after.items():
            setattr(person, name, value)
        alike[tuple(after.items())].append(key)
    for values, those in alike.items():
        if values:
            StaffMember.objects.filter(pk__in=those).update(**dict(values))
    _teach({key: columns["subjects"] for key, columns in changed if "subjects" in columns})
    StaffMember.history.bulk_history_create(
        list(people.values()),
        batch_size=BATCH,
        update=True,
        default_user=by,
        default_change_reason=Truncator(because).chars(REASON_LENGTH),
    )


def _now(person: StaffMember, taught: set[int], name: str) -> Any:
    return sorted(taught) if name == "subjects" else plain(getattr(person, name))


def _taught(keys: list[int]) -> dict[int, set[int]]:
    """Keys of subjects by person."""
    taught: dict[int, set[int]] = defaultdict(set)
    for person, subject in Taught.objects.filter(staffmember__in=keys).values_list("staffmember_id", "subject_id"):
        taught[person].add(subject)
    return taught


def _teach(subjects: dict[int, list[list[int]]]) -> None:
    """Bring the subjects of people from what they were to what they become."""
    lost: dict[int, list[int]] = defaultdict(list)
    gained = []
    for person, (before, after) in subjects.items():
        for subject in set(before) - set(after):
            lost[subject].append(person)
        gained += [Taught(staffmember_id=person, subject_id=subject) for subject in set(after) - set(before)]
    for subject, people in lost.items():
        Taught.objects.filter(subject=subject, staffmember__in=people).delete()
    Taught.objects.bulk_create(gained, batch_size=BATCH)
