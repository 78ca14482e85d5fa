"""What single words mean in a deadline: months, weekdays, figures, units, rhythms and the words of schedules."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class Tag(Enum):
    """The part a word plays."""

    MONTH = auto()
    WEEKDAY = auto()
    ORDINAL = auto()
    CARDINAL = auto()
    UNIT = auto()
    RHYTHM = auto()
    SEASON = auto()
    EDGE = auto()
    EVERY = auto()  # «каждый»
    ALL = auto()  # «весь»
    LEARNING = auto()  # «учебный», before «год»
    CALENDAR = auto()  # «календарный», before «год»
    THIS = auto()  # «текущего», «следующего», before «года»: adds nothing to a plan of several years
    ONGOING = auto()
    REQUEST = auto()
    SCHEDULE = auto()  # a paper that names the days
    EVENT = auto()  # days are counted from it, or it holds them
    TERM = auto()  # «срок», «период»
    REALISATION = auto()  # «реализации программы»
    SMALL = auto()  # prepositions and particles the grammar asks for by name
    FILLER = auto()  # adds nothing
    NONE = auto()


class Unit(Enum):
    """Pieces of time that are counted."""

    DAY = "день"
    WEEK = "неделя"
    DECADE = "декада"
    NUMBER = "число"
    HALF_OF = "половина"
    TIMES = "раз"
    MONTH = "месяц"
    QUARTER = "квартал"
    HALF = "полугодие"
    YEAR = "год"


#: Units that hold whole months.
MONTHS_IN = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}


class Edge(Enum):
    """Beginning, middle or end of something longer."""

    START = "начало"
    MIDDLE = "середина"
    END = "конец"


@dataclass(frozen=True)
class Sense:
    """A word's part and value; ``bound`` when its form leans on the word before («сентября») or repeats («средам»)."""

    tag: Tag
    value: object = None
    bound: bool = False


#: «Последний», as an ordinal.
LAST = -1

UNKNOWN = Sense(Tag.NONE)


def sense(word: str) -> Sense:
    """The meaning of one word in lower case without «ё»; inflected forms and usual abbreviations included."""
    found = _WORDS.get(word)
    if found:
        return found
    return next((Sense(tag) for stem, tag in _STEMS if word.startswith(stem)), UNKNOWN)


def is_known(word: str, *, exactly: bool) -> bool:
    """Whether the word is in the lexicon: form for form, or also by its beginning."""
    return word in _WORDS or (not exactly and sense(word).tag is not Tag.NONE)


