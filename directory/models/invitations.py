"""Ways in without a password: an invitation into a role, and a link to a new password; neither keeps its secret."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.core.signing import Signer
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from directory.models.accounts import Account
from directory.models.organisations import Organisation
from directory.models.staff import StaffMember
from directory.roles import Permission, Role
from journal.models import History, Remembered

if TYPE_CHECKING:
    from datetime import datetime

#: How long an invitation holds, and a link to a new password.
INVITED_FOR = timedelta(days=14)
RESET_WITHIN = timedelta(hours=2)
#: So many letters with a link may be asked for within the time that one holds.
RESETS_AT_ONCE = 3


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, account: Account) -> Self:
        """An administrator sees those of the municipality, a deputy those of the own school, others none."""
        if account.holds(Permission.ACCOUNT_EDIT):
            return self.filter(organisation__municipality=account.municipality_id)
        if account.holds(Permission.INVITE):
            return self.filter(organisation=account.organisation_id)
        return self.none()

    def unanswered(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self, now: datetime) -> Self:
        return self.unanswered().filter(expires_at__gt=now)


class Invitation(Remembered):
    """A role offered to a member of the staff by a letter with a link.

    The link is signed with the portal's secret and the number of the letter, so the table gives no way in, and a
    link sent anew closes the one before.
    """

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="invitations", verbose_name="сотрудник"
    )
    role = models.CharField("роль", max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations", verbose_name="организация"
    )
    email = models.EmailField("электронная почта")
    number = models.PositiveSmallIntegerField("номер письма", default=1)
    invited_at = models.DateTimeField("когда приглашён")
    invited_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто пригласил"
    )
    expires_at = models.DateTimeField("действует до")
    accepted_at = models.DateTimeField("когда принято", null=True, blank=True)
    revoked_at = models.DateTimeField("когда отозвано", null=True, blank=True)
    revoked_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто отозвал"
    )

    objects = InvitationQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_is_accepted_or_revoked"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["staff_member"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="staff_member_is_invited_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}: {self.get_role_display()}, {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("directory:invitation-list")

    def renew(self, *, by: Account, at: datetime) -> None:
        """Another letter with another link, which holds as long as the first one did."""
        self.number += 1
        self.expires_at = at + INVITED_FOR
        self.sign(by=by, because="отправлено ещё раз")
        self.save(update_fields=["number", "expires_at"])

    def revoke(self, *, by: Account, at: datetime, because: str = "") -> None:
        self.revoked_at, self.revoked_by = at, by
        self.sign(by=by, because=because)
        self.save(update_fields=["revoked_at", "revoked_by"])

    @property
    def token(self) -> str:
        return Signer(salt="directory.invitation").signature(f"{self.pk}:{self.number}")

    def opens_with(self, token: str) -> bool:
        return constant_time_compare(token, self.token)

    @property
    def link(self) -> str:
        """The way in, from the root of the portal."""
        return f"{reverse('directory:invitation-accept', args=[self.pk])}?key={self.token}"

    def taker(self) -> Account | None:
        """The account that would get the role: the invited person's own, else whichever signs in with the address."""
        own = Account.objects.filter(staff_member=self.staff_member_id).first()
        return own or Account.objects.filter(email=self.email).first()

    def suits(self, account: Account) -> bool:
        """Whether the role may be added to an account that there is already.

        It must be the invited person's own, or nobody's yet and sign in with the very address that the letter went to.
        An account of somebody else may share the address, as a school's mailbox is shared, and may even be the same
        person under another record; but then the dismissal of the invited one would not find the role to end it.
        """
        return account.is_active and account.staff_member_id in (None, self.staff_member_id)

    @property
    def is_unanswered(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None

    def is_open(self, now: datetime) -> bool:
        return self.is_unanswered and now < self.expires_at


class PasswordResetQuerySet(models.QuerySet["PasswordReset"]):
    def recent(self, now: datetime) -> Self:
        """Those whose link may still hold."""
        return self.filter(asked_at__gt=now - RESET_WITHIN)

    def stale(self, now: datetime) -> Self:
        return self.filter(asked_at__lte=now - RESET_WITHIN)


class PasswordReset(models.Model):
    """Somebody at the door has forgotten the password of an address; whether it is anybody's is not asked here.

    So a known address and an unknown one cost the same work. The link is signed with the portal's secret over the
    password there is, so it dies with it.
    """

    email = models.EmailField("электронная почта", db_index=True)
    asked_at = models.DateTimeField("когда попросили", db_index=True)

    objects = PasswordResetQuerySet.as_manager()

    class Meta:
        verbose_name = "просьба о новом пароле"
        verbose_name_plural = "просьбы о новом пароле"

    def __str__(self) -> str:
        return self.email

    def account(self) -> Account | None:
        return Account.objects.filter(email=self.email, is_active=True).first()

    def token(self, account: Account) -> str:
        return Signer(salt="directory.reset").signature(f"{self.pk}:{account.pk}:{account.password}")

    def link(self, account: Account) -> str:
        """The way to the new password, from the root of the portal."""
        return f"{reverse('directory:password-reset-finish', args=[self.pk])}?key={self.token(account)}"

    def opens_with(self, token: str, account: Account, now: datetime) -> bool:
        return now < self.asked_at + RESET_WITHIN and constant_time_compare(token, self.token(account))
