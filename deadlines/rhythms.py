"""Rhythms: «ежеквартально», «не реже одного раза в месяц», «каждый понедельник», «по вторникам»."""

from deadlines.atoms import Atom, Every, Loose, Warned, Weekday, WithinYear
from deadlines.cursor import Cursor
from deadlines.lexicon import MONTHS_IN, Tag, Unit
from deadlines.span import Kind
from deadlines.tokens import Shape

_RHYTHMIC = (Unit.DAY, Unit.WEEK, Unit.DECADE, *MONTHS_IN)


def adverb(cursor: Cursor) -> list[Atom] | None:
    """«Ежемесячно», «ежемесячная»."""
    sense = cursor.take_tag(Tag.RHYTHM)
    return [_every(sense.value, cursor.word(-1))] if sense and isinstance(sense.value, Unit) else None


def _every(unit: Unit, words: str, step: int = 1) -> Atom:
    """Work of each day is ongoing: nobody marks it daily."""
    return Loose(Kind.ONGOING, words) if unit is Unit.DAY and step == 1 else Every(unit, step)


def times(cursor: Cursor) -> list[Atom] | None:
    """«2 раза в год», «не реже одного раза в квартал», «раз в две недели», «дважды в год»."""
    cursor.take_any("но")
    cursor.take_word("не", "реже") or cursor.take_word("не", "менее") or cursor.take_word("не", "чаще")
    cursor.take_any("чем")
    repeated, is_range = _how_often(cursor)
    if not (
        cursor.take_unit(Unit.TIMES) or cursor.take_any("р") or cursor.word(-1) in {"дважды", "трижды", "однократно"}
    ):
        return None
    cursor.take_tag(Tag.RHYTHM)
    if not cursor.take_any("в", "за", "на", "/", "во"):
        return None
    cursor.take_tag(Tag.EVERY)
    step = _number(cursor) or 1
    kind_of_year = cursor.take_tag(Tag.LEARNING, Tag.CALENDAR)
    unit = cursor.take_unit(*_RHYTHMIC)
    if unit is None:
        return _school_terms(cursor)
    note: list[Atom] = [Warned("число раз названо от и до: взято меньшее")] if is_range else []
    is_learning = kind_of_year is not None and kind_of_year.tag is Tag.LEARNING
    year: list[Atom] = [WithinYear(academic=True)] if is_learning else []
    return [*note, *year, Every(unit, step, repeated)]


def _how_often(cursor: Cursor) -> tuple[int, bool]:
    first = _number(cursor)
    if first is not None and cursor.peek().shape is Shape.DASH:
        cursor.take()
        _number(cursor)
        return first, True
    return first or 1, False


def _number(cursor: Cursor) -> int | None:
    if cursor.peek().shape is Shape.NUMBER:
        return cursor.take().numbers[0]
    sense = cursor.take_tag(Tag.CARDINAL)
    return sense.value if sense and isinstance(sense.value, int) else None


def each(cursor: Cursor) -> list[Atom] | None:
    """«Каждый квартал», «каждые две недели», «каждую пятницу», «по кварталам»."""
    if not (cursor.take_tag(Tag.EVERY) or _distributive(cursor)):
        return None
    step = _number(cursor) or 1
    unit = cursor.take_unit(*_RHYTHMIC)
    return [_every(unit, "каждый день", step)] if unit else _school_terms(cursor) or weekdays(cursor)


def _school_terms(cursor: Cursor) -> list[Atom] | None:
    """«Раз в четверть», «каждый триместр»: their days are the school's own."""
    start = cursor.position
    if cursor.take_tag(Tag.EVENT) and cursor.word(-1).startswith(("четверт", "триместр")):
        return [Loose(Kind.BY_SCHEDULE, cursor.words(start, cursor.position))]
    cursor.position = start
    return None


def _distributive(cursor: Cursor) -> bool:
    return cursor.word(1).endswith(("ам", "ям")) and cursor.take_any("по")


def weekdays(cursor: Cursor) -> list[Atom] | None:
    """«По вторникам и четвергам», «понедельник»."""
    found: list[Atom] = []
    while cursor.sense().tag is Tag.WEEKDAY:
        number = cursor.take().sense.value
        found += [Weekday(number)] if isinstance(number, int) else []
        if cursor.word() in {",", "и"} and cursor.sense(1).tag is Tag.WEEKDAY:
            cursor.take()
    return found or None


def during(cursor: Cursor) -> list[Atom] | None:
    """«В течение квартала» is each of them; «в течение месяца» is counted from a day that is not named."""
    start = cursor.position
    if not cursor.take_any("течение", "течении", "теч", "протяжении", "за", "на"):
        return None
    every = cursor.take_tag(Tag.EVERY)
    cursor.take_tag(Tag.THIS)
    unit = cursor.take_unit(Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.HALF)
    if unit is None:
        return None
    if every or unit in {Unit.QUARTER, Unit.HALF}:
        return [Every(unit)]
    words = cursor.words(start, cursor.position)
    return [Loose(Kind.BY_SCHEDULE, words), Warned(f"«{words}»: не сказано, от какого дня считать")]
