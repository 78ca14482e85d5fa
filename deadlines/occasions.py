"""Words that name no day of their own: papers, events, requests, «постоянно», «весь период»."""

from collections.abc import Sequence

from deadlines.atoms import Atom, Every, Loose, Warned, Whole
from deadlines.cursor import Cursor
from deadlines.lexicon import MONTHS_IN, Tag, Unit
from deadlines.span import Kind
from deadlines.tokens import Shape
from deadlines.years import year_words

#: Small words that open a count from some event when no day follows them.
_BEFORE_EVENT = (
    ("после",), ("перед",), ("накануне",), ("через",), ("со", "дня"), ("с", "момента"), ("с", "даты"), ("в", "день"),
    ("в", "дни"), ("в", "ходе"), ("в", "рамках"), ("во", "время"), ("при",), ("по", "итогам"), ("по", "окончании"),
    ("по", "завершении"), ("по", "результатам"), ("не", "позднее", "чем"), ("не", "позже", "чем"), ("одновременно",),
    ("по", "факту"), ("в", "момент"), ("в", "период"), ("до", "начала"), ("до", "окончания"), ("до", "завершения"),
    ("до", "проведения"),    ("до", "момента"), ("к", "моменту"), ("к", "началу"), ("ко", "дню"),
)  # fmt: skip
_OPENERS = frozenset(words[0] for words in _BEFORE_EVENT)
_PREPOSITIONS = frozenset({"по", "при", "в", "во", "на", "с", "к", "за", "из", "из-за"})
_SPREADS = frozenset({"в", "во", "на", "за", "весь", "течение", "течении", "протяжении", "ходе", "рамках"})
_LEADS_INTO = frozenset({"на", "за", "от"})
#: How many words may stand between a preposition and its noun: «по утвержденному директором графику».
_REACH = 4


def whole(cursor: Cursor) -> Atom | None:
    """«Весь период», «на протяжении всего срока реализации программы»."""
    while cursor.word() in _SPREADS and cursor.sense().tag is not Tag.ALL:
        cursor.take()
    every = cursor.take_tag(Tag.ALL) or cursor.word(-1) in {"течение", "течении", "протяжении"}
    term = cursor.take_tag(Tag.TERM)
    if not (cursor.sense().tag is Tag.REALISATION or (every and term)):
        return None
    while cursor.peek().shape is Shape.WORD and cursor.sense().tag in _TAIL_OF_WHOLE:
        cursor.take()
    return Whole()


_TAIL_OF_WHOLE = (Tag.REALISATION, Tag.NONE, Tag.SCHEDULE, Tag.FILLER)


def request(cursor: Cursor) -> Atom | None:
    """«По запросу», «по мере необходимости», «при наличии заявок»."""
    start = cursor.position
    opened = any(cursor.take_word(*words) for words in (("по", "мере"), ("при", "наличии"), ("в", "случае")))
    if not opened and not _reaches(cursor, Tag.REQUEST):
        return None
    return _swallow(cursor, start, Kind.ON_REQUEST)


def schedule(cursor: Cursor) -> Atom | None:
    """«По графику проведения ВПР», «согласно плану», «в сроки, установленные министерством», «зимние каникулы»."""
    start = cursor.position
    if cursor.take_any("согласно") or cursor.take_word("в", "соответствии"):
        return _swallow(cursor, start, Kind.BY_SCHEDULE)
    if _holidays(cursor) or _reaches(cursor, Tag.SCHEDULE) or _reaches(cursor, Tag.EVENT) or _terms(cursor):
        return _swallow(cursor, start, Kind.BY_SCHEDULE)
    return None


def event(cursor: Cursor) -> Atom | None:
    """A count from something that has no day here: «после заседания», «за неделю до начала», «в течение 10 дней»."""
    start = cursor.position
    if _counts_before(cursor) or _lasts(cursor):
        return _swallow(cursor, start, Kind.BY_SCHEDULE)
    if cursor.word() not in _OPENERS or not any(cursor.take_word(*words) for words in _BEFORE_EVENT):
        return None
    months = cursor.sense().tag is Tag.UNIT and cursor.sense().value in MONTHS_IN
    if cursor.at_end or starts_time(cursor, 0, after_break=True) or cursor.sense().tag in _NO_EVENT or months:
        return None
    return _swallow(cursor, start, Kind.BY_SCHEDULE)


def results(cursor: Cursor) -> Sequence[Atom] | None:
    """«По итогам полугодия», «по окончании учебного года»: each of them, though its results come after it."""
    if not any(cursor.take_word(*words) for words in _AFTER_ALL):
        return None
    cursor.take_tag(Tag.EVERY, Tag.THIS)
    unit = cursor.take_unit(Unit.MONTH, Unit.QUARTER, Unit.HALF)
    found: Sequence[Atom] | None = [Every(unit)] if unit else year_words(cursor)
    if found is None and not starts_time(cursor, 0, after_break=True):
        return None
    return [*(found or ()), Warned("«по итогам»: взят последний день, за который подводят итоги")]


