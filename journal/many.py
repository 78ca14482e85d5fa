"""The history of many records changed at once: one statement instead of a row for each."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils.text import Truncator

from journal.models import REASON_LENGTH
from kit.bulk import among

ADDED, CHANGED = "+", "~"


def remember(model: Any, ids: Collection[int], kind: str, *, by: models.Model, at: datetime, because: str) -> None:
    """Keep the present state of these records as a version each, as their own saving would."""
    if not ids:
        return
    quote = connection.ops.quote_name
    past = model.history.model
    columns = [quote(past._meta.get_field(field.name).column) for field in past.tracked_fields]  # noqa: SLF001
    kept = ", ".join(columns)
    condition, wanted = among(ids)
    words = (
        f"INSERT INTO {quote(past._meta.db_table)} "  # noqa: S608, SLF001 - our own names
        f"({kept}, history_date, history_change_reason, history_type, history_user_id) "
        f"SELECT {kept}, %s, %s, %s, %s FROM {quote(model._meta.db_table)} WHERE id {condition}"  # noqa: SLF001
    )
    told = [connection.ops.adapt_datetimefield_value(at), Truncator(because).chars(REASON_LENGTH), kind, by.pk]
    with connection.cursor() as cursor:
        cursor.execute(words, [*told, *wanted])
