"""May this account do that to this paper, and if not, why."""

from directory.models import Account
from directory.roles import Permission
from kit.verdicts import ALLOWED, Verdict, denied
from reports.models import Bundle, Clause, Order, Register
from roadmaps.models import Edition, Roadmap


def view_order(account: Account, order: Order) -> Verdict:
    """Whoever sees the record may open it."""
    return ALLOWED


def compose_orders(account: Account) -> Verdict:
    if not account.holds(Permission.ORDER_EDIT):
        return denied("Приказы составляют методисты.")
    return ALLOWED


def register_orders(account: Account) -> Verdict:
    if not account.holds(Permission.ORDER_REGISTER):
        return denied("Приказы регистрируют руководитель и администратор.")
    return ALLOWED


def draw_up_approval(account: Account, roadmap: Roadmap) -> Verdict:
    """An order approves a roadmap once; what comes later are amendments."""
    if roadmap.text_state != Roadmap.TextState.FREE:
        return denied(f"Дорожная карта уже утверждена: {roadmap.document_words()}.")
    if roadmap.state == Roadmap.State.CLOSED:
        return denied("Дорожная карта завершена: утверждать её поздно.")
    return compose_orders(account)


def draw_up_amendment(account: Account, roadmap: Roadmap) -> Verdict:
    """Amended is what stands approved by a document with its number and date, whoever issued it."""
    if roadmap.state == Roadmap.State.CLOSED:
        return denied("Дорожная карта завершена: изменения в неё не вносят.")
    if roadmap.state == Roadmap.State.DRAFT:
        return denied("Дорожная карта ещё не утверждена: правьте её и утверждайте приказом.")
    if not (roadmap.document_kind and roadmap.document_number and roadmap.document_on):
        return denied("Укажите в карточке дорожной карты документ, которым она утверждена: вид, номер и дату.")
    return compose_orders(account)


def edit_order(account: Account, order: Order) -> Verdict:
    if not order.is_draft:
        return denied(f"Приказ уже зарегистрирован: {order.document_words()}. Изменить его нельзя.")
    return compose_orders(account)


def edit_clause(account: Account, clause: Clause) -> Verdict:
    return edit_order(account, clause.order)


def discard_order(account: Account, order: Order) -> Verdict:
    return edit_order(account, order)


def register_order(account: Account, order: Order) -> Verdict:
    """A second press is no refusal of the rights: the verb itself says that the number has been given."""
    return register_orders(account)


def view_register(account: Account, register: Register) -> Verdict:
    return register_orders(account)


def edit_register(account: Account, register: Register) -> Verdict:
    verdict = register_orders(account)
    if verdict and register.last_sequence:
        return denied(f"В журнале уже есть номера до {register.last_number}: счёт идёт дальше сам.")
    return verdict


def remember_wordings(account: Account) -> Verdict:
    return compose_orders(account)


def bundle_orders(account: Account) -> Verdict:
    if not account.holds(Permission.ORDER_VIEW):
        return denied("Документы скачивают сотрудники центра и организаций.")
    return ALLOWED


def view_bundle(account: Account, bundle: Bundle) -> Verdict:
    return ALLOWED


def view_edition(account: Account, edition: Edition) -> Verdict:
    return ALLOWED
