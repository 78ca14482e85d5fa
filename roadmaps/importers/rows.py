"""The rows of a plan put together: sections, items, and the pieces of an item that a page or a line broke off."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile, zip_longest

from roadmaps.importers.alignment import align
from roadmaps.importers.columns import Columns, Role, is_head_again
from roadmaps.importers.grid import Line, text_of
from roadmaps.importers.people import is_person, opens_with_a_post
from roadmaps.importers.understood import Problem
from roadmaps.importers.wording import ends_open, joined

NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[а-я])\s*[.)]*$")
ROMAN = re.compile(r"^[IVXLC]{1,6}\s*[.)]*$")
NUMBER_BEFORE_TEXT = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*[.)])\s*(?=\D)")
ENUMERATED = re.compile(r"(?<![\w(])(\d{1,2}\))\s*")
BULLET = re.compile(r"^[-–—•*·▪]\s")
FEWEST_COLUMNS = 3
HANDED_DOWN = (Role.DEADLINE, Role.RESPONSIBLE, Role.FORM, Role.PARTICIPANTS)
BETWEEN_COLUMNS = {Role.DEADLINE: " – ", Role.RESPONSIBLE: ", "}


@dataclass
class ItemDraft:
    """An item being gathered: for each role the pieces of its text, row by row."""

    line: int
    number: str = ""
    pieces: dict[Role, list[str]] = field(default_factory=dict)
    rows: int = 1
    problems: list[Problem] = field(default_factory=list)

    def text(self, role: Role) -> str:
        """All pieces of one role, a line break between two."""
        return "\n".join(self.pieces.get(role, ()))

    def add(self, role: Role, piece: str) -> None:
        """One more piece of text."""
        if piece:
            self.pieces.setdefault(role, []).append(piece)


@dataclass
class SectionDraft:
    """A section being gathered; ``defaults`` is the row of its title when that row says more."""

    title: str = ""
    items: list[ItemDraft] = field(default_factory=list)
    indicators: list[str] = field(default_factory=list)
    defaults: ItemDraft | None = None
    is_task: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been put into the section yet."""
        return not (self.title or self.items or self.indicators)


