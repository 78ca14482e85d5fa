"""The act of destruction on paper and the export of the log beside it (приказ Роскомнадзора 28.10.2022 № 179)."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.timezone import localtime

from directory.models import Destruction, Organisation
from reports import pdf
from reports.about import letterhead_of
from reports.store import keep

FOLDER = "destructions"
#: How a record is destroyed here, and the system it is destroyed in.
WAY = "Программное удаление и замена записей в базе данных без возможности восстановления средствами портала"
SYSTEM = "Информационная система персональных данных «Методический портал»"
#: A cell that begins so would be taken for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "'")
REGISTERED = (
    "Зарегистрированные приказы и распоряжения, их файлы и утверждённые редакции дорожных карт хранятся постоянно "
    "(приказ Росархива от 20.12.2019 №\u00a0236); имена в них сохраняются."
)


@dataclass(frozen=True)
class Act:
    """All that the act says, already worded. ``person`` stands in no table any more when the act is drawn."""

    number: int
    operator: str
    address: str
    person: str
    record: str
    because: str
    commission: tuple[str, ...]
    erased: tuple[tuple[str, int], ...]
    kept: tuple[tuple[str, str], ...]
    done_at: datetime
    way: str = WAY
    system: str = SYSTEM
    registered: str = REGISTERED


def act_of(destruction: Destruction, person: str, operator: Organisation) -> Act:
    head = letterhead_of(operator)
    return Act(
        number=destruction.pk,
        operator=head.full_title if head else operator.title,
        address=head.address if head else "",
        person=person,
        record=f"запись № {destruction.staff_member_id}",
        because=destruction.because,
        commission=tuple(destruction.commission),
        erased=tuple((what, count) for what, count in destruction.erased),
        kept=tuple((what, why) for what, why in destruction.kept),
        done_at=destruction.done_at,
    )


def draw(act: Act) -> bytes:
    """The act as PDF, the same bytes for the same act."""
    return pdf.marked_accessible(pdf.printed(render_to_string("reports/print/destruction.html", {"act": act})))


def keep_act(destruction: Destruction, person: str, operator: Organisation) -> tuple[str, str]:
    """Draw the act and lay it into the store; returns its name there and its fingerprint."""
    kept = keep(draw(act_of(destruction, person, operator)), folder=FOLDER, suffix=".pdf")
    return kept.name, kept.digest


def log_of(destruction: Destruction) -> str:
    """The export of the log: whose data by the number of the record, which, where, why and when."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";")
    writer.writerow(["чьи данные", "что уничтожено", "записей", "откуда", "причина", "когда"])
    moment = f"{localtime(destruction.done_at):%d.%m.%Y %H:%M:%S}"
    whose = f"запись № {destruction.staff_member_id}"
    because = f"'{destruction.because}" if destruction.because.startswith(FORMULA) else destruction.because
    writer.writerows([whose, what, count, SYSTEM, because, moment] for what, count in destruction.erased)
    return sheet.getvalue()
