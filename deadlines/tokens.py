"""A phrase cut into tokens: days, years, figures, words with their meaning, dashes and breaks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from deadlines.lexicon import UNKNOWN, Sense, Tag, is_known, sense


class Shape(Enum):
    """What a token looks like."""

    DATE = auto()  # 01.10.2025 or 01.10: (day, month, year or None)
    MONTH = auto()  # 10.2025: (month, year)
    YEAR = auto()  # 2025
    YEARS = auto()  # 2025/26: its first year; 2025-27: the first and the last
    NUMBER = auto()  # 5, 5-го, III
    WORD = auto()
    DASH = auto()
    BREAK = auto()  # comma, bracket, line break, …
    OTHER = auto()


@dataclass(frozen=True)
class Token:
    """A piece of the phrase: ``text`` as written, ``word`` evened out; ``numbers`` for figures, ``sense`` for words."""

    shape: Shape
    text: str
    word: str
    start: int
    end: int
    numbers: tuple[int | None, ...] = ()
    sense: Sense = UNKNOWN


def even(text: str) -> str:
    """``text`` in lower case without «ё», sign for sign."""
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text).replace("ё", "е")


_ENDING = r"(?:го|ого|ое|ая|ой|ый|му|ому|ом|ую|ые|ых|й|е|я|м|ю|х)(?![^\W\d_])"
_SUFFIX = rf"(?:(?:\s?-\s?)?{_ENDING})?"
_DASHED_SUFFIX = rf"(?:\s?-\s?{_ENDING})?"
_PATTERN = re.compile(
    rf"""
    (?P<date>\d{{1,2}}\s*\.\s*\d{{1,2}}\s*\.\s*(?:\d{{4}}|\d{{2}})(?!\d) | \d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}(?!\d)
            | \d{{1,2}}/\d{{1,2}}/\d{{2}}(?!\d))
  | (?P<iso>(?<!\d)\d{{4}}-\d{{1,2}}-\d{{1,2}}(?!\d) | (?<!\d)\d{{4}}\.\d{{1,2}}\.\d{{1,2}}(?!\d))
  | (?P<month>(?<![\d/])\d{{1,2}}[./]\d{{4}}(?!\d))
  | (?P<years>20\d\d\s*/\s*(?:20)?\d\d(?!\d) | 20\d\d-\d\d(?![\d-]) | (?<!\d)\d\d\s*[/-]\s*\d\d(?=\s*уч)
            | (?:(?<=год\s)|(?<=года\s)|(?<=году\s))\d\d[/-]\d\d(?!\d|\.\d))
  | (?P<year>(?:19|20)\d\d(?!\d))
  | (?P<daymonth>\d{{1,2}}\.\s?\d{{2}}(?!\d)(?!\s*:)\.?)
  | (?P<month_in_roman>(?<!\w)(?:vi{{0,3}}|i?[xх]|[xх]i{{1,2}})(?!\w))
  | (?P<roman>(?<!\w)[ivl|1]*[ivl|][ivl|1]*{_SUFFIX}(?![a-z\d])
            | (?<!\w)(?:[пш]|[iіvl|1]{{1,3}}у|і+v?){_DASHED_SUFFIX}(?![\w/]))
  | (?P<number>\d{{1,6}}{_SUFFIX})
  | (?P<word>п/г(?:од[а-я]+)?|г\.\s?г(?![^\W\d_])|[^\W\d_]+)
  | (?P<dash>-)
  | (?P<break>[,;:()\[\]/\n+&.])
  | (?P<other>\S)
    """,
    re.VERBOSE,
)
_ROMAN_FIGURES = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {figure: value for value, figure in enumerate(_ROMAN_FIGURES, start=1)}
#: Roman figures up to this one number quarters and lines, longer ones months.
_QUARTERS = 4
_ROMAN_SIGNS = str.maketrans({"l": "i", "|": "i", "1": "i", "і": "i", "у": "v", "п": "ii", "ш": "iii"})
_PREPOSITIONS = frozenset("вкосу")
_AFTER_ITEM = re.compile(r"[.)]\s*([^\W\d_]+)")
_FIGURE = re.compile(r"[ivl|1і]+у?|[пш]")
_DIGITS = re.compile(r"\d+")


MONTHS = 12
CENTURY = 100

#: A word is put together of so many tokens at most, hyphens and line breaks counted.
PIECES = 8

#: Shorter words are not divided; «в т. ч.» is no «вт».
SHORTEST_DIVIDED = 5

_Maker = Callable[[str], tuple[Shape, tuple[int | None, ...]]]


def tokenise(text: str) -> list[Token]:
    """Tokens of a text that ``writing.clean`` has evened out; words cut in pieces are put together."""
    return list(_rejoined([_token(match, text) for match in _PATTERN.finditer(even(text))]))


def _token(match: re.Match[str], text: str) -> Token:
    shape, numbers = _MAKERS[match.lastgroup or "other"](match.group())
    word = match.group()
    if word in _PREPOSITIONS and text[match.end() : match.end() + 1] == ".":
        shape, word = Shape.OTHER, ""  # no preposition stands before a full stop: «С.» is an initial
    if shape is Shape.NUMBER and _numbers_a_line(even(text[match.end() :])):
        shape = Shape.BREAK
    meaning = sense(word) if shape is Shape.WORD else UNKNOWN
    return Token(shape, text[match.start() : match.end()], word, match.start(), match.end(), numbers, meaning)


def _numbers_a_line(following: str) -> bool:
    """«1. май, 2) июнь»: a figure, its sign, and a word that does not lean on it, as «IX» does in «15.IX.2025»."""
    found = _AFTER_ITEM.match(following)
    if not found or _ROMAN.get(found.group(1).replace("х", "x"), 0) > _QUARTERS:
        return False
    meaning = sense(found.group(1))
    return meaning.tag is not Tag.UNIT and not meaning.bound


def _date(text: str) -> tuple[Shape, tuple[int | None, ...]]:
    day, month, year = map(int, _DIGITS.findall(text))
    return Shape.DATE, (day, month, full_year(year))


def _iso(text: str) -> tuple[Shape, tuple[int | None, ...]]:
    year, month, day = map(int, _DIGITS.findall(text))
    return Shape.DATE, (day, month, year)


def _day_and_month(text: str) -> tuple[Shape, tuple[int | None, ...]]:
    day, month = map(int, _DIGITS.findall(text))
    return (Shape.DATE, (day, month, None)) if 1 <= month <= MONTHS else (Shape.OTHER, ())


def _month_and_year(text: str) -> tuple[Shape, tuple[int | None, ...]]:
    month, year = map(int, _DIGITS.findall(text))
    return (Shape.MONTH, (month, year)) if 1 <= month <= MONTHS else (Shape.OTHER, ())


def _years(text: str) -> tuple[Shape, tuple[int | None, ...]]:
    """Two years in a row written together are one academic year; «2025-10» is a month, «2025-27» three years."""
    first, second = map(int, _DIGITS.findall(text))
    first = full_year(first)
    if (first + 1) % CENTURY == second % CENTURY:
        return Shape.YEARS, (first,)
    if 1 <= second <= MONTHS:
        return Shape.MONTH, (second, first)
    last = second if second > CENTURY else first - first % CENTURY + second
    return (Shape.YEARS, (first, last)) if first < last else (Shape.OTHER, ())


def _roman(text: str) -> tuple[Shape, tuple[int | None, ...]]:
    figure = _FIGURE.match(text)
    value = _ROMAN.get(figure.group().translate(_ROMAN_SIGNS)) if figure else None
    return (Shape.NUMBER, (value,)) if value else (Shape.WORD, ())


def _month_in_roman(text: str) -> tuple[Shape, tuple[int | None, ...]]:
    return Shape.NUMBER, (_ROMAN[text.replace("х", "x")],)


def _plain(shape: Shape) -> _Maker:
    return lambda text: (shape, tuple(map(int, _DIGITS.findall(text))))


def full_year(year: int) -> int:
    """«25» is 2025."""
    return year + 2000 if year < CENTURY else year


_MAKERS: dict[str, _Maker] = {
    "date": _date,
    "iso": _iso,
    "daymonth": _day_and_month,
    "month": _month_and_year,
    "years": _years,
    "month_in_roman": _month_in_roman,
    "roman": _roman,
    "year": _plain(Shape.YEAR),
    "number": _plain(Shape.NUMBER),
    "word": lambda _: (Shape.WORD, ()),
    "dash": lambda _: (Shape.DASH, ()),
    "break": lambda _: (Shape.BREAK, ()),
    "other": lambda _: (Shape.OTHER, ()),
}


def _rejoined(tokens: list[Token]) -> Iterator[Token]:
    """``tokens`` with words put together that a line end, a hyphen or stray spaces cut in pieces."""
    position = 0
    while position < len(tokens):
        joined, length = _joined_at(tokens, position)
        yield joined
        position += length


def _joined_at(tokens: list[Token], position: int) -> tuple[Token, int]:
    """The longest word that pieces from ``position`` on make up, and how many tokens it took."""
    first = tokens[position]
    if first.shape is not Shape.WORD:
        return first, 1
    pieces, best = [first], (first, 1)
    for index in range(position + 1, min(position + PIECES, len(tokens))):
        token = tokens[index]
        if token.shape is Shape.WORD:
            pieces.append(token)
            best = (_merged(pieces), index - position + 1) if _belong_together(pieces, tokens[index - 1]) else best
        elif token.shape is not Shape.DASH and token.text != "\n":
            break
    return best


def _belong_together(pieces: list[Token], before_last: Token) -> bool:
    """Pieces make one known word, or the second, around a hyphen at a line's end, is no word."""
    whole = "".join(piece.word for piece in pieces)
    by_space = before_last.shape is Shape.WORD
    exactly = by_space or pieces[0].sense is not UNKNOWN
    if len(whole) >= SHORTEST_DIVIDED and is_known(whole, exactly=exactly):
        # «по неделям» stays as it is; «по стоянно» does not, since «стоянно» is no word.
        return not by_space or any(piece.sense is UNKNOWN for piece in pieces)
    at_line_end = before_last.text == "\n" and pieces[-1].start - pieces[-2].end == len("-\n")
    return at_line_end and len(pieces) == 2 and pieces[1].sense is UNKNOWN  # noqa: PLR2004


def _merged(pieces: list[Token]) -> Token:
    text = "".join(piece.text for piece in pieces)
    word = even(text)
    return Token(Shape.WORD, text, word, pieces[0].start, pieces[-1].end, (), sense(word))