class Gathering:
    """Takes the rows of a plan one by one and keeps the sections and items that they make."""

    def __init__(self, reads_as_deadline: Callable[[str], bool]) -> None:
        self.sections: list[SectionDraft] = [SectionDraft()]
        self.outside: list[str] = []
        self._reads_as_deadline = reads_as_deadline

    def begin(self, title: str) -> None:
        """Open a section with this title, in place of an empty nameless one."""
        if self.sections[-1].is_empty:
            self.sections.pop()
        self.sections.append(SectionDraft(title))

    def finished(self) -> list[SectionDraft]:
        """The sections that hold something; lone rows under the last item are text below the table, not titles."""
        sections = [section for section in self.sections if not section.is_empty]
        below = list(takewhile(lambda section: not (section.items or section.indicators), reversed(sections)))
        self.outside.extend(section.title for section in reversed(below))
        return sections[: len(sections) - len(below)]

    def take_table(self, columns: Columns, head: Sequence[Line], lines: Iterable[Line]) -> None:
        """Take all rows under a head; a column of numbers that is left empty is no column."""
        lines = [line for line in lines if line.filled and not is_head_again(line, head) and not _is_noise(line)]
        columns = _without_an_empty_number_column(columns, lines)
        for line, following in zip_longest(lines, lines[1:]):
            self._take(columns, line, following)

    # -- one row -------------------------------------------------------------------------------------------------

    def _take(self, columns: Columns, line: Line, following: Line | None) -> None:
        if _is_signature(columns, line):
            self.outside.extend(text_of([line]))
        elif _is_title(columns, line, following) or self._is_title_without_a_mark(columns, line):
            self._open_section(line)
        elif self._goes_on(columns, line):
            self._continue_item(columns, line)
        elif _opens_a_section_with_data(columns, line, following):
            self._open_section_with_data(columns, line)
        else:
            self._open_item(columns, line)

    def _open_section(self, line: Line) -> None:
        self.begin(joined(" ".join(dict.fromkeys(text_of([line])))))

    def _open_section_with_data(self, columns: Columns, line: Line) -> None:
        draft = self._draft(columns, line)
        self.begin(joined(draft.text(Role.TEXT)))
        draft.pieces.pop(Role.TEXT)
        self.sections[-1].defaults = draft

    def _open_item(self, columns: Columns, line: Line) -> None:
        draft = self._draft(columns, line)
        self._take_task(columns, line)
        self._take_indicators(columns, line)
        for role in HANDED_DOWN:
            if self._is_handed_down(columns, line, role):
                draft.pieces[role] = list(self._last.pieces.get(role, [])) if self._last else []
        if columns.has(Role.NUMBER):
            self.sections[-1].items.append(draft)
        else:
            self.sections[-1].items.extend(_enumerated(draft))

    def _continue_item(self, columns: Columns, line: Line) -> None:
        self._take_task(columns, line)
        self._take_indicators(columns, line)
        last = self._last
        if last is None:
            return
        last.rows += 1
        for role in columns.by_role:
            if role not in (Role.SECTION, Role.INDICATOR, Role.NUMBER):
                last.add(role, _text(columns, line, role))

    @property
    def _last(self) -> ItemDraft | None:
        return next((section.items[-1] for section in reversed(self.sections) if section.items), None)

    def _draft(self, columns: Columns, line: Line) -> ItemDraft:
        aligned = align(columns, line, self._reads_as_deadline)
        draft = ItemDraft(line.number, problems=list(aligned.problems))
        for role in columns.by_role:
            if role not in (Role.SECTION, Role.INDICATOR, Role.NUMBER):
                draft.add(role, _text(columns, aligned.line, role))
        draft.number = joined(_text(columns, line, Role.NUMBER))
        return draft

    # -- a task and its indicators, which a merged cell gives once for many rows -----------------------------------

    def _take_task(self, columns: Columns, line: Line) -> None:
        task = _text(columns, line, Role.SECTION)
        current = self.sections[-1]
        if not task or joined(task) == current.title:
            return
        if current.is_task and current.items and (task[0].islower() or ends_open(current.title)):
            current.title = joined(f"{current.title}\n{task}")
        else:
            self.begin(joined(task))
            self.sections[-1].is_task = True

    def _take_indicators(self, columns: Columns, line: Line) -> None:
        text = _text(columns, line, Role.INDICATOR)
        if text and text not in self.sections[-1].indicators:
            self.sections[-1].indicators.append(text)

    def _is_handed_down(self, columns: Columns, line: Line, role: Role) -> bool:
        return any(line.squares[column].continues for column in columns.by_role.get(role, ()))

    # -- what a row without a mark is ------------------------------------------------------------------------------

    def _is_title_without_a_mark(self, columns: Columns, line: Line) -> bool:
        """A lone text in the column of work, which neither is an item nor goes on with the last one."""
        if columns.has(Role.SECTION) or line.filled != columns.squares(line, Role.TEXT):
            return False
        return not self._goes_on(columns, line)

    def _goes_on(self, columns: Columns, line: Line) -> bool:
        """Whether a row belongs to the item above, broken off by a page or printed line by line."""
        last = self._last
        if last is None or columns.squares(line, Role.NUMBER):
            return False
        text = _text(columns, line, Role.TEXT)
        if not text or any(line.squares[column].continues for column in columns.by_role[Role.TEXT]):
            return True
        if columns.has(Role.NUMBER):
            return self._goes_on_without_a_number(columns, line, text, last)
        is_open = ends_open(last.text(Role.TEXT)) or not _text(columns, line, Role.DEADLINE)
        return is_open and text[0].islower()

    def _goes_on_without_a_number(self, columns: Columns, line: Line, text: str, last: ItemDraft) -> bool:
        if line.squares[columns.by_role[Role.TEXT][0]].is_bold:
            return False
        if any(line.squares[column].continues for column in columns.by_role[Role.NUMBER]):
            return True
        if text[0].islower() or BULLET.match(text) or not (text[0].isalnum() or text[0] == "«"):
            return True
        if last.text(Role.TEXT).endswith(";"):
            return True
        if any(ends_open(last.text(role)) for role in (Role.TEXT, Role.DEADLINE, Role.RESPONSIBLE)):
            return True
        return last.rows > 1 and " " not in text


def _text(columns: Columns, line: Line, role: Role) -> str:
    texts = [line.text(column) for column in columns.squares(line, role)]
    return BETWEEN_COLUMNS.get(role, " ").join(texts)


