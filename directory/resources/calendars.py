"""The municipality's own days as a sheet, both ways: «день;рабочий;почему»."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime

from deadlines.production import OwnDay
from kit.texts import tidy

HEAD = ("день", "рабочий", "почему")
MOST_ROWS = 1000
WHY_LENGTH = 200
YEARS = range(1990, 2100)

_ANSWERS = {"да": True, "нет": False}
_FORMATS = ("%d.%m.%Y", "%Y-%m-%d")

#: A cell that begins so is a formula to a spreadsheet; an apostrophe before it makes it a text, itself included.
_APOSTROPHE = "'"
_ESCAPED = ("=", "+", "-", "@", _APOSTROPHE)


class SheetRefused(Exception):
    """The sheet is not taken; ``complaints`` are Russian sentences, each naming its row."""

    def __init__(self, *complaints: str) -> None:
        super().__init__(*complaints)
        self.complaints = complaints


def read_days(text: str) -> list[OwnDay]:
    """The days of a sheet in their order; raises ``SheetRefused`` with every row that is wrong."""
    try:
        rows = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=";"), start=1))
    except csv.Error as error:
        raise SheetRefused("Файл не похож на таблицу. Сохраните её как CSV с точкой с запятой.") from error
    if not rows or tuple(tidy(cell).casefold() for cell in rows[0][1]) != HEAD:
        raise SheetRefused(f"Первая строка должна быть такой: {';'.join(HEAD)}.")
    filled = [(number, cells) for number, cells in rows[1:] if any(map(tidy, cells))]
    if not filled:
        raise SheetRefused("В файле нет ни одного дня: под первой строкой пусто.")
    if len(filled) > MOST_ROWS:
        raise SheetRefused(f"В файле больше {MOST_ROWS} дней. Оставьте нужные годы и загрузите снова.")
    days: dict[date, OwnDay] = {}
    complaints = []
    for number, cells in filled:
        try:
            own = _read_row([tidy(cell) for cell in cells])
        except ValueError as wrong:
            complaints.append(f"Строка {number}: {wrong}.")
            continue
        if own.day in days:
            complaints.append(f"Строка {number}: день {own.day:%d.%m.%Y} уже был выше.")
        days[own.day] = own
    if complaints:
        raise SheetRefused(*complaints)
    return list(days.values())


def _read_row(cells: list[str]) -> OwnDay:
    """A day out of its three cells; raises ``ValueError`` with what is wrong, in Russian."""
    if len(cells) != len(HEAD):
        raise ValueError(f"столбцов {len(cells)}, а нужно {len(HEAD)}")
    day, answer, why = cells
    is_working = _ANSWERS.get(answer.casefold())
    if is_working is None:
        raise ValueError(f"«{answer}» вместо «да» или «нет» в столбце «рабочий»")
    why = why[1:] if why.startswith(_APOSTROPHE) and why[1:].startswith(_ESCAPED) else why
    if len(why) > WHY_LENGTH:
        raise ValueError(f"в столбце «почему» знаков {len(why)}, а помещается {WHY_LENGTH}")
    return OwnDay(_read_day(day), is_working, why)


def _read_day(text: str) -> date:
    for form in _FORMATS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        if day.year not in YEARS:
            raise ValueError(f"проверьте год дня «{text}»")
        return day
    raise ValueError(f"день «{text}» не прочитан, пишите так: 07.08.2026")


def write_days(days: Iterable[OwnDay]) -> str:
    """The sheet that ``read_days`` reads; texts that would be formulas are made texts."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    for own in days:
        why = f"{_APOSTROPHE}{own.why}" if own.why.startswith(_ESCAPED) else own.why
        writer.writerow([f"{own.day:%d.%m.%Y}", "да" if own.is_working else "нет", why])
    return sheet.getvalue()
