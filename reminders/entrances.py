"""Letters about the way into the portal: an invitation, a new password, another address; what follows from a record.

The link is the key to somebody's account, so the outbox, which administrators read, keeps its place only: it is put
in when the letter goes out. The key of the letter names the record from which it follows.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Exists, OuterRef, Value, When
from django.db.models.functions import Cast, Concat
from django.template.loader import render_to_string

from directory.models import Account, EmailChange, Invitation, PasswordReset, StaffMember
from reminders.models import Letter

#: Stands in the text of the letter where the link will be; the words are for whoever reads the outbox.
PLACE = "[личная ссылка: она видна только в самом письме]"
INVITATION, RESET, EMAIL = "invitation", "reset", "email"

#: The same question as ``unwritten`` asks, worded once for the minute by minute answer «no»; wants the moment now, and
#: those since which a request for a password and a change of an address are fresh.
IS_ANYTHING_UNWRITTEN = f"""
    EXISTS (
        SELECT 1 FROM directory_invitation AS invited
        WHERE accepted_at IS NULL AND revoked_at IS NULL AND expires_at > %s AND NOT EXISTS (
            SELECT 1 FROM reminders_letter WHERE key = '{INVITATION}:' || invited.id || ':' || invited.number
        )
    ) OR EXISTS (
        SELECT 1 FROM directory_passwordreset AS asked
        JOIN directory_account AS known ON known.email = asked.email AND known.is_active
        WHERE asked_at > %s AND known.acting_as_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM reminders_letter WHERE key = '{RESET}:' || asked.id
        )
    ) OR EXISTS (
        SELECT 1 FROM directory_emailchange AS change
        JOIN directory_account AS known ON known.id = change.account_id
        WHERE asked_at > %s AND known.acting_as_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM reminders_letter
            WHERE key = '{EMAIL}:' || change.id || CASE WHEN made_at IS NULL THEN ':asked:new' ELSE ':made:new' END
        )
    )
