"""`manage.py order_pdf ROADMAP_ID --output FILE`: the order that approves a roadmap, as registered or drawn now."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from reports import pdf
from reports.actions.drawing_up import composed, worded_clauses
from reports.filling import fill
from reports.models import Clause, Order
from reports.numbering import LONGEST
from reports.typesetting import PaperTooLong
from roadmaps.actions.editions import content_of
from roadmaps.models import Roadmap

REFUSED = 2
DAYS = ("%d.%m.%Y", "%Y-%m-%d")
#: The largest key that a database has.
LAST_ID = 2**63 - 1


class Refused(Exception):
    """Something that was typed does not do; one Russian sentence."""


class Command(BaseCommand):
    help = "Сохранить в PDF приказ об утверждении дорожной карты. Ничего не регистрирует."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("roadmap", help="номер дорожной карты в портале, как в её адресе")
        parser.add_argument("--number", default="", help="номер приказа; не назван: прочерк на его месте")
        parser.add_argument("--date", default="", help="дата приказа, например 01.09.2026")
        parser.add_argument("--output", required=True, type=Path, help="куда сохранить файл")

    def handle(self, **options: Any) -> None:
        try:
            self._save(**options)
        except Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(REFUSED)

    def _save(self, **options: Any) -> None:
        roadmap = _roadmap(options["roadmap"])
        dated_on, number = _day(options["date"]), _number(options["number"])
        registered = roadmap.orders.registered().filter(kind=Order.Kind.APPROVE).first()
        if registered and (not number or (number, dated_on or registered.dated_on) == _words(registered)):
            content = _kept(registered)
        else:
            content = _drawn(roadmap, number=number, dated_on=dated_on)
        _write(options["output"], content)
        self.stderr.write(f"Сохранено: {options['output']}")


def _roadmap(typed: str) -> Roadmap:
    pk = int(typed) if typed.isascii() and typed.isdecimal() else 0
    found = Roadmap.objects.select_related("municipality").filter(pk=pk).first() if pk <= LAST_ID else None
    if found is None:
        raise Refused(f"Дорожной карты «{typed}» нет: назовите номер из её адреса в портале.")
    return found


def _day(typed: str) -> date | None:
    for pattern in DAYS if typed else ():
        try:
            return datetime.strptime(typed, pattern).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    if typed:
        raise Refused(f"Даты «{typed}» нет: напишите день, месяц и год, например 01.09.2026.")
    return None


def _number(typed: str) -> str:
    number = typed.strip()
    if not number.isprintable() or len(number) > LONGEST:
        raise Refused(f"Номер приказа пишут в одну строку, до {LONGEST} знаков, например 38-од.")
    return number


def _words(order: Order) -> tuple[str, date | None]:
    return order.number, order.dated_on


def _kept(order: Order) -> bytes:
    """The file as it was registered; an order is never drawn twice."""
    try:
        with order.pdf.open("rb") as file:
            content: bytes = file.read()
    except OSError as error:
        raise Refused(f"Файла приказа {order.document_words()} нет в хранилище: восстановите его из копии.") from error
    return content


def _drawn(roadmap: Roadmap, *, number: str, dated_on: date | None) -> bytes:
    """The draft of the order, or the one the portal would draw up, with this number and day on it."""
    today = timezone.localdate()
    order = roadmap.orders.drafts().filter(kind=Order.Kind.APPROVE).first()
    clauses: Iterable[Clause] = order.clauses.living().in_order() if order else ()
    if order is None:
        order = composed(roadmap, kind=Order.Kind.APPROVE, by=None, at=timezone.now(), today=today)
        clauses = worded_clauses(order)
    _refuse_taken(order, number, (dated_on or today).year)
    order.number, order.dated_on = number, dated_on
    try:
        return pdf.draw(fill(order, clauses, content_of(roadmap), site=settings.SITE_URL, today=today))
    except PaperTooLong as refusal:
        raise Refused(" ".join(str(refusal).split())) from refusal


def _refuse_taken(order: Order, number: str, year: int) -> None:
    if not number or order.issuer.pk is None:
        return
    taken = Order.objects.filter(issuer=order.issuer, register__year=year, number=number).exclude(pk=order.pk).first()
    if taken:
        raise Refused(f"Номер {number} в журнале {year} года уже занят: {taken}.")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refused(f"Файл «{path}» не записывается: проверьте папку и права.") from error
