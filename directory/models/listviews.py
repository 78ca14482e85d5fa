"""Saved views: a list with its filters, order and columns under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from directory.models.organisations import Municipality

if TYPE_CHECKING:
    from directory.models.accounts import Account

LONGEST_QUERY = 1000


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, account: Account) -> Self:
        """One's own, and those that the administrator shares with the municipality."""
        here = self.filter(municipality=account.municipality_id)
        return here.filter(Q(kept_for=account.pk) | Q(is_shared=True))

    def of_list(self, name: str) -> Self:
        return self.filter(list_name=name)


class SavedView(models.Model):
    """The query of an address is all that a view is: whoever opens it sees the list with the own rights."""

    class List(models.TextChoices):
        STAFF = "staff", "сотрудники"
        ORGANISATIONS = "organisation", "организации"

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="saved_views", verbose_name="муниципалитет"
    )
    kept_for = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="saved_views", verbose_name="чей")
    list_name = models.CharField("список", max_length=20, choices=List)
    title = models.CharField("название", max_length=80, help_text="Например: Молодые учителя математики")
    query = models.CharField("отбор", max_length=LONGEST_QUERY, blank=True)
    is_shared = models.BooleanField("общий для муниципалитета", default=False)
    is_default = models.BooleanField("открывать первым", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "сохранённый вид списка"
        verbose_name_plural = "сохранённые виды списков"
        constraints = [
            models.UniqueConstraint(fields=["kept_for", "list_name", "title"], name="saved_view_title_is_unique"),
            models.UniqueConstraint(
                fields=["kept_for", "list_name"], condition=Q(is_default=True), name="saved_view_opens_first_alone"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The list as the view keeps it; an empty one is still asked for by name, so that it opens itself."""
        return f"{reverse(f'directory:{self.list_name}-list')}?{self.query or 'view='}"

    def keep(self) -> None:
        """Save; a view that opens its list first takes the place of the one that did."""
        if self.is_default:
            first = SavedView.objects.filter(kept_for=self.kept_for, list_name=self.list_name, is_default=True)
            first.exclude(pk=self.pk).update(is_default=False)
        self.save()