"""  # noqa: S608 - no word of it comes from outside


def unwritten(now: datetime) -> Iterator[Letter]:
    """The letters that follow from open invitations and fresh requests and changes and are not there yet."""
    yield from (_invitation(invitation, now) for invitation in _unwritten_invitations(now))
    for reset in _unwritten_resets(now):
        account = reset.account()
        if account and account.acting_as:
            yield _reset(reset, account, now)
    for change in _untold_changes(now):
        yield from _change(change, now)


def filled(letter: Letter) -> tuple[str, str]:
    """The plain text and the HTML of the letter with the link in its place, if it has one."""
    link = settings.SITE_URL + link_of(letter.key) if PLACE in letter.text else ""
    return letter.text.replace(PLACE, link), letter.html.replace(PLACE, link)


def link_of(key: str) -> str:
    """Where a letter with this key leads; to the door when the record has changed since."""
    kind, pk, *_ = key.split(":")
    if kind == INVITATION:
        invitation = Invitation.objects.filter(pk=pk).first()
        return invitation.link if invitation and key == _key_of(invitation) else "/"
    if kind == EMAIL:
        change = EmailChange.objects.filter(pk=pk).select_related("account").first()
        return change.link if change else "/"
    reset = PasswordReset.objects.filter(pk=pk).first()
    account = reset and reset.account()
    return reset.link(account) if reset and account else "/"


def _key_of(invitation: Invitation) -> str:
    return f"{INVITATION}:{invitation.pk}:{invitation.number}"


def _unwritten_invitations(now: datetime) -> Any:
    key = Concat(Value(f"{INVITATION}:"), _text("pk"), Value(":"), _text("number"))
    return (
        Invitation.objects.open(now)
        .annotate(key=key)
        .exclude(Exists(Letter.objects.filter(key=OuterRef("key"))))
        .select_related("staff_member", "organisation__municipality", "invited_by__staff_member")
        .order_by("pk")
    )


def _unwritten_resets(now: datetime) -> Any:
    key = Concat(Value(f"{RESET}:"), _text("pk"))
    known = Account.objects.filter(email=OuterRef("email"), is_active=True, acting_as__isnull=False)
    return (
        PasswordReset.objects.recent(now)
        .annotate(key=key)
        .filter(Exists(known))
        .exclude(Exists(Letter.objects.filter(key=OuterRef("key"))))
        .order_by("pk")
    )


def _untold_changes(now: datetime) -> Any:
    stage = Case(When(made_at=None, then=Value(":asked:new")), default=Value(":made:new"))
    return (
        EmailChange.objects.recent(now)
        .annotate(key=Concat(Value(f"{EMAIL}:"), _text("pk"), stage, output_field=CharField()))
        .filter(account__acting_as__isnull=False)
        .exclude(Exists(Letter.objects.filter(key=OuterRef("key"))))
        .select_related("account__staff_member", "account__acting_as__organisation__municipality")
        .order_by("pk")
    )


def _text(name: str) -> Cast:
    return Cast(name, CharField())


def _invitation(invitation: Invitation, now: datetime) -> Letter:
    context = {
        "subject": f"Приглашение на методический портал, {invitation.organisation.municipality}",
        "greeting": _greeting(invitation.staff_member),
        "invitation": invitation,
        "taker": invitation.taker(),
    }
    return _letter(
        ("mail/invitation.txt", "mail/invitation.html"),
        context,
        now,
        key=_key_of(invitation),
        address=invitation.email,
        municipality=invitation.organisation.municipality,
    )


def _reset(reset: PasswordReset, account: Account, now: datetime) -> Letter:
    acting = account.acting_as
    context = {"subject": "Новый пароль на методическом портале", "greeting": _greeting(account.staff_member)}
    return _letter(
        ("mail/password_reset.txt", "mail/password_reset.html"),
        context,
        now,
        key=f"{RESET}:{reset.pk}",
        address=account.email,
        account=account,
        municipality=acting.organisation.municipality if acting else None,
    )


def _change(change: EmailChange, now: datetime) -> Iterator[Letter]:
    """To both addresses: first with the link to the new one and a warning to the old, later that the change is made."""
    account = change.account
    context = {
        "subject": "Почта для входа на методический портал",
        "change": change,
        "is_corrected": change.asked_by_id != account.pk,
    }
    named = context | {"greeting": _greeting(account.staff_member)}
    key = f"{EMAIL}:{change.pk}:{'made' if change.made_at else 'asked'}"
    if change.made_at:
        yield _notice("mail/email_made.txt", context, now, account, key=f"{key}:new", address=change.email)
        yield _notice("mail/email_made.txt", named, now, account, key=f"{key}:old", address=change.was)
        return
    # Who reads the new address is not known: the letter names nobody, and only the owner learns that it is taken.
    owner = Account.objects.filter(email=change.email, acting_as__isnull=False).first()
    told = "mail/email_taken.txt" if owner else "mail/email_asked.txt"
    yield _notice(told, context, now, owner or account, key=f"{key}:new", address=change.email)
    yield _notice("mail/email_noted.txt", named, now, account, key=f"{key}:old", address=change.was)


def _notice(template: str, context: dict[str, Any], now: datetime, account: Account, **fields: Any) -> Letter:
    municipality = account.acting_as.organisation.municipality if account.acting_as else None
    templates = (template, "mail/notice.html")
    return _letter(templates, context, now, account=account, municipality=municipality, **fields)


def _greeting(person: StaffMember | None) -> str:
    return " ".join(filter(None, (person.first_name, person.patronymic))) if person else ""


def _letter(templates: tuple[str, str], context: dict[str, Any], now: datetime, **fields: Any) -> Letter:
    told = context | {"link": PLACE, "home": settings.SITE_URL}
    text = render_to_string(templates[0], told)
    html = render_to_string(templates[1], told | {"paragraphs": text.strip().split("\n\n")})
    return Letter(
        subject=context["subject"],
        text=text,
        html=html,
        written_at=now,
        try_at=now,
        **fields,
    )
