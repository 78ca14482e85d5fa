"""May this account do that to this reminder, letter or deadline, and if not, why."""

from directory.models import Account
from directory.roles import Permission
from kit.verdicts import ALLOWED, Verdict, denied
from reminders.models import Letter, Reminder
from roadmaps.models import ControlPoint
from roadmaps.policy import mark_points


def mark_point(account: Account, point: ControlPoint) -> Verdict:
    """In place, open or closed: a point that somebody closed first is shown, not refused."""
    return mark_points(account, point.item)


def read_reminder(account: Account, reminder: Reminder) -> Verdict:
    """Only one's own reminders are visible, so seeing one is enough."""
    return ALLOWED


def view_letter(account: Account, letter: Letter) -> Verdict:
    """Whoever sees the letter may open it."""
    return ALLOWED


def resend_letters(account: Account) -> Verdict:
    if not account.holds(Permission.OUTBOX_VIEW):
        return denied("Отправить письмо снова может администратор.")
    return ALLOWED


def resend_letter(account: Account, letter: Letter) -> Verdict:
    verdict = resend_letters(account)
    if verdict and letter.state == Letter.State.SENT:
        return denied("Письмо уже отправлено: второе такое же не уходит.")
    if verdict and letter.state == Letter.State.QUEUED:
        return denied("Письмо ещё ждёт отправки: портал попробует сам.")
    return verdict
