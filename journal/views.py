"""The history of one record: who, when, before → after, why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.views.generic import DetailView

PAGE = 200


#: The name of a field, its words before and after; an empty value is an empty string.
Change = tuple[str, str, str]


@dataclass(frozen=True)
class Entry:
    """One moment in the life of a record."""

    at: datetime
    by: str
    what: str
    because: str
    changes: tuple[Change, ...]


def entries_of(*records: Any) -> list[Entry]:
    """What happened to these records, the newest first; a part is named by what it is called in the history."""
    entries = [entry for record in records for entry in _entries_of_one(record, records[0])]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:PAGE]


def _entries_of_one(record: Any, whole: Any) -> list[Entry]:
    """Each version is compared with the one before it."""
    name = "" if record is whole else f"{record._meta.verbose_name} {record}: "  # noqa: SLF001 - Django documents _meta
    versions = list(
        record.history.select_related("history_user__staff_member").order_by("-history_date", "-history_id")[: PAGE + 1]
    )
    entries = []
    for version, older in zip(versions, [*versions[1:], None], strict=True):
        changes = _changes(record, older, version) if older else ()
        what = {"+": "запись создана", "-": "запись удалена"}.get(version.history_type, "изменено")
        if version.history_type != "~" or changes or version.history_change_reason:
            entries.append(
                Entry(
                    at=version.history_date,
                    by=str(version.history_user or "портал"),
                    what=name + what,
                    because=version.history_change_reason or "",
                    changes=changes,
                )
            )
    return entries


def _changes(record: Model, older: Any, newer: Any) -> tuple[Change, ...]:
    changes = []
    for field in newer.tracked_fields:
        before, after = getattr(older, field.attname), getattr(newer, field.attname)
        if before != after:
            changes.append((str(field.verbose_name), _in_words(older, field), _in_words(newer, field)))
    return tuple(changes)


def _in_words(version: Any, field: Any) -> str:
    """A value as a reader would say it."""
    value = getattr(version, field.attname)
    if value is None or value == "" or value == []:
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation:
        related = field.remote_field.model._base_manager.filter(pk=value).first()
        return str(related or "удалённая запись")
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if hasattr(value, "strftime"):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, list):
        return "; ".join(str(part.get("message", part) if isinstance(part, dict) else part) for part in value)
    return str(value)


class HistoryView(DetailView):
    """Base of the history pages: each app names its model and lets in by ``visible_to``."""

    template_name = "journal/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"entries": entries_of(self.object, *self.parts())}

    def parts(self) -> Iterable[Model]:
        """Records whose history belongs on the same page."""
        return ()
