"""The smallest valid records of the directory, and readers: accounts that act in a role."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from model_bakery import baker

from directory.actions.changes import plain
from directory.models import (
    Account,
    Appointment,
    BulkEdit,
    CalendarDay,
    Consent,
    Destruction,
    Dismissal,
    EmailChange,
    FormerName,
    Invitation,
    Letterhead,
    Merge,
    Municipality,
    Organisation,
    PasswordReset,
    Position,
    SavedView,
    Session,
    SheetImport,
    StaffMember,
    Subject,
)
from directory.models.invitations import INVITED_FOR
from directory.roles import Role
from directory.sessions import AGENT, SessionStore

PASSWORD = "семь-синих-ламп-9"

_numbers = itertools.count(1)


def municipality(**fields: Any) -> Municipality:
    number = next(_numbers)
    return baker.make(Municipality, **{"title": f"Город {number}", "title_genitive": f"Города {number}"} | fields)


def organisation(**fields: Any) -> Organisation:
    number = next(_numbers)
    if "municipality" not in fields:
        fields["municipality"] = municipality()
    names = {"title": f"Средняя школа № {number}", "short_title": f"Школа № {number}"}
    return baker.make(Organisation, **{"kind": Organisation.Kind.SCHOOL} | names | fields)


def calendar_day(**fields: Any) -> CalendarDay:
    if "municipality" not in fields:
        fields["municipality"] = municipality()
    return baker.make(
        CalendarDay, **{"day": date(2026, 1, 1) + timedelta(days=next(_numbers) % 365), "title": "День города"} | fields
    )


def letterhead(**fields: Any) -> Letterhead:
    if "organisation" not in fields:
        fields["organisation"] = organisation(kind=Organisation.Kind.CENTRE)
    names = {
        "full_title": "Муниципальное казённое учреждение «Методический центр»",
        "short_title": "МКУ «Методический центр»",
    }
    return baker.make(Letterhead, **names | fields)


def former_name(**fields: Any) -> FormerName:
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    names = {"title": "Гимназия при реке", "short_title": "Гимназия", "ends_on": date(2021, 8, 31)}
    return baker.make(FormerName, **names | fields)


def subject(**fields: Any) -> Subject:
    if "municipality" not in fields:
        fields["municipality"] = municipality()
    return baker.make(Subject, **{"title": f"предмет {next(_numbers)}"} | fields)


def staff_member(**fields: Any) -> StaffMember:
    if "municipality" not in fields:
        fields["municipality"] = municipality()
    return baker.make(StaffMember, **{"last_name": "Липова", "first_name": "Дарья"} | fields)


def position(**fields: Any) -> Position:
    if "staff_member" not in fields:
        fields["staff_member"] = staff_member()
    if "organisation" not in fields:
        fields["organisation"] = organisation(municipality=fields["staff_member"].municipality)
    return baker.make(Position, **{"title": "учитель"} | fields)


def dismissal(**fields: Any) -> Dismissal:
    if "staff_member" not in fields:
        fields["staff_member"] = staff_member()
    return baker.make(Dismissal, **{"dismissed_on": date(2026, 11, 1)} | fields)


def consent(**fields: Any) -> Consent:
    if "staff_member" not in fields:
        fields["staff_member"] = staff_member()
    usual = {"kind": Consent.Kind.PROCESSING, "given_on": date(2025, 9, 1), "number": "17"}
    return baker.make(Consent, **usual | fields)


def destruction(**fields: Any) -> Destruction:
    """An act whose record has long been nameless."""
    if "staff_member" not in fields:
        fields["staff_member"] = staff_member(last_name="Сотрудник № 1", first_name="")
    usual = {
        "because": "Достигнута цель обработки",
        "commission": ["Сосновская Вера Львовна, директор"],
        "erased": [["фамилия, имя, отчество", 1]],
        "kept": [["должности", "нужны для показателей"]],
        "done_at": datetime(2026, 11, 2, 9, tzinfo=UTC),
        "keep_until": date(2029, 11, 2),
    }
    return baker.make(Destruction, **usual | fields)


def merge(**fields: Any) -> Merge:
    """A merge that has moved nothing and whose swallowed record was the twin of the kept one."""
    if "kept" not in fields:
        fields["kept"] = staff_member()
    kept = fields["kept"]
    swallowed = {
        field.attname: kept.pk + 100_000 if field.primary_key else plain(getattr(kept, field.attname))
        for field in kept._meta.concrete_fields
    }
    told = {"swallowed_name": kept.full_name, "because": "Повтор", "swallowed": swallowed}
    return baker.make(Merge, **told | fields)


def account(**fields: Any) -> Account:
    """An account without a role; signs in with ``PASSWORD``."""
    made = baker.prepare(Account, **{"email": f"reader{next(_numbers)}@example.org"} | fields)
    made.set_password(PASSWORD)
    made.save()
    return made


def appointment(**fields: Any) -> Appointment:
    if "account" not in fields:
        fields["account"] = account()
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    return baker.make(Appointment, **fields)


def invitation(**fields: Any) -> Invitation:
    """A teacher invited today into the school of the position."""
    if "staff_member" not in fields:
        fields["staff_member"] = staff_member()
    if "organisation" not in fields:
        fields["organisation"] = organisation(municipality=fields["staff_member"].municipality)
    now = datetime.now(UTC)
    usual = {
        "role": Role.TEACHER,
        "email": f"invited{next(_numbers)}@example.org",
        "invited_at": now,
        "expires_at": now + INVITED_FOR,
    }
    return baker.make(Invitation, **usual | fields)


def password_reset(**fields: Any) -> PasswordReset:
    return baker.make(PasswordReset, **{"email": "reader@example.org", "asked_at": datetime.now(UTC)} | fields)


def email_change(**fields: Any) -> EmailChange:
    """Another address that its owner has just asked for."""
    if "account" not in fields:
        fields["account"] = account()
    usual = {
        "was": fields["account"].email,
        "email": f"new{next(_numbers)}@example.org",
        "asked_at": datetime.now(UTC),
        "asked_by": fields["account"],
    }
    return baker.make(EmailChange, **usual | fields)


def session(**fields: Any) -> Session:
    """A session of somebody in another browser, begun today."""
    if "account" not in fields:
        fields["account"] = account()
    store = SessionStore()
    store.update({SESSION_KEY: str(fields["account"].pk), AGENT: "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    store.create()
    return Session.objects.get(pk=store.session_key)


def reader(role: str, at: Organisation, *, staff: StaffMember | None = None, **fields: Any) -> Account:
    """An account that acts in this role at this organisation; ``fields`` are those of the appointment."""
    made = account(staff_member=staff)
    made.acting_as = appointment(account=made, role=role, organisation=at, **fields)
    made.save(update_fields=["acting_as"])
    return made


def saved_view(**fields: Any) -> SavedView:
    if "kept_for" not in fields:
        fields["kept_for"] = account()
    if "municipality" not in fields:
        fields["municipality"] = municipality()
    usual = {"title": f"Вид {next(_numbers)}", "list_name": SavedView.List.STAFF, "query": "kind=school"}
    return baker.make(SavedView, **usual | fields)


def bulk_edit(**fields: Any) -> BulkEdit:
    """One that has changed nothing, so that taking it back is always possible."""
    if "municipality" not in fields:
        fields["municipality"] = municipality()
    return baker.make(BulkEdit, **{"because": "Итоги аттестации", "changed": []} | fields)


def sheet_import(**fields: Any) -> SheetImport:
    """A sheet of staff that has been checked and would change nothing."""
    if "municipality" not in fields:
        fields["municipality"] = municipality()
    moment = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    usual = {
        "kind": SheetImport.Kind.STAFF,
        "state": SheetImport.State.CHECKED,
        "filename": "Сотрудники.xlsx",
        "requested_at": moment,
        "try_at": moment,
    }
    return baker.make(SheetImport, **usual | fields)
