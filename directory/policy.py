"""May this account see and change that part of the directory, and if not, why."""

from typing import Any

from deadlines.wording import plural
from directory.models import (
    Account,
    Appointment,
    BulkEdit,
    CalendarDay,
    Consent,
    Destruction,
    Dismissal,
    Merge,
    Organisation,
    Position,
    SavedView,
    StaffMember,
    Subject,
)
from directory.models.invitations import Invitation
from directory.models.sessions import Session
from directory.models.sheets import SheetImport
from directory.roles import Permission, Role
from kit.verdicts import ALLOWED, Verdict, denied

#: The roles into which a deputy may invite people of the own school.
INVITED_BY_DEPUTIES = (Role.TEACHER, Role.LEADER)


def view_organisations(account: Account) -> Verdict:
    if not account.holds(Permission.DIRECTORY_VIEW):
        return denied("Организации видят те, у кого в портале есть роль.")
    return ALLOWED


def view_organisation(account: Account, organisation: Organisation) -> Verdict:
    return view_organisations(account)


def keep_organisations(account: Account) -> Verdict:
    if not account.holds(Permission.ORGANISATION_EDIT):
        return denied("Организации ведут методисты и администратор.")
    return ALLOWED


def edit_organisation(account: Account, organisation: Organisation) -> Verdict:
    return keep_organisations(account)


def close_organisation(account: Account, organisation: Organisation) -> Verdict:
    if organisation.closed_on:
        return denied(f"Организация уже закрыта: последний день {organisation.closed_on:%d.%m.%Y}.")
    return keep_organisations(account)


def reopen_organisation(account: Account, organisation: Organisation) -> Verdict:
    if not organisation.closed_on:
        return denied("Организация не закрыта.")
    return keep_organisations(account)


def edit_contacts(account: Account, organisation: Organisation) -> Verdict:
    if account.holds(Permission.ORGANISATION_EDIT):
        return ALLOWED
    if not account.holds(Permission.CONTACTS_EDIT):
        return denied("Контакты правят методисты, администратор и заместитель директора этой организации.")
    if organisation.pk != account.organisation_id:
        return denied("Заместитель директора правит контакты только своей организации.")
    return ALLOWED


def view_staff(account: Account) -> Verdict:
    if not account.holds(Permission.STAFF_VIEW):
        return denied("Список сотрудников видят центр, управление и заместители директоров.")
    return ALLOWED


def view_staff_member(account: Account, person: StaffMember) -> Verdict:
    """Whoever sees the record may open it: it is of the own municipality, of the own school, or one's own."""
    return ALLOWED


def keep_staff(account: Account) -> Verdict:
    if not account.holds(Permission.STAFF_EDIT):
        return denied("Карточки сотрудников ведут методисты, администратор и заместители директоров.")
    return ALLOWED


def keep_subjects(account: Account) -> Verdict:
    if not account.holds(Permission.SUBJECT_EDIT):
        return denied("Список предметов ведут методисты и администратор.")
    return ALLOWED


def rename_subject(account: Account, subject: Subject) -> Verdict:
    return keep_subjects(account)


def remove_subject(account: Account, subject: Subject) -> Verdict:
    verdict = keep_subjects(account)
    if verdict and (held := subject.staff.count()):
        return denied(f"Предмет стоит у {held} {plural(held, 'сотрудника,сотрудников,сотрудников')}.")
    return verdict


def take_back_subject(account: Account, changed: Any) -> Verdict:
    """By the version that a renaming or a removal has left."""
    return keep_subjects(account)


def load_sheet(account: Account, kind: str) -> Verdict:
    """Whoever keeps records one by one may bring a sheet of them."""
    return keep_organisations(account) if kind == SheetImport.Kind.ORGANISATIONS else keep_staff(account)


def view_sheet(account: Account, sheet: SheetImport) -> Verdict:
    return load_sheet(account, sheet.kind)


def mend_sheet(account: Account, sheet: SheetImport) -> Verdict:
    verdict = view_sheet(account, sheet)
    if verdict and sheet.state != SheetImport.State.CHECKED:
        return denied("Таблица уже в работе: исправлять её нельзя.")
    return verdict


