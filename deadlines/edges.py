"""«Начало», «середина» and «конец» of a month, a quarter, a half, a year."""

from dataclasses import replace
from datetime import timedelta

from deadlines.atoms import Atom, Every, Halves, MonthDays, Warned, Window, WithinYear, Years
from deadlines.cursor import Cursor
from deadlines.figures import counted, month_list
from deadlines.lexicon import Edge, Tag, Unit
from deadlines.parts import (
    DECEMBER,
    JANUARY,
    JULY,
    JUNE,
    LAST_DAY,
    Shape,
    Stretch,
    day_of,
    whole_months,
)
from deadlines.span import Basis
from deadlines.wording import NOMINATIVE
from deadlines.year import MAY, SEPTEMBER
from deadlines.years import year_words, years

_COMMON_YEAR = 2025
_MIDDLE_DAY = 15
_TO_THE_MIDDLE = "середина — без точного дня: взято 15-е число"
_WORDS = {Edge.START: "начало", Edge.MIDDLE: "середина"}

_CALENDAR = {Edge.START: (JANUARY, JANUARY), Edge.MIDDLE: (JUNE, JULY), Edge.END: (DECEMBER, DECEMBER)}
_LEARNING = {Edge.START: (SEPTEMBER, SEPTEMBER), Edge.MIDDLE: (DECEMBER, JANUARY), Edge.END: (MAY, MAY)}
_ACADEMIC = _LEARNING | {Edge.END: (SEPTEMBER - 1, SEPTEMBER - 1)}


def edges(cursor: Cursor, basis: Basis) -> list[Atom] | None:
    """One edge or several («в начале и в конце учебного года»), then of what.

    An edge of a month is the month, one of a longer thing its first or last month; only «конец» is exact about the
    day due, the others are warned of. After «до» it is the day itself: «до начала октября» is 30 September.
    """
    until = cursor.word(-1) in {"до", "к", "ко"}
    found = _edge_words(cursor)
    if not found:
        return None
    target = _target(cursor)
    if target is None:
        return None
    atoms = [atom for edge in found for atom in _applied(edge, target, basis, until=until)]
    if until:
        return [*atoms, *([Warned(_TO_THE_MIDDLE)] if Edge.MIDDLE in found else [])]
    return [*atoms, *_vague(found)]


def edge_of_month(cursor: Cursor, month: int) -> list[Atom] | None:
    """The edge of a month named before it: «сентябрь (начало)»."""
    cursor.take_any("в")
    found = _edge_words(cursor)
    cursor.take_unit(Unit.MONTH)
    return [Window(whole_months(month, month)), *_vague(found)] if found else None


def _vague(edges_named: list[Edge]) -> list[Atom]:
    vague = [_WORDS[edge] for edge in edges_named if edge in _WORDS]
    return [Warned(f"{' и '.join(vague)} — без точного дня: взят весь срок до его последнего дня")] if vague else []


def _edge_words(cursor: Cursor) -> list[Edge]:
    found: list[Edge] = []
    while sense := cursor.take_tag(Tag.EDGE):
        found += [sense.value] if isinstance(sense.value, Edge) else []
        start = cursor.position
        cursor.take_any("и", ",")
        cursor.take_any("в", "во")
        if cursor.sense().tag is not Tag.EDGE:
            cursor.position = start
    return found


def _target(cursor: Cursor) -> list[Atom] | None:
    """What the edge is of."""
    if cursor.sense().tag is Tag.MONTH:
        return [Window(whole_months(month, month)) for month in month_list(cursor)]
    start = cursor.position
    for matcher in (years, counted, year_words):
        if found := matcher(cursor):
            return found
        cursor.position = start
    cursor.take_tag(Tag.EVERY, Tag.THIS)
    unit = cursor.take_unit(Unit.MONTH, Unit.QUARTER, Unit.HALF, Unit.WEEK)
    return [Every(unit)] if unit else None


def _applied(edge: Edge, target: list[Atom], basis: Basis, *, until: bool) -> list[Atom]:
    return [made for atom in target for made in _one(edge, atom, basis, until=until)]


def _one(edge: Edge, atom: Atom, basis: Basis, *, until: bool) -> list[Atom]:
    match atom:
        case Window(shape=Halves() | Stretch() as shape):
            return [replace(atom, shape=_edge_of(edge, shape, basis, until=until))]
        case Years(academic=academic):
            return [Window(_edge_of_year(_LEARNING if academic else _CALENDAR, edge, until=until)), atom]
        case WithinYear(academic=academic):
            months = _LEARNING if academic else _ACADEMIC if academic is None and basis is Basis.ACADEMIC else _CALENDAR
            return [Window(_edge_of_year(months, edge, until=until)), *_which_year(months, edge)]
        case Every(unit=Unit.YEAR):
            months = _ACADEMIC if basis is Basis.ACADEMIC else _CALENDAR
            return [Window(_edge_of_year(months, edge, until=until)), atom, *_which_year(months, edge)]
        case Every(unit=Unit.MONTH):
            return [MonthDays(1, LAST_DAY)]
        case _:
            return [atom]


def _which_year(months: dict[Edge, tuple[int, int]], edge: Edge) -> list[Atom]:
    """On the academic basis a plain «год» may still be the calendar one."""
    if months is not _ACADEMIC:
        return []
    read, other = (NOMINATIVE[year[edge][-1]] for year in (_ACADEMIC, _CALENDAR))
    return [Warned(f"год прочитан как учебный, это {read}; в календарном — {other}")]


def _edge_of_year(months: dict[Edge, tuple[int, int]], edge: Edge, *, until: bool) -> Stretch:
    return _until(edge, whole_months(*months[edge])) if until else whole_months(*months[edge])


def _edge_of(edge: Edge, shape: Halves | Stretch, basis: Basis, *, until: bool) -> Shape:
    if isinstance(shape, Halves):
        shape = shape.of_year(academic=basis is Basis.ACADEMIC)
    if until:
        return _until(edge, shape)
    months = {Edge.START: (shape.first_month,) * 2, Edge.END: (shape.last_month,) * 2}
    return whole_months(*months[edge]) if edge in months else shape


def _until(edge: Edge, stretch: Stretch) -> Stretch:
    """The one day by which: before the start, the middle, or the end."""
    if edge is Edge.END:
        return Stretch(stretch.end, stretch.end)
    if edge is Edge.MIDDLE:
        middle = (stretch.first_month, _MIDDLE_DAY)
        return Stretch(middle, middle)
    before = day_of(_COMMON_YEAR, *stretch.start) - timedelta(days=1)
    eve = (before.month, LAST_DAY)
    return Stretch(eve, eve)
