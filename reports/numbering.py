"""The number of an order by its register's pattern: «{number}-од», «{number}/{month}», «01-05/{number}»."""

import re
from datetime import date

_PLACE = re.compile(r"\{([^{}]*)\}")
#: A longer number does not stand on its line of the letterhead.
LONGEST = 40


class PatternRefused(ValueError):
    """The pattern cannot make numbers; the message says why, for the reader who typed it."""


def check_pattern(pattern: str) -> None:
    """Refuse a pattern before any number is taken by it."""
    unknown = [place for place in _PLACE.findall(pattern) if place not in _places(0, date.min)]
    if len(pattern) > LONGEST:
        raise PatternRefused(f"Образец номера длиннее {LONGEST} знаков.")
    if not pattern.isprintable():
        raise PatternRefused("Образец номера пишется в одну строку, без служебных знаков.")
    if unknown:
        raise PatternRefused(f"Что ставить вместо {{{unknown[0]}}}, неизвестно: есть {{number}}, {{year}} и {{month}}.")
    if re.search(r"[{}]", _PLACE.sub("", pattern)):
        raise PatternRefused("В образце номера есть фигурная скобка без пары.")
    if pattern.count("{number}") != 1:
        raise PatternRefused("В образце номера один раз стоит {number}, например: {number}-од.")


def number_by(pattern: str, sequence: int, day: date) -> str:
    """The number of that place in the register on that day. Names are looked up in a table, never on objects.

    >>> number_by("01-05/{number}", 7, date(2026, 9, 1)), number_by("{number}/{month}", 7, date(2026, 9, 1))
    ('01-05/7', '7/09')
    """
    check_pattern(pattern)
    places = _places(sequence, day)
    return _PLACE.sub(lambda place: places[place[1]], pattern)


def _places(sequence: int, day: date) -> dict[str, str]:
    return {"number": str(sequence), "year": str(day.year), "month": f"{day.month:02}"}
