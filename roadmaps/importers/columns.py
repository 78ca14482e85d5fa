"""What each column of a plan is for, told from its head in whatever words it was written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from roadmaps.importers.grid import Line
from roadmaps.importers.wording import cyrillic, joined

LONGEST_LABEL = 90
ROWS_SEARCHED = 60
MOST_LEVELS = 3


class Role(StrEnum):
    """What a column holds; the value is its name in a sentence to the reader."""

    NUMBER = "№"
    SECTION = "Задача"
    TEXT = "Мероприятие"
    FORM = "Форма"
    PARTICIPANTS = "Участники"
    DEADLINE = "Срок"
    RESPONSIBLE = "Ответственные"
    INDICATOR = "Показатель"
    RESULT = "Результат"
    NOTE = "Примечание"


# The word that stands first in a head decides: «Форма проведения мероприятия» is a form, «Мероприятие, форма» is not.
WORDING = {
    Role.NUMBER: r"^(?:№|n[oо]?\b|#)|\bп\s*/?\s*п\b|^номер",
    Role.NOTE: r"примечан|отметк|место провед|место\b|источник|контрол|финансир",
    Role.DEADLINE: r"\bсрок|\bдат[аы]|период|\bвремя|когда|месяц|до какого",
    Role.RESPONSIBLE: r"ответственн|исполнител|соисполн|кто\b|куратор",
    Role.FORM: r"\bформ[аы]|формат|\bвид[ы]? (?:деят|работ|мероп)",
    Role.PARTICIPANTS: r"участник|контингент|целев\w+ (?:групп|аудитор)|категори|\bдля кого|аудитори",
    Role.INDICATOR: r"показател|индикатор|критери",
    Role.RESULT: r"результат|выход\b|продукт|\bитог",
    Role.SECTION: r"\bзадач|направлени|\bраздел|\bцел[ьи]\b|\bблок",
    Role.TEXT: (
        r"мероприят|что (?:с|про|вы)\w+|наименован|содержан"
        r"|деятельност|\bтема|действи|\bмеры\b|\bработ|\bсобыти|\bвопрос"
    ),
}
PATTERNS = {role: re.compile(pattern) for role, pattern in WORDING.items()}
MANAGED_BY = (Role.DEADLINE, Role.RESPONSIBLE, Role.INDICATOR, Role.RESULT)


@dataclass(frozen=True)
class Columns:
    """The columns of one plan: which of them play a role, and how they are headed."""

    by_role: dict[Role, tuple[int, ...]]
    labels: tuple[str, ...]

    def has(self, role: Role) -> bool:
        """Whether any column plays the role."""
        return role in self.by_role

    @property
    def width(self) -> int:
        """How many columns the head covers."""
        return len(self.labels)

    def label(self, role: Role) -> str:
        """The head of the role's column as printed, else the role's own name."""
        columns = self.by_role.get(role, ())
        return (self.labels[columns[0]] if columns else "") or role.value

    def squares(self, line: Line, role: Role) -> list[int]:
        """The role's columns that hold text in this line."""
        return [column for column in self.by_role.get(role, ()) if line.text(column)]


@dataclass(frozen=True)
class Head:
    """A head found in a table: the columns it names and the rows it takes, ``last`` excluded."""

    columns: Columns
    first: int
    last: int


def role_of(label: str) -> Role | None:
    """The role that a head names, or nothing when it names none.

    >>> role_of("Форма проведения мероприятия")
    <Role.FORM: 'Форма'>
    """
    label = cyrillic(joined(label)).casefold().replace("ё", "е")
    if not label or len(label) > LONGEST_LABEL:
        return None
    found = ((match.start(), role) for role, pattern in PATTERNS.items() if (match := pattern.search(label)))
    return min(found, key=lambda pair: pair[0], default=(0, None))[1]


def find_head(lines: Sequence[Line], *, start: int = 0) -> Head | None:
    """The first head from ``start`` on, with its second level when it has one."""
    for first in range(start, min(len(lines), start + ROWS_SEARCHED)):
        if not _could_open_a_head(lines[first]):
            continue
        last = first + 1
        while last < min(len(lines), first + MOST_LEVELS) and _goes_on_with_the_head(lines[first], lines[last]):
            last += 1
        columns = _columns(lines[first:last])
        if columns is not None:
            return Head(columns, first, last)
    return None


def is_head_again(line: Line, head_lines: Sequence[Line]) -> bool:
    """Whether a row repeats a row of the head, as it does at the top of a new page."""
    like = [head for head in head_lines if len(head.filled) == len(line.filled) > 0]
    return bool(like) and any(_signs(line) == _signs(head) for head in like)


def _signs(line: Line) -> list[str]:
    return [re.sub(r"[\W_]+", "", cyrillic(square.text)).casefold() for square in line.squares if square.text]


def _could_open_a_head(line: Line) -> bool:
    roles = {role_of(line.text(column)) for column in line.filled} - {None}
    return len(roles) > 1 and all(len(line.text(column)) <= LONGEST_LABEL for column in line.filled)


def _goes_on_with_the_head(first: Line, line: Line) -> bool:
    """A second level: short names without a number, two of them roles, or standing under merged cells of the first."""
    if not line.filled or any(len(line.text(column)) > LONGEST_LABEL for column in line.filled):
        return False
    if re.match(r"^\d", line.text(line.filled[0])):
        return False
    named = {role for column in line.filled if (role := role_of(line.text(column)))}
    under_merged = [column for column in line.filled if _is_merged(first, column)]
    return len(named) > 1 or (len(under_merged) == len(line.filled) > 1)


def _is_merged(line: Line, column: int) -> bool:
    return line.squares[column].covered or line.squares[column].spans > 1


def _columns(levels: Sequence[Line]) -> Columns | None:
    labels = [_label(levels, column) for column in range(len(levels[0].squares))]
    by_role: dict[Role, tuple[int, ...]] = {}
    for column, (own, whole) in enumerate(labels):
        role = role_of(own) or role_of(whole)
        if role:
            by_role[role] = (*by_role.get(role, ()), column)
    _settle_the_text(by_role, [own for own, _ in labels])
    if Role.TEXT not in by_role or not any(role in by_role for role in MANAGED_BY):
        return None
    return Columns(by_role, tuple(joined(whole) for _, whole in labels))


def _label(levels: Sequence[Line], column: int) -> tuple[str, str]:
    """The lowest name of a column and all its names from the top, a merged one taken for each column under it."""
    names = []
    for depth, line in enumerate(levels):
        at = column
        while line.squares[at].covered:
            at -= 1
        # A merged name belongs to the columns under it only when a lower level tells them apart.
        if at == column or depth + 1 < len(levels):
            names.append(line.text(at))
    names = [name for name in names if name]
    return (names[-1] if names else ""), "\n".join(names)


def _settle_the_text(by_role: dict[Role, tuple[int, ...]], labels: list[str]) -> None:
    """A plan without a column of work: the nameless one right of the tasks has it, else the tasks are the work."""
    if Role.TEXT in by_role:
        by_role[Role.TEXT] = by_role[Role.TEXT][:1]
        return
    for role in (Role.SECTION, Role.FORM, Role.RESULT):
        columns = by_role.get(role, ())
        beside = columns[0] + 1 if columns else len(labels)
        if role is Role.SECTION and beside < len(labels) and (not labels[beside] or beside in columns):
            by_role[Role.SECTION] = columns[:1]
            by_role[Role.TEXT] = (beside,)
            return
        if columns:
            by_role[Role.TEXT] = columns[:1]
            del by_role[role]
            return