def confirm_sheet(account: Account, sheet: SheetImport) -> Verdict:
    verdict = view_sheet(account, sheet)
    counts = sheet.report.get("counts", {})
    if verdict and counts.get("refused"):
        return denied("Сначала исправьте или уберите строки с ошибками.")
    if verdict and not counts.get("added") and not counts.get("changed"):
        return denied("Записывать нечего: всё это в портале уже есть.")
    return verdict


def keep_card(account: Account, person: StaffMember) -> Verdict:
    """Whatever is kept of a person is kept while the record has a name."""
    if hasattr(person, "destruction"):
        return denied("Данные обезличены: карточку больше не правят.")
    return keep_staff(account)


def edit_staff_member(account: Account, person: StaffMember) -> Verdict:
    """A school lets go of the card of a person who has left it for another."""
    verdict = keep_card(account, person)
    if verdict and account.role == Role.DEPUTY and not person.is_kept_by(account.organisation_id):
        return denied("Сотрудник перешёл в другую организацию: карточку теперь ведёт она.")
    return verdict


def add_position(account: Account, person: StaffMember) -> Verdict:
    """A school that sees a person may take the person on, again or once more."""
    return keep_card(account, person)


def edit_position(account: Account, position: Position) -> Verdict:
    verdict = keep_card(account, position.staff_member)
    if verdict and account.role == Role.DEPUTY and position.organisation_id != account.organisation_id:
        return denied("Заместитель директора правит должности только в своей организации.")
    return verdict


def remove_position(account: Account, position: Position) -> Verdict:
    """One entered by mistake; a job that was held is ended, and nobody is left without any."""
    if not (verdict := edit_position(account, position)):
        return verdict
    if dismissal := Dismissal.objects.standing().that_ended(position):
        return denied(f"Должность завершена увольнением {dismissal.dismissed_on:%d.%m.%Y}: сначала отмените его.")
    others = position.staff_member.positions.exclude(pk=position.pk)
    if account.role == Role.DEPUTY:
        others = others.filter(organisation=account.organisation_id)
    if not others.exists():
        return denied("Без этой должности сотрудник пропадёт из списков: исправьте её или отметьте увольнение.")
    return ALLOWED


def restore_position(account: Account, removed: Any) -> Verdict:
    """By the version that its removal has left."""
    return edit_position(account, removed.instance)


def dismiss_staff_member(account: Account, person: StaffMember) -> Verdict:
    if account.staff_member_id == person.pk:
        return denied("Собственное увольнение отмечает кто-то другой.")
    return keep_card(account, person)


def withdraw_dismissal(account: Account, dismissal: Dismissal) -> Verdict:
    if dismissal.withdrawn_at:
        return denied("Это увольнение уже отменено.")
    verdict = keep_staff(account)
    if verdict and account.role == Role.DEPUTY and dismissal.organisation_id != account.organisation_id:
        return denied("Это увольнение отметили не в вашей организации: отменяет его тот, кто отметил, или методист.")
    return verdict


def merge_staff(account: Account, person: StaffMember) -> Verdict:
    if not account.holds(Permission.STAFF_MERGE):
        return denied("Записи объединяют методисты и администратор: человек может работать и в других организациях.")
    return ALLOWED


def undo_merge(account: Account, merge: Merge) -> Verdict:
    if merge.undone_at:
        return denied("Записи уже разъединены.")
    return merge_staff(account, merge.kept)


def share_views(account: Account) -> Verdict:
    if not account.holds(Permission.ACCOUNT_EDIT):
        return denied("Общие виды списков сохраняет администратор.")
    return ALLOWED


def keep_view(account: Account, view: SavedView) -> Verdict:
    if view.kept_for_id != account.pk:
        return denied("Это общий вид: правит его тот, кто сохранил.")
    return ALLOWED


def take_back_bulk(account: Account, edit: BulkEdit) -> Verdict:
    if edit.undone_at:
        return denied("Эта правка уже отменена.")
    return keep_staff(account)


def keep_consents(account: Account, person: StaffMember) -> Verdict:
    return edit_staff_member(account, person)


def view_consent(account: Account, consent: Consent) -> Verdict:
    """The paper itself is for those who keep the card and for whoever has signed it."""
    if account.staff_member_id == consent.staff_member_id:
        return ALLOWED
    return keep_consents(account, consent.staff_member)


