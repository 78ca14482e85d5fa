"""One gathered row → one understood item: its deadline, parties and parts, each with what is doubtful about it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from deadlines.phrases import rhythm_in
from deadlines.span import Kind, Reading
from roadmaps.importers.columns import Role
from roadmaps.importers.forms import read_forms
from roadmaps.importers.parties import read_parties
from roadmaps.importers.rows import BULLET, ItemDraft
from roadmaps.importers.subitems import split_subitems
from roadmaps.importers.understood import Defaults, Item, Point, Problem, SubItem
from roadmaps.importers.wording import cyrillic, joined, joined_phrase

LONGEST_LIST_OF_DATES = 1000
# Asked before the whole text is read as a deadline: of thousands of rows a few hold such a word.
HINT_OF_RHYTHM = re.compile(r"ежедн|еженед|ежемес|ежекв|ежегод|кажд|\bраз\b|полугод|квартал", re.IGNORECASE)
RHYTHMS = {
    Kind.WEEKLY: "раз в неделю",
    Kind.MONTHLY: "раз в месяц",
    Kind.QUARTERLY: "раз в квартал",
    Kind.HALF_YEARLY: "раз в полугодие",
    Kind.YEARLY: "раз в год",
}


@dataclass(frozen=True)
class Reader:
    """What an item is read with: the deadlines of one period, the day of the order, and which columns there are."""

    read: Callable[[str], Reading]
    read_lines: Callable[[str], tuple[Reading, ...]]
    document_date: date | None
    roles: frozenset[Role]
    has_period: bool

    def points(self, reading: Reading) -> tuple[Point, ...]:
        """The dated points of a reading; without a period there are none to be sure of."""
        if not self.has_period:
            return ()
        return tuple(Point(point.starts_on, point.due_on, self._is_before(point.due_on)) for point in reading.points)

    def _is_before(self, day: date) -> bool:
        return self.document_date is not None and day < self.document_date


def read_item(draft: ItemDraft, reader: Reader) -> Item:
    """The item with all that is doubtful in it."""
    problems = [*draft.problems, *_stray_signs(draft), *_latin_letters(draft)]
    text, parts = split_subitems(cyrillic(draft.text(Role.TEXT)))
    deadline = _read_deadline(draft, parts, reader)
    parties = read_parties(_kept(draft, Role.RESPONSIBLE))
    problems += [*deadline.problems, *parties.problems]
    if Role.RESPONSIBLE in reader.roles and not parties.parties:
        problems.append(Problem("no_responsible", "Ответственный не указан: назначьте его."))
    if Role.DEADLINE in reader.roles:
        problems += _rhythm(text, deadline.reading)
    if BULLET.match(text):
        problems.append(
            Problem("leading_dash", "Текст начинается с тире: оставлено как в документе, проверьте, нужно ли оно.")
        )
    form = joined(_kept(draft, Role.FORM))
    return Item(
        number=draft.number,
        text=text,
        form=form,
        forms=read_forms(form),
        participants=cyrillic(joined(_kept(draft, Role.PARTICIPANTS))),
        deadline=deadline.phrase,
        kind=deadline.reading.kind.value,
        schedule=deadline.reading.schedule,
        points=deadline.points,
        responsible=parties.parties,
        responsible_text=joined(_kept(draft, Role.RESPONSIBLE)),
        subitems=deadline.subitems,
        result=joined(_kept(draft, Role.RESULT)),
        note=joined(_kept(draft, Role.NOTE)),
        line=draft.line,
        problems=tuple(problems),
    )


def read_defaults(draft: ItemDraft) -> Defaults:
    """What a section's row says for its items."""
    return Defaults(
        form=joined(_kept(draft, Role.FORM)),
        participants=cyrillic(joined(_kept(draft, Role.PARTICIPANTS))),
        deadline=joined_phrase(_kept(draft, Role.DEADLINE)),
        responsible=read_parties(_kept(draft, Role.RESPONSIBLE)).parties,
    )


def deadline_phrase(draft: ItemDraft) -> str:
    """The phrase in one line, for questions about the whole plan."""
    return joined_phrase(_kept(draft, Role.DEADLINE))


# -- the deadline ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Deadline:
    phrase: str
    reading: Reading
    points: tuple[Point, ...]
    subitems: tuple[SubItem, ...]
    problems: tuple[Problem, ...]


