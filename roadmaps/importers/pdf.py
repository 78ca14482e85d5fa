"""A PDF with a text layer: tables drawn with lines, the text around them, pages put together again."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from roadmaps.importers.boxes import Box, table_of
from roadmaps.importers.printedtext import Text, lines_of, paragraphs_of
from roadmaps.importers.ruling import Ruled, ruled
from roadmaps.importers.sheet import Paragraph, Sheet, Table, Unreadable

MOST_PAGES = 120
#: Points; edges of one table drawn on two pages differ by less.
_SAME_EDGE = 4.0
#: A font without a table of its letters gives these instead of them.
_NO_LETTER = re.compile(r"\(cid:\d+\)")
_PAGE_NUMBER = re.compile(r"(?:стр(?:аница|\.)?\s*)?[-–—\s]*\d{1,3}[-–—\s]*(?:(?:из|/)\s*\d{1,3})?", re.IGNORECASE)


def read(data: bytes) -> Sheet:
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MOST_PAGES:
                raise Unreadable(
                    f"В файле больше {MOST_PAGES} страниц: оставьте в нём только дорожную карту и загрузите снова."
                )
            pages = [_page(page) for page in document.pages]
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            raise Unreadable("Файл закрыт паролем: снимите пароль и загрузите снова.") from error
        raise
    if not any(pages):
        raise Unreadable(
            "В файле нет текста: похоже, это скан. Загрузите исходный документ .docx или .xlsx "
            "либо распознайте скан и сохраните его как PDF с текстом."
        )
    return Sheet(tuple(_joined(_without_running_lines(pages))))


def _page(page: Any) -> list[Text | Ruled]:
    """Lines of text and tables from top to bottom."""
    chars = [char for char in page.chars if char["text"]]
    if sum(bool(_NO_LETTER.fullmatch(char["text"])) for char in chars) * 5 > len(chars) > 0:
        raise Unreadable(
            "Текст в файле записан без таблицы букв и не читается: загрузите исходный документ .docx или .xlsx."
        )
    tables = []
    for found in page.find_tables():
        table, chars = ruled(found.cells, chars)
        if table is not None:
            tables.append(table)
    page.close()  # frees the page's layout; a long document would otherwise keep all of them
    return sorted([*tables, *lines_of(chars)], key=lambda block: block.top)


def _without_running_lines(pages: list[list[Text | Ruled]]) -> Iterator[list[Text | Ruled]]:
    """Pages without their numbers, and without a head or foot that the page before had too."""
    before: set[str] = set()
    for page in pages:
        kept = list(page)
        edges = set()
        for index in (0, -1):
            while kept and isinstance(line := kept[index], Text) and _PAGE_NUMBER.fullmatch(line.text):
                kept.pop(index)
            if kept and isinstance(line := kept[index], Text):
                edges.add(line.text)
                if line.text in before:
                    kept.pop(index)
        before = edges
        yield kept


def _joined(pages: Iterator[list[Text | Ruled]]) -> Iterator[Paragraph | Table]:
    open_table: Ruled | None = None
    for page in pages:
        for block in _with_paragraphs(page):
            if isinstance(block, Ruled) and open_table is not None and _same_columns(open_table, block):
                open_table = _carried_on(open_table, block)
                continue
            if open_table is not None:
                yield _table(open_table)
                open_table = None
            if isinstance(block, Ruled):
                open_table = block
            else:
                yield block
    if open_table is not None:
        yield _table(open_table)


def _with_paragraphs(page: Sequence[Text | Ruled]) -> Iterator[Paragraph | Ruled]:
    lines: list[Text] = []
    for block in page:
        if isinstance(block, Text):
            lines.append(block)
            continue
        yield from paragraphs_of(lines)
        lines = []
        yield block
    yield from paragraphs_of(lines)


def _table(table: Ruled) -> Table:
    return table_of(enumerate(table.bands, start=1), tolerance=_SAME_EDGE)


def _same_columns(first: Ruled, second: Ruled) -> bool:
    """Whether the outer edges agree and one table has no edge inside that the other lacks."""
    ours, theirs = first.edges, second.edges
    fewer, more = sorted((ours, theirs), key=len)
    return (
        abs(ours[0] - theirs[0]) <= _SAME_EDGE
        and abs(ours[-1] - theirs[-1]) <= _SAME_EDGE
        and all(any(abs(edge - other) <= _SAME_EDGE for other in more) for edge in fewer)
    )


def _carried_on(table: Ruled, rest: Ruled) -> Ruled:
    """``table`` with the bands of the next page; a merged cell cut by the page break is one cell again.

    On the new page such a cell is drawn as its own, empty or with the end of its text. Cells merged together go on
    together, so one that plainly does speaks for all at the top of the page.
    """
    bands = [list(band) for band in table.bands]
    tall = [index for index, box in enumerate(rest.bands[0]) if len(rest.bands) > 1 and _is_tall(box, rest.bands[1])]
    top = list(rest.bands[0])
    if any(_plainly_goes_on(top[index].text) for index in tall):
        for index in tall:
            _append(bands, top[index])
            top[index] = replace(top[index], text="", continues=True)
    return Ruled(table.top, (*map(tuple, bands), tuple(top), *rest.bands[1:]))


def _is_tall(box: Box, below: Sequence[Box]) -> bool:
    return any(other.continues and abs(other.left - box.left) <= _SAME_EDGE for other in below)


def _plainly_goes_on(text: str) -> bool:
    return not text or text[0].islower()


def _append(bands: list[list[Box]], rest: Box) -> None:
    """Add the text of ``rest`` to the cell above that it goes on from."""
    for band in reversed(bands):
        for index, box in enumerate(band):
            if not box.continues and abs(box.left - rest.left) <= _SAME_EDGE:
                band[index] = replace(box, text=f"{box.text}\n{rest.text}".strip())
                return