def _inflected() -> Iterator[tuple[Tag, object, str, str, bool]]:
    """Tag, value, stem, endings («-» for none) and whether these forms are bound."""
    soft = ("ь ю ем е", "я")
    hard = ("- у ом е", "а")
    months = (
        ("январ", *soft), ("феврал", *soft), ("март", *hard), ("апрел", *soft), ("ма", "й ю ем е", "я"),
        ("июн", *soft), ("июл", *soft), ("август", *hard), ("сентябр", *soft), ("октябр", *soft),
        ("ноябр", *soft), ("декабр", *soft),
    )  # fmt: skip
    for number, (stem, free, bound) in enumerate(months, start=1):
        yield Tag.MONTH, number, stem, free, False
        yield Tag.MONTH, number, stem, bound, True
    weekdays = (
        ("понедельник", "- а у ом е и ов", "ам"), ("вторник", "- а у ом е и ов", "ам"),
        ("сред", "а ы у е ой", "ам"), ("четверг", "- а у ом е и ов", "ам"), ("пятниц", "а ы у е ей -", "ам"),
        ("суббот", "а ы у е ой -", "ам"), ("воскресень", "е я ю ем и", "ям"),
    )  # fmt: skip
    for number, (stem, free, bound) in enumerate(weekdays):
        yield Tag.WEEKDAY, number, stem, free, False
        yield Tag.WEEKDAY, number, stem, bound, True
    adjective = "ый ая ое ого ой ому ом ую ые ых ым ыми"
    ordinals = (("перв", adjective), ("втор", adjective + " ой"), ("треть", "его ему ем я ю ей е и их им"), ("трет", "ий"),
                ("четверт", adjective), ("пят", adjective))  # fmt: skip
    for number, (stem, endings) in zip((1, 2, 3, 3, 4, 5), ordinals, strict=True):
        yield Tag.ORDINAL, number, stem, endings, False
    yield Tag.ORDINAL, LAST, "последн", "ий яя ее его ей ему ем юю ие их им", False
    for number, stem, endings in ((1, "од", "ин на но ного ной ному ном ну"), (2, "дв", "а е ух ум ажды ое"),
                                  (3, "тр", "и ех ем ижды ое"), (4, "четыр", "е ех ем"), (5, "пят", "ь и ью"),
                                  (6, "шест", "ь и ью"), (7, "сем", "ь и ью"), (10, "десят", "ь и ью")):  # fmt: skip
        yield Tag.CARDINAL, number, stem, endings, False
    units = (
        (Unit.DAY, "д", "ень ня ню нем не ни ней ням"), (Unit.DAY, "сут", "ки ок"), (Unit.WEEK, "недел", "я и ю е ей ь ям"),
        (Unit.DECADE, "декад", "а ы у е ой - ам"), (Unit.MONTH, "месяц", "- а у ем е ы ев ам"), (Unit.MONTH, "мес", "-"),
        (Unit.QUARTER, "квартал", "- а у ом е ы ов ам"), (Unit.QUARTER, "кв", "-"), (Unit.QUARTER, "кварт", "-"),
        (Unit.HALF, "полугоди", "е я ю ем и й ям"), (Unit.HALF, "полгод", "а у"), (Unit.HALF, "полуг", "-"),
        (Unit.HALF, "п", "/г /года /годие /годия"), (Unit.YEAR, "год", "- а у ом е ы ов ам ах"), (Unit.YEAR, "г", "- г"),
        (Unit.YEAR, "лет", "-"), (Unit.NUMBER, "числ", "о а у ом е ам"), (Unit.HALF_OF, "половин", "а ы у е ой"),
        (Unit.TIMES, "раз", "- а"),
    )  # fmt: skip
    for unit, stem, endings in units:
        yield Tag.UNIT, unit, stem, endings, False
    for unit, stem in ((Unit.DAY, "ежедневн"), (Unit.DAY, "каждодневн"), (Unit.WEEK, "еженедельн"), (Unit.WEEK, "понедельн"),
                       (Unit.MONTH, "ежемесячн"), (Unit.MONTH, "помесячн"), (Unit.QUARTER, "ежеквартальн"),
                       (Unit.QUARTER, "поквартальн"), (Unit.YEAR, "ежегодн"), (Unit.YEAR, "каждогодн"),
                       (Unit.DECADE, "ежедекадн"), (Unit.HALF, "ежеполугодн")):  # fmt: skip
        yield Tag.RHYTHM, unit, stem, "о", False
        yield Tag.RHYTHM, unit, stem, adjective, True
    for number, stem, endings in ((12, "зим", "а ы у е ой ний ние нее него ней"), (12, "зимне", "-"),
                                  (3, "весн", "а ы у е ой"), (3, "весенн", "ий ие ее его ей е"),
                                  (6, "лет", "о а у ом е ний ние нее него ней не"),
                                  (9, "осен", "ь и ью ний ние нее него ней не")):  # fmt: skip
        yield Tag.SEASON, number, stem, endings, False
    for edge, stem, endings in ((Edge.START, "начал", "о а у ом е"), (Edge.END, "кон", "ец ца цу цом це"),
                                (Edge.MIDDLE, "середин", "а ы у е ой")):  # fmt: skip
        yield Tag.EDGE, edge, stem, endings, False
    yield Tag.EVERY, None, "кажд", adjective, False
    yield Tag.ALL, None, "вс", "его ему ем я е ей ю ех", False
    yield Tag.ALL, None, "вес", "ь", False
    yield Tag.LEARNING, None, "учебн", adjective, False
    yield Tag.CALENDAR, None, "календарн", adjective, False
    for stem in ("текущ", "следующ", "последующ", "настоящ"):
        yield Tag.THIS, None, stem, "ий его ем ему ая ей ую ие их", False
    for stem in ("отчетн", "данн", "указанн", "нов"):
        yield Tag.THIS, None, stem, adjective, False
    yield Tag.THIS, None, "эт", "от ого ом ому", False
    yield Tag.TERM, None, "срок", "- а у ом е и ов ам ами ах", False
    yield Tag.TERM, None, "период", "- а у ом е ы ов ам", False
    yield Tag.EVENT, None, "каникул", "ы - ам ами ах", False
    yield Tag.EVENT, None, "четверт", "ь и ью ей ям", False


