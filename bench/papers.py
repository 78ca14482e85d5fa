"""`python -m bench.papers`: an order with a long annex beside bare WeasyPrint on the same page, turn by turn."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import django
from weasyprint import HTML

from reports.paper import Annex, Clause, Column, Command, Group, Head, Layout, Paper, Signature, Table

ROWS, A_SECTION, ROUNDS, GOAL = 60, 10, 9, 1.1
CELLS = (
    "Семинар-практикум «Как готовить заседание школьного методического объединения»: разбор занятий, обмен опытом",
    "Октябрь, ежегодно",
    "Методисты центра; руководители объединений",
    "Методические рекомендации, не менее 12 открытых занятий",
)


def orders_in_time() -> bool:
    """Whether an order costs little more than bare WeasyPrint; measured in a process of its own."""
    return subprocess.run([sys.executable, "-m", "bench.papers"], check=False).returncode == 0


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from reports import pdf  # noqa: PLC0415  # templates and fonts are there only after the settings

    order = order_of(ROWS)
    page = pdf.page_of(order)
    fonts, style = pdf.dress()

    def bare() -> bytes:
        drawn: bytes = HTML(string=page).write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-3a")
        return drawn

    ours, floor = measured(lambda: pdf.draw(order), bare)
    ratio = ours / floor
    print(
        f"order with an annex of {ROWS} rows: {ours * 1000:.0f} ms CPU, bare WeasyPrint on the same page with the same "
        f"fonts and style {floor * 1000:.0f} ms, × {ratio:.2f}, goal ≤ {GOAL}"
    )
    return 0 if ratio <= GOAL else 1


def measured(*sides: Callable[[], bytes]) -> list[float]:
    """The middle processor time of each side in seconds; sides take turns, so that a busy neighbour falls on all."""
    costs: list[list[float]] = [[] for _ in sides]
    for side in sides:
        side()
    for _ in range(ROUNDS):
        for side, taken in zip(sides, costs, strict=True):
            started = time.process_time()
            side()
            taken.append(time.process_time() - started)
    return [statistics.median(taken) for taken in costs]


def order_of(rows: int) -> Paper:
    columns = (
        Column("№ п/п", 6),
        Column("Мероприятия", 32),
        Column("Сроки", 16),
        Column("Ответственные", 22),
        Column("Планируемый результат", 22),
    )
    groups = tuple(
        Group(
            f"Раздел {first // A_SECTION + 1}. Рост педагогов",
            tuple((f"{number}.", *CELLS) for number in range(first + 1, min(first + A_SECTION, rows) + 1)),
        )
        for first in range(0, rows, A_SECTION)
    )
    return Paper(
        layout=Layout.GOST_2025,
        kind="ПРИКАЗ",
        head=Head("Администрация", "Информационно-методический центр", "ИМЦ", "г. Заречный"),
        dated="01.09.2026",
        number="73-од",
        heading="Об утверждении дорожной карты",
        preamble="В целях развития школьных методических объединений",
        command=Command.LINE,
        command_word="ПРИКАЗЫВАЮ",
        clauses=(Clause("1.", "Утвердить дорожную карту (приложение)."), Clause("2.", "Контроль оставляю за собой.")),
        signature=Signature("Директор", "И. О. Соколова"),
        annexes=(Annex(("Приложение",), "Дорожная карта", (), (Table(columns, groups),)),),
        code="https://portal.example/orders/1/",
    )


if __name__ == "__main__":
    sys.exit(main())
