"""Days of the calendar that papers name by their holiday: «ко Дню знаний», «накануне Дня Победы»."""

from collections.abc import Sequence

from deadlines.atoms import Atom, Mark, Window
from deadlines.cursor import Cursor
from deadlines.lexicon import LAST, Unit
from deadlines.parts import NthWeekday, Shape, Stretch

_SUNDAY = 6


def _on(day: int, month: int) -> Stretch:
    return Stretch((month, day), (month, day))


#: How the words after «день» begin, and when it is.
_DAYS: tuple[tuple[str, Shape], ...] = (
    ("студент", _on(25, 1)), ("российск наук", _on(8, 2)), ("защитник отечеств", _on(23, 2)),
    ("космонавтик", _on(12, 4)), ("побед", _on(9, 5)), ("славянск письменност", _on(24, 5)), ("библиотек", _on(27, 5)),
    ("защит дет", _on(1, 6)), ("русск язык", _on(6, 6)), ("россии", _on(12, 6)), ("памят и скорб", _on(22, 6)),
    ("государственн флаг", _on(22, 8)), ("знани", _on(1, 9)), ("воспитател", _on(27, 9)),
    ("дошкольн работник", _on(27, 9)), ("пожил", _on(1, 10)), ("учител", _on(5, 10)),
    ("отц", NthWeekday(10, 3, _SUNDAY)), ("народн единств", _on(4, 11)), ("матери", NthWeekday(11, LAST, _SUNDAY)),
    ("геро отечеств", _on(9, 12)), ("конституци", _on(12, 12)),
)  # fmt: skip
_EVE_OF_NEW_YEAR = _on(31, 12)


def holidays(cursor: Cursor) -> Sequence[Atom] | None:
    """«Ко Дню учителя» is due on that day; «к Новому году» on the last one of the old."""
    until = cursor.take_any("к", "ко", "до")
    if until and cursor.word().startswith("нов") and cursor.is_unit(Unit.YEAR, 1):
        cursor.take(2)
        return [Window(_EVE_OF_NEW_YEAR, until=True)]
    if not until:
        cursor.take_any("в", "во", "на")
    day = holiday(cursor)
    if day is None:
        return None
    return [Mark.UNTIL, day] if until else [day]


def holiday(cursor: Cursor) -> Window | None:
    """The holiday that stands here by its own name."""
    if not cursor.is_unit(Unit.DAY):
        return None
    for stems, shape in _DAYS:
        words = stems.split()
        if all(cursor.word(ahead).startswith(stem) for ahead, stem in enumerate(words, start=1)):
            cursor.take(len(words) + 1)
            return Window(shape)
    return None
