"""Every planted record many times over, written in bulk: the portal after years, for tests that count questions."""

from collections.abc import Iterator
from datetime import timedelta
from graphlib import TopologicalSorter
from itertools import count
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from directory.models import Municipality, Session

#: What a reader is inside of; more of it is another reader's.
APART = {Municipality, ContentType, Session}


class Crowd:
    """Copies of all records there were at the beginning, each under the same parents as its original.

    Where a parent may have one such child only, the copies go to the copies of that parent.
    """

    def __init__(self) -> None:
        self.originals = {model: list(models.QuerySet(model)) for model in _in_order()}
        self.copies: dict[tuple[type[models.Model], Any], list[models.Model]] = {}
        self.times = 1
        self.numbers = count(1)

    def grow(self, times: int) -> None:
        """Let there be so many of each record that there was one of."""
        for model, records in self.originals.items():
            for record in records:
                copies = [self._copy(record, number) for number in range(self.times, times)]
                models.QuerySet(model).bulk_create(copies)
                self.copies.setdefault((model, record.pk), []).extend(copies)
        self.times = times
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the database does by itself when tables have grown

    def _copy(self, record: models.Model, number: int) -> models.Model:
        model = type(record)
        copy = model(**{field.attname: getattr(record, field.attname) for field in model._meta.concrete_fields})
        copy.pk = None
        for fields in _alone(model):
            self._part(copy, fields, number)
        return copy

    def _part(self, copy: models.Model, fields: list[models.Field], number: int) -> None:
        """Let the copy differ from its original in one of the fields that are unique together."""
        for field in sorted(fields, key=lambda field: field.is_relation):
            value = getattr(copy, field.attname)
            if isinstance(field, models.CharField) and not field.choices and (value or not field.blank):
                # The originals may be numbered too: the hyphen keeps the copies apart from them.
                setattr(copy, field.attname, f"{value[: (field.max_length or 50) - 8]}-{next(self.numbers):07}")
            elif isinstance(field, models.DateField) and value:
                setattr(copy, field.attname, value + timedelta(weeks=number))
            elif isinstance(field, models.IntegerField) and value is not None:
                setattr(copy, field.attname, value + 2 * number)
            elif field.is_relation and (there := self.copies.get((field.related_model, value))):
                setattr(copy, field.attname, there[number - 1].pk)
            else:
                continue
            return


def _in_order() -> Iterator[type[models.Model]]:
    """The models, those first that others point at."""
    found = {model for model in apps.get_models(include_auto_created=True) if model._meta.managed} - APART
    needs = {
        model: {
            field.related_model
            for field in model._meta.concrete_fields
            if field.is_relation and (not field.null or any(field in fields for fields in _alone(model)))
        }
        for model in found
    }
    return (model for model in TopologicalSorter(needs).static_order() if model in found)


def _alone(model: type[models.Model]) -> list[list[models.Field]]:
    """The sets of fields of which no two records may hold the same."""
    options = model._meta
    together = [[field] for field in options.concrete_fields if field.unique and not field.primary_key]
    named = [constraint.fields for constraint in options.constraints if isinstance(constraint, models.UniqueConstraint)]
    named += options.unique_together
    return together + [[options.get_field(name) for name in names] for names in named]
