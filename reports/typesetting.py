"""What a text becomes before it is set on paper: cleaned of what no paper shows, spaced by custom, within bounds.

PDF and Word set the same typeset paper, so a space or a dash cannot differ between them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar

from reports.paper import LETTER, PADDING, UPRIGHT_WIDTH, WIDE_WIDTH, Annex, Paper

#: Far above any order of a real office.
LONGEST_TEXT, LONGEST_LINE, MOST_LETTERS = 10_000, 500, 1_000_000
MOST_ROWS, MOST_COLUMNS, MOST_PARTS = 3_000, 20, 500
#: Addresses of pages reach some 200; an endless word takes minutes to break into lines.
LONGEST_WORD = 250
#: A line of a cell takes about a millisecond to set, and narrow columns make many: half a minute is the most.
MOST_CELL_LINES = 20_000
#: A square code holds more, but its modules would be too small to read from a sheet.
LONGEST_CODE = 300

Value = TypeVar("Value")


class PaperTooLong(ValueError):
    """A sentence for the reader: what of the paper is too long, and how much is allowed."""


def typeset(paper: Paper) -> Paper:
    """The paper as it goes to print. Raises ``PaperTooLong``."""
    weigh(paper)
    return replace(each_text(paper, set_text), code=cleaned(paper.code))


def weigh(paper: Paper) -> None:
    """Refuse, before any work is done, what would hold up a worker. Raises ``PaperTooLong``."""
    texts = list(texts_of(paper))
    tables = [table for annex in paper.annexes for table in annex.tables]
    statements = [text for annex in paper.annexes for passage in annex.passages for text in passage.statements]
    titles = [group.title for table in tables for group in table.groups]
    head, signature = texts_of(paper.head), texts_of(paper.signature)
    marks = [line for annex in paper.annexes for line in annex.mark]
    lines = (paper.kind, paper.dated, paper.number, paper.command_word, *head, *signature, *paper.performer, *marks)
    for what, length, most in (
        ("строк таблиц", sum(len(group.rows) for table in tables for group in table.groups), MOST_ROWS),
        ("разделов таблиц", len(titles), MOST_ROWS),
        ("столбцов в таблице", max((len(table.columns) for table in tables), default=0), MOST_COLUMNS),
        ("пунктов", len(paper.clauses), MOST_PARTS),
        ("приложений", len(paper.annexes), MOST_PARTS),
        ("абзацев в приложениях", len(statements), MOST_ROWS),
        ("знаков в адресе квадратного кода", len(paper.code), LONGEST_CODE),
        ("знаков в реквизите", max(map(len, lines)), LONGEST_LINE),
        ("знаков в одном слове", max((len(word) for text in texts for word in text.split()), default=0), LONGEST_WORD),
        ("знаков в одном тексте", max(map(len, texts), default=0), LONGEST_TEXT),
        ("знаков", sum(map(len, texts)), MOST_LETTERS),
        ("строчек в ячейках", sum(cell_lines(annex) for annex in paper.annexes), MOST_CELL_LINES),
    ):
        if length > most:
            raise PaperTooLong(f"Документ слишком велик: {what} – {length}, а помещается не больше {most}.")


def cell_lines(annex: Annex) -> int:
    """About how many lines all cells of an annex take: drawing takes as long."""
    whole = WIDE_WIDTH if annex.is_wide else UPRIGHT_WIDTH
    return sum(
        1 + text.count("\n") + int(len(text) * LETTER / max(width - PADDING, LETTER))
        for table in annex.tables
        for group in table.groups
        for row in group.rows
        for width, text in zip(table.widths(whole), row, strict=True)
    )


def texts_of(value: object) -> Iterator[str]:
    """Every text of a paper, however deep it lies."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))


def each_text(value: Value, change: Callable[[str], str]) -> Value:
    """The same record with every text changed, whatever fields it will have one day."""
    changed: object = value
    if isinstance(value, str) and not isinstance(value, Enum):
        changed = change(value)
    elif isinstance(value, tuple):
        changed = tuple(each_text(part, change) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changed = replace(
            value, **{field.name: each_text(getattr(value, field.name), change) for field in fields(value)}
        )
    return changed  # type: ignore[return-value]


def set_text(text: str) -> str:
    """A text as it goes to print.

    >>> set_text("г. Заречный, № 5, Иванова А. П., 2024-2026 годы, 15 мая 2025 г.").replace(chr(160), "_")
    'г._Заречный, №_5, Иванова_А._П., 2024–2026_годы, 15_мая_2025_г.'
    """
    for pattern, instead in CUSTOMS:
        text = pattern.sub(instead, text)
    return text if text.isascii() and text.isprintable() else cleaned(text)


def cleaned(text: str) -> str:
    """The text without what paper cannot show: control signs, lone surrogates, marks that turn the way of reading.

    >>> cleaned("до" + chr(0x202E) + " мая" + chr(0) + chr(0xD800) + chr(0x2028) + "2026").splitlines()
    ['до мая', '2026']
    """
    return "".join(LINE_ENDS.get(sign, sign) for sign in text if sign in LINE_ENDS or is_shown(sign))


def is_shown(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Cn"}


LINE_ENDS = {"\n": "\n", "\t": " ", "\u2028": "\n", "\u2029": "\n"}

SHORTENED = "г|гг|д|им|каб|кв|корп|обл|п|пер|пос|пп|пр|пункт|с|ст|стр|тел|ул|ч|подп|абз|разд"
MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
UNITS = rf"г\.|гг\.|год|лет|класс|%|руб|коп|тыс|млн|час|мин\b|чел|экз|шт|балл|раз\b|ФЗ|{MONTHS}"

#: What Russian paper binds with a space that does not break, and the dash of a range of years or of forms of a school.
CUSTOMS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"\r\n?", "\n"),
        (r"(?<=[№§]) (?=[\dА-ЯA-Z«])", "\u00a0"),
        (rf"\b({SHORTENED})\. (?=[\dА-ЯЁ«])", "\\1.\u00a0"),
        (rf"(?<=\d) (?={UNITS})", "\u00a0"),
        (rf"({MONTHS}) (?=\d{{4}})", "\\1\u00a0"),
        (r"(?<=\b[А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])", "\u00a0"),
        (r"(?<=[а-яё]) (?=[А-ЯЁ]\. ?[А-ЯЁ]\.)", "\u00a0"),
        (r"(?<=\b[А-ЯЁ]\.) (?=[А-ЯЁ]\.)", "\u00a0"),
        (r"\b((?:19|20)\d\d) ?- ?(?=(?:19|20)\d\d\b)", "\\1–"),
        (r"(?<![\d-])(\d{1,2})-(?=\d{1,2}\b[ \u00a0]класс)", "\\1–"),
    )
)
