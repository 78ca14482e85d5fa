"""The history of one record: who, when, before → after, why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
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


def entries_of(record: Any, *, parts: Any = ()) -> list[Entry]:
    """What happened to a record and to its parts, the newest first; ``parts`` are history rows of another model."""
    own = record.history.select_related("history_user__staff_member").order_by("-history_date", "-history_id")
    entries = _entries(list(own[: PAGE + 1]))
    by_part: dict[int, list[Any]] = defaultdict(list)
    for version in parts:
        by_part[version.id].append(version)
    for versions in by_part.values():
        name = f"{versions[0].instance._meta.verbose_name} {versions[0].instance}: "  # noqa: SLF001 - Django documents _meta
        entries += _entries(versions, name)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:PAGE]


def _entries(versions: list[Any], name: str = "") -> list[Entry]:
    """Entries of one record from its versions, the newest first: each is compared with the one before it."""
    entries = []
    for version, older in zip(versions, [*versions[1:], None], strict=True):
        changes = _changes(older, version) if older else ()
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


def _changes(older: Any, newer: Any) -> tuple[Change, ...]:
    changes = []
    for field in newer.tracked_fields:
        before, after = getattr(older, field.attname), getattr(newer, field.attname)
        if before != after:
            changes.append((str(field.verbose_name), _in_words(older, field), _in_words(newer, field)))
    return tuple(changes)


def _in_words(version: Any, field: Any) -> str:
    """A value as a reader would say it."""
    value = getattr(version, field.attname)
    if value in (None, "", []):
        return ""
    if field.is_relation:
        related = field.remote_field.model.objects.filter(pk=value).first()
        return str(related or "удалённая запись")
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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"entries": entries_of(self.object, parts=self.parts())}

    def parts(self) -> Iterable[Any]:
        """History rows of other records that belong on the same page, the newest first."""
        return ()