def _read_deadline(draft: ItemDraft, parts: list[str], reader: Reader) -> _Deadline:
    dates = _separate_dates(_kept(draft, Role.DEADLINE), reader)
    if len(dates) > 1 and len(dates) == len(parts):
        return _paired(dates, parts, reader)
    phrase = joined_phrase(_kept(draft, Role.DEADLINE))
    reading = reader.read(phrase)
    points = reader.points(reading)
    problems = _doubts(phrase, reading, points, reader)
    if len(dates) > 1 and parts:
        problems.append(
            Problem(
                "subitems_mismatch",
                f"Подпунктов {len(parts)}, а сроков {len(dates)}: они не сходятся. Укажите срок каждого подпункта.",
            )
        )
    return _Deadline(phrase, reading, points, tuple(SubItem(part) for part in parts), tuple(problems))


def _separate_dates(text: str, reader: Reader) -> list[Reading]:
    """The lines of a deadline when each of them is one of its own; a phrase broken over lines is one."""
    readings = reader.read_lines(text) if "\n" in text and len(text) < LONGEST_LIST_OF_DATES else ()
    if any(reading.kind is Kind.UNKNOWN or _is_bare_rhythm(reading.phrase) for reading in readings):
        return []
    return list(readings)


def _is_bare_rhythm(line: str) -> bool:
    """«Ежегодно» under or over a month belongs to it."""
    return re.fullmatch(r"\W*(?:ежегодно|каждый год)\W*", line, re.IGNORECASE) is not None


def _paired(readings: list[Reading], parts: list[str], reader: Reader) -> _Deadline:
    """Each part takes the date of its own line; the item keeps them all."""
    dates = [joined_phrase(reading.phrase).strip(" ,;") for reading in readings]
    pairs = zip(parts, dates, readings, strict=True)
    subitems = tuple(SubItem(part, phrase, reader.points(reading)) for part, phrase, reading in pairs)
    points = sorted({point for part in subitems for point in part.points}, key=lambda point: (point.due, point.start))
    problems = [
        problem
        for phrase, reading in zip(dates, readings, strict=True)
        for problem in _doubts(phrase, reading, reader.points(reading), reader)
    ]
    return _Deadline("\n".join(dates), readings[0], tuple(points), subitems, tuple(problems))


def _doubts(phrase: str, reading: Reading, points: tuple[Point, ...], reader: Reader) -> list[Problem]:
    if Role.DEADLINE not in reader.roles:
        return []
    if not re.search(r"\w", phrase):
        return [Problem("empty_deadline", "Срок не указан: впишите его или решите, что он не нужен.")]
    warnings = "; ".join(reading.warnings)
    if reading.kind is Kind.UNKNOWN:
        why = f" ({warnings})" if warnings else ""
        return [Problem("deadline_not_understood", f"Не удалось прочитать срок «{phrase}»{why}: уточните его.")]
    problems = []
    if points and all(point.is_before_document for point in points) and reader.document_date:
        day = f"{reader.document_date:%d.%m.%Y}"
        problems.append(
            Problem(
                "before_document",
                f"Срок «{phrase}» раньше документа от {day}: просроченным он не считается, проверьте год.",
            )
        )
    if warnings and reader.has_period:
        problems.append(Problem.of_deadline(phrase, reading.warnings))
    return problems


def _rhythm(text: str, reading: Reading) -> list[Problem]:
    rhythm = rhythm_in(text) if HINT_OF_RHYTHM.search(text) else None
    if rhythm is None or rhythm is reading.kind:
        return []
    often = RHYTHMS.get(rhythm, rhythm.value)
    return [
        Problem("rhythm_in_name", f"В названии назван ритм – {often}, а срок его не называет: решите, какой верен.")
    ]


# -- what a cell holds beside its sense --------------------------------------------------------------------------


def _kept(draft: ItemDraft, role: Role) -> str:
    """The pieces of a cell that say something; a lone dash is kept, for it is what was printed."""
    pieces = draft.pieces.get(role, [])
    return "\n".join([piece for piece in pieces if _says_something(piece)] or pieces[:1])


def _says_something(piece: str) -> bool:
    return re.search(r"\w", piece) is not None


def _stray_signs(draft: ItemDraft) -> list[Problem]:
    stray = [
        (role, piece)
        for role, pieces in draft.pieces.items()
        for piece in pieces
        if not _says_something(piece) and len(pieces) > 1
    ]
    return [
        Problem("stray_signs", f"В графе «{role.value}» отброшены посторонние знаки «{piece}»: сверьте с документом.")
        for role, piece in stray
    ]


def _latin_letters(draft: ItemDraft) -> list[Problem]:
    words = {
        word
        for pieces in draft.pieces.values()
        for piece in pieces
        if cyrillic(piece) != piece
        for word in re.findall(r"\w+", piece)
        if cyrillic(word) != word
    }
    named = ", ".join(f"«{word}»" for word in sorted(words))
    return [Problem("latin_letters", f"Набрано латинскими буквами: {named}. Прочитано как русские.")] if words else []