def withdraw_consent(account: Account, consent: Consent) -> Verdict:
    if consent.withdrawn_on:
        return denied(f"Согласие уже отозвано {consent.withdrawn_on:%d.%m.%Y}.")
    return keep_consents(account, consent.staff_member)


def view_accesses(account: Account) -> Verdict:
    if not account.holds(Permission.PERSONAL_DATA):
        return denied("Журнал обращений к персональным данным ведёт администратор.")
    return ALLOWED


def view_personal_data(account: Account, person: StaffMember) -> Verdict:
    """All that is held of a person and who has looked at it."""
    if account.staff_member_id == person.pk or account.holds(Permission.PERSONAL_DATA):
        return ALLOWED
    return denied("Все данные о сотруднике видят он сам и администратор.")


def depersonalise_staff_member(account: Account, person: StaffMember) -> Verdict:
    """Whether the time has come is told by the verb itself."""
    if not account.holds(Permission.PERSONAL_DATA):
        return denied("Данные обезличивает администратор.")
    if account.staff_member_id == person.pk:
        return denied("Собственные данные обезличивает другой администратор.")
    return ALLOWED


def view_destructions(account: Account) -> Verdict:
    if not account.holds(Permission.PERSONAL_DATA):
        return denied("Акты об уничтожении персональных данных хранит администратор.")
    return ALLOWED


def view_destruction(account: Account, destruction: Destruction) -> Verdict:
    return view_destructions(account)


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


def view_accounts(account: Account) -> Verdict:
    if not account.holds(Permission.ACCOUNT_EDIT):
        return denied("Учётные записи и роли ведёт администратор.")
    return ALLOWED


def view_account(account: Account, other: Account) -> Verdict:
    return view_accounts(account)


def close_account(account: Account, other: Account) -> Verdict:
    if other.pk == account.pk:
        return denied("Собственный вход закрывает другой администратор.")
    if not other.is_active:
        return denied("Вход уже закрыт.")
    return view_accounts(account)


def reopen_account(account: Account, other: Account) -> Verdict:
    if other.is_active:
        return denied("Вход уже открыт.")
    return view_accounts(account)


def reset_second_factor(account: Account, other: Account) -> Verdict:
    if other.pk == account.pk:
        return denied("Свой вход с кодом отключают в профиле.")
    return view_accounts(account)


def change_email(account: Account) -> Verdict:
    """One's own: its letters go out in the name of the municipality of the role."""
    if account.acting_as_id is None:
        return denied("Почту меняют после того, как администратор даст первую роль.")
    return ALLOWED


def correct_email(account: Account, other: Account) -> Verdict:
    """Whoever sets the address may take the account over, so the roles of another municipality forbid it."""
    if other.pk == account.pk:
        return denied("Свою почту меняют в профиле.")
    if other.appointments.exclude(organisation__municipality=account.municipality_id).exists():
        return denied("У этого человека есть роли в другом муниципалитете: почту он меняет сам, в профиле.")
    return view_accounts(account)


def give_role(account: Account, other: Account) -> Verdict:
    if other.pk == account.pk:
        return denied("Самому себе роль не дают: это делает другой администратор.")
    return view_accounts(account)


def end_role(account: Account, appointment: Appointment) -> Verdict:
    return view_accounts(account)


def view_invitations(account: Account) -> Verdict:
    if not account.holds(Permission.INVITE):
        return denied("Приглашают на портал администратор и заместители директоров.")
    return ALLOWED


def change_invitation(account: Account, invitation: Invitation) -> Verdict:
    """Send it anew or revoke it."""
    if invitation.accepted_at:
        return denied("Приглашение уже принято.")
    if invitation.revoked_at:
        return denied("Приглашение уже отозвано.")
    if account.role == Role.DEPUTY and invitation.role not in INVITED_BY_DEPUTIES:
        return denied("В эту роль приглашает администратор.")
    return view_invitations(account)


def end_session(account: Account, session: Session) -> Verdict:
    """Only one's own sessions are visible, so seeing one is enough."""
    return ALLOWED


def take_up(account: Account, appointment: Appointment) -> Verdict:
    """Only one's own appointments are visible, so seeing one is enough."""
    return ALLOWED
