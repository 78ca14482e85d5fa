"""Loads the signed-in account together with all that its rights depend on, in one query."""

from functools import cache
from itertools import islice
from typing import Any

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.http import HttpRequest

from directory.models import Account, Appointment, Municipality, Organisation, StaffMember

#: The records that every request needs, by the way that leads to each from the account; nearer ones stand first.
RECORDS: dict[str, type[Model]] = {
    "": Account,
    "staff_member": StaffMember,
    "acting_as": Appointment,
    "acting_as__organisation": Organisation,
    "acting_as__organisation__municipality": Municipality,
}


class AccountBackend(BaseBackend):
    """E-mail and password; the time taken does not tell whether the account exists."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Account | None:
        if username is None or password is None:
            return None
        return ModelBackend().authenticate(request, username=username, password=password)

    def get_user(self, user_id: int) -> Account | None:
        """The account as every request needs it; None ends its sessions, as for one that may no longer sign in."""
        sql, converters = query()
        with connection.cursor() as cursor:
            cursor.execute(sql, [user_id])
            row = cursor.fetchone()
        if not row:
            return None
        values = list(row)
        for position, (convert_in_turn, expression) in converters.items():
            for convert in convert_in_turn:
                values[position] = convert(values[position], expression, connection)
        account = assembled(values)
        return account if account.is_active else None


@cache
def query() -> tuple[str, dict[int, Any]]:
    """The SQL of one account with its records, and what makes Python values of its columns.

    Every request asks it, and wording it takes longer than asking.
    """
    columns = [f"{way}__{name}".removeprefix("__") for way, model in RECORDS.items() for name in names(model)]
    compiler = Account.objects.filter(pk=0).values_list(*columns).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, _ = compiler.as_sql()
    return sql, compiler.get_converters([column for column, *_ in compiler.select])


@cache
def names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001 - Django documents it


def assembled(row: list[Any]) -> Account:
    """The account with its records hung where ``select_related`` would hang them."""
    values = iter(row)
    found: dict[str, Any] = {}
    for way, model in RECORDS.items():
        record = model.from_db(DEFAULT_DB_ALIAS, names(model), list(islice(values, len(names(model)))))
        found[way] = record if record.pk else None
        holder, _, name = way.rpartition("__")
        if name and found[holder]:
            setattr(found[holder], name, found[way])
    return found[""]
