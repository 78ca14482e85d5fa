"""Days written in figures: «01.10.2025», «10.2025», «25-29.08.2025», «15.IX.2025», and the time of day beside them."""

import re
from collections.abc import Sequence

from deadlines.atoms import Atom, Warned, Window, Years
from deadlines.cursor import Cursor
from deadlines.lexicon import Unit
from deadlines.parts import Stretch, exists, whole_months
from deadlines.tokens import Shape

_LINKS = frozenset({"-", "по", "до"})
_TIME = re.compile(r"(\d{1,2}) ?[.:] ?(\d{2})")
_HOURS, _MINUTES = 24, 60


def dates(cursor: Cursor) -> Sequence[Atom] | None:
    """A day, a month with its year, or several days of the month that the last one names."""
    token = cursor.peek()
    if token.shape is Shape.MONTH:
        month, year = (number or 0 for number in cursor.take().numbers)
        return [Window(whole_months(month, month), Years(year, year))]
    if token.shape is Shape.DATE:
        return [_date(cursor)]
    return _spaced_date(cursor) or _days_of_date(cursor)


def _date(cursor: Cursor) -> Window | Warned:
    token = cursor.take()
    day, month, year = token.numbers
    cursor.take_unit(Unit.YEAR)
    if not exists(day or 0, month or 0, year):
        return Warned(f"{token.text.strip()}: такого дня не бывает")
    mark = (month or 0, day or 0)
    return Window(Stretch(mark, mark), Years(year, year) if year else None)


def _spaced_date(cursor: Cursor) -> Sequence[Atom] | None:
    """«« 29 » 12 2023 г.», «15.IX.2025»: day, month and year in tokens of their own."""
    shapes = [cursor.peek(ahead).shape for ahead in range(3)]
    if shapes != [Shape.NUMBER, Shape.NUMBER, Shape.YEAR]:
        return None
    day, month, year = (cursor.peek(ahead).numbers[0] or 0 for ahead in range(3))
    if not exists(day, month, year):
        return None
    cursor.take(3)
    cursor.take_unit(Unit.YEAR)
    return [Window(Stretch((month, day), (month, day)), Years(year, year))]


def _days_of_date(cursor: Cursor) -> Sequence[Atom] | None:
    """«25-29.08.2025», «с 25 по 29.08»: the first day leans on the month of the last."""
    cursor.take_any("с", "со")
    first, last = cursor.peek(), cursor.peek(2)
    if (first.shape, last.shape) != (Shape.NUMBER, Shape.DATE) or cursor.word(1) not in _LINKS:
        return None
    cursor.take(2)
    window = _date(cursor)
    if isinstance(window, Warned) or not isinstance(window.shape, Stretch):
        return [window]
    month, day = window.shape.end
    if not 1 <= (first.numbers[0] or 0) <= day:
        return None
    return [Window(Stretch((month, first.numbers[0] or 0), (month, day)), window.years, is_span=True)]


def time_of_day(cursor: Cursor) -> Sequence[Atom] | None:
    """«До 15:00», «в 14.00 ч.»: said aloud and left out, since deadlines are whole days."""
    opened = cursor.take_any("до", "в", "с", "к", "на")
    length = 3 if cursor.peek(1).text == ":" else 1
    start = cursor.position
    found = _TIME.fullmatch(cursor.words(start, start + length))
    if not found or cursor.peek().shape is Shape.DATE or not (opened or length > 1):
        return None
    hour, minute = map(int, found.groups())
    if hour >= _HOURS or minute >= _MINUTES:
        return None
    cursor.take(length)
    cursor.take_any("ч", "час", "часов")
    return [Warned(f"время дня в срок не входит: «{hour}:{minute:02}»")]
