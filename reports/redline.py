"""Pure red line: what changed between two editions, subject by subject, word by word, in words of a reader."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from roadmaps.comparison import Change, Fate, Subject

FATES = {
    Fate.ADDED: "добавлено",
    Fate.REMOVED: "убрано",
    Fate.CHANGED: "изменено",
    Fate.MOVED: "перенесено",
}
SUBJECTS = {
    Subject.HEAD: "Реквизиты",
    Subject.PASSAGES: "Текстовая часть",
    Subject.SECTION: "Раздел",
    Subject.INDICATOR: "Показатель",
    Subject.ITEM: "Мероприятие",
}
TOKEN = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Words:
    """A run of words; ``fate`` is empty for what stayed."""

    text: str
    fate: str = ""


@dataclass(frozen=True)
class Line:
    """One cell that changed: what it is called and its words, the removed ones beside those in their place."""

    cell: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Mark:
    """What became of one subject; ``title`` tells which one, ``lines`` what of it."""

    subject: str
    fate: str
    fate_words: str
    section: str
    title: str
    lines: tuple[Line, ...]


def marks(changes: Iterable[Change], names: dict[str, str]) -> list[Mark]:
    """Changes put together by their subject, in their order; ``names`` says what a reader calls each cell."""
    return [
        _mark(subject, list(found), names)
        for (subject, _), found in groupby(changes, key=lambda change: (change.subject, change.key))
    ]


def _mark(subject: Subject, changes: list[Change], names: dict[str, str]) -> Mark:
    first = changes[0]
    fate = Fate.CHANGED if len(changes) > 1 else first.fate
    lines = tuple(
        Line(names.get(change.cell, change.cell), tuple(words(change.was, change.now)))
        for change in changes
        if change.cell
    )
    moved = " → ".join(dict.fromkeys(filter(None, (first.was, first.now)))) if first.fate == Fate.MOVED else ""
    row = first.row or {"number": "", "text": ""}
    title = f"{row['number']} {row['text']}".strip() or moved or first.now or first.was
    return Mark(
        SUBJECTS[subject],
        fate.value,
        ", ".join(dict.fromkeys(FATES[change.fate] for change in changes)),
        first.section,
        "" if first.cell and not first.row else title,
        lines,
    )


def words(was: str, now: str) -> Iterable[Words]:
    """The two texts as one, word by word.

    >>> [(part.text, part.fate) for part in words("до 1 мая", "до 9 мая")]
    [('до ', ''), ('1', 'removed'), ('9', 'added'), (' мая', '')]
    """
    old, new = TOKEN.findall(was), TOKEN.findall(now)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Words("".join(old[a:b]))
            continue
        if b > a:
            yield Words("".join(old[a:b]), Fate.REMOVED.value)
        if d > c:
            yield Words("".join(new[c:d]), Fate.ADDED.value)
