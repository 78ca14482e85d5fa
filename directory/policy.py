"""May this account see and change that part of the directory, and if not, why."""

from directory.models import Account, Appointment, CalendarDay, Organisation
from directory.roles import Permission
from kit.verdicts import ALLOWED, Verdict, denied


def view_organisations(account: Account) -> Verdict:
    if not account.holds(Permission.DIRECTORY_VIEW):
        return denied("Организации видят те, у кого в портале есть роль.")
    return ALLOWED


def view_organisation(account: Account, organisation: Organisation) -> Verdict:
    return view_organisations(account)


def view_staff(account: Account) -> Verdict:
    if not account.holds(Permission.STAFF_VIEW):
        return denied("Список сотрудников видят центр, управление и заместители директоров.")
    return ALLOWED


def view_calendar(account: Account) -> Verdict:
    if not account.holds(Permission.DIRECTORY_VIEW):
        return denied("Календарь видят те, у кого в портале есть роль.")
    return ALLOWED


def edit_calendar(account: Account) -> Verdict:
    if not account.holds(Permission.CALENDAR_EDIT):
        return denied("Календарь рабочих дней правят методисты и администратор.")
    return ALLOWED


def edit_day(account: Account, day: CalendarDay) -> Verdict:
    return edit_calendar(account)


def edit_shift(account: Account, organisation: Organisation) -> Verdict:
    return edit_calendar(account)


def edit_letterhead(account: Account, organisation: Organisation) -> Verdict:
    if not account.holds(Permission.LETTERHEAD_EDIT):
        return denied("Бланки организаций правит администратор.")
    return ALLOWED


def take_up(account: Account, appointment: Appointment) -> Verdict:
    """Only one's own appointments are visible, so seeing one is enough."""
    return ALLOWED
