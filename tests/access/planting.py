"""One record behind every address of the portal, and every kind of reader that may ask for it."""

import io
from datetime import date
from functools import cache
from typing import Any

import pikepdf
from django.core.files.base import ContentFile

from directory.models import Account, Municipality, Organisation, Position, StaffMember, Subject
from directory.roles import Role
from reminders import feed
from reminders.models import Letter
from roadmaps.actions.editions import content_of
from roadmaps.models import Roadmap
from tests.factories import directory, reminders, reports, roadmaps

#: Stands in every text of what was planted, so that a leak can be seen on any page.
CANARY = "Канарейка"

Arguments = dict[str, Any]


def plant(where: Municipality, *, state: str = Roadmap.State.APPROVED, mark: str = CANARY) -> dict[str, Arguments]:
    """Records with a text that nobody else has; the arguments of each address that leads to one of them."""
    school = directory.organisation(municipality=where, short_title=f"Школа {mark}", title=f"Школа {mark}")
    person = directory.staff_member(municipality=where, last_name=mark)
    scan = ContentFile(b"%PDF-1.7", name="scan.pdf")
    consent = directory.consent(staff_member=person, number=mark, file=scan, filename=f"{mark}.pdf")
    nameless = directory.staff_member(municipality=where, last_name="Сотрудник № 7", first_name="")
    destruction = directory.destruction(
        staff_member=nameless, because=f"Причина {mark}", act=ContentFile(b"%PDF-1.7", name="act.pdf")
    )
    letterhead = directory.letterhead(organisation=school, full_title=f"Школа {mark}", founder=f"Кто выше {mark}")
    calendar_day = directory.calendar_day(municipality=where, title=f"Праздник {mark}")
    schedule = roadmaps.schedule(municipality=where, title=f"График {mark}")
    window = roadmaps.window(schedule=schedule)
    roadmap = roadmaps.roadmap(municipality=where, state=state, title=f"План {mark}")
    section = roadmaps.section(roadmap=roadmap, title=f"Раздел {mark}")
    indicator = roadmaps.indicator(section=section, text=f"Показатель {mark}")
    item = roadmaps.item(section=section, text=f"Дело {mark}", schedule=schedule)
    roadmaps.party(item=item, label=f"Кто {mark}", key=mark.lower())
    point = roadmaps.point(item=item, due_on=date(2026, 11, 20))
    closed = roadmaps.done_point(item=item, due_on=date(2026, 10, 1))
    postponement = roadmaps.postponement(point=point, because=f"Причина {mark}")
    proof = roadmaps.file_proof(point=closed, filename=f"{mark}.pdf")
    removed_item = roadmaps.item(section=section, text=f"Удалённое {mark}", removed_at=roadmaps.A_MOMENT)
    removed_section = roadmaps.section(roadmap=roadmap, title=f"Удалённый {mark}", removed_at=roadmaps.A_MOMENT)
    brought = roadmaps.roadmap_import(municipality=where, filename=f"{mark}.docx")
    colleague = directory.appointment(organisation=school, role=Role.TEACHER)
    owner = directory.reader(Role.TEACHER, school, staff=person)
    invited = directory.staff_member(municipality=where, last_name=f"Гостья {mark}")
    invitation = directory.invitation(staff_member=invited, organisation=school)
    reset = directory.password_reset(email=owner.email)
    letter = reminders.letter(
        municipality=where, account=owner, subject=f"Письмо {mark}", text=mark, state=Letter.State.FAILED
    )
    reminder = reminders.reminder(account=owner, title=f"Напоминание {mark}", send_on=date(2026, 11, 18))
    preference = reminders.preference(account=owner)
    view = directory.saved_view(municipality=where, kept_for=owner, title=f"Вид {mark}")
    bulk_edit = directory.bulk_edit(municipality=where, because=mark, made_by=owner)
    sheet = directory.sheet_import(municipality=where, filename=f"{mark}.xlsx")
    orders = plant_orders(roadmap, mark=mark)
    records = (
        orders
        | plant_registry(person, school, mark=mark)
        | {
            "directory:appointment-take-up": colleague,
            "directory:appointment-end": colleague,
            "directory:appointment-give": owner,
            "directory:account-detail": owner,
            "directory:account-close": owner,
            "directory:account-email-correct": owner,
            "directory:email-confirm": directory.email_change(account=owner),
            "directory:account-reopen": owner,
            "directory:account-history": owner,
            "directory:account-second-factor-reset": owner,
            "directory:invitation-renew": invitation,
            "directory:invitation-revoke": invitation,
            "directory:invitation-accept": invitation,
            "directory:password-reset-finish": reset,
            "directory:calendar-day-edit": calendar_day,
            "directory:calendar-day-remove": calendar_day,
            "directory:letterhead-edit": school,
            "directory:letterhead-history": letterhead,
            "directory:organisation-detail": school,
            "directory:organisation-shift": school,
            "directory:consent-add": person,
            "directory:consent-withdraw": consent,
            "directory:consent-file": consent,
            "directory:consent-history": consent,
            "directory:staff-dossier": person,
            "directory:staff-export": person,
            "directory:staff-accesses": person,
            "reports:destruction-draw-up": person,
            "reports:destruction-detail": destruction,
            "reports:destruction-pdf": destruction,
            "reports:destruction-log": destruction,
            "directory:bulk-edit-take-back": bulk_edit,
            "directory:view-open-first": view,
            "directory:view-remove": view,
            "directory:sheet-detail": sheet,
            "directory:sheet-refusals": sheet,
            "directory:sheet-mend": sheet,
            "directory:sheet-leave": sheet,
            "directory:sheet-confirm": sheet,
            "directory:sheet-discard": sheet,
            "reminders:point-row": point,
            "reminders:point-complete": point,
            "reminders:point-reopen": closed,
            "reminders:reminder-read": reminder,
            "reminders:letter-detail": letter,
            "reminders:letter-resend": letter,
            "roadmaps:roadmap-detail": roadmap,
            "roadmaps:roadmap-edit": roadmap,
            "roadmaps:roadmap-passages": roadmap,
            "roadmaps:roadmap-history": roadmap,
            "roadmaps:roadmap-settle": roadmap,
            "roadmaps:roadmap-renumber": roadmap,
            "roadmaps:roadmap-many": roadmap,
            "roadmaps:deadline-preview": roadmap,
            "roadmaps:section-add": roadmap,
            "roadmaps:section-edit": section,
            "roadmaps:section-remove": section,
            "roadmaps:section-restore": removed_section,
            "roadmaps:section-history": section,
            "roadmaps:item-add": section,
            "roadmaps:indicator-add": section,
            "roadmaps:indicator-edit": indicator,
            "roadmaps:indicator-remove": indicator,
            "roadmaps:item-detail": item,
            "roadmaps:item-edit": item,
            "roadmaps:item-cell": item,
            "roadmaps:item-move": item,
            "roadmaps:item-remove": item,
            "roadmaps:item-restore": removed_item,
            "roadmaps:item-settle": item,
            "roadmaps:item-follow": item,
            "roadmaps:item-parts": item,
            "roadmaps:item-split": item,
            "roadmaps:item-join": item,
            "roadmaps:item-history": item,
            "roadmaps:point-complete": point,
            "roadmaps:point-decline": point,
            "roadmaps:point-dismiss": point,
            "roadmaps:point-postpone": point,
            "roadmaps:point-reopen": closed,
            "roadmaps:point-history": point,
            "roadmaps:postponement-decide": postponement,
            "roadmaps:proof-detail": proof,
            "roadmaps:schedule-detail": schedule,
            "roadmaps:schedule-edit": schedule,
            "roadmaps:schedule-history": schedule,
            "roadmaps:window-add": schedule,
            "roadmaps:window-edit": window,
            "roadmaps:window-day": window,
            "roadmaps:window-remove": window,
            "roadmaps:import-detail": brought,
            "roadmaps:import-head": brought,
            "roadmaps:import-row": brought,
            "roadmaps:import-confirm": brought,
            "roadmaps:import-discard": brought,
        }
    )
    arguments: dict[str, Arguments] = {address: {"pk": record.pk} for address, record in records.items()}
    arguments["directory:calendar-year"] = {"year": calendar_day.day.year}
    arguments["directory:calendar-change-take-back"] = {"pk": calendar_day.history.get().pk}
    arguments["directory:session-end"] = {"code": directory.session(account=owner).code}
    arguments["directory:staff-merge-with"]["other"] = directory.staff_member(municipality=where).pk
    for verb in ("load", "blank", "download"):
        arguments[f"directory:sheet-{verb}"] = {"kind": "staff"}
    for verb in ("mend", "leave"):
        arguments[f"directory:sheet-{verb}"]["line"] = 2
    arguments["reminders:feed"] = {"token": feed.token_of(preference)}
    arguments["reports:order-check"] = {"code": orders["reports:order-check"].code}
    arguments["reports:order-part"]["part"] = "heading"
    arguments["reports:order-choose"]["part"] = "form"
    arguments["reports:order-sheet"] |= {"key": "0", "page": 1}
    arguments["roadmaps:item-cell"]["cell"] = "note"
    arguments["roadmaps:import-row"] |= {"section": 0, "place": 0}
    return arguments


