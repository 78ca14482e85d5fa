"""The reader of deadline phrases: «до 15 сентября, ежегодно» → dated points within a period."""

import re
from datetime import date

from deadlines.clauses import statement
from deadlines.grammar import atoms
from deadlines.lexicon import Unit
from deadlines.meaning import Reader
from deadlines.rhythm import rhythm_of
from deadlines.span import Basis, Kind, Period, Reading
from deadlines.writing import LIMIT, clean

#: A longer period is read as far as this, so that any answer comes in time.
LONGEST_YEARS = 40


def read(phrase: str, period: Period, basis: Basis) -> Reading:
    """What the phrase means within the period; always an answer, with what is doubtful in its warnings."""
    text = clean(phrase)
    if not any(sign.isalnum() for sign in text):
        return Reading(phrase, Kind.UNKNOWN, warnings=("срок не указан",))
    stated = statement(atoms(text, basis))
    found = Reader(stated, _bounded(period), basis).read()
    warnings = [*found.warnings, *(f"не понято: «{_short(words)}»" for words in stated.rest)]
    if len(phrase.strip()) > LIMIT:
        warnings.append(f"прочитаны первые {LIMIT} знаков")
    if found.kind is Kind.UNKNOWN and not warnings:
        warnings.append(f"не понято: «{_short(text)}»")
    return Reading(phrase, found.kind, found.schedule, found.points, tuple(dict.fromkeys(warnings)))


def _bounded(period: Period) -> Period:
    last = min(period.starts_on.year + LONGEST_YEARS, date.max.year)
    return Period(period.starts_on, min(period.ends_on, date(last, 12, 31)))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:57]}…"  # noqa: PLR2004


def read_lines(phrase: str, period: Period, basis: Basis) -> tuple[Reading, ...]:
    """Each line of the phrase read by itself, to be paired in order with the sub-items of a row.

    A line that plainly goes on («Апрель,», «июнь -», «до») is read with the next one.
    """
    return tuple(read(line, period, basis) for line in _whole_lines(phrase))


def _whole_lines(phrase: str) -> list[str]:
    lines: list[str] = []
    for line in filter(None, map(str.strip, phrase.splitlines())):
        if lines and (_GOES_ON.search(lines[-1]) or _CONTINUES.match(line)):
            lines[-1] = f"{lines[-1]}\n{line}"
        else:
            lines.append(line)
    return lines


_GOES_ON = re.compile(
    r"(?:[,(:\u00ad\u2010-\u2015\u2212-]|\b(?:до|с|со|по|к|в|во|на|и|не позднее|течение|течении|\d+|раз))\Z",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"[-\u2010-\u2015\u2212(,]|(?:ежегодно|года?|г\.|числа|включительно)\b", re.IGNORECASE)


def rhythm_in(text: str) -> Kind | None:
    """The rhythm an activity's name suggests, to be offered and not applied.

    >>> rhythm_in("Ежемесячное информирование школ").value
    'monthly'
    """
    stated = statement(atoms(clean(text), Basis.CALENDAR))
    rhythm = rhythm_of(stated)
    if rhythm:
        return rhythm.kind
    recurring = stated.within or any(every.unit is Unit.YEAR for every in stated.rhythms)
    return Kind.YEARLY if recurring else None
