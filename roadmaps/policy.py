"""May this account do that to this record of a roadmap, and if not, why."""

from directory.models import Account
from directory.roles import Permission, Role
from kit.verdicts import ALLOWED, Verdict, denied
from roadmaps.models import (
    ControlPoint,
    Indicator,
    Postponement,
    Proof,
    Roadmap,
    RoadmapImport,
    RoadmapItem,
    Schedule,
    ScheduleWindow,
    Section,
)


def view_roadmap(account: Account, roadmap: Roadmap) -> Verdict:
    """Whoever sees the record may open it."""
    return ALLOWED


def compose_roadmaps(account: Account) -> Verdict:
    if not account.holds(Permission.ROADMAP_EDIT):
        return denied("Составлять и править дорожные карты могут методисты.")
    return ALLOWED


#: Documents that approve, as the doer of a sentence: «утверждена приказом».
APPROVED_BY = {
    Roadmap.DocumentKind.ORDER: "приказом",
    Roadmap.DocumentKind.DIRECTIVE: "распоряжением",
    Roadmap.DocumentKind.RESOLUTION: "постановлением",
    Roadmap.DocumentKind.DECISION: "решением",
}


def keep_roadmap(account: Account, roadmap: Roadmap) -> Verdict:
    """What stands beside the printed text (remarks, the schedule a row follows) is kept while the roadmap goes on."""
    if roadmap.state == Roadmap.State.CLOSED:
        return denied("Дорожная карта завершена: её больше не правят.")
    return compose_roadmaps(account)


def edit_roadmap(account: Account, roadmap: Roadmap) -> Verdict:
    """The printed text; once an order has approved it, only an amending order opens it again."""
    verdict = keep_roadmap(account, roadmap)
    if verdict and roadmap.text_state == Roadmap.TextState.FROZEN:
        approved_by = APPROVED_BY.get(Roadmap.DocumentKind(roadmap.document_kind), "документом")
        document = f"{approved_by} от {roadmap.document_on:%d.%m.%Y} № {roadmap.document_number}"
        return denied(f"Дорожная карта утверждена {document}. Изменения вносят приказом: откройте «Внести изменения».")
    return verdict


def edit_head(account: Account, roadmap: Roadmap) -> Verdict:
    """The head holds the state itself, so a closed roadmap can be opened again."""
    return compose_roadmaps(account)


def edit_section(account: Account, section: Section) -> Verdict:
    return edit_roadmap(account, section.roadmap)


def edit_indicator(account: Account, indicator: Indicator) -> Verdict:
    return edit_section(account, indicator.section)


def view_item(account: Account, item: RoadmapItem) -> Verdict:
    return ALLOWED


def edit_item(account: Account, item: RoadmapItem) -> Verdict:
    if item.removed_at:
        return denied("Мероприятие удалено. Верните его, чтобы править.")
    return edit_roadmap(account, item.section.roadmap)


def keep_item(account: Account, item: RoadmapItem) -> Verdict:
    """What the row means and what was noticed in it; its printed cells stay as they are."""
    if item.removed_at:
        return denied("Мероприятие удалено. Верните его, чтобы править.")
    return keep_roadmap(account, item.section.roadmap)


def restore_item(account: Account, item: RoadmapItem) -> Verdict:
    return edit_roadmap(account, item.section.roadmap)


def restore_section(account: Account, section: Section) -> Verdict:
    return edit_roadmap(account, section.roadmap)


def mark_roadmap(account: Account, roadmap: Roadmap) -> Verdict:
    """Methodists mark any row of an approved roadmap."""
    if roadmap.state == Roadmap.State.DRAFT:
        return denied("Дорожная карта ещё не утверждена: исполнение отмечают после утверждения.")
    if not account.holds(Permission.ROADMAP_COMPLETE):
        return denied("Отмечать исполнение могут методисты и те, кто назван ответственным.")
    return ALLOWED


def mark_points(account: Account, item: RoadmapItem) -> Verdict:
    """A named person marks what he or she is responsible for, methodists mark everything."""
    if item.removed_at:
        return denied("Мероприятие удалено из дорожной карты.")
    verdict = mark_roadmap(account, item.section.roadmap)
    if verdict or item.section.roadmap.state == Roadmap.State.DRAFT:
        return verdict
    if account.staff_member_id and account.staff_member_id in {party.staff_member_id for party in item.parties.all()}:
        return ALLOWED
    return verdict


def close_point(account: Account, point: ControlPoint) -> Verdict:
    if point.state != ControlPoint.State.OPEN:
        return denied(f"Этот срок уже закрыт: {point.get_state_display()}.")
    return mark_points(account, point.item)


def reopen_point(account: Account, point: ControlPoint) -> Verdict:
    if point.state == ControlPoint.State.OPEN:
        return denied("Этот срок и так открыт.")
    return mark_points(account, point.item)


def request_postponement(account: Account, point: ControlPoint) -> Verdict:
    if point.is_checkin:
        return denied("Постоянное мероприятие не переносят: отметка о ходе ничего не просрочивает.")
    return close_point(account, point)


def decide_postponements(account: Account) -> Verdict:
    if not account.holds(Permission.POSTPONEMENT_DECIDE):
        return denied("О переносе решает руководитель, который контролирует исполнение.")
    return ALLOWED


def decide_postponement(account: Account, postponement: Postponement) -> Verdict:
    verdict = decide_postponements(account)
    if verdict and postponement.decision != Postponement.Decision.WAITING:
        return denied(f"Решение уже принято: {postponement.get_decision_display()}.")
    return verdict


def view_proof(account: Account, proof: Proof) -> Verdict:
    return ALLOWED


def view_import(account: Account, roadmap_import: RoadmapImport) -> Verdict:
    return compose_roadmaps(account)


def confirm_import(account: Account, roadmap_import: RoadmapImport) -> Verdict:
    """A second press is no refusal: it leads to the roadmap that the first one made."""
    return compose_roadmaps(account)


def mend_import(account: Account, roadmap_import: RoadmapImport) -> Verdict:
    if roadmap_import.confirmed_at:
        return denied("Этот документ уже стал дорожной картой: правьте её саму.")
    return compose_roadmaps(account)


def view_schedule(account: Account, schedule: Schedule) -> Verdict:
    return ALLOWED


def edit_schedule(account: Account, schedule: Schedule) -> Verdict:
    return compose_schedules(account)


def edit_window(account: Account, window: ScheduleWindow) -> Verdict:
    return edit_schedule(account, window.schedule)


def compose_schedules(account: Account) -> Verdict:
    if not account.holds(Permission.ROADMAP_EDIT):
        return denied("Графики ведут методисты.")
    return ALLOWED


def name_days(account: Account) -> Verdict:
    """A school's deputy names the day of his or her own school."""
    if account.role != Role.DEPUTY:
        return denied("День своей школы называет заместитель директора.")
    return ALLOWED


def name_day(account: Account, window: ScheduleWindow) -> Verdict:
    return name_days(account)
