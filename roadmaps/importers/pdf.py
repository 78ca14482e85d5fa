"""A PDF with a text layer: tables drawn with lines, the text around them, pages put together again."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from kit.confined import Unreadable
from roadmaps.importers.boxes import Box, table_of
from roadmaps.importers.printedtext import Setting, Text, joined, lines_of, paragraphs_of
from roadmaps.importers.ruling import Edge, Ruled, ruled
from roadmaps.importers.sheet import Paragraph, Sheet, Table

MOST_PAGES = 120
#: A whole file ends with its mark here; the library would quietly read the first pages of half a file.
_LAST_BYTES = 2048
#: Points; edges of one table drawn on two pages differ by less.
_SAME_EDGE = 4.0
#: A font without a table of its letters gives these instead of them.
_NO_LETTER = re.compile(r"\(cid:\d+\)")
_PAGE_NUMBER = re.compile(r"(?:стр(?:аница|\.)?\s*)?[-–—\s]*\d{1,3}[-–—\s]*(?:(?:из|/)\s*\d{1,3})?", re.IGNORECASE)


def read(data: bytes) -> Sheet:
    if b"%%EOF" not in data[-_LAST_BYTES:]:
        raise Unreadable("Файл загружен не целиком: загрузите его ещё раз.")
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MOST_PAGES:
                raise Unreadable(
                    f"В файле больше {MOST_PAGES} страниц: оставьте в нём только дорожную карту и загрузите снова."
                )
            pages, pictures = [], []
            for page in document.pages:
                pictures.append(bool(page.images))
                pages.append(_page(page))
                page.close()  # frees the page's layout; a long document would otherwise keep all of them
    except PdfminerException as error:
        if any(isinstance(cause, MemoryError) for cause in error.args):
            raise MemoryError from error
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            raise Unreadable("Файл закрыт паролем: снимите пароль и загрузите снова.") from error
        raise
    _refuse_scans(pages, pictures)
    return Sheet(tuple(_put_together(_without_running_lines(pages))))


def _refuse_scans(pages: list[list[Text | Ruled]], pictures: list[bool]) -> None:
    """Pages scanned before or after the text are a letter and its stamps; one in between would leave a hole."""
    with_text = [number for number, page in enumerate(pages, start=1) if any(map(_says_something, page))]
    if not with_text:
        raise Unreadable(
            "В файле нет текста: похоже, это скан, – загрузите исходный документ .docx или .xlsx "
            "либо распознайте скан и сохраните его с текстом."
        )
    for number in range(with_text[0], with_text[-1]):
        if number not in with_text and pictures[number - 1]:
            raise Unreadable(f"Страница {number} – скан без текста: распознайте её или загрузите исходный документ.")


def _says_something(block: Text | Ruled) -> bool:
    return isinstance(block, Text) or any(box.text for band in block.bands for box in band)


def _page(page: Any) -> list[Text | Ruled]:
    """Lines of text and tables from top to bottom."""
    chars = [char for char in page.chars if char["text"]]
    if sum(bool(_NO_LETTER.fullmatch(char["text"])) for char in chars) * 5 > len(chars) > 0:
        raise Unreadable(
            "Текст в файле записан без таблицы букв и не читается: загрузите исходный документ .docx или .xlsx."
        )
    tables = []
    across = [edge for edge in page.edges if edge["orientation"] == "h"]
    for found in page.find_tables({"explicit_horizontal_lines": _closing_lines(page.edges)}):
        table, chars = ruled(found.cells, chars, across)
        if table is not None:
            tables.append(table)
    return sorted([*tables, *lines_of(chars)], key=lambda block: block.top)


def _closing_lines(edges: Sequence[Edge]) -> list[Edge]:
    """Lines across where the upright lines on the page begin and end.

    A row broken over two pages is left open at the bottom of the first and at the top of the second; without a line
    its cells would not be found.
    """
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    if not upright:
        return []
    left, right = min(edge["x0"] for edge in upright), max(edge["x1"] for edge in upright)
    ends = (min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright))
    return [
        {"object_type": "line", "x0": left, "x1": right, "top": end, "bottom": end, "width": right - left, "height": 0}
        for end in ends
    ]


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


def _put_together(pages: Iterable[list[Text | Ruled]]) -> Iterator[Paragraph | Table]:
    pages = list(pages)
    setting = Setting.of([block for page in pages for block in page if isinstance(block, Text)])
    blocks: list[Paragraph | Ruled] = []
    for page in pages:
        for index, block in enumerate(_with_paragraphs(page, setting)):
            above = blocks[-1] if blocks else None
            if isinstance(block, Ruled) and isinstance(above, Ruled) and _same_columns(above, block):
                blocks[-1] = _carried_on(above, block)
            elif index == 0 and isinstance(block, Paragraph) and isinstance(above, Paragraph) and _cut(above, block):
                blocks[-1] = Paragraph(joined(above.text, block.text, is_full=True))
            else:
                blocks.append(block)
    for block in blocks:
        yield block if isinstance(block, Paragraph) else _table(block)


def _cut(above: Paragraph, below: Paragraph) -> bool:
    """Whether the end of a page cut one paragraph in two."""
    return below.text[0].islower() and not above.text.endswith((".", ";", ":"))


def _with_paragraphs(page: Sequence[Text | Ruled], setting: Setting) -> Iterator[Paragraph | Ruled]:
    lines: list[Text] = []
    for block in page:
        if isinstance(block, Text):
            lines.append(block)
            continue
        yield from paragraphs_of(lines, setting)
        lines = []
        yield block
    yield from paragraphs_of(lines, setting)


def _table(table: Ruled) -> Table:
    return table_of(enumerate(table.bands, start=1), tolerance=_SAME_EDGE)


def _same_columns(first: Ruled, second: Ruled) -> bool:
    """Whether the outer edges agree and one table has no edge inside that the other lacks."""
    ours, theirs = first.edges, second.edges
    fewer, more = sorted((ours, theirs), key=len)
    return (
        abs(ours[0] - theirs[0]) <= _SAME_EDGE
        and abs(ours[-1] - theirs[-1]) <= _SAME_EDGE
        and all(_is_among(edge, more) for edge in fewer)
    )


def _carried_on(table: Ruled, rest: Ruled) -> Ruled:
    """``table`` with the bands of the next page; what the page break cut in two is one again.

    The head printed again belongs to the page, not to the document. A cell left open at the bottom goes on at the top
    of the next page; where the printer drew the line all the same, a merged cell that is empty there, or begins in
    the middle of a sentence, does too, and with it the cells merged beside it.
    """
    bands = [list(band) for band in table.bands]
    below = [list(band) for band in rest.bands[_repeated_head(table, rest) :]]
    if below:
        open_cells = [box for box in below[0] if _is_among(box.left, table.open_at)]
        if not open_cells:
            merged = [box for box in below[0] if len(below) > 1 and _is_tall(box, below[1])]
            open_cells = merged if any(_plainly_goes_on(box.text) for box in merged) else []
        for box in open_cells:
            _append(bands, box)
        below[0] = [replace(box, text="", continues=True) if box in open_cells else box for box in below[0]]
        if all(box.continues for box in below[0]):
            del below[0]
    return Ruled(table.top, tuple(tuple(band) for band in (*bands, *below)), rest.open_at)


def _repeated_head(table: Ruled, rest: Ruled) -> int:
    """How many bands at the top of ``rest`` are those at the top of ``table``."""
    height = 0
    for ours, theirs in zip(table.bands, rest.bands, strict=False):
        if [box.text for box in ours] != [box.text for box in theirs]:
            break
        height += 1
    return height


def _is_among(edge: float, edges: Sequence[float]) -> bool:
    return any(abs(edge - other) <= _SAME_EDGE for other in edges)


def _is_tall(box: Box, below: Sequence[Box]) -> bool:
    return _is_among(box.left, [other.left for other in below if other.continues])


def _plainly_goes_on(text: str) -> bool:
    return not text or text[0].islower()


def _append(bands: list[list[Box]], rest: Box) -> None:
    """Add the text of ``rest`` to the cell above that it goes on from."""
    for band in reversed(bands):
        for index, box in enumerate(band):
            if not box.continues and abs(box.left - rest.left) <= _SAME_EDGE:
                is_cut = not box.text.endswith((".", ";", ":"))
                band[index] = replace(box, text=joined(box.text, rest.text, is_full=is_cut).strip())
                return
