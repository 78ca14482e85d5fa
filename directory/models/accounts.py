"""Accounts that sign in, and the roles they act in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from directory.models.organisations import Municipality, Organisation
from directory.models.staff import StaffMember
from directory.roles import GRANTS, Permission, Role
from journal.models import History, Remembered
from kit.sorting import searchable

if TYPE_CHECKING:
    from datetime import date

#: What signing in, changing one's role or password writes is no change that the history of an account tells.
PASSING = frozenset({"last_login", "acting_as", "password"})


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, account: Account) -> Self:
        """An administrator sees whoever has or had a role in the municipality, everybody else oneself."""
        if not account.holds(Permission.ACCOUNT_EDIT):
            return self.filter(pk=account.pk)
        here = Appointment.objects.filter(organisation__municipality=account.municipality_id)
        return self.filter(pk__in=here.values("account"))

    def found_by(self, words: str) -> Self:
        """By the person's name or the e-mail."""
        name = Q(*(("staff_member__search_text__contains", word) for word in searchable(words).split()))
        return self.filter(name | Q(email__icontains=words.strip()))

    def in_natural_order(self) -> Self:
        return self.order_by("staff_member__sort_key", "email", "pk")

    def administering(self, municipality: Municipality, day: date) -> Self:
        """Whoever signs in and is an administrator of the municipality on a day."""
        roles = Appointment.objects.in_force(day).filter(
            role=Role.ADMINISTRATOR, organisation__municipality=municipality
        )
        return self.filter(is_active=True, pk__in=roles.values("account"))


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]
    def create_account(self, email: str, password: str | None = None, **fields: object) -> Account:
        """An account that signs in with this e-mail; the address is kept in lower case."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser, Remembered):
    """A person who signs in; what it may do follows from the appointment it acts in, as of a day."""

    email = models.EmailField("электронная почта", unique=True)
    staff_member = models.OneToOneField(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="account", verbose_name="сотрудник"
    )
    acting_as = models.ForeignKey(
        "Appointment", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="действует как"
    )
    is_active = models.BooleanField("вход разрешён", default=True)

    objects: ClassVar[AccountManager] = AccountManager()
    history = History(excluded_fields=sorted(PASSING))

    USERNAME_FIELD = "email"

    #: Nobody may do anything until ``act`` has looked at the calendar.
    _permissions: frozenset[Permission] = frozenset()
    _appointment: Appointment | None = None

    class Meta:
        verbose_name = "учётная запись"
        verbose_name_plural = "учётные записи"

    def __str__(self) -> str:
        return str(self.staff_member or self.email)

    def save(self, *args: Any, **kwargs: Any) -> None:
        written = kwargs.get("update_fields")
        if written is not None and set(written) <= PASSING:
            self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            self.__dict__.pop("skip_history_when_saving", None)

    def get_absolute_url(self) -> str:
        return reverse("directory:account-detail", args=[self.pk])

    def act(self, today: date) -> Self:
        """Take up the chosen appointment as of a day; one that is over or not begun gives no rights."""
        appointment = self.acting_as
        if appointment and appointment.is_in_force(today):
            self._appointment = appointment
            self._permissions = GRANTS[appointment.role]
        else:
            self._appointment = None
            self._permissions = frozenset()
        return self

    @property
    def permissions(self) -> frozenset[Permission]:
        return self._permissions

    def holds(self, permission: Permission) -> bool:
        return permission in self._permissions

    @property
    def role(self) -> str:
        """The role acted in, or an empty string."""
        return self._appointment.role if self._appointment else ""

    @property
    def role_title(self) -> str:
        return Role(self.role).label if self.role else "без роли"

    @property
    def organisation_id(self) -> int | None:
        return self._appointment.organisation_id if self._appointment else None

    @property
    def municipality(self) -> Municipality | None:
        return self._appointment.organisation.municipality if self._appointment else None

    @property
    def municipality_id(self) -> int | None:
        return self._appointment.organisation.municipality_id if self._appointment else None


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, account: Account) -> Self:
        """An administrator sees the roles at organisations of the municipality, everybody else one's own."""
        if not account.holds(Permission.ACCOUNT_EDIT):
            return self.held_by(account)
        return self.filter(organisation__municipality=account.municipality_id)

    def held_by(self, account: Account) -> Self:
        return self.filter(account=account)

    def in_force(self, day: date) -> Self:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


class Appointment(Remembered):
    """A role of an account at an organisation, both ends included."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="appointments", verbose_name="учётная запись"
    )
    role = models.CharField("роль", max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appointments", verbose_name="организация"
    )
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "назначение"
        verbose_name_plural = "назначения"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "organisation", "starts_on"], name="appointment_is_made_once"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    def is_in_force(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)
