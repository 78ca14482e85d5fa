"""Atoms put together: ranges folded, «до» and «с» applied, years given to the months they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from deadlines.atoms import (
    Atom,
    Every,
    Halves,
    Loose,
    Mark,
    MonthDays,
    MonthWeekday,
    Rest,
    Warned,
    Weekday,
    Whole,
    Window,
    WithinYear,
    Years,
)
from deadlines.parts import Stretch, day_of, whole_months
from deadlines.wording import day_and_month

_COMMON_YEAR = 2025
_EVE_OF_SCHOOL = (8, 31)


@dataclass(frozen=True)
class Since:
    """«С сентября», «начиная с 2025 года»."""

    start: Window | Years


@dataclass(frozen=True)
class ByYear:
    """«До 2026 года», «к 2027 году»."""

    year: Years


@dataclass(frozen=True)
class Between:
    """From one named time to another that has years of its own: «сентябрь 2024 - май 2025»."""

    start: Window
    end: Window | Years


Entry = Window | Years | Between


@dataclass
class Statement:
    """Everything a phrase states, sorted by what it is."""

    entries: list[Entry] = field(default_factory=list)
    since: list[Since] = field(default_factory=list)
    by_years: list[ByYear] = field(default_factory=list)
    rhythms: list[Every] = field(default_factory=list)
    month_days: list[MonthDays] = field(default_factory=list)
    month_weekdays: list[MonthWeekday] = field(default_factory=list)
    weekdays: list[Weekday] = field(default_factory=list)
    within: list[WithinYear] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    except_months: set[int] = field(default_factory=set)
    except_years: set[int] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    whole: bool = False
    onward: bool = False


def statement(atoms: list[Atom]) -> Statement:
    """Atoms in their order → what they state together."""
    # Warnings stand aside, so that none comes between the ends of a range.
    result = Statement(warnings=[atom.text for atom in atoms if isinstance(atom, Warned)])
    excepting = False
    for clause in _folded([atom for atom in atoms if not isinstance(atom, Warned)]):
        if excepting and isinstance(clause, Window) and isinstance(clause.shape, Stretch):
            result.except_months |= _months_of(clause.shape)
            continue
        if excepting and isinstance(clause, Years):
            result.except_years |= set(range(clause.first, clause.last + 1))
            continue
        excepting = clause is Mark.EXCEPT or (excepting and clause in {Mark.AND, Mark.BREAK})
        _sort_in(result, clause)
    result.entries = _narrowed(_with_years(result.entries, result.warnings), result.warnings)
    return result


_Clause = Atom | Since | ByYear | Between


def _sort_in(result: Statement, clause: _Clause) -> None:
    match clause:
        case Window() | Years() | Between():
            result.entries.append(clause)
        case Warned(text=text):
            result.warnings.append(text)
        case Rest(words=words):
            result.rest.append(words)
        case Whole():
            result.whole = True
        case Mark.ONWARD:
            result.onward = True
        case Mark():
            pass
        case _:
            _list_for(result, clause).append(clause)


def _list_for(result: Statement, clause: _Clause) -> list[_Clause]:
    lists: dict[type, list] = {
        Since: result.since, ByYear: result.by_years, Every: result.rhythms, MonthDays: result.month_days,
        MonthWeekday: result.month_weekdays, Weekday: result.weekdays, WithinYear: result.within, Loose: result.loose,
    }  # fmt: skip
    return lists[type(clause)]


def _months_of(shape: Stretch) -> set[int]:
    return {(shape.first_month + ahead - 1) % 12 + 1 for ahead in range(shape.length)}


# Folding


def _folded(atoms: list[Atom]) -> Iterator[_Clause]:
    """Clauses of the atoms: what a «с», «до» or dash binds becomes one."""
    position = 0
    while position < len(atoms):
        clauses, position = _clause_at(atoms, position)
        yield from clauses


def _clause_at(atoms: list[Atom], position: int) -> tuple[list[_Clause], int]:
    atom = atoms[position]
    if atom is Mark.FROM:
        return _from(atoms, position)
    if atom in {Mark.UNTIL, Mark.TO}:
        return _until(atoms, position)
    if isinstance(atom, Window | Years):
        range_, after = _range(atoms, position, (Mark.DASH, Mark.TO))
        if range_ is not None:
            return range_, after
    if isinstance(atom, Window) and atoms[position + 1 : position + 3] == [Mark.DASH, Mark.UNTIL]:
        # «I квартал – до 10 апреля»: the quarter is what the work is for, the day when it is due.
        due, after = _until(atoms, position + 2)
        return [*due, Warned("взят день после «до», а не то, за что отчёт")], after
    return [atom], position + 1


def _from(atoms: list[Atom], position: int) -> tuple[list[_Clause], int]:
    range_, after = _range(atoms, position + 1, (Mark.DASH, Mark.TO, Mark.UNTIL))
    if range_ is not None:
        return range_, after
    start, after = _operand(atoms, position + 1)
    if isinstance(start, Window) and atoms[after : after + 1] in ([Mark.AND], [Mark.BREAK]):
        # «Не ранее 1 сентября и не позднее 15 октября».
        apart = [*atoms[:after], *atoms[after + 1 :]]
        range_, end = _range(apart, position + 1, (Mark.UNTIL,))
        if range_ is not None:
            return range_, end + 1
    return ([], position + 1) if start is None else ([Since(start)], after)


def _until(atoms: list[Atom], position: int) -> tuple[list[_Clause], int]:
    """«До 15 сентября» is the day; «до октября» is read with its last day, and the other reading is named."""
    end = atoms[position + 1] if position + 1 < len(atoms) else None
    if isinstance(end, Years):
        return [ByYear(end)], position + 2
    if isinstance(end, WithinYear) and end.academic:
        return [Window(Stretch(_EVE_OF_SCHOOL, _EVE_OF_SCHOOL), until=True)], position + 2
    if not isinstance(end, Window) or not isinstance(end.shape, Stretch):
        return [], position + 1
    shape = end.shape
    warning: list[_Clause] = []
    if shape.start != shape.end and not end.is_span and atoms[position] is Mark.UNTIL:
        last = day_of(_COMMON_YEAR, *shape.end)
        before = day_of(_COMMON_YEAR, *shape.start) - timedelta(days=1)
        warning = [Warned(f"«до» прочитано включительно: {_words(last)}; иначе — {_words(before)}")]
    return [replace(end, shape=Stretch(shape.end, shape.end), until=True, is_span=False), *warning], position + 2


def _words(day: date) -> str:
    return day_and_month(day.day, day.month)


def _operand(atoms: list[Atom], position: int) -> tuple[Window | Years | None, int]:
    """A window with the single year right after it, or years."""
    atom = atoms[position] if position < len(atoms) else None
    if isinstance(atom, Years):
        return atom, position + 1
    if not isinstance(atom, Window):
        return None, position
    following = atoms[position + 1] if position + 1 < len(atoms) else None
    if atom.years is None and isinstance(following, Years) and len(following) == 1:
        return replace(atom, years=following), position + 2
    return atom, position + 1


def _range(atoms: list[Atom], position: int, links: tuple[Mark, ...]) -> tuple[list[_Clause] | None, int]:
    """The range that starts here, if a link and an end follow."""
    start, after = _operand(atoms, position)
    if start is None or after >= len(atoms) or atoms[after] not in links:
        return None, position
    if isinstance(start, Years):
        end = atoms[after + 1] if after + 1 < len(atoms) else None
        return ([_span_of_years(start, end)], after + 2) if isinstance(end, Years) else (None, position)
    if start.years is not None:
        closing, beyond = _operand(atoms, after + 1)
        return ([Between(start, closing)], beyond) if closing is not None else (None, position)
    ending = atoms[after + 1] if after + 1 < len(atoms) else None
    joined = _joined(start, ending) if isinstance(ending, Window) else None
    return ([joined], after + 2) if joined else (None, position)


def _span_of_years(start: Years, end: Years) -> Years:
    academic = start.academic or end.academic
    last = end.last if end.academic or not academic else end.last - 1
    return Years(start.first, max(start.first, last), academic)


def _joined(start: Window, end: Window) -> Window | None:
    """One window from two; years of the end are those of the whole."""
    match start.shape, end.shape:
        case Stretch(), Stretch():
            shape: Stretch | Halves = Stretch(start.shape.start, end.shape.end)
        case Halves(), Halves():
            shape = Halves(start.shape.first, end.shape.last)
        case _:
            return None
    return Window(shape, end.years, is_span=True)


# Years to windows


def _with_years(entries: list[Entry], warnings: list[str]) -> list[Entry]:
    """Entries whose windows have the years said for them; years that stand alone remain.

    «Май, июнь 2025» names the year after, «2025: май, июнь» before: whichever comes first in the phrase decides.
    """
    if not any(isinstance(entry, Window) and entry.years is None for entry in entries):
        return _same_academic(entries)
    plain = [entry for entry in entries if not isinstance(entry, Between)]
    if isinstance(plain[0], Years):
        return _years_before(entries)
    return _years_after(entries, warnings)


def _same_academic(entries: list[Entry]) -> list[Entry]:
    """«2024-2025, 2025-2026 учебные годы»: the word stands once for all pairs."""
    if not any(isinstance(entry, Years) and entry.academic for entry in entries):
        return entries
    return [replace(entry, last=entry.first, academic=True) if isinstance(entry, Years) and len(entry) == 2  # noqa: PLR2004
            and not entry.academic else entry for entry in entries]  # fmt: skip


def _years_before(entries: list[Entry]) -> list[Entry]:
    result: list[Entry] = []
    current: list[Years] = []
    used = True
    for entry in entries:
        if isinstance(entry, Years):
            current = [entry] if used else [*current, entry]
            used = False
        elif isinstance(entry, Window) and entry.years is None:
            result += [replace(entry, years=years) for years in current]
            used = True
        else:
            result.append(entry)
    return result if used else [*result, *current]


def _years_after(entries: list[Entry], warnings: list[str]) -> list[Entry]:
    result: list[Entry] = []
    waiting: list[Window] = []
    given: list[Years] = []
    for entry in entries:
        if isinstance(entry, Window) and entry.years is None:
            waiting = [entry] if given else [*waiting, entry]
            given = []
        elif isinstance(entry, Years):
            given.append(entry)
            result += [replace(window, years=entry) for window in waiting] or [entry]
        else:
            own = entry.years if isinstance(entry, Window) else entry.start.years
            result += [] if given else [replace(window, years=own) for window in waiting]
            waiting = []
            result.append(entry)
    if waiting and not given and (last := _last_years(result)):
        warnings.append(f"год назван не везде: взят {last.first}")
        return [*result, *(replace(window, years=last) for window in waiting)]
    return result if given else [*result, *waiting]


# Windows within windows


def _narrowed(entries: list[Entry], warnings: list[str]) -> list[Entry]:
    """Entries where a window is not told twice, once roughly and once exactly."""
    result: list[Entry] = []
    for entry in entries:
        exact = _more_exact(result[-1], entry) if result else None
        if exact is None:
            result.append(entry)
            continue
        result[-1] = exact
        if exact == entry:
            warnings.append("срок назван дважды: взят более точный")
    return result


def _more_exact(window: Entry, day: Entry) -> Window | None:
    """«Август (до 25 августа)» ends on that day; «май (9 мая)» is that day."""
    if not (isinstance(window, Window) and isinstance(day, Window)) or window.until or window.years != day.years:
        return None
    match window.shape, day.shape:
        case Stretch() as whole, Stretch() as end if whole.start <= end.start <= end.end <= whole.end:
            if day.until:
                return replace(window, shape=Stretch(whole.start, end.end))
            is_day_of_month = end.start == end.end and whole == whole_months(end.first_month, end.first_month)
            return day if is_day_of_month else None
        case _:
            return None


def _last_years(entries: list[Entry]) -> Years | None:
    windows = [entry for entry in entries if isinstance(entry, Window) and entry.years]
    return windows[-1].years if windows else None
