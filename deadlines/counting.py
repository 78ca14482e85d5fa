"""A day counted back from one that is named: «за 2 недели до 1 сентября», «накануне 9 мая»."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from deadlines.atoms import Atom, Warned, Window, Years
from deadlines.cursor import Cursor
from deadlines.dates import dates
from deadlines.figures import counted
from deadlines.holidays import holiday
from deadlines.lexicon import Tag, Unit
from deadlines.parts import DECEMBER, WEEK, Stretch, day_of
from deadlines.tokens import Shape
from deadlines.years import years

_COMMON_YEAR = 2025
#: What is counted from a day lies within a year of it; longer counts are slips of the pen.
_LONGEST = {Unit.DAY: 365, Unit.WEEK: 52, Unit.MONTH: DECEMBER}


def counted_back(cursor: Cursor) -> Sequence[Atom] | None:
    """The day itself; nothing when it is counted from an event that has no day here."""
    found = _distance(cursor)
    if found is None:
        return None
    number, unit, is_working = found
    window = _day(cursor)
    if window is None or number > _LONGEST[unit]:
        return None
    note = [Warned("рабочие дни отсчитаны как календарные: проверьте день")] if is_working else []
    return [_earlier(window, number, unit), *note]


def _distance(cursor: Cursor) -> tuple[int, Unit, bool] | None:
    """How many of which unit, and whether only working days count."""
    if cursor.take_any("перед", "накануне"):
        return 1, Unit.DAY, False
    opened = any(cursor.take_word("не", word) for word in ("позднее", "позже", "менее"))
    cursor.take_any(",")
    cursor.take_any("чем")
    if not (cursor.take_any("за") or opened):
        return None
    number = _number(cursor)
    is_working = cursor.take_any("рабочих", "рабочий", "рабочего") or cursor.word(1).startswith("рабоч")
    cursor.take_any("календарных")
    unit = cursor.take_unit(*_LONGEST)
    return (number, unit, is_working) if unit and cursor.take_any("до") else None


def _number(cursor: Cursor) -> int:
    if cursor.peek().shape is Shape.NUMBER:
        return cursor.take().numbers[0] or 0
    sense = cursor.take_tag(Tag.CARDINAL)
    return sense.value if sense and isinstance(sense.value, int) else 1


def _day(cursor: Cursor) -> Window | None:
    """The one day that is named here, with the year after it."""
    named: Sequence[Atom] | None = None
    start = cursor.position
    for matcher in (dates, counted):
        if named := matcher(cursor):
            break
        cursor.position = start
    window = holiday(cursor) if named is None else named[0]
    if not isinstance(window, Window) or not isinstance(window.shape, Stretch) or len(named or ()) > 1:
        return None
    if window.shape.start != window.shape.end:
        return None
    after = cursor.position
    year = None if window.years else years(cursor)
    if year and isinstance(year[0], Years) and not year[0].academic:
        return replace(window, years=year[0])
    cursor.position = after
    return window


def _earlier(window: Window, number: int, unit: Unit) -> Window:
    """The window moved back; over the new year its years move too."""
    assert isinstance(window.shape, Stretch)  # noqa: S101 - asked for by ``_day``
    named = window.years.first if window.years else _COMMON_YEAR
    day = _back(day_of(named, *window.shape.start), number, unit)
    mark = (day.month, day.day)
    moved = day.year - named
    shifted = window.years and replace(window.years, first=window.years.first + moved, last=window.years.last + moved)
    return Window(Stretch(mark, mark), shifted, until=True)


def _back(day: date, number: int, unit: Unit) -> date:
    if unit is Unit.MONTH:
        whole = max(day.year * DECEMBER + day.month - 1 - number, DECEMBER)
        return day_of(whole // DECEMBER, whole % DECEMBER + 1, day.day)
    return date.fromordinal(max(day.toordinal() - number * (WEEK if unit is Unit.WEEK else 1), 1))