_AFTER_ALL = (
    ("по", "итогам"),
    ("по", "окончании"),
    ("по", "завершении"),
    ("по", "результатам"),
    ("после", "окончания"),
)
_NO_EVENT = (Tag.LEARNING, Tag.CALENDAR, Tag.SEASON)


def ongoing(cursor: Cursor) -> Atom | None:
    """«Постоянно», «в постоянном режиме», «на системной основе»."""
    start = cursor.position
    cursor.take_any("в", "на", "по")
    if not (cursor.take_tag(Tag.ONGOING) or (cursor.take_any("системной", "рабочем", "плановой") and _mode(cursor))):
        return None
    _mode(cursor)
    return Loose(Kind.ONGOING, cursor.words(start, cursor.position))


def _mode(cursor: Cursor) -> bool:
    return cursor.take_any("режиме", "основе", "порядке")


def _reaches(cursor: Cursor, tag: Tag) -> bool:
    """Pass up to a noun of the tag that stands here, or a few words after a preposition."""
    if cursor.word() not in _PREPOSITIONS and not _stands_alone(cursor):
        return False
    for ahead in range(_REACH + 1):
        sense = cursor.sense(ahead)
        if sense.tag is tag:
            cursor.take(ahead + 1)
            return True
        if cursor.peek(ahead).shape is not Shape.WORD and cursor.peek(ahead).shape is not Shape.NUMBER:
            return False
        if ahead and not _may_precede(cursor, ahead):
            return False
    return False


def _holidays(cursor: Cursor) -> bool:
    """«Осенние, весенние каникулы», «план-график»: several words up to the noun."""
    ahead = 0
    while cursor.sense(ahead).tag is Tag.SEASON or (ahead and cursor.word(ahead) in {",", "и"}):
        ahead += 1
    if cursor.word() == "план" and cursor.word(1) == "-":
        ahead = 2
    found = ahead > 0 and cursor.word(ahead).startswith(_NOUNS)
    cursor.take(ahead + 1 if found else 0)
    return found


def _stands_alone(cursor: Cursor) -> bool:
    """Without a preposition only a few nouns count, and only where a statement begins: «летние каникулы»."""
    begins = cursor.position == 0 or cursor.peek(-1).shape is Shape.BREAK
    ahead = 1 if cursor.sense().tag in {Tag.SEASON, Tag.NONE} else 0
    return begins and any(cursor.word(place).startswith(_NOUNS) for place in (0, ahead))


_NOUNS = ("график", "расписани", "каникул", "четверт", "триместр", "циклограмм", "дат")


def _may_precede(cursor: Cursor, ahead: int) -> bool:
    sense = cursor.sense(ahead)
    free_time = {Tag.MONTH, Tag.WEEKDAY, Tag.UNIT}
    return sense.tag not in free_time and not (sense.tag is Tag.RHYTHM and not sense.bound)


def _terms(cursor: Cursor) -> bool:
    """«В установленные сроки», «сроки проведения»: the plural, or «в срок» with what sets it."""
    ahead = 1 if cursor.word() in _PREPOSITIONS else 0
    ahead += cursor.sense(ahead).tag in {Tag.SCHEDULE, Tag.THIS, Tag.NONE}
    if cursor.sense(ahead).tag is not Tag.TERM or not cursor.word(ahead).startswith("срок"):
        return False
    following = cursor.sense(ahead + 1).tag if cursor.peek(ahead + 1).text != "," else cursor.sense(ahead + 2).tag
    plural = cursor.word(ahead) in {"сроки", "сроками", "срокам", "сроках"}
    plural = plural and cursor.word(ahead + 1) != ":" and not starts_time(cursor, ahead + 1, after_break=True)
    if not plural and following is not Tag.SCHEDULE and cursor.sense(ahead - 1).tag is not Tag.SCHEDULE:
        return False
    cursor.take(ahead + 1)
    return True


def _counts_before(cursor: Cursor) -> bool:
    """«За неделю до», «через 2 недели», «не позднее чем за 5 дней»."""
    start = cursor.position
    cursor.take_word("не", "позднее") or cursor.take_word("не", "позже")
    cursor.take_any("чем")
    opened = cursor.take_any("через", "спустя") or cursor.position > start
    before = cursor.take_any("за") or cursor.position > start
    if _duration(cursor) and (opened or (before and cursor.word() in {"до", "после", "со", "с"})):
        cursor.take_any("до", "после")
        return True
    cursor.position = start
    return False


