"""Changes that can be taken back exactly: written together with the values that stood there before."""

from datetime import date, datetime
from typing import Any

from django.apps import apps

from directory.models import Account
from journal.models import Remembered

#: [model, key, {column: [before, after]}], as JSON keeps it.
Change = list[Any]


class ChangedSince(Exception):
    """Somebody has gone on from what was to be taken back; the message is Russian."""


def make(record: Any, values: dict[str, Any], *, by: Account, because: str) -> Change:
    """Write these columns of a record that the caller has locked, and say how to take that back."""
    columns = {name: [plain(getattr(record, name)), plain(value)] for name, value in values.items()}
    _write(record, values, by=by, because=because)
    return [record._meta.label_lower, record.pk, columns]  # noqa: SLF001 - Django documents _meta


def take_back(changes: list[Change], *, by: Account, because: str) -> None:
    """Write what stood there before, the last change first.

    Raises ``ChangedSince`` when anything is not as it was left; the caller's transaction then writes nothing.
    """
    for label, key, columns in reversed(changes):
        model = apps.get_model(label)
        record: Any = model._base_manager.select_for_update().filter(pk=key).first()  # noqa: SLF001 - documented
        if record is None or any(plain(getattr(record, name)) != after for name, (_, after) in columns.items()):
            raise ChangedSince(f"С тех пор изменилось: {model._meta.verbose_name}.")  # noqa: SLF001 - documented
        before = restored(model, {name: before for name, (before, _) in columns.items()})
        _write(record, before, by=by, because=because)


def plain(value: Any) -> Any:
    """A value of a column as JSON keeps it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def restored(model: Any, columns: dict[str, Any]) -> dict[str, Any]:
    """Values of columns out of what JSON has kept."""
    fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 - documented
    return {name: fields[name].to_python(value) for name, value in columns.items()}


def _write(record: Any, values: dict[str, Any], *, by: Account, because: str) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    if isinstance(record, Remembered):
        record.sign(by=by, because=because)
    # The whole record, so that the columns derived from these follow.
    record.save()
