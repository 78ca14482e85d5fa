"""A month by its name or Roman figure, with the days, weeks or edge named after it: «сентябрь 1-15», «X-XII 2025»."""

from collections.abc import Sequence

from deadlines.atoms import Atom, MonthDays, MonthWeekday, Warned, Window
from deadlines.cursor import Cursor
from deadlines.edges import edge_of_month
from deadlines.figures import Range, counted, days, figure_ranges, half_of_month, month_list, piece_of
from deadlines.lexicon import Tag, Unit
from deadlines.parts import DECEMBER, LAST_DAY, NthWeekday, Stretch, whole_months
from deadlines.tokens import Shape
from deadlines.wording import MONTHS, NOMINATIVE
from deadlines.years import years

_ENDS = frozenset({Shape.BREAK, Shape.YEAR, Shape.YEARS})
#: A lone figure after a month may as well be its year: «май 26».
_MAY_BE_A_YEAR = range(20, 60)
#: Roman figures up to this one may be quarters.
_QUARTERS = 4


def months(cursor: Cursor) -> Sequence[Atom] | None:
    """«В сентябре», «сентября, октября и мая», «октябрь, 2-я неделя», «ноябрь 2025 (3 декада)»."""
    cursor.take_tag(Tag.EVERY)
    if cursor.sense().tag is not Tag.MONTH:
        return None
    named = month_list(cursor)
    start = cursor.position
    if len(named) == 1 and (narrowed := _narrowed(cursor, named[0])):
        return narrowed
    cursor.position = start
    return [Window(whole_months(month, month)) for month in named]


def _narrowed(cursor: Cursor, month: int) -> Sequence[Atom] | None:
    """What of the month is meant, when that is said after it; nothing when what follows has a month of its own."""
    year = years(cursor) or []
    if cursor.peek().shape in {Shape.BREAK, Shape.DASH}:
        cursor.take()
    start = cursor.position
    for narrower in (_days, _pieces, edge_of_month):
        found = narrower(cursor, month)
        cursor.take_tag(Tag.FILLER)
        if found and _is_end(cursor):
            return [*found, *year]
        cursor.position = start
    return None


def _is_end(cursor: Cursor) -> bool:
    return cursor.at_end or cursor.peek().shape in _ENDS or cursor.sense().tag is Tag.RHYTHM


def _days(cursor: Cursor, month: int) -> Sequence[Atom] | None:
    """«1-15», «(1, 15)», «до 10-го»; a bare figure after a dash is something else."""
    after_dash = cursor.word(-1) == "-"
    until = cursor.take_any("до")
    ranges = figure_ranges(cursor)
    if not ranges or (after_dash and not until) or not cursor.word(-1)[0].isdigit():
        return None
    if any(day > LAST_DAY for pair in ranges for day in pair):
        return None
    found: list[Atom] = [days((1, last) if until else (first, last), month) for first, last in ranges]
    first, last = ranges[0]
    is_lone = len(ranges) == 1 and first == last and cursor.word(-1).isdigit() and not until
    if is_lone and first in _MAY_BE_A_YEAR and cursor.peek().shape is not Shape.YEAR:
        found.append(Warned(f"прочитано как день, {first} {MONTHS[month]}; если это год, напишите 20{first}"))
    return found


def _pieces(cursor: Cursor, month: int) -> Sequence[Atom] | None:
    """«2-я неделя», «последняя пятница», «до 10 числа»: what would be of every month belongs to this one."""
    until = cursor.take_any("до")
    cursor.take_any("в", "во")
    if half := half_of_month(cursor, month):
        return [half]
    found = counted(cursor)
    if not found or cursor.is_unit(Unit.MONTH, -1):
        return None
    pieces = [_piece(atom, month, until=until) for atom in found]
    return pieces if all(pieces) else None  # type: ignore[return-value]


def _piece(atom: Atom, month: int, *, until: bool) -> Atom | None:
    match atom:
        case MonthDays(first=first, last=last, month=None):
            return piece_of(month, (1 if until else first, last), is_span=False)
        case MonthWeekday(nth=nth, weekday=weekday):
            return Window(NthWeekday(month, nth, weekday))
        case Warned():
            return atom
        case _:
            return None


def roman_months(cursor: Cursor) -> Sequence[Atom] | None:
    """«X-XII 2025», «IX.2025», «с X по XII»: told from quarters by a figure over IV, from a mark by company."""
    start = cursor.position
    ranges = figure_ranges(cursor)
    figures = [figure for pair in ranges for figure in pair]
    if not figures or not _QUARTERS < max(figures) <= DECEMBER or min(figures) < 1:
        return None
    written = [cursor.peek(place - cursor.position) for place in range(start, cursor.position)]
    if any(token.shape is Shape.NUMBER and token.word[0].isdigit() for token in written):
        return None
    has_year = cursor.peek().shape in {Shape.YEAR, Shape.YEARS}
    if not (has_year or (len(set(figures)) > 1 and _is_end(cursor))):
        return None
    read = ", ".join(_named(pair) for pair in ranges)
    return [*(Window(_span(pair), is_span=pair[0] != pair[1]) for pair in ranges),
            Warned(f"римские цифры прочитаны как {read}")]  # fmt: skip


def _span(pair: Range) -> Stretch:
    return whole_months(*pair)


def _named(pair: Range) -> str:
    first, last = (NOMINATIVE[month] for month in pair)
    return first if first == last else f"{first}-{last}"
