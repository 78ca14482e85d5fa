"""Tokens of a phrase turned into atoms, one matcher for each way of naming time."""

from collections.abc import Callable, Sequence

from deadlines import figures, occasions, rhythms
from deadlines.atoms import Atom, Mark, Rest, Warned, Window
from deadlines.counting import counted_back
from deadlines.cursor import Cursor
from deadlines.dates import dates, time_of_day
from deadlines.edges import edges
from deadlines.holidays import holidays
from deadlines.lexicon import Tag, Unit
from deadlines.months import months, roman_months
from deadlines.parts import Stretch, season
from deadlines.span import Basis
from deadlines.tokens import Shape, tokenise
from deadlines.wording import NOMINATIVE
from deadlines.years import year_words, years

_Matcher = Callable[[Cursor, Basis], "Sequence[Atom] | None"]


def atoms(text: str, basis: Basis) -> list[Atom]:
    """What a cleaned text states, in its order; words nobody understood are gathered in ``Rest``."""
    cursor = Cursor([token for token in tokenise(text) if token.text not in {".", "\n"}], text)
    found: list[Atom] = []
    unread_from: int | None = None
    while not cursor.at_end:
        start = cursor.position
        matched = _match(cursor, basis)
        if matched is None:
            unread_from = start if unread_from is None else unread_from
            cursor.take()
            continue
        found += _rest(cursor, unread_from, start)
        found += matched
        unread_from = None
    return found + _rest(cursor, unread_from, cursor.position)


def _rest(cursor: Cursor, start: int | None, end: int) -> list[Atom]:
    words = "" if start is None else cursor.words(start, end)
    return [Rest(words)] if any(sign.isalnum() for sign in words) else []


def _match(cursor: Cursor, basis: Basis) -> Sequence[Atom] | None:
    """The atoms of the first matcher that knows what stands here; none for words that add nothing."""
    start = cursor.position
    for matcher in _MATCHERS:
        found = matcher(cursor, basis)
        if found is not None and cursor.position > start:
            return found
        cursor.position = start
    return None


def _seasons(cursor: Cursor, _: Basis) -> Sequence[Atom] | None:
    """«Осенью», «летний период», «осенне-зимний период»."""
    first = cursor.take_tag(Tag.SEASON)
    last = first
    if first and cursor.peek().shape is Shape.DASH and cursor.sense(1).tag is Tag.SEASON:
        cursor.take()
        last = cursor.take().sense
    if not (first and last and isinstance(first.value, int) and isinstance(last.value, int)):
        return None
    cursor.take_tag(Tag.TERM)
    cursor.take_unit(Unit.MONTH)
    shape = Stretch(season(first.value).start, season(last.value).end)
    named = f"{NOMINATIVE[shape.first_month]}-{NOMINATIVE[shape.last_month]}"
    return [Window(shape, is_span=first != last), Warned(f"время года прочитано как {named}")]


def _marks(cursor: Cursor, _: Basis) -> Sequence[Atom] | None:
    for words, mark in _MARK_WORDS if cursor.peek().shape is Shape.WORD else ():
        if cursor.take_word(*words):
            return [mark]
    if cursor.take_any("или", "либо"):
        return [Mark.AND, Warned("сказано «или»: взято всё названное, лишнее уберите")]
    if cursor.peek().shape is Shape.DASH:
        cursor.take()
        return [Mark.DASH]
    if cursor.peek().shape is Shape.BREAK:
        cursor.take()
        return [Mark.BREAK]
    return None


_MARK_WORDS = (
    (("не", "позднее"), Mark.UNTIL), (("не", "позже"), Mark.UNTIL), (("до",), Mark.UNTIL), (("к",), Mark.UNTIL),
    (("ко",), Mark.UNTIL), (("не", "ранее"), Mark.FROM), (("не", "раньше"), Mark.FROM), (("начиная", "с"), Mark.FROM),
    (("начиная", "со"), Mark.FROM), (("с",), Mark.FROM), (("со",), Mark.FROM), (("от",), Mark.FROM),
    (("после",), Mark.FROM), (("по",), Mark.TO), (("за", "исключением"), Mark.EXCEPT), (("кроме",), Mark.EXCEPT),
    (("исключая",), Mark.EXCEPT), (("далее",), Mark.ONWARD), (("и", "далее"), Mark.ONWARD), (("и",), Mark.AND),
)  # fmt: skip


def _fillers(cursor: Cursor, _: Basis) -> Sequence[Atom] | None:
    """Words that add nothing."""
    if cursor.word() in _EMPTY or cursor.sense().tag in {Tag.FILLER, Tag.TERM, Tag.THIS, Tag.ALL}:
        cursor.take()
        return []
    return None


_EMPTY = frozenset(
    {"в", "во", "на", "за", "течение", "течении", "теч", "протяжении", "период", "включительно", "круглый"}
)


def _plain(matcher: Callable[[Cursor], object]) -> _Matcher:
    """A matcher that needs no basis and gives an atom or several."""

    def match(cursor: Cursor, _: Basis) -> Sequence[Atom] | None:
        found = matcher(cursor)
        return found if found is None or isinstance(found, list) else [found]  # type: ignore[list-item]

    return match


_MATCHERS: tuple[_Matcher, ...] = (
    _plain(time_of_day),
    _plain(counted_back),
    _plain(dates),
    _plain(holidays),
    _plain(occasions.whole),
    _plain(rhythms.times),
    edges,
    _plain(figures.counted),
    _plain(figures.numbered_after),
    _plain(roman_months),
    _plain(years),
    _plain(rhythms.each),
    _plain(months),
    _plain(occasions.results),
    _plain(occasions.request),
    _plain(occasions.event),
    _plain(occasions.schedule),
    _plain(occasions.ongoing),
    _plain(rhythms.adverb),
    _plain(rhythms.weekdays),
    _plain(year_words),
    _plain(rhythms.during),
    _seasons,
    _marks,
    _fillers,
)