#: One form each, or abbreviations.
_SINGLE: tuple[tuple[Tag, object, str], ...] = (
    *((Tag.MONTH, month, words) for month, words in enumerate(
        ("янв", "фев февр", "мар", "апр", "", "июн", "июл", "авг", "сен сент", "окт", "ноя нояб", "дек"), start=1)),
    *((Tag.WEEKDAY, day, words) for day, words in enumerate(("пн", "вт", "ср", "чт", "пт", "сб", "вс"))),
    (Tag.RHYTHM, Unit.YEAR, "ежегод"), (Tag.RHYTHM, Unit.MONTH, "ежемес"), (Tag.RHYTHM, Unit.QUARTER, "ежекв ежекварт"),
    (Tag.RHYTHM, Unit.WEEK, "еженед"),
    (Tag.CARDINAL, 1, "однажды однократно"),
    (Tag.LEARNING, None, "уч учеб учебн"), (Tag.CALENDAR, None, "календ"), (Tag.THIS, None, "тек сего"),
    (Tag.SMALL, None, "с со от по до к ко в во на за и или не через начиная кроме исключая "
                      "позднее позже ранее раньше реже менее чаще более мере мера при наличии случае течение течении теч протяжении "
                      "после перед накануне момента согласно соответствии итогам окончании завершении результатам "
                      "ходе рамках время исключением круглый рабочий рабочего рабочих конца том"),
    (Tag.FILLER, None, "включительно ориентировочно примерно приблизительно около порядка срок затем также потом "
                       "далее всегда дата проведения исполнения выполнения"),
)  # fmt: skip

#: Long words are told by how they begin; the first match counts.
_STEMS: tuple[tuple[str, Tag], ...] = (
    *((stem, Tag.ONGOING) for stem in ("постоянн", "систематическ", "систематичн", "регулярн", "непрерывн", "бессрочн", "круглогодичн",
                                       "перманентн", "периодическ")),
    *((stem, Tag.REQUEST) for stem in ("запрос", "заявк", "заявок", "необходимост", "обращени", "требовани", "потребност",
                                       "поступлени", "вызов", "востребован", "надобност")),
    *((stem, Tag.SCHEDULE) for stem in ("график", "план", "расписани", "согласовани", "циклограмм", "приказ", "положени",
                                        "распоряжени", "регламент", "письм", "календар", "порядк", "порядок", "программ",
                                        "решени", "уточня", "установлен", "определен", "утвержден", "назначен", "отдельн",
                                        "индивидуальн", "объявлен", "документ", "инструкц", "приглашени")),
    *((stem, Tag.EVENT) for stem in ("каникулярн", "триместр", "модул", "заседани", "проведени", "организаци")),
    *((stem, Tag.REALISATION) for stem in ("реализаци", "действи")),
)  # fmt: skip


def _all_words() -> dict[str, Sense]:
    words: dict[str, Sense] = {}
    for tag, value, text in _SINGLE:
        words |= {word: Sense(tag, value) for word in text.split()}
    for tag, value, stem, endings, bound in _inflected():
        words |= {stem + ending.removeprefix("-"): Sense(tag, value, bound) for ending in endings.split()}
    return words


_WORDS = _all_words()