def _without_an_empty_number_column(columns: Columns, lines: list[Line]) -> Columns:
    if any(NUMBER.match(_text(columns, line, Role.NUMBER)) for line in lines):
        return columns
    return Columns({role: at for role, at in columns.by_role.items() if role is not Role.NUMBER}, columns.labels)


def _is_noise(line: Line) -> bool:
    """A row of column numbers «1 2 3 4», of dashes, or a page number."""
    texts = [line.text(column).strip(" .") for column in line.filled]
    if len(texts) >= FEWEST_COLUMNS and texts == [str(number) for number in range(1, len(texts) + 1)]:
        return True
    return not any(re.search(r"\w", text) for text in texts)


def _is_signature(columns: Columns, line: Line) -> bool:
    """«Директор … И.О. Фамилия» under a plan, in the same table when it was a spreadsheet."""
    if NUMBER.match(_text(columns, line, Role.NUMBER)) or _text(columns, line, Role.DEADLINE):
        return False
    texts = text_of([line])
    others = [text for text in texts if not is_person(text)]
    is_post_and_person = 0 < len(others) < len(texts) and all(opens_with_a_post(text) for text in others)
    return is_post_and_person and _stands_aside(columns, line)


def _stands_aside(columns: Columns, line: Line) -> bool:
    return not columns.squares(line, Role.TEXT) or opens_with_a_post(_text(columns, line, Role.TEXT))


def _is_title(columns: Columns, line: Line, following: Line | None) -> bool:
    """A row of one text that its merge, its bold type, its place or its number tells to be a section's title."""
    text = line.only_text
    if text:
        first = line.squares[line.filled[0]]
        in_number = line.filled[0] in columns.by_role.get(Role.NUMBER, ())
        return bool(
            first.is_bold
            or first.spans > max(1, columns.width // 2)
            or (len(line.filled) > max(1, columns.width // 2))
            or (in_number and not NUMBER.match(text))
        ) and not NUMBER.match(text)
    return _is_numbered_title(columns, line, following)


def _is_numbered_title(columns: Columns, line: Line, following: Line | None) -> bool:
    """«1. | Организационная работа | | » over «1.1.», «I. | …», or «3 | … | | » in bold."""
    number, text = _text(columns, line, Role.NUMBER), _text(columns, line, Role.TEXT)
    named = [*columns.squares(line, Role.NUMBER), *columns.squares(line, Role.TEXT)]
    if not number or not text or sorted(named) != line.filled:
        return False
    below = _text(columns, following, Role.NUMBER) if following else ""
    is_parent = below.startswith(f"{number.rstrip('.) ')}.") and below.rstrip(". )") != number.rstrip(". )")
    is_bold = line.squares[columns.by_role[Role.TEXT][0]].is_bold
    return is_parent or is_bold or ROMAN.match(number) is not None or number.casefold().startswith("раздел")


def _opens_a_section_with_data(columns: Columns, line: Line, following: Line | None) -> bool:
    """A title in a numbered plan whose row also says form or people: no number, no deadline, numbered rows below."""
    if not columns.has(Role.NUMBER) or columns.squares(line, Role.NUMBER) or columns.squares(line, Role.DEADLINE):
        return False
    return following is not None and NUMBER.match(_text(columns, following, Role.NUMBER)) is not None


def _enumerated(draft: ItemDraft) -> list[ItemDraft]:
    """The items that one cell enumerates, «1) … 2) …», when the plan has no column of numbers."""
    text = joined(draft.text(Role.TEXT))
    parts = ENUMERATED.split(text)
    if parts[0].strip() or not _counts_up(parts[1::2]):
        return [_with_number_from_text(draft)]
    items = []
    for number, part in zip(parts[1::2], parts[2::2], strict=True):
        pieces = {role: list(texts) for role, texts in draft.pieces.items()} | {Role.TEXT: [part.strip(" ;")]}
        items.append(ItemDraft(draft.line, number, pieces, problems=list(draft.problems)))
    return items


def _counts_up(numbers: list[str]) -> bool:
    counted = [int(number.rstrip(")")) for number in numbers]
    return bool(counted) and counted == list(range(counted[0], counted[0] + len(counted)))


def _with_number_from_text(draft: ItemDraft) -> ItemDraft:
    text = draft.text(Role.TEXT)
    found = NUMBER_BEFORE_TEXT.match(text)
    if found and not draft.number:
        draft.number = found.group(1)
        draft.pieces[Role.TEXT] = [text[found.end() :]]
    return draft
