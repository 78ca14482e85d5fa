"""Years in figures and in words: «2025 г.», «2024-2027 гг.», «2025/26 уч. год», «в течение учебного года»."""

from deadlines.atoms import Atom, Every, Warned, WithinYear, Years
from deadlines.cursor import Cursor
from deadlines.lexicon import Tag, Unit
from deadlines.tokens import Shape, full_year


def years(cursor: Cursor) -> list[Atom] | None:
    """Years in figures, with «учебный год» before or after them."""
    academic = _learning(cursor)
    first = cursor.peek()
    if first.shape not in {Shape.YEAR, Shape.YEARS} and not _is_short(cursor):
        return None
    cursor.take()
    start, *last = (full_year(number or 0) for number in first.numbers)
    paired = first.shape is Shape.YEARS and not last
    end = _second_year(cursor) or (last[0] if last else start + 1 if paired else start)
    plain = cursor.word() in _PLURAL
    paired = paired and not (plain and "-" in first.text)  # «2025-26 гг.» are two years, «2025/26 гг.» is one
    academic = _learning(cursor) or academic or paired
    if end < start:
        return [Warned(f"годы названы наоборот: {start}-{end}")]
    if not academic:
        return [Years(start, end, plain=plain)]
    if end == start:
        return [Years(start, start, academic=True), Warned(f"прочитан {start}/{(start + 1) % 100:02} учебный год")]
    return [Years(start, end - 1, academic=True)]


def _is_short(cursor: Cursor) -> bool:
    """«Май 25 г.»: two figures are a year before its word only."""
    number = cursor.peek().numbers[0] if cursor.peek().shape is Shape.NUMBER else None
    return number in _SHORT_YEARS and cursor.word(1) in {"г", "год", "года"}


_SHORT_YEARS = range(15, 60)
_PLURAL = frozenset({"гг", "г.г", "г. г", "годы", "годов", "годах", "годам", "года"})


def _second_year(cursor: Cursor) -> int | None:
    """The last of a range of years: «2024 г. - 2026 г.», «2025/26-2026/27»."""
    ahead = 1 if cursor.is_unit(Unit.YEAR) else 0
    if not (cursor.peek(ahead).shape is Shape.DASH or cursor.word(ahead) == "/"):
        return None
    second = cursor.peek(ahead + 1)
    if second.shape not in {Shape.YEAR, Shape.YEARS}:
        return None
    cursor.take(ahead + 2)
    return (second.numbers[-1] or 0) + (second.shape is Shape.YEARS and len(second.numbers) == 1)


def _learning(cursor: Cursor) -> bool:
    """Pass «г.», «годы», «учебный год», «календарного года» and say whether it was the academic one."""
    learning = cursor.sense().tag is Tag.LEARNING
    start = cursor.position
    cursor.take_tag(Tag.LEARNING, Tag.CALENDAR)
    cursor.take_any("/")
    if cursor.take_unit(Unit.YEAR):
        return learning
    cursor.position = start
    return False


def year_words(cursor: Cursor) -> list[Atom] | None:
    """«Учебного года», «календарного года», «каждого года», «года», «текущего года»."""
    start = cursor.position
    academic: bool | None = None
    every = aside = False
    while cursor.sense().tag in {Tag.LEARNING, Tag.CALENDAR, Tag.EVERY, Tag.THIS, Tag.ALL}:
        tag = cursor.take().sense.tag
        academic = tag is Tag.LEARNING if tag in {Tag.LEARNING, Tag.CALENDAR} else academic
        every = every or tag is Tag.EVERY
        aside = aside or tag is Tag.THIS
    if cursor.is_unit(Unit.MONTH) and aside:
        cursor.position = start
        return None
    cursor.take_any("/")
    if not cursor.take_unit(Unit.YEAR):
        cursor.position = start
        return None
    return [Every(Unit.YEAR)] if every and academic is None else [WithinYear(academic, is_aside=aside)]
