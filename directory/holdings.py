"""What the portal holds of a person: every app says it in a module ``personaldata``, so none is asked by name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.timezone import localtime

from directory.models import Account, StaffMember
from kit.sorting import searchable

#: Fewer letters of a name are nobody's.
SHORTEST_SOUGHT = 3

#: One record as a reader is told of it: what a field is called and what stands in it.
Told = dict[str, str]


@dataclass(frozen=True)
class Farewell:
    """A person about to become nameless, and all by which the portal may know this person."""

    person: StaffMember
    #: Keys of the record and of the records that merges have laid into it.
    people: frozenset[int]
    accounts: tuple[Account, ...]
    emails: frozenset[str]
    #: What stands in the place of the name from now on.
    name: str
    at: datetime

    def is_named_in(self, text: str) -> bool:
        """Whether the surname stands in a text as a word of its own."""
        return f" {searchable(self.person.last_name)} " in f" {searchable(text)} "

    def is_sought_in(self, text: str) -> bool:
        """Whether some word of it, typed to the end or not, would have found the person by name or address."""
        known = searchable(self.person.full_name, *self.emails)
        return any(word in known for word in searchable(text).split() if len(word) >= SHORTEST_SOUGHT)


@dataclass(frozen=True)
class Holding:
    """One kind of data: how it is told, what of it goes and what stays."""

    title: str
    told: Callable[[StaffMember], Iterable[Told]]
    #: What is destroyed, in the words of the act; nothing is when it is empty.
    erased: str = ""
    #: Destroys that and says how many records it has met.
    erase: Callable[[Farewell], int] | None = None
    #: What stays, and why.
    stays: str = ""


@cache
def holdings() -> tuple[Holding, ...]:
    """All kinds of data, app by app, the ground floor first."""
    keepers = [app for app in apps.get_app_configs() if module_has_submodule(app.module, "personaldata")]
    return tuple(holding for app in keepers for holding in import_module(f"{app.name}.personaldata").HOLDINGS)


def told_of(record: Any, *names: str) -> Told:
    """These fields of a record under their Russian names, empty ones left out."""
    told = {}
    for name in names:
        display = getattr(record, f"get_{name}_display", None)
        if words := in_words(display() if display else getattr(record, name)):
            told[str(record._meta.get_field(name).verbose_name)] = words  # noqa: SLF001 - Django documents _meta
    return told


def in_words(value: Any) -> str:
    """A value as a reader would say it.

    >>> in_words(True), in_words(date(2026, 9, 1)), in_words(None)
    ('да', '01.09.2026', '')
    """
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return f"{localtime(value):%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(value)