def _lasts(cursor: Cursor) -> bool:
    """«В течение 10 рабочих дней», «в 10-дневный срок»: how long, from something."""
    start = cursor.position
    cursor.take_any("в")
    if (
        cursor.peek().shape is Shape.NUMBER
        and cursor.peek(1).shape is Shape.DASH
        and "дневн" in cursor.words(cursor.position, cursor.position + 5)
    ):
        return True
    if any(part in cursor.word() for part in ("дневн", "недельн", "месячн")) and cursor.sense(1).tag is Tag.TERM:
        return True
    if not cursor.take_any("течение", "течении", "теч"):
        cursor.position = start
        return False
    counted = cursor.peek().shape is Shape.NUMBER or cursor.sense().tag is Tag.CARDINAL
    return _duration(cursor) and (counted or cursor.word() in {"со", "с", "после"})


def _duration(cursor: Cursor) -> bool:
    if cursor.peek().shape is Shape.NUMBER:
        cursor.take()
        if cursor.peek().shape is Shape.DASH and cursor.peek(1).shape in {Shape.WORD, Shape.NUMBER}:
            cursor.take(2)
    else:
        cursor.take_tag(Tag.CARDINAL, Tag.NONE)
    cursor.take_any("рабочих", "календарных", "рабочий", "рабочего")
    return cursor.take_unit(Unit.DAY, Unit.WEEK, Unit.MONTH) is not None


def _swallow(cursor: Cursor, start: int, kind: Kind) -> Loose:
    """Everything up to where a time of its own begins belongs to the words."""
    inside = False
    while not cursor.at_end:
        token = cursor.peek()
        if token.text == ")" and not inside:
            break
        inside = (inside or token.text == "(") and token.text != ")"
        at_break = token.shape is Shape.BREAK
        if starts_time(cursor, 1 if at_break else 0, after_break=at_break):
            break
        cursor.take()
    return Loose(kind, cursor.words(start, cursor.position))


def starts_time(cursor: Cursor, ahead: int, *, after_break: bool) -> bool:
    """Whether a time of its own begins ``ahead``: not one the words before lean on («план на май»)."""
    if not after_break and cursor.word(ahead - 1) in _LEADS_INTO:
        return False
    token, sense = cursor.peek(ahead), cursor.sense(ahead)
    if token.shape in {Shape.YEAR, Shape.YEARS}:
        return after_break
    plain = (sense.tag in {Tag.MONTH, Tag.ONGOING} or (sense.tag is Tag.RHYTHM and not sense.bound)
             or token.shape in {Shape.DATE, Shape.MONTH})  # fmt: skip
    return plain or _numbered(cursor, ahead) or _introduced(cursor, ahead, after_break=after_break)


def _numbered(cursor: Cursor, ahead: int) -> bool:
    """A figure that soon comes to a month, a quarter or «раз»."""
    if cursor.peek(ahead).shape is not Shape.NUMBER and cursor.sense(ahead).tag not in {Tag.ORDINAL, Tag.CARDINAL}:
        return False
    beyond = ahead + 1
    while cursor.peek(beyond).shape in {Shape.DASH, Shape.NUMBER} or cursor.word(beyond) in {"и", ",", "по"}:
        beyond += 1
    sense = cursor.sense(beyond)
    counted = {Unit.QUARTER, Unit.HALF, Unit.NUMBER, Unit.TIMES, Unit.DECADE, Unit.HALF_OF}
    return sense.tag in {Tag.MONTH, Tag.WEEKDAY} or (sense.tag is Tag.UNIT and sense.value in counted)


def _introduced(cursor: Cursor, ahead: int, *, after_break: bool) -> bool:
    """A preposition right before a time, «не реже …», «каждый …», or «в течение» after a break."""
    word = cursor.word(ahead)
    if word in {"до", "с", "к", "в", "не", "но"} and ahead < _REACH:
        if word in {"не", "но"} and cursor.word(ahead + 1) in {"реже", "менее", "не"}:
            return True
        following = cursor.peek(ahead + 1)
        named = following.shape in {Shape.DATE, Shape.MONTH} or following.sense.tag in {Tag.MONTH, Tag.EDGE}
        return named or _numbered(cursor, ahead + 1)
    return after_break and (cursor.sense(ahead).tag in {Tag.EVERY, Tag.SEASON} or _spreads(cursor, ahead))


def _spreads(cursor: Cursor, ahead: int) -> bool:
    words = (cursor.word(ahead), cursor.word(ahead + 1))
    return words[0] in {"в", "на", "во"} and words[1] in {"течение", "течении", "протяжении"}
