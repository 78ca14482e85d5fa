"""Orders: their text while it is composed, their number and their file once they are registered."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from directory.models import Account, Municipality, Organisation, StaffMember
from directory.roles import Permission
from journal.models import History, Remembered, Removable
from kit.sorting import holds_all, searchable
from reports.models.registers import Register
from reports.paper import Command
from roadmaps.models import Edition, Roadmap

if TYPE_CHECKING:
    pass


def new_code() -> str:
    """The check code printed on a paper: 128 bits that nobody guesses."""
    return secrets.token_urlsafe(16)


def visible_to(account: Account, path: str = "") -> Q:
    """Who sees which orders: who composes or registers sees drafts, everybody else what is registered.

    ``path`` leads from the filtered record to its order («order__»).
    """
    own = Q(**{f"{path}municipality": account.municipality_id})
    if account.holds(Permission.ORDER_EDIT) or account.holds(Permission.ORDER_REGISTER):
        return own
    if account.holds(Permission.ORDER_VIEW):
        return own & ~Q(**{f"{path}state": Order.State.DRAFT})
    return Q(pk=None)


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(visible_to(account))

    def drafts(self) -> Self:
        return self.filter(state=Order.State.DRAFT)

    def registered(self) -> Self:
        return self.exclude(state=Order.State.DRAFT)

    def found_by(self, words: str) -> Self:
        return self.filter(holds_all(words))

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class Order(Remembered):
    """An order or a directive about a roadmap: it approves it, or brings changes into it."""

    class Kind(models.TextChoices):
        APPROVE = "approve", "об утверждении дорожной карты"
        AMEND = "amend", "о внесении изменений"

    class Form(models.TextChoices):
        ORDER = Roadmap.DocumentKind.ORDER.value, "приказ"
        DIRECTIVE = Roadmap.DocumentKind.DIRECTIVE.value, "распоряжение"

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        REGISTERED = "registered", "зарегистрирован"

    COMMANDS = [
        (Command.LINE.value, "«ПРИКАЗЫВАЮ:» отдельной строкой"),
        (Command.SPACED.value, "«п р и к а з ы в а ю :» в конце преамбулы"),
        (Command.NONE.value, "без слова «приказываю»"),
    ]

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="orders", verbose_name="муниципалитет"
    )
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="orders", verbose_name="кто издаёт")
    roadmap = models.ForeignKey(Roadmap, on_delete=models.PROTECT, related_name="orders", verbose_name="дорожная карта")
    kind = models.CharField("о чём", max_length=10, choices=Kind)
    form = models.CharField("вид", max_length=20, choices=Form, default=Form.ORDER)
    command = models.CharField("распорядительное слово", max_length=10, choices=COMMANDS, default=Command.LINE.value)
    heading = models.CharField(
        "заголовок", max_length=1200, help_text="Отвечает на вопрос «о чём?», без точки и кавычек вокруг."
    )
    preamble = models.TextField("преамбула", blank=True)
    signatory = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто подписывает"
    )
    signatory_post = models.CharField("должность подписывающего", max_length=400, blank=True)
    signatory_name = models.CharField("подпись", max_length=120, blank=True, help_text="Например: Д.С. Липова")
    controller = models.ForeignKey(
        StaffMember,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="кто контролирует исполнение",
        help_text="Не выбран: контроль подписывающий оставляет за собой.",
    )
    performer_name = models.CharField("исполнитель документа", max_length=200, blank=True)
    performer_phone = models.CharField("телефон исполнителя", max_length=60, blank=True)
    state = models.CharField("состояние", max_length=12, choices=State, default=State.DRAFT, editable=False)
    created_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="кто составил", editable=False
    )
    created_at = models.DateTimeField("когда составлен", editable=False)
    registered_by = models.ForeignKey(
        Account,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="кто зарегистрировал",
        editable=False,
    )
    registered_at = models.DateTimeField("когда зарегистрирован", null=True, blank=True, editable=False)
    dated_on = models.DateField("дата", null=True, blank=True, editable=False)
    register = models.ForeignKey(
        Register,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orders",
        verbose_name="журнал регистрации",
        editable=False,
    )
    sequence = models.PositiveIntegerField("порядковый номер", null=True, blank=True, editable=False)
    number = models.CharField("номер", max_length=60, blank=True, editable=False)
    #: The public address of the check page ends in it.
    code = models.CharField("код проверки", max_length=40, default=new_code, unique=True, editable=False)
    edition = models.OneToOneField(
        Edition,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="order",
        verbose_name="редакция",
        editable=False,
    )
    pdf = models.FileField("файл", blank=True, editable=False)
    #: SHA-256 of the file, hexadecimal.
    digest = models.CharField("отпечаток файла", max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField("размер файла, байт", default=0, editable=False)
    search_text = models.TextField("текст для поиска", default="", editable=False)

    objects = OrderQuerySet.as_manager()
    history = History(excluded_fields=["code", "search_text"])

    class Meta:
        verbose_name = "приказ"
        verbose_name_plural = "приказы"
        constraints = [
            models.UniqueConstraint(fields=["register", "sequence"], name="order_takes_its_place_in_the_register_once"),
            models.UniqueConstraint(
                fields=["register", "number"], condition=~Q(number=""), name="order_number_is_unique_in_a_year"
            ),
            models.UniqueConstraint(
                fields=["roadmap", "kind"], condition=Q(state="draft"), name="one_draft_of_a_kind_for_a_roadmap"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="draft", registered_at=None, dated_on=None, register=None, sequence=None, edition=None
                )
                & Q(number="", digest="")
                | ~Q(state="draft")
                & Q(
                    registered_at__isnull=False,
                    dated_on__isnull=False,
                    register__isnull=False,
                    sequence__isnull=False,
                    edition__isnull=False,
                )
                & ~Q(number="")
                & ~Q(digest=""),
                name="registered_order_has_all_that_makes_it_one",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "-created_at"], name="order_newest_first")]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.document_words()}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = searchable(self.heading, self.number, self.signatory_name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("reports:order-detail", args=[self.pk])

    def get_check_url(self) -> str:
        """The public page that tells whether a paper with this code is authentic."""
        return reverse("reports:order-check", args=[self.code])

    def document_words(self) -> str:
        """«от 12.09.2026 № 38-од»; empty for a draft."""
        return f"от {self.dated_on:%d.%m.%Y} № {self.number}" if self.dated_on else ""

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def keeps_control(self) -> bool:
        """The signatory controls the execution in person."""
        return self.controller_id is None


class ClauseQuerySet(models.QuerySet["Clause"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(visible_to(account, "order__"))

    def living(self) -> Self:
        return self.filter(removed_at=None)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


class Clause(Removable):
    """A clause of an order or, on the second level, a part of the clause above it; numbers follow from the places."""

    class Level(models.IntegerChoices):
        CLAUSE = 1, "пункт"
        PART = 2, "подпункт"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="clauses", verbose_name="приказ")
    position = models.PositiveIntegerField("место")
    level = models.PositiveSmallIntegerField("уровень", choices=Level, default=Level.CLAUSE)
    text = models.TextField("текст пункта", blank=True)
    #: The portal words this clause anew when another person is to control.
    is_control = models.BooleanField("пункт о контроле", default=False, editable=False)
    removed_at = models.DateTimeField("когда удалён", null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        Account,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="кто удалил",
        editable=False,
    )

    objects = ClauseQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "пункт приказа"
        verbose_name_plural = "пункты приказа"

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.order.get_absolute_url()}#clause-{self.pk}"
