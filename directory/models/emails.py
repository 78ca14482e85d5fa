"""Changes of the e-mail with which an account signs in: asked for by its owner, or made by an administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.core.signing import Signer
from django.db import models
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from directory.models.accounts import Account

if TYPE_CHECKING:
    from datetime import datetime

#: How long the link to the new address holds; letters about a change are written twice as long, then it is forgotten.
CONFIRM_WITHIN = timedelta(days=1)
REMEMBERED_FOR = 2 * CONFIRM_WITHIN
#: So many changes may be asked for within the time that they are remembered: each is a letter to any address typed.
CHANGES_AT_ONCE = 5


class EmailChangeQuerySet(models.QuerySet["EmailChange"]):
    def visible_to(self, account: Account) -> Self:
        """One's own: a link that has gone to a stranger by mistake opens nothing to the stranger."""
        return self.filter(account=account)

    def recent(self, now: datetime) -> Self:
        return self.filter(asked_at__gt=now - REMEMBERED_FOR)

    def waiting(self, now: datetime) -> Self:
        """Those that a link may still confirm, the newest first: it alone holds."""
        return self.filter(made_at=None, asked_at__gt=now - CONFIRM_WITHIN).order_by("-pk")


class EmailChange(models.Model):
    """Another address for signing in; until it is made, the one before holds.

    The link is signed with the portal's secret over the address and the password there are, so it dies with either.
    """

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="email_changes", verbose_name="учётная запись"
    )
    was = models.EmailField("прежняя почта")
    email = models.EmailField("новая почта")
    asked_at = models.DateTimeField("когда попросили", db_index=True)
    asked_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто попросил"
    )
    made_at = models.DateTimeField("когда изменена", null=True, blank=True)

    objects = EmailChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "смена почты"
        verbose_name_plural = "смены почты"

    def __str__(self) -> str:
        return f"{self.was} → {self.email}"

    @property
    def token(self) -> str:
        account = self.account
        return Signer(salt="directory.email").signature(f"{self.pk}:{self.email}:{account.email}:{account.password}")

    @property
    def link(self) -> str:
        """The way to the confirmation, from the root of the portal."""
        return f"{reverse('directory:email-confirm', args=[self.pk])}?key={self.token}"

    @property
    def ends_at(self) -> datetime:
        return self.asked_at + CONFIRM_WITHIN

    def opens_with(self, token: str, now: datetime) -> bool:
        """Whether the link confirms this change: the last one asked for, not made yet and not too old."""
        newest = EmailChange.objects.filter(account=self.account_id).waiting(now).first()
        return newest == self and constant_time_compare(token, self.token)
