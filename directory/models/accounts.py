"""Accounts that sign in, and the roles they act in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from directory.models.organisations import Municipality, Organisation
from directory.models.staff import StaffMember
from directory.roles import GRANTS, Permission, Role
from journal.models import History, Remembered

if TYPE_CHECKING:
    from datetime import date


class AccountManager(BaseUserManager["Account"]):
    def create_account(self, email: str, password: str | None = None, **fields: object) -> Account:
        """An account that signs in with this e-mail; the address is kept in lower case."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
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

    USERNAME_FIELD = "email"

    #: Nobody may do anything until ``act`` has looked at the calendar.
    _permissions: frozenset[Permission] = frozenset()
    _appointment: Appointment | None = None

    class Meta:
        verbose_name = "учётная запись"
        verbose_name_plural = "учётные записи"

    def __str__(self) -> str:
        return str(self.staff_member or self.email)

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
