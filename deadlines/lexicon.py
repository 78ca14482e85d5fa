"""What single words mean in a deadline: months, weekdays, figures, units, rhythms and the words of schedules."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class Tag(Enum):
    """The part a word plays."""

    MONTH = auto()
    WEEKDAY = auto()
    ORDINAL = auto()
    TENS = auto()  # «двадцать», before «пятого»
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


_ADJECTIVE = "ый,ая,ое,ого,ой,ому,ом,ую,ые,ых,ым,ыми"
_SOFT_ADJECTIVE = "ий,яя,ее,его,ей,ему,ем,юю,ие,их,им"

#: Tag, value and words: «стем|а,б» stands for each ending, «-» for none; forms after «*» are bound.
_FORMS: tuple[tuple[Tag, object, str], ...] = (
    (Tag.MONTH, 1, "январ|ь,ю,ем,е янв *январ|я"),
    (Tag.MONTH, 2, "феврал|ь,ю,ем,е фев февр *феврал|я"),
    (Tag.MONTH, 3, "март|-,у,ом,е мар *март|а"),
    (Tag.MONTH, 4, "апрел|ь,ю,ем,е апр *апрел|я"),
    (Tag.MONTH, 5, "ма|й,ю,ем,е *ма|я"),
    (Tag.MONTH, 6, "июн|ь,ю,ем,е,- *июн|я"),
    (Tag.MONTH, 7, "июл|ь,ю,ем,е,- *июл|я"),
    (Tag.MONTH, 8, "август|-,у,ом,е авг *август|а"),
    (Tag.MONTH, 9, "сентябр|ь,ю,ем,е сен сент *сентябр|я"),
    (Tag.MONTH, 10, "октябр|ь,ю,ем,е окт *октябр|я"),
    (Tag.MONTH, 11, "ноябр|ь,ю,ем,е ноя нояб *ноябр|я"),
    (Tag.MONTH, 12, "декабр|ь,ю,ем,е дек *декабр|я"),
    (Tag.WEEKDAY, 0, "понедельник|-,а,у,ом,е,и,ов пн *понедельник|ам"),
    (Tag.WEEKDAY, 1, "вторник|-,а,у,ом,е,и,ов вт *вторник|ам"),
    (Tag.WEEKDAY, 2, "сред|а,ы,у,е,ой ср *сред|ам"),
    (Tag.WEEKDAY, 3, "четверг|-,а,у,ом,е,и,ов чт *четверг|ам"),
    (Tag.WEEKDAY, 4, "пятниц|а,ы,у,е,ей,- пт *пятниц|ам"),
    (Tag.WEEKDAY, 5, "суббот|а,ы,у,е,ой,- сб *суббот|ам"),
    (Tag.WEEKDAY, 6, "воскресень|е,я,ю,ем вс *воскресень|ям"),
    (Tag.ORDINAL, 1, f"перв|{_ADJECTIVE}"),
    (Tag.ORDINAL, 2, f"втор|{_ADJECTIVE}"),
    (Tag.ORDINAL, 3, "трет|ий,ья,ье,ьего,ьему,ьем,ью,ьей,ьи,ьих,ьим"),
    (Tag.ORDINAL, 4, f"четверт|{_ADJECTIVE}"),
    (Tag.ORDINAL, 5, f"пят|{_ADJECTIVE}"),
    (Tag.ORDINAL, 6, f"шест|{_ADJECTIVE}"),
    (Tag.ORDINAL, 7, f"седьм|{_ADJECTIVE}"),
    (Tag.ORDINAL, 8, f"восьм|{_ADJECTIVE}"),
    (Tag.ORDINAL, 9, f"девят|{_ADJECTIVE}"),
    (Tag.ORDINAL, 10, f"десят|{_ADJECTIVE}"),
    (Tag.ORDINAL, 11, f"одиннадцат|{_ADJECTIVE}"),
    (Tag.ORDINAL, 12, f"двенадцат|{_ADJECTIVE}"),
    (Tag.ORDINAL, 13, f"тринадцат|{_ADJECTIVE}"),
    (Tag.ORDINAL, 14, f"четырнадцат|{_ADJECTIVE}"),
    (Tag.ORDINAL, 15, f"пятнадцат|{_ADJECTIVE}"),
    (Tag.ORDINAL, 16, f"шестнадцат|{_ADJECTIVE}"),
    (Tag.ORDINAL, 17, f"семнадцат|{_ADJECTIVE}"),
    (Tag.ORDINAL, 18, f"восемнадцат|{_ADJECTIVE}"),
    (Tag.ORDINAL, 19, f"девятнадцат|{_ADJECTIVE}"),
    (Tag.ORDINAL, 20, f"двадцат|{_ADJECTIVE}"),
    (Tag.ORDINAL, 30, f"тридцат|{_ADJECTIVE}"),
    (Tag.TENS, 20, "двадцать"),
    (Tag.TENS, 30, "тридцать"),
    (Tag.ORDINAL, LAST, f"последн|{_SOFT_ADJECTIVE}"),
    (Tag.CARDINAL, 1, "од|ин,на,но,ного,ной,ному,ном,ну однократно"),
    (Tag.CARDINAL, 2, "дв|а,е,ух,ум,ажды,ое"),
    (Tag.CARDINAL, 3, "тр|и,ех,ем,ижды,ое"),
    (Tag.CARDINAL, 4, "четыр|е,ех,ем"),
    (Tag.CARDINAL, 5, "пят|ь,и"),
    (Tag.CARDINAL, 6, "шест|ь,и"),
    (Tag.CARDINAL, 7, "сем|ь,и"),
    (Tag.CARDINAL, 10, "десят|ь,и"),
    (Tag.UNIT, Unit.DAY, "д|ень,ня,ню,нем,не,ни,ней,ням сут|ки,ок"),
    (Tag.UNIT, Unit.WEEK, "недел|я,и,ю,е,ей,ь,ям"),
    (Tag.UNIT, Unit.DECADE, "декад|а,ы,у,е,ой,-,ам"),
    (Tag.UNIT, Unit.MONTH, "месяц|-,а,у,ем,е,ы,ев,ам мес"),
    (Tag.UNIT, Unit.QUARTER, "квартал|-,а,у,ом,е,ы,ов,ам кв кварт"),
    (Tag.UNIT, Unit.HALF, "полугоди|е,я,ю,ем,и,й,ям полгод|а,у полуг п/г п/год|-,а,ие,ия"),
    (Tag.UNIT, Unit.YEAR, "год|-,а,у,ом,е,ы,ов,ам,ах г гг г.г лет"),
    (Tag.UNIT, Unit.NUMBER, "числ|о,а,у,ом,е,ам,ах"),
    (Tag.UNIT, Unit.HALF_OF, "половин|а,ы,у,е,ой"),
    (Tag.UNIT, Unit.TIMES, "раз|-,а"),
    (Tag.RHYTHM, Unit.DAY, f"ежедневно каждодневно *ежедневн|{_ADJECTIVE}"),
    (Tag.RHYTHM, Unit.WEEK, f"еженедельно понедельно еженед *еженедельн|{_ADJECTIVE}"),
    (Tag.RHYTHM, Unit.DECADE, f"ежедекадно *ежедекадн|{_ADJECTIVE}"),
    (Tag.RHYTHM, Unit.MONTH, f"ежемесячно помесячно ежемес *ежемесячн|{_ADJECTIVE}"),
    (Tag.RHYTHM, Unit.QUARTER, f"ежеквартально поквартально ежекв ежекварт *ежеквартальн|{_ADJECTIVE}"),
    (Tag.RHYTHM, Unit.YEAR, f"ежегодно каждогодно ежегод *ежегодн|{_ADJECTIVE}"),
    (Tag.SEASON, 12, "зим|а,ы,у,е,ой,ний,ние,нее,него,ней,не,них"),
    (Tag.SEASON, 3, "весн|а,ы,у,е,ой весенн|ий,ие,ее,его,ей,е,их"),
    (Tag.SEASON, 6, "лет|о,а,у,ом,е,ний,ние,нее,него,ней,не,них"),
    (Tag.SEASON, 9, "осен|ь,и,ью,ний,ние,нее,него,ней,не,них"),
    (Tag.EDGE, Edge.START, "начал|о,а,у,ом,е"),
    (Tag.EDGE, Edge.MIDDLE, "середин|а,ы,у,е,ой"),
    (Tag.EDGE, Edge.END, "кон|ец,ца,цу,цом,це окончани|е,я,ю,ем завершени|е,я,ю,ем"),
    (Tag.EVERY, None, f"кажд|{_ADJECTIVE}"),
    (Tag.ALL, None, "весь вс|его,ему,ем,я,е,ей,ю,ех"),
    (Tag.LEARNING, None, f"уч учеб учебн учебн|{_ADJECTIVE}"),
    (Tag.CALENDAR, None, f"календ календарн|{_ADJECTIVE}"),
    (Tag.THIS, None, "тек сего эт|от,ого,ом,ому текущ|ий,его,ем,ему,ая,ей,ую,ие,их"),
    (Tag.THIS, None, "следующ|ий,его,ем,ему,ая,ей,ую,ие,их последующ|ий,его,ем,ему,ая,ей,ую,ие,их"),
    (Tag.THIS, None, f"отчетн|{_ADJECTIVE} данн|{_ADJECTIVE} указанн|{_ADJECTIVE} нов|{_ADJECTIVE}"),
    (Tag.TERM, None, "срок|-,а,у,ом,е,и,ов,ам,ами,ах период|-,а,у,ом,е,ы,ов,ам"),
    (Tag.EVENT, None, "каникул|ы,-,ам,ами,ах четверт|ь,и,ью,ей,ям"),
    (Tag.FILLER, None, "включительно ориентировочно примерно приблизительно около порядка затем также потом"),
    (Tag.FILLER, None, "дата проведения исполнения выполнения"),
    (Tag.SMALL, None, "с со от по до к ко в во на за и или не но через начиная далее кроме исключая исключением"),
    (Tag.SMALL, None, "позднее позже ранее раньше реже менее чаще чем мере при наличии случае течение течении теч"),
    (Tag.SMALL, None, "протяжении после перед накануне момента согласно соответствии итогам окончании завершении"),
    (Tag.SMALL, None, "результатам ходе рамках время круглый рабочий рабочего рабочих режиме основе порядке"),
)

#: Long words are told by how they begin; the first match counts.
_STEMS = tuple(
    (stem, tag)
    for tag, stems in (
        (Tag.ONGOING, "постоянн систематическ систематичн регулярн непрерывн бессрочн круглогодичн периодическ"),
        (Tag.ONGOING, "всегда будн"),
        (Tag.REQUEST, "запрос заявк заявок необходимост обращени требовани потребност поступлени вызов надобност"),
        (Tag.REQUEST, "факту"),
        (Tag.SCHEDULE, "график план расписани согласовани циклограмм приказ положени распоряжени регламент письм"),
        (Tag.SCHEDULE, "календар порядк порядок программ решени уточня установлен определен утвержден назначен"),
        (Tag.SCHEDULE, "отдельн индивидуальн объявлен документ инструкц приглашени"),
        (Tag.EVENT, "каникулярн триместр модул заседани проведени организаци"),
        (Tag.REALISATION, "реализаци действи"),
    )
    for stem in stems.split()
)


def _all_words() -> Iterator[tuple[str, Sense]]:
    for tag, value, words in _FORMS:
        for word in words.split():
            stem, _, endings = word.removeprefix("*").partition("|")
            for ending in endings.split(","):
                yield stem + ending.removeprefix("-"), Sense(tag, value, bound=word.startswith("*"))


_WORDS = dict(_all_words())
