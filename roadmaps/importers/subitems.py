"""The parts of one item: documents, actions or groups listed in its text, with or without days of their own."""

import re
from itertools import pairwise

from roadmaps.importers.wording import joined

LIST_MARK = re.compile(r"^(?:[-–—•*·▪]\s+|\d{1,2}[.)]\s+|[а-я]\)\s+)")
FEWEST = 2
MOST_COLONS = 5  # further ones stand inside the parts


def split_subitems(text: str) -> tuple[str, list[str]]:
    """The item's own text and its parts; a part is set off by semicolons after a colon, or by list marks.

    >>> split_subitems("Издать приказы: о совете; о плане")
    ('Издать приказы:', ['о совете', 'о плане'])
    >>> split_subitems("Провести семинар")
    ('Провести семинар', [])
    """
    whole = joined(text)
    colons = _outside_brackets(whole, ":")
    for at in colons[:MOST_COLONS]:
        parts = [_part(part) for part in _cut(whole[at + 1 :], ";")]
        parts = [part for part in parts if re.search(r"\w", part)]
        if len(parts) >= FEWEST:
            return whole[: at + 1].strip(), parts
    return _marked_parts(text) or (whole, [])


def _marked_parts(text: str) -> tuple[str, list[str]] | None:
    head: list[str] = []
    parts: list[list[str]] = []
    for line in text.split("\n"):
        if LIST_MARK.match(line):
            parts.append([line])
        else:
            (parts[-1] if parts else head).append(line)
    if len(parts) < FEWEST or not head:
        return None
    return joined("\n".join(head)), [_part(joined("\n".join(part))) for part in parts]


def _part(text: str) -> str:
    return LIST_MARK.sub("", text.strip()).strip(" ;")


def _outside_brackets(text: str, sign: str) -> list[int]:
    """Where a sign stands outside brackets; a closing bracket that was never opened is only a misprint."""
    if sign not in text:
        return []
    depth, found = 0, []
    for at, letter in enumerate(text):
        depth = max(0, depth + (letter in "(«") - (letter in ")»"))
        if letter == sign and depth == 0:
            found.append(at)
    return found


def _cut(text: str, sign: str) -> list[str]:
    cuts = [-1, *_outside_brackets(text, sign), len(text)]
    return [text[start + 1 : end] for start, end in pairwise(cuts)]
