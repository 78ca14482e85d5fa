"""The history of one record: who, when, before → after, why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils.timezone import localtime
from django.views.generic import DetailView

#: Entries of one page: a record that has lived longer shows its latest.
PAGE = 200

#: The name of a field, its words before and after; an empty value is an empty string.
Change = tuple[str, str, str]

#: What the records that a history names are called, by their model and key.
Titles = dict[tuple[type[Model], Any], str]


@dataclass(frozen=True)
class Entry:
    """One moment in the life of a record."""

    at: datetime
    by: str
    what: str
    because: str
    changes: tuple[Change, ...]
    is_change: bool


def newest_first(versions: Any) -> Any:
    """Past versions in the order of a history page, with the names of those who made them."""
    return versions.select_related("history_user__staff_member").order_by("-history_date", "-history_id")


def entries_of(record: Any, *, parts: Any = (), parts_come_and_go: bool = False) -> list[Entry]:
    """What happened to a record and to its parts, the newest first; ``parts`` are history rows of other models.

    Unless ``parts_come_and_go`` by themselves, only what people changed in them is told.
    """
    history = newest_first(record.history)
    own, parts = list(history[: PAGE + 1]), list(parts)
    titles = _titles([*own, *parts])
    entries = _entries(own, titles)
    by_part: dict[tuple[type, int], list[Any]] = defaultdict(list)
    for version in parts:
        by_part[type(version), version.id].append(version)
    for versions in by_part.values():
        part = versions[0].instance
        name = f"{part._meta.verbose_name} {str(part).rstrip('.')}: "  # noqa: SLF001 - Django documents _meta
        entries += [entry for entry in _entries(versions, titles, name) if entry.is_change or parts_come_and_go]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:PAGE]


def _entries(versions: list[Any], titles: Titles, name: str = "") -> list[Entry]:
    """Entries of one record from its versions, the newest first: each is compared with the one before it."""
    entries = []
    for version, older in zip(versions, [*versions[1:], None], strict=True):
        changes = _changes(older, version, titles) if older else ()
        what = {"+": "запись создана", "-": "запись удалена"}.get(version.history_type, "изменено")
        if version.history_type != "~" or changes or version.history_change_reason:
            entries.append(
                Entry(
                    at=version.history_date,
                    by=str(version.history_user or "портал"),
                    what=name + what,
                    because=version.history_change_reason or "",
                    changes=changes,
                    is_change=version.history_type == "~",
                )
            )
    return entries


def _titles(versions: list[Any]) -> Titles:
    """What the records named by any version are called now: one query a model, however long the history."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for version in versions:
        for field in version.tracked_fields:
            if field.is_relation:
                wanted[field.remote_field.model].add(getattr(version, field.attname))
    titles: Titles = {}
    for model, keys in wanted.items():
        records = model._default_manager.filter(pk__in=keys)  # noqa: SLF001 - Django documents _default_manager
        if model is get_user_model():
            records = records.select_related("staff_member")
        titles |= {(model, record.pk): str(record) for record in records}
    return titles


def _changes(older: Any, newer: Any, titles: Titles) -> tuple[Change, ...]:
    changes = []
    for field in newer.tracked_fields:
        before, after = getattr(older, field.attname), getattr(newer, field.attname)
        if before != after:
            words = _in_words(older, field, titles), _in_words(newer, field, titles)
            changes.append((str(field.verbose_name), *words))
    return tuple(changes)


def _in_words(version: Any, field: Any, titles: Titles) -> str:
    """A value as a reader would say it."""
    value = getattr(version, field.attname)
    if value in (None, "", []):
        return ""
    if field.is_relation:
        return titles.get((field.remote_field.model, value), "удалённая запись")
    if isinstance(value, list):
        return "; ".join(str(part.get("message", part) if isinstance(part, dict) else part) for part in value)
    if field.choices:
        value = dict(field.flatchoices).get(value, value)
    return _scalar_in_words(value)


def _scalar_in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return f"{localtime(value):%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value)


class HistoryView(DetailView):
    """Base of the history pages: each app names its model and lets in by ``visible_to``."""

    template_name = "journal/history.html"
    #: Whether a part added or dropped is an event of its own.
    parts_come_and_go = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "entries": entries_of(self.object, parts=self.parts(), parts_come_and_go=self.parts_come_and_go)
        }

    def parts(self) -> Iterable[Any]:
        """History rows of other records that belong on the same page, the newest first."""
        return ()
