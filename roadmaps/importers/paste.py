"""What Word and Excel put on the clipboard: HTML with their own habits, or text with tabs and quoted cells."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from roadmaps.importers import text
from roadmaps.importers.boxes import Box, table_of
from roadmaps.importers.sheet import Paragraph, Sheet, Table
from roadmaps.importers.tidying import tidy
from roadmaps.importers.worksheet import Line, blocks

_FROM_EXCEL = re.compile(r"urn:schemas-microsoft-com:office:excel|Excel\.Sheet", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all|mso-element:\s*comment|mso-footnote-id|mso-endnote-id")
_SPACES = re.compile(r"[ \t\r\n\f]+")

_UNSEEN = {"head", "script", "style", "title", "del", "template", "noscript"}
_BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote", "pre", "dd", "dt"}
_WIDEST = 1_000
_TALLEST = 10_000


def read(data: bytes) -> Sheet:
    pasted = text.decoded(data)
    if "<" not in pasted or "<table" not in pasted.lower():
        return _sheet_of_plain(pasted)
    # The encoding is ours after decoding, whatever a <meta> says; the parser resolves nothing outside the text.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(pasted.encode("utf-8", "replace"), parser)
    return Sheet(tuple(_Walk(is_worksheet=bool(_FROM_EXCEL.search(pasted[:4096]))).through(root)))


def _sheet_of_plain(pasted: str) -> Sheet:
    if "\t" not in pasted:
        return text.sheet(pasted)
    rows = csv.reader(io.StringIO(pasted, newline=""), delimiter="\t")
    lines = (
        Line(number, tuple(Box(tidy(value), column, column + 1) for column, value in enumerate(row)))
        for number, row in enumerate(rows, start=1)
    )
    return Sheet(tuple(blocks([line for line in lines if line.texts])))


@dataclass
class _Walk:
    """One pass over the page in reading order; text gathers until a block ends it."""

    is_worksheet: bool
    _gathered: list[str] = field(default_factory=list)

    def through(self, element: Any) -> Iterator[Paragraph | Table]:
        yield from self._within(element)
        yield from self._paragraph()

    def _within(self, element: Any) -> Iterator[Paragraph | Table]:
        if _is_unseen(element):
            return
        if element.tag == "table":
            yield from self._paragraph()
            yield from self._tables(element)
            return
        if element.tag in _BLOCKS:
            yield from self._paragraph()
        self._gathered.append(_label(element) + _collapsed(element.text))
        if element.tag == "br":
            self._gathered.append("\n")
        for child in element:
            yield from self._within(child)
            self._gathered.append(_collapsed(child.tail))
        if element.tag in _BLOCKS:
            yield from self._paragraph()

    def _paragraph(self) -> Iterator[Paragraph]:
        gathered = tidy("".join(self._gathered))
        self._gathered.clear()
        if gathered:
            yield Paragraph(gathered)

    def _tables(self, table: Any) -> Iterator[Paragraph | Table]:
        lines = list(_lines(table))
        if self.is_worksheet:
            yield from blocks(lines)
        elif lines:
            yield table_of((line.number, line.boxes) for line in lines)


def _lines(table: Any) -> Iterator[Line]:
    """Rows of ``table`` with a text in them; a cell spanning rows stands in each, continuing below the first."""
    hanging: list[tuple[int, Box]] = []
    for number, row in enumerate(_rows(table), start=1):
        boxes = [Box("", box.left, box.right, continues=True) for _, box in hanging]
        hanging = [(left - 1, box) for left, box in hanging if left > 1]
        taken = sorted(boxes, key=lambda box: box.left)
        column = 0.0
        for cell in row:
            if cell.tag not in {"td", "th"}:
                continue
            width = _whole(cell.get("colspan"), _WIDEST)
            column = _free(column, taken)
            box = Box(_text(cell), column, column + width)
            column = box.right
            boxes.append(box)
            height = _whole(cell.get("rowspan"), _TALLEST)
            if height > 1:
                hanging.append((height - 1, box))
        line = Line(number, tuple(sorted(boxes, key=lambda box: box.left)))
        if line.texts:
            yield line


def _free(column: float, taken: list[Box]) -> float:
    for box in taken:
        if box.left <= column < box.right:
            column = box.right
    return column


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr" and not _is_unseen(child):
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(child)


def _text(element: Any) -> str:
    return tidy("".join(_pieces(element)))


def _pieces(element: Any) -> Iterator[str]:
    if _is_unseen(element):
        return
    is_block = element.tag in _BLOCKS or element.tag == "br"
    yield ("\n" if is_block else " " if element.tag == "td" else "") + _label(element) + _collapsed(element.text)
    for child in element:
        yield from _pieces(child)
        yield _collapsed(child.tail)
    if is_block and element.tag != "br":
        yield "\n"


def _label(element: Any) -> str:
    """The number or bullet that a browser would draw before a list item."""
    parent = element.getparent()
    if element.tag != "li" or parent is None:
        return ""
    if parent.tag != "ol":
        return "- "
    earlier = sum(sibling.tag == "li" for sibling in element.itersiblings(preceding=True))
    return f"{_whole(parent.get('start'), _TALLEST) + earlier}. "


def _is_unseen(element: Any) -> bool:
    return element.tag in _UNSEEN or bool(_HIDDEN.search(element.get("style", "")))


def _collapsed(node: str | None) -> str:
    """Line breaks of the HTML itself are spaces; only <br> and blocks break a line."""
    return _SPACES.sub(" ", node) if node else ""


def _whole(attribute: str | None, most: int) -> int:
    """A whole number from 1 to ``most``, 1 where the attribute says nothing sensible."""
    digits = (attribute or "").strip()
    return min(max(int(digits), 1), most) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 1  # noqa: PLR2004
