"""Pure comparison: what changed between two editions of a roadmap, in the order of the document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

#: An edition as it is kept: the shape that ``actions.editions`` collects.
Content = Mapping[str, Any]

HEAD = ("title", "kind", "starts_on", "ends_on", "goal")
CELLS = ("number", "text", "form", "participants", "phrase", "responsible", "note", "subitems")


class Subject(StrEnum):
    HEAD = "head"
    PASSAGES = "passages"
    SECTION = "section"
    INDICATOR = "indicator"
    ITEM = "item"


class Fate(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """One difference. ``cell`` names what changed in the subject; ``row`` is the item as it now stands, or stood.

    ``section`` is the title of the section the subject stands in; ``key`` tells one subject from another.
    """

    subject: Subject
    fate: Fate
    key: str
    section: str = ""
    cell: str = ""
    was: str = ""
    now: str = ""
    row: Content | None = None


def differences(before: Content, after: Content) -> list[Change]:
    """Everything that is printed otherwise: head, text part, sections, then their indicators and items."""
    return [
        *_head(before, after),
        *_passages(before["passages"], after["passages"]),
        *_sections(before["sections"], after["sections"]),
        *_indicators(before["sections"], after["sections"]),
        *_items(before["sections"], after["sections"]),
    ]


def _head(before: Content, after: Content) -> Iterable[Change]:
    for cell in HEAD:
        if before[cell] != after[cell]:
            yield Change(Subject.HEAD, Fate.CHANGED, cell, cell=cell, was=before[cell], now=after[cell])


def _passages(before: Content, after: Content) -> Iterable[Change]:
    for kind in dict.fromkeys([*before, *after]):
        was, now = before.get(kind, []), after.get(kind, [])
        fates = {(False, True): Fate.ADDED, (True, False): Fate.REMOVED}
        if was != now:
            fate = fates.get((bool(was), bool(now)), Fate.CHANGED)
            yield Change(Subject.PASSAGES, fate, kind, cell=kind, was="\n".join(was), now="\n".join(now))


def _sections(before: list[Content], after: list[Content]) -> Iterable[Change]:
    was, now = _by_id(before), _by_id(after)
    for pk, section in now.items():
        if pk not in was:
            yield Change(Subject.SECTION, Fate.ADDED, str(pk), now=section["title"])
    for pk, section in was.items():
        if pk not in now:
            yield Change(Subject.SECTION, Fate.REMOVED, str(pk), was=section["title"])
        elif section["title"] != now[pk]["title"]:
            yield Change(
                Subject.SECTION, Fate.CHANGED, str(pk), cell="title", was=section["title"], now=now[pk]["title"]
            )
    for pk in _moved(list(was), list(now)):
        yield Change(Subject.SECTION, Fate.MOVED, str(pk), now=now[pk]["title"])


def _indicators(before: list[Content], after: list[Content]) -> Iterable[Change]:
    was, now = _placed(before, "indicators"), _placed(after, "indicators")
    for pk, (section, indicator) in now.items():
        if pk not in was:
            yield Change(Subject.INDICATOR, Fate.ADDED, str(pk), section["title"], now=indicator["text"])
        elif (old := was[pk][1]["text"]) != (new := indicator["text"]):
            yield Change(Subject.INDICATOR, Fate.CHANGED, str(pk), section["title"], "text", old, new)
    for pk, (section, indicator) in was.items():
        if pk not in now:
            yield Change(Subject.INDICATOR, Fate.REMOVED, str(pk), section["title"], was=indicator["text"])


def _items(before: list[Content], after: list[Content]) -> Iterable[Change]:
    was, now = _placed(before, "items"), _placed(after, "items")
    moved = set(_moved(list(was), list(now)))
    for pk, (section, item) in now.items():
        title = section["title"]
        if pk not in was:
            yield Change(Subject.ITEM, Fate.ADDED, str(pk), title, now=item["text"], row=item)
            continue
        left, row = was[pk]
        for cell in CELLS:
            if (old := cell_text(row, cell)) != (new := cell_text(item, cell)):
                yield Change(Subject.ITEM, Fate.CHANGED, str(pk), title, cell, old, new, item)
        if pk in moved or left["id"] != section["id"]:
            yield Change(Subject.ITEM, Fate.MOVED, str(pk), title, was=left["title"], now=title, row=item)
    for pk, (section, item) in was.items():
        if pk not in now:
            yield Change(Subject.ITEM, Fate.REMOVED, str(pk), section["title"], was=item["text"], row=item)


def cell_text(item: Content, cell: str) -> str:
    """A cell as one text; sub-items stand one a line, each with its deadline behind a bar."""
    if cell != "subitems":
        return str(item[cell])
    return "\n".join(" | ".join(filter(None, (part["text"], part["phrase"]))) for part in item["subitems"])


def _by_id(parts: list[Content]) -> dict[int, Content]:
    return {part["id"]: part for part in parts}


def _placed(sections: list[Content], name: str) -> dict[int, tuple[Content, Content]]:
    """Parts of all sections by id, each with its section, in the order of the document."""
    return {part["id"]: (section, part) for section in sections for part in section[name]}


def _moved(before: list[int], after: list[int]) -> list[int]:
    """The fewest ids whose moving turns one order into the other."""
    both = set(before) & set(after)
    was, now = ([pk for pk in order if pk in both] for order in (before, after))
    stay = set()
    for block in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
        stay.update(was[block.a : block.a + block.size])
    return [pk for pk in now if pk not in stay]
