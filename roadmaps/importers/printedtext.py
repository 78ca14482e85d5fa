"""Letters on a printed page put together into lines and paragraphs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.utils.text import extract_text, extract_words

from roadmaps.importers.sheet import Paragraph
from roadmaps.importers.tidying import tidy

#: A gap between letters wider than this share of their size is a space.
_SPACE = 0.18
#: In letter sizes: a gap in a line that separates two columns, and a distance of lines that separates paragraphs.
_GUTTER = 3.5
_FARTHEST_LINE = 1.95
_INDENT = 1.2
_LIST_MARK = re.compile(r"(?:[-–—•▪]|\d{1,2}(?:\.\d{1,2})*[.)]|[а-яё]\))\s")


@dataclass(frozen=True)
class Text:
    """A line, or the part of a line in one column; edges in points."""

    text: str
    left: float
    top: float
    right: float
    size: float


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
    )


def paragraphs_of(lines: Sequence[Text]) -> Iterator[Paragraph]:
    """Paragraphs in the order of their first lines; lines side by side belong to paragraphs of their own."""
    gathered: list[list[Text]] = []
    for line in lines:
        above = next((lines for lines in reversed(gathered) if _overlap(lines[-1], line)), None)
        if above is not None and _goes_on(above, line):
            above.append(line)
        else:
            gathered.append([line])
    for paragraph in gathered:
        text = "\n".join(line.text for line in paragraph if line.text)
        if text:
            yield Paragraph(text)


def _overlap(above: Text, line: Text) -> bool:
    return above.left < line.right and line.left < above.right


def _goes_on(paragraph: list[Text], line: Text) -> bool:
    above = paragraph[-1]
    leading = line.top - above.top
    if leading > _FARTHEST_LINE * line.size or _LIST_MARK.match(line.text):
        return False
    if len(paragraph) > 1 and leading > (above.top - paragraph[-2].top) * 1.25:
        return False
    is_centred = abs((above.left + above.right) - (line.left + line.right)) < line.size
    return is_centred or line.left < above.left + _INDENT * line.size
