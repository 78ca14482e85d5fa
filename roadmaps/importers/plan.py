"""The plan in a sheet: which tables it is made of, and the text that stands before, between and after them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kit.confined import Unreadable
from roadmaps.importers.columns import Columns, Head, Role, find_head
from roadmaps.importers.grid import Line, lay, text_of
from roadmaps.importers.guessing import guess_columns
from roadmaps.importers.rows import Gathering, SectionDraft
from roadmaps.importers.sheet import Paragraph, Sheet, Table
from roadmaps.importers.wording import ends_open, joined, plain

PAGE_NUMBER = re.compile(r"^(?:[-–—\s]*\d{1,3}[-–—\s]*|(?:страница|стр\.?|лист)\s+\d+(?:\s+из\s+\d+)?)$", re.IGNORECASE)
CONTINUED = re.compile(r"^(?:продолжение|окончание)(?:\s+таблицы.*|\s+приложения.*)?$", re.IGNORECASE)
HEADING = re.compile(r"^(?:раздел|направление|задача|блок|модуль|часть|[IVX]+\.|\d{1,2}\.)(?!\d)\s*\S", re.IGNORECASE)
LONGEST_HEADING = 250
LINE_OF_ITS_OWN = re.compile(r"^(?:г\.\s?[А-ЯЁ]|ул\.|тел\b|от\s+[«\"_\d])")  # in small letters, yet no wrapped text


class NotARoadmap(Unreadable):
    """The document was read, but no table in it is a plan of work."""


@dataclass
class Plan:
    """What was gathered from all tables of the plan, and the lines around them."""

    sections: list[SectionDraft]
    before: list[str]
    after: list[str]
    roles: frozenset[Role]
    is_headless: bool
    unread: tuple[str, ...] = ()


@dataclass
class _Search:
    """The walk through a sheet's blocks."""

    gathering: Gathering
    reads_as_deadline: Callable[[str], bool]
    before: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    columns: Columns | None = None
    is_headless: bool = False
    roles: set[Role] = field(default_factory=set)
    unread: dict[str, None] = field(default_factory=dict)


def find_plan(sheet: Sheet, reads_as_deadline: Callable[[str], bool]) -> Plan:
    """The plan of a document; raises ``NotARoadmap`` when no table has columns of work and of days or people."""
    search = _Search(Gathering(reads_as_deadline), reads_as_deadline)
    for block in sheet.blocks:
        if isinstance(block, Paragraph):
            search.pending.extend(_lines(block.text))
        else:
            _take_table(search, block)
    sections = search.gathering.finished()
    if not any(section.items for section in sections):
        raise NotARoadmap(
            "В документе не найдена таблица дорожной карты: нужны графы «Мероприятия» и «Сроки» или «Ответственные»."
        )
    after = [*search.gathering.outside, *search.pending]
    return Plan(sections, search.before, after, frozenset(search.roles), search.is_headless, tuple(search.unread))


def _lines(text: str) -> list[str]:
    """The lines of a paragraph, one wrapped over several lines made whole; page numbers are nobody's."""
    lines: list[str] = []
    for line in plain(text).split("\n"):
        if not line or PAGE_NUMBER.match(line) or CONTINUED.match(line):
            continue
        if lines and not LINE_OF_ITS_OWN.match(line) and (line[0].islower() or ends_open(lines[-1])):
            lines[-1] += f"\n{line}"
        else:
            lines.append(line)
    return [joined(line) for line in lines]


def _take_table(search: _Search, table: Table) -> None:
    lines = lay(table)
    head = find_head(lines)
    if head:
        _pass_over(search, lines[: head.first])
        _take_rows(search, head, lines)
    elif search.columns and lines and len(lines[0].squares) == search.columns.width:
        _settle_text_before_table(search, search.columns)
        search.gathering.take_table(search.columns, [], lines)
    elif search.columns is None and (columns := guess_columns(lines, search.reads_as_deadline)):
        search.is_headless = True
        _take_rows(search, Head(columns, 0, 0), lines)
    else:
        _pass_over(search, lines)


def _pass_over(search: _Search, lines: list[Line]) -> None:
    for text in text_of(lines):
        search.pending.extend(_lines(text))


def _take_rows(search: _Search, head: Head, lines: list[Line]) -> None:
    _settle_text_before_table(search, head.columns)
    search.columns = head.columns
    search.roles.update(head.columns.by_role)
    search.unread.update(dict.fromkeys(_unread(head.columns, lines[head.last :])))
    search.gathering.take_table(head.columns, lines[head.first : head.last], lines[head.last :])


def _unread(columns: Columns, lines: list[Line]) -> list[str]:
    """The heads of columns that hold text and play no role: what stands there would be lost without a word."""
    read = {column for taken in columns.by_role.values() for column in taken}
    rows = [line for line in lines if len(line.filled) > 1]
    return [
        label
        for column, label in enumerate(columns.labels)
        if column not in read and any(line.text(column) for line in rows)
    ]


def _settle_text_before_table(search: _Search, columns: Columns) -> None:
    """What stands before the first table is the document's; a heading right above a further one titles its section."""
    heading = search.pending[-1] if search.pending else ""
    is_first = search.columns is None
    is_heading = bool(heading) and len(heading) < LONGEST_HEADING and not heading.endswith((";", ",", ":"))
    if is_first:
        search.before.extend(search.pending)
        is_heading = is_heading and HEADING.match(heading) is not None
    if is_heading and not columns.has(Role.SECTION):
        search.gathering.begin(joined(heading))
    search.pending.clear()
