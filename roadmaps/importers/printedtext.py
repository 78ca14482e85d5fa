"""Letters on a printed page put together into lines and paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.utils.text import extract_words

from roadmaps.importers.sheet import Paragraph
from roadmaps.importers.tidying import tidy

Letter = dict[str, Any]  # as pdfplumber gives it

#: A gap between letters wider than this share of their size is a space.
_SPACE = 0.18
#: Points between a cell's border and its text; Word's own is five and a half.
_WIDEST_PADDING = 8.0
#: In letter sizes: a gap that separates two columns, the indent of a first line, lines set aside of one another.
_GUTTER = 3.5
_INDENT = 1.2
_ASIDE = 0.3
_SENTENCE = 3
_NEVER_LAST = [[word] for word in ("в", "до", "за", "из", "и", "к", "на", "не", "о", "об", "от", "по", "при", "с", "у")]
#: Between words of one line, at least.
_WORD_GAP = 0.3
#: The most that lines of one paragraph are apart: «double» of Word.
_FARTHEST = 2.4
#: A distance of lines is common from so many times and so large a share on.
_FEWEST = 2
_SHARE = 0.12
#: In the tightest common distance: one that separates paragraphs.
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


def text_of(chars: Sequence[Letter], left: float, right: float) -> str:
    """The letters of one cell between its borders, as its author typed them: without breaks made by its width."""
    lines = [_line(row) for row in _rows(chars)]
    if not lines:
        return ""
    padding = min(min(line.left for line in lines) - left, _WIDEST_PADDING)
    text = lines[0].text
    for above, line in pairwise(lines):
        is_full = above.right - above.left + _WORD_GAP * line.size + line.first_word > right - left - 2 * padding
        text = joined(text, line.text, is_full=is_full)
    return tidy(text)


def joined(above: str, line: str, *, is_full: bool) -> str:
    """``line`` after the text ``above``; a break stays where the line was ended on purpose, and after a hyphen.

    Whether the hyphen is the word's own or the printer's only a reader of words can tell. In a narrow column every
    line is full, a list of months too: short lines are one sentence only where the next goes on in small letters,
    or the one above ends with a word that nothing ends with.
    """
    last = above.rpartition("\n")[2].split()
    is_sentence = line[:1].islower() or len(last) >= _SENTENCE or last[-1:] in _NEVER_LAST
    return f"{above} {line}" if is_full and is_sentence and not above.endswith("-") else f"{above}\n{line}"


def lines_of(chars: Sequence[Letter]) -> list[Text]:
    """The letters outside of tables as lines, cut where a wide gap separates columns."""
    return [line for row in _rows(chars) for line in _columns(row)]


def _rows(chars: Sequence[Letter]) -> list[list[dict[str, Any]]]:
    """Words that stand on one line, from left to right; lines from top to bottom."""
    words = extract_words(list(chars), x_tolerance_ratio=_SPACE) if chars else []
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if rows and word["bottom"] - rows[-1][0]["bottom"] < (word["bottom"] - word["top"]) / 2:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word["x0"]) for row in rows]


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
    """How the lines of a document are set, in points: the tightest common distance, the right margin."""

    tight: float
    margin: float

    @classmethod
    def of(cls, lines: Sequence[Text]) -> "Setting":
        """Measured on ``lines`` in reading order; a distance seldom met proves nothing."""
        distances = Counter(round(below.top - above.top) for above, below in pairwise(lines) if below.top > above.top)
        often = max(_FEWEST, _SHARE * distances.total())
        return cls(
            tight=min((distance for distance, times in distances.items() if times >= often), default=0),
            margin=max((line.right for line in lines), default=0.0),
        )

    def is_full(self, above: Text, line: Text) -> bool:
        """Whether the first word of ``line`` had no room on the line above it."""
        return above.right + _WORD_GAP * line.size + line.first_word > self.margin

    def runs_on(self, above: Text, line: Text) -> bool:
        """Whether ``line`` belongs to the paragraph of the line above it.

        A full line runs on into the next one, unless that stands apart and begins a sentence. A line with room for
        the next word was ended on purpose, and goes on only in tight setting, as the lines of a title do. A list
        mark or an indent begins anew.
        """
        distance = line.top - above.top
        if _LIST_MARK.match(line.text) or distance > _FARTHEST * line.size:
            return False
        is_tight = distance <= _FARTHER * max(self.tight, line.size)
        is_centred = abs((above.left + above.right) - (line.left + line.right)) < line.size
        if is_tight and is_centred and abs(above.left - line.left) > _ASIDE * line.size:
            return True
        if line.left > above.left + _INDENT * line.size:
            return False
        is_finished = above.text.endswith((".", ";", ":"))
        if self.is_full(above, line):
            return is_tight or not (is_finished or line.text[:1].isupper())
        return is_tight and not is_finished


def paragraphs_of(lines: Sequence[Text], setting: Setting) -> Iterator[Paragraph]:
    """Paragraphs in the order of their first lines; lines side by side belong to paragraphs of their own."""
    gathered: list[list[Text]] = []
    for line in lines:
        column = next((column for column in reversed(gathered) if _overlap(column[-1], line)), None)
        if column is not None and setting.runs_on(column[-1], line):
            column.append(line)
        else:
            gathered.append([line])
    for paragraph in gathered:
        text = paragraph[0].text
        for above, line in pairwise(paragraph):
            text = joined(text, line.text, is_full=setting.is_full(above, line))
        if text:
            yield Paragraph(text)


def _overlap(above: Text, line: Text) -> bool:
    return above.left < line.right and line.left < above.right
