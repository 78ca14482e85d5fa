"""Editions: what a roadmap said when an order froze it."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from django.db import models

from directory.models import Account
from roadmaps.models.roadmaps import Roadmap, visible_to


class FrozenForGood(Exception):
    """An edition is neither rewritten nor removed: a change is a new edition."""


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(visible_to(account, "roadmap__"))

    def newest_first(self) -> Self:
        return self.order_by("-number", "-pk")

    def update(self, **_: Any) -> NoReturn:
        raise FrozenForGood

    def delete(self) -> NoReturn:
        raise FrozenForGood


class Edition(models.Model):
    """The whole roadmap as printed under one order; ``content`` has the shape that ``actions.editions`` collects."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.PROTECT, related_name="editions", verbose_name="дорожная карта"
    )
    number = models.PositiveIntegerField("номер редакции")
    content = models.JSONField("содержание")
    document_kind = models.CharField("документ", max_length=20, choices=Roadmap.DocumentKind)
    document_number = models.CharField("номер документа", max_length=50)
    document_on = models.DateField("дата документа")
    frozen_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто утвердил"
    )
    frozen_at = models.DateTimeField("когда утверждена")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "редакция"
        verbose_name_plural = "редакции"
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "number"], name="edition_number_is_unique_in_its_roadmap")
        ]

    def __str__(self) -> str:
        return f"редакция {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenForGood
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{self.roadmap.get_absolute_url()}#edition-{self.number}"

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise FrozenForGood
