"""Two records of one person made one, and made two again."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, ManyToOneRel
from simple_history.models import HistoricalChanges

from directory.actions.changes import Change, ChangedSince, make, plain, restored, take_back
from directory.models import Account, Merge, StaffMember

#: Columns that say one thing together are taken together, under the name of the first.
TOGETHER = (("category", "category_on", "category_until", "calling"),)
ACCOUNT = "account"


class CannotMerge(Exception):
    """The two records cannot be made one as they are; the message is Russian."""


@dataclass(frozen=True)
class Difference:
    """A field in which two records differ; where only one of them says something, there is nothing to choose."""

    name: str
    label: str
    ours: str
    theirs: str
    columns: tuple[str, ...] = ()

    @property
    def is_choice(self) -> bool:
        return bool(self.ours and self.theirs)


@dataclass(frozen=True)
class Pointing:
    """Records of one kind that name a person in one column."""

    what: str
    column: str
    records: tuple[str, ...]


def links() -> list[ForeignKey[Any, Any]]:
    """Every column that names a person, as Django itself knows them; past versions stay as they were written."""
    relations = StaffMember._meta.get_fields(include_hidden=True)  # noqa: SLF001 - Django documents _meta
    return [
        relation.field
        for relation in relations
        if isinstance(relation, ManyToOneRel) and not issubclass(relation.related_model, HistoricalChanges)
    ]


def pointing_at(person: StaffMember) -> list[Pointing]:
    """What names this person anywhere in the portal, kind by kind."""
    found = []
    for link in links():
        records = [_title(record, link) for record in _pointing(link, person)]
        if records:
            meta = link.model._meta  # noqa: SLF001 - Django documents _meta
            is_link = bool(meta.auto_created)
            what = "предметы" if is_link and link.model is StaffMember.subjects.through else meta.verbose_name_plural
            says_nothing = is_link or link.verbose_name == StaffMember._meta.verbose_name  # noqa: SLF001 - documented
            found.append(Pointing(str(what), "" if says_nothing else str(link.verbose_name), _counted(records)))
    return found


def _counted(titles: list[str]) -> tuple[str, ...]:
    """Titles that many records share once, with how many they are."""
    return tuple(title if number == 1 else f"{title} ({number})" for title, number in Counter(titles).items())


def _pointing(link: ForeignKey[Any, Any], person: StaffMember) -> Any:
    model = link.model
    named = [field.name for field in model._meta.concrete_fields if field.is_relation]  # noqa: SLF001 - documented
    return model._base_manager.filter(**{link.name: person}).select_related(*named).order_by("pk")  # noqa: SLF001 - documented


def _ends(link: ForeignKey[Any, Any]) -> list[Any]:
    """The other end of a link that Django has made for a many-to-many field."""
    meta = link.model._meta  # noqa: SLF001 - Django documents _meta
    return [field for field in meta.concrete_fields if field.is_relation and field != link] if meta.auto_created else []


def _title(record: Any, link: ForeignKey[Any, Any]) -> str:
    return ", ".join(str(getattr(record, field.name)) for field in _ends(link)) or str(record)


def differences(kept: StaffMember, swallowed: StaffMember) -> list[Difference]:
    """Fields in which the two differ, in the order of the card, the accounts last."""
    found = []
    labels = {field.name: str(field.verbose_name) for field in _columns()}
    for columns in _groups():
        ours, theirs = _words(kept, columns), _words(swallowed, columns)
        if ours != theirs:
            found.append(Difference(columns[0], labels[columns[0]], ours, theirs, columns))
    accounts = [_account_of(person) for person in (kept, swallowed)]
    if all(accounts):
        ours, theirs = (account.email for account in accounts if account)
        found.append(Difference(ACCOUNT, "вход в портал", ours, theirs))
    return found


def _groups() -> Iterator[tuple[str, ...]]:
    tied = {name: group for group in TOGETHER for name in group}
    for field in _columns():
        if field.editable and not field.primary_key and not field.is_relation:
            group = tied.get(field.name, (field.name,))
            if field.name == group[0]:
                yield group


def _words(person: StaffMember, columns: tuple[str, ...]) -> str:
    """What the columns say, empty when none says anything."""
    said = []
    for name in columns:
        value = getattr(person, name)
        if isinstance(value, bool):
            said.append("да" if value else "нет")
        elif isinstance(value, date):
            said.append(f"{value:%d.%m.%Y}")
        elif value not in (None, ""):
            display = getattr(person, f"get_{name}_display", None)
            said.append(str(display() if display else value))
    return ", ".join(said)


def _account_of(person: StaffMember) -> Account | None:
    return Account.objects.filter(staff_member=person).first()


def mark_of(differ: list[Difference], pointing: list[Pointing]) -> str:
    """Tells two previews apart: the records may change between the preview and the press."""
    return hashlib.sha256(repr([differ, pointing]).encode()).hexdigest()


@transaction.atomic
def merge(kept: StaffMember, swallowed: StaffMember, *, taken: Collection[str], by: Account, because: str) -> Merge:
    """Move all that names ``swallowed`` to ``kept`` and let it go; ``taken`` names the fields in which it is right.

    What only one of them says stays. Of two accounts the one not chosen is left without a person and closed.
    """
    locked = StaffMember.objects.select_for_update().in_bulk(sorted([kept.pk, swallowed.pk]))
    if len(locked) < 2 or kept.municipality_id != swallowed.municipality_id:  # noqa: PLR2004 - two records make one
        raise CannotMerge("Одной из записей уже нет. Найдите её в списке сотрудников ещё раз.")
    kept, swallowed = locked[kept.pk], locked[swallowed.pk]
    reason = f"объединение: {because}"
    differ = differences(kept, swallowed)
    changes = []
    if any(difference.name == ACCOUNT for difference in differ):
        closed = _account_of(kept if ACCOUNT in taken else swallowed)
        changes.append(make(closed, {"staff_member_id": None, "is_active": False}, by=by, because=reason))
    moved, dropped = _move(swallowed, kept, by=by, because=reason)
    right = [each for each in differ if each.name in taken or not each.ours]
    values = {name: getattr(swallowed, name) for each in right for name in each.columns}
    if values:
        changes.append(make(kept, values, by=by, because=reason))
    columns = {field.attname: plain(getattr(swallowed, field.attname)) for field in _columns()}
    name = swallowed.full_name
    swallowed.sign(by=by, because=reason)
    swallowed.delete()
    return Merge.objects.create(
        kept=kept, swallowed_name=name, because=because, swallowed=columns, changes=changes + moved, dropped=dropped,
        merged_by=by,
    )  # fmt: skip


def _columns() -> Any:
    return StaffMember._meta.concrete_fields  # noqa: SLF001 - Django documents _meta


def _move(person: StaffMember, to: StaffMember, *, by: Account, because: str) -> tuple[list[Change], list[list[Any]]]:
    """Let everything that names a person name another; a link that the other has already is dropped."""
    moved, dropped = [], []
    for link in links():
        for record in link.model._base_manager.select_for_update().filter(**{link.name: person}):  # noqa: SLF001 - documented
            if _has_twin(record, link, to):
                meta = record._meta  # noqa: SLF001 - Django documents _meta
                if not meta.auto_created:
                    raise CannotMerge(f"У обеих записей есть {meta.verbose_name}, а бывает одно: {record}.")
                columns = {field.attname: plain(getattr(record, field.attname)) for field in meta.concrete_fields}
                dropped.append([meta.label_lower, columns])
                record.delete()
            else:
                moved.append(make(record, {link.attname: to.pk}, by=by, because=because))
    return moved, dropped


def _has_twin(record: Any, link: ForeignKey[Any, Any], person: StaffMember) -> bool:
    """Whether a record like this one, told apart by the person alone, names that person already."""
    before = getattr(record, link.attname)
    setattr(record, link.attname, person.pk)
    try:
        record.validate_unique()
        record.validate_constraints()
    except ValidationError:
        return True
    finally:
        setattr(record, link.attname, before)
    return False


@transaction.atomic
def undo(merge: Merge, *, by: Account, at: datetime) -> StaffMember:
    """Bring the swallowed record back with all that was its own; raises ``ChangedSince`` if anybody has gone on."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_at:
        raise ChangedSince("Записи уже разъединены.")
    person = StaffMember(**restored(StaffMember, merge.swallowed))
    person.sign(by=by, because="объединение отменено")
    person.save(force_insert=True)
    for label, columns in merge.dropped:
        link = next(each.model for each in links() if each.model._meta.label_lower == label)  # noqa: SLF001 - documented
        link(**restored(link, columns)).save(force_insert=True)
    take_back(merge.changes, by=by, because="объединение отменено")
    merge.undone_by, merge.undone_at = by, at
    merge.save(update_fields=["undone_by", "undone_at"])
    return person