@cache
def blank_sheet() -> bytes:
    """The smallest file that a picture can be drawn of."""
    document, file = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(file)
    return file.getvalue()


def plant_registry(person: StaffMember, school: Organisation, *, mark: str) -> dict[str, Any]:
    """A person's positions, dismissal and merge, a school that has closed, a subject and what has been removed."""
    where = school.municipality
    closed = directory.organisation(municipality=where, short_title=f"Закрытая {mark}", closed_on=date(2025, 8, 31))
    merge = directory.merge(kept=person, because=f"Повтор {mark}")
    dismissal = directory.dismissal(staff_member=person, organisation=school, because=f"Приказ {mark}")
    position, mistyped, twice = (
        directory.position(staff_member=person, organisation=school, title=f"Учитель {mark}") for _ in range(3)
    )
    subject = directory.subject(municipality=where, title=f"Предмет {mark}")
    gone = directory.subject(municipality=where, title=f"Лишний предмет {mark}")
    mistyped.delete()
    gone.delete()
    return {
        "directory:position-remove": twice,
        "directory:position-restore": Position.history.get(history_type="-", staff_member=person.pk),
        "directory:subject-rename": subject,
        "directory:subject-remove": subject,
        "directory:subject-history": subject,
        "directory:subject-change-take-back": Subject.history.filter(history_type="-", municipality=where.pk).latest(
            "history_id"
        ),
        "directory:organisation-edit": school,
        "directory:organisation-contacts": school,
        "directory:organisation-rename": school,
        "directory:organisation-close": school,
        "directory:organisation-reopen": closed,
        "directory:organisation-history": school,
        "directory:staff-detail": person,
        "directory:staff-edit": person,
        "directory:staff-history": person,
        "directory:staff-dismiss": person,
        "directory:staff-merge": person,
        "directory:staff-merge-with": person,
        "directory:merge-undo": merge,
        "directory:position-add": person,
        "directory:position-edit": position,
        "directory:dismissal-withdraw": dismissal,
    }


