"""Letters on a printed page put together into lines and paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.utils.text import extract_text, extract_words

from roadmaps.importers.sheet import Paragraph
from roadmaps.importers.tidying import tidy

#: A gap between letters wider than this share of their size is a space.
_SPACE = 0.18
#: In letter sizes: a gap that separates two columns, the indent of a first line.
_GUTTER = 3.5
_INDENT = 1.2
#: In distances of lines: one that separates paragraphs.
_FARTHER = 1.2
_LIST_MARK = re.compile(r"(?:[-–—•▪]|\d{1,2}(?:\.\d{1,2})*[.)]|[а-яё]\))\s")


@dataclass(frozen=True)
class Text:
    """A line, or the part of a line in one column; edges in points."""

    text: str
    left: float
    top: float
    right: float
    size: float
    first_word: float  # how wide


def text_of(chars: Sequence[Mapping[str, Any]]) -> str:
    """The letters of one cell as lines."""
    return tidy(extract_text(list(chars), x_tolerance_ratio=_SPACE)) if chars else ""


def lines_of(chars: Sequence[Mapping[str, Any]]) -> list[Text]:
    """The letters outside of tables as lines, cut where a wide gap separates columns."""
    words = extract_words(list(chars), x_tolerance_ratio=_SPACE) if chars else []
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if rows and word["bottom"] - rows[-1][0]["bottom"] < (word["bottom"] - word["top"]) / 2:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [line for row in rows for line in _columns(sorted(row, key=lambda word: word["x0"]))]


def _columns(words: list[dict[str, Any]]) -> Iterator[Text]:
    part = [words[0]]
    for word in words[1:]:
        if word["x0"] - part[-1]["x1"] > _GUTTER * (word["bottom"] - word["top"]):
            yield _line(part)
            part = []
        part.append(word)
    yield _line(part)


def _line(words: list[dict[str, Any]]) -> Text:
    return Text(
        text=tidy(" ".join(word["text"] for word in words)),
        left=words[0]["x0"],
        top=min(word["top"] for word in words),
        right=words[-1]["x1"],
        size=max(word["bottom"] - word["top"] for word in words),
        first_word=words[0]["x1"] - words[0]["x0"],
    )


@dataclass(frozen=True)
class Setting:
    """How the lines of a document are set, in points: their tightest and commonest distance, their right margin."""

    tight: float
    usual: float
    margin: float

    @classmethod
    def of(cls, lines: Sequence[Text]) -> "Setting":
        """Measured on ``lines`` in reading order; a distance met once proves nothing."""
        distances = Counter(round(below.top - above.top) for above, below in pairwise(lines) if below.top > above.top)
        repeated = [distance for distance, times in distances.items() if times > 1] or [0]
        return cls(
            tight=min(repeated),
            usual=max(repeated, key=lambda distance: distances[distance]),
            margin=max((line.right for line in lines), default=0.0),
        )

    def runs_on(self, above: Text, line: Text) -> bool:
        """Whether ``line`` belongs to the paragraph of the line above it.

        A full line runs on into the next one; a line with room for the next word was ended on purpose, and goes on
        only in tight setting, as the lines of a title do. A list mark or an indent begins anew.
        """
        if _LIST_MARK.match(line.text):
            return False
        is_full = above.right + line.first_word > self.margin
        distance = line.top - above.top
        if distance > _FARTHER * max(self.usual if is_full else self.tight, line.size):
            return False
        if abs((above.left + above.right) - (line.left + line.right)) < line.size:
            return True  # centred
        if line.left > above.left + _INDENT * line.size:
            return False
        return is_full or not above.text.endswith((".", ";", ":"))


def paragraphs_of(lines: Sequence[Text], setting: Setting) -> Iterator[Paragraph]:
    """Paragraphs in the order of their first lines; lines side by side belong to paragraphs of their own."""
    gathered: list[list[Text]] = []
    for line in lines:
        above = next((lines for lines in reversed(gathered) if _overlap(lines[-1], line)), None)
        if above is not None and setting.runs_on(above[-1], line):
            above.append(line)
        else:
            gathered.append([line])
    for paragraph in gathered:
        text = "\n".join(line.text for line in paragraph if line.text)
        if text:
            yield Paragraph(text)


def _overlap(above: Text, line: Text) -> bool:
    return above.left < line.right and line.left < above.right
