"""Many rows written at once: COPY on PostgreSQL, one prepared statement on SQLite, ids known beforehand."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

Row = Sequence[Any]

_BATCH = 200


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids that no other record will get; call it inside the transaction that writes them."""
    table = model._meta.db_table  # noqa: SLF001 - Django documents it
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), count],
            )
            return [number for (number,) in cursor.fetchall()]
        # SQLite has one writer at a time: nobody takes a number in between.
        cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)", [table])
        (last,) = cursor.fetchone()
        return list(range(last + 1, last + count + 1))


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows of values of these fields as the database keeps them; the other fields get their defaults."""
    options = model._meta  # noqa: SLF001
    others = [field for field in options.concrete_fields if field.name not in fields and field.attname not in fields]
    defaults = [field.get_db_prep_save(field.get_default(), connection) for field in others if not field.primary_key]
    columns = _columns(model, [*fields, *(field.name for field in others if not field.primary_key)])
    _fill(options.db_table, columns, ([*row, *defaults] for row in rows) if defaults else rows)


def update(model: type[models.Model], fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Set these fields of many records; the first value of each row is the record's id."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)  # noqa: SLF001
    columns = _columns(model, ["id", *fields])
    named = ", ".join(map(quote, columns))
    new = quote("new_values")
    settings = ", ".join(f"{quote(column)} = {new}.{quote(column)}" for column in columns[1:])
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {new} AS SELECT {named} FROM {table} WHERE 1 = 0")  # noqa: S608
        _fill("new_values", columns, rows)
        cursor.execute(f"UPDATE {table} SET {settings} FROM {new} WHERE {table}.id = {new}.id")  # noqa: S608 - our own names
        cursor.execute(f"DROP TABLE {new}")


def among(ids: Iterable[int]) -> tuple[str, list[str]]:
    """A condition «IN (…)» for any number of ids, and its parameters."""
    wanted = json.dumps(list(ids))
    if connection.vendor == "postgresql":
        return "IN (SELECT value::bigint FROM json_array_elements_text(%s::json))", [wanted]
    return "IN (SELECT value FROM json_each(%s))", [wanted]


def _columns(model: type[models.Model], fields: Sequence[str]) -> list[str]:
    """Where the fields are kept; every one of ours is kept in a column."""
    return [str(getattr(model._meta.get_field(name), "column")) for name in fields]  # noqa: B009, SLF001


def _fill(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    quote = connection.ops.quote_name
    named = ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            words = f"COPY {quote(table)} ({named}) FROM STDIN (FORMAT csv, NULL '\\N')"
            cursor.copy_expert(words, _Lines(rows))
        else:
            places = ", ".join(["%s"] * len(columns))
            words = f"INSERT INTO {quote(table)} ({named}) VALUES ({places})"  # noqa: S608
            cursor.executemany(words, rows)  # type: ignore[arg-type]  # the stubs forget that rows may come one by one


class _Lines(io.TextIOBase):
    """Rows as the lines of CSV that COPY reads, made as they are asked for."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> str:
        lines = io.StringIO()
        writer = csv.writer(lines)
        while not size or size < 0 or lines.tell() < size:
            batch = self._batch()
            if not batch:
                break
            writer.writerows(batch)
        return lines.getvalue()

    def _batch(self) -> list[list[Any]]:
        return [["\\N" if value is None else value for value in row] for row in islice(self._rows, _BATCH)]