def plant_orders(roadmap: Roadmap, *, mark: str) -> dict[str, Any]:
    """A draft with its clauses, a registered order with its file and two editions, a register that waits, a bundle."""
    where = roadmap.municipality
    issuer = directory.organisation(municipality=where, kind=Organisation.Kind.CENTRE, short_title=f"Центр {mark}")
    register = reports.register(organisation=issuer)
    fresh = reports.register(organisation=issuer, year=2027)
    _, edition = (
        roadmaps.edition(roadmap=roadmap, number=number, content=content_of(roadmap), document_number=mark)
        for number in (1, 2)
    )
    registered = reports.registered_order(
        roadmap=roadmap, issuer=issuer, register=register, heading=f"Приказ {mark}", edition=edition
    )
    registered.pdf.save(f"{mark}.pdf", ContentFile(blank_sheet()))
    order = reports.order(roadmap=roadmap, issuer=issuer, heading=f"Приказ {mark}")
    clause = reports.clause(order=order, text=f"Пункт {mark}")
    removed = reports.clause(order=order, text=f"Убранный {mark}", removed_at=reports.A_MOMENT)
    return {
        "reports:approval-draw-up": roadmap,
        "reports:amendment-draw-up": roadmap,
        "reports:roadmap-pdf": roadmap,
        "reports:roadmap-docx": roadmap,
        "reports:order-detail": order,
        "reports:order-part": order,
        "reports:order-choose": order,
        "reports:order-wording": order,
        "reports:order-word-changes": order,
        "reports:order-review": order,
        "reports:order-sheets": order,
        "reports:order-sheet": registered,
        "reports:order-pdf": registered,
        "reports:order-docx": registered,
        "reports:order-register": order,
        "reports:order-discard": order,
        "reports:order-history": order,
        "reports:clause-add": order,
        "reports:clause-text": clause,
        "reports:clause-move": clause,
        "reports:clause-level": clause,
        "reports:clause-remove": clause,
        "reports:clause-restore": removed,
        "reports:bundle-detail": reports.bundle(municipality=where),
        "reports:bundle-download": reports.bundle(municipality=where),
        "reports:register-detail": fresh,
        "reports:register-edit": fresh,
        "reports:register-history": fresh,
        "reports:edition-detail": edition,
        "reports:edition-changes": edition,
        "reports:order-check": registered,
    }


def readers(here: Municipality, elsewhere: Municipality, *, yesterday: date) -> dict[str, Account | None]:
    """Every kind of reader by name; ``stranger`` is nobody."""
    centre = directory.organisation(municipality=here, kind=Organisation.Kind.CENTRE)
    foreign_centre = directory.organisation(municipality=elsewhere, kind=Organisation.Kind.CENTRE)
    inactive = directory.reader(Role.METHODIST, centre)
    inactive.is_active = False
    inactive.save(update_fields=["is_active"])
    return (
        {"stranger": None}
        | {role.value: directory.reader(role, centre) for role in Role}
        | {
            "foreign": directory.reader(Role.METHODIST, foreign_centre),
            "dismissed": directory.reader(Role.METHODIST, centre, ends_on=yesterday),
            "inactive": inactive,
        }
    )
