"""SQL worded once in the life of a process, for what is asked often: Django words it longer than it asks it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery
from django.db.transaction import TransactionManagementError

if TYPE_CHECKING:
    from django.db.models.sql.compiler import SQLCompiler

Record = TypeVar("Record", bound=Model)


class Given(Expression):
    """Stands in a queryset for a value that is given at each asking; a field says how the database takes it."""

    def __init__(self, name: str, field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=field)
        self.name, self.taken_as = name, field

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def value(self, given: dict[str, Any]) -> Any:
        value = given[self.name]
        return value if self.taken_as is None else self.taken_as.get_db_prep_value(value, connection)


class Question(Generic[Record]):
    """A queryset that is asked again and again, each time with other values in the places of its ``Given``."""

    def __init__(self, queryset: QuerySet[Record, Any]) -> None:
        self.queryset = queryset

    def rows(self, **given: Any) -> list[list[Any]]:
        """Plain values in the order of ``values_list``."""
        if self._never:
            return []
        if self.queryset.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("A lock outside of a transaction would be gone at once.")
        sql, parameters = self._sql
        with connection.cursor() as cursor:
            cursor.execute(sql, [each.value(given) if isinstance(each, Given) else each for each in parameters])
            rows = [list(row) for row in cursor.fetchall()]
        for position, convert_in_turn, expression in self._converters:
            for row in rows:
                for convert in convert_in_turn:
                    row[position] = convert(row[position], expression, connection)
        return rows

    def records(self, **given: Any) -> list[Record]:
        """What is found as records, with those of ``select_related``."""
        return [self._assemble(row) for row in self.rows(**given)]

    def record(self, **given: Any) -> Record | None:
        """The only record that is found, or None."""
        return next(iter(self.records(**given)), None)

    @cached_property
    def _compiler(self) -> SQLCompiler:
        return self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)

    @cached_property
    def _sql(self) -> tuple[str, Any]:
        return self._compiler.as_sql()

    @cached_property
    def _never(self) -> bool:
        """Whether the conditions contradict one another, so that nothing is found without asking."""
        try:
            return not self._sql
        except EmptyResultSet:
            return True

    @cached_property
    def _converters(self) -> list[tuple[int, Any, Any]]:
        """What makes Python values of columns, by position."""
        # What is selected only to be ordered by stands behind the columns that were asked for.
        columns = [column for column, *_ in self._compiler.select[: self._compiler.col_count]]
        found = self._compiler.get_converters(columns)
        return [(position, convert_in_turn, column) for position, (convert_in_turn, column) in found.items()]

    @cached_property
    def _assemble(self) -> Callable[[list[Any]], Record]:
        """What makes a record of a row, as querysets themselves do."""
        told = self._compiler.klass_info
        start, end = told["select_fields"][0], told["select_fields"][-1] + 1
        names = [column.target.attname for column, *_ in self._compiler.select[start:end]]
        related = get_related_populators(told, self._compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # Django 6

        def assemble(row: list[Any]) -> Record:
            record: Record = told["model"].from_db(DEFAULT_DB_ALIAS, names, row[start:end])
            for populator in related:
                populator.populate(row, record)
            return record

        return assemble


def insert(record: Model) -> None:
    """Write a new record as ``save`` would, but without signals; its key comes from the database."""
    sql, fields, told_back = _insertion(type(record))
    values = [field.get_db_prep_save(field.pre_save(record, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        told = cursor.fetchone()
    for field, value in zip(told_back, told, strict=True):
        setattr(record, field.attname, value)
    record._state.adding = False  # noqa: SLF001 - Django documents it
    record._state.db = DEFAULT_DB_ALIAS  # noqa: SLF001


def update(record: Model, *names: str) -> None:
    """Write some fields of a record anew, as ``save`` would but without signals; there must be such a record."""
    sql, fields = _updating(type(record), names)
    values = [field.get_db_prep_save(field.pre_save(record, add=False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, record.pk])
        if not cursor.rowcount:
            raise DatabaseError(f"There is no {record!r} to be written over.")


@cache
def _updating(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field[Any, Any]]]:
    """The SQL that writes these fields of one record, whose key comes last, and the fields."""
    options = model._meta  # noqa: SLF001 - Django documents it
    fields = [field for field in options.local_concrete_fields if field.name in names]
    table, *columns = map(connection.ops.quote_name, (options.db_table, *(str(field.column) for field in fields)))
    key = connection.ops.quote_name(str(options.pk.column))
    sql = f"UPDATE {table} SET {', '.join(f'{column} = %s' for column in columns)} WHERE {key} = %s"  # noqa: S608 - our own
    return sql, fields


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field[Any, Any]], list[Field[Any, Any]]]:
    """The SQL that inserts one record of a model, the fields it takes and those it tells back."""
    options = model._meta  # noqa: SLF001 - Django documents it
    fields = [field for field in options.local_concrete_fields if field is not options.auto_field]
    query = InsertQuery(model)
    query.insert_values(fields, [model(**{field.attname: Given(field.attname) for field in fields})], raw=True)
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.returning_fields = options.db_returning_fields
    [(sql, _)] = compiler.as_sql()
    return sql, fields, options.db_returning_fields
