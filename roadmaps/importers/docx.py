"""A Word document, read in the order of its body: what the page shows, with the changes in it accepted."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from roadmaps.importers.boxes import Box, table_of
from roadmaps.importers.numbering import Numbering
from roadmaps.importers.sheet import Paragraph, Row, Sheet, Table
from roadmaps.importers.tidying import tidy

#: Twips; a border dragged by less than two and a half millimetres was meant to stay where it was.
_SAME_EDGE = 140
_DEEPEST_LIST = 9

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT_BOX = qn("w:txbxContent")
#: Deleted and moved-away text, and what describes looks: nothing a reader of the page sees as text here.
_SKIPPED = {qn(tag) for tag in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr")}
_TYPED = {
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}


def read(data: bytes) -> Sheet:
    """The document in ``data``; the archive around it has been checked by the caller."""
    document = docx.Document(io.BytesIO(data))
    return Sheet(tuple(_joined(_Reading.of(document).blocks(document.element.body))))


@dataclass
class _Split:
    """A table as met in the body, with the ruler of its grid kept for joining it to the next."""

    table: Table
    ruler: tuple[int, ...]


@dataclass
class _Reading:
    """One walk through a document; lists count on while it goes."""

    numbering: Numbering
    numbered_styles: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> "_Reading":
        relations = [relation for relation in document.part.rels.values() if not relation.is_external]
        roots = [relation.target_part.blob for relation in relations if relation.reltype == RELATIONSHIP_TYPE.NUMBERING]
        # The part is parsed here because python-docx keeps it to itself; entities stay closed as in its own parser.
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        numbering = Numbering.of(etree.fromstring(roots[0], parser) if roots else None)
        return cls(numbering, _numbered_styles(document.styles.element))

    def blocks(self, container: Any) -> Iterator[Paragraph | _Split]:
        for element in _met_within(container, {_PARAGRAPH, _TABLE}):
            if element.tag == _TABLE:
                yield from self._table(element)
            else:
                for box in _met_within(element, {_TEXT_BOX}):
                    yield from self.blocks(box)
                yield Paragraph(self._paragraph(element))

    def _table(self, table: Any) -> Iterator[Paragraph | _Split]:
        rows = [row for row in _met_within(table, {_ROW}) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        cells = [list(_met_within(row, {_CELL})) for row in rows]
        if all(len(row) == 1 for row in cells) and table.find(f".//{_TABLE}") is not None:
            # A frame around the page drawn as a table of one column: what stands in it is the document.
            for row in cells:
                yield from self.blocks(row[0])
            return
        ruler = _ruler(table, cells)
        boxes = [list(self._row(row, row_cells, ruler)) for row, row_cells in zip(rows, cells, strict=True)]
        yield _Split(table_of(enumerate(boxes, start=1), tolerance=_SAME_EDGE), ruler)

    def _row(self, row: Any, cells: list[Any], ruler: tuple[int, ...]) -> Iterator[Box]:
        column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        waiting: Box | None = None
        for cell in cells:
            start, column = column, column + _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
            left, right = _at(ruler, start), _at(ruler, column)
            if _merge(cell, "w:hMerge") == "continue" and waiting is not None:
                waiting = replace(waiting, right=right)
                continue
            if waiting is not None:
                yield waiting
            continues = _merge(cell, "w:vMerge") == "continue"
            waiting = Box("" if continues else self._cell(cell), left, right, continues)
        if waiting is not None:
            yield waiting

    def _cell(self, cell: Any) -> str:
        lines = []
        for block in self.blocks(cell):
            if isinstance(block, Paragraph):
                lines.append(block.text)
            else:
                lines.extend(" ".join(cell.text for cell in row.cells if cell.text) for row in block.table.rows)
        return tidy("\n".join(lines))

    def _paragraph(self, paragraph: Any) -> str:
        text = tidy("".join(_pieces(paragraph)))
        label = self._label(paragraph)
        return f"{label} {text}".strip() if label else text

    def _label(self, paragraph: Any) -> str:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return ""
        own = properties.find(qn("w:numPr"))
        style = properties.find(qn("w:pStyle"))
        inherited = self.numbered_styles.get(style.get(qn("w:val")), ("", 0)) if style is not None else ("", 0)
        number, depth = inherited if own is None else _list_of(own, inherited)
        return self.numbering.next_label(number, min(depth, _DEEPEST_LIST)) if number else ""


def _met_within(element: Any, wanted: set[str]) -> Iterator[Any]:
    """The nearest descendants with a ``wanted`` tag, through content controls, insertions and other wrappers.

    Of content kept in several versions for old and new Word, the first is met: the one that new Word shows.
    """
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag == _ALTERNATIVES:
            yield from _met_within(next(iter(child), ()), wanted)
        elif child.tag not in _SKIPPED:
            yield from _met_within(child, wanted)


def _pieces(paragraph: Any) -> Iterator[str]:
    for run in _met_within(paragraph, {qn("w:r"), _TEXT_BOX}):
        if run.tag == _TEXT_BOX or run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None:
            continue
        for piece in run:
            if piece.tag == qn("w:t"):
                yield piece.text or ""
            elif piece.tag in _TYPED:
                yield _TYPED[piece.tag]


def _ruler(table: Any, cells: list[list[Any]]) -> tuple[int, ...]:
    """Edges of the grid in twips; a grid without widths is ruled evenly."""
    grid = table.find(qn("w:tblGrid"))
    widths = [] if grid is None else [_number(column, 0, "w:w") for column in grid.iterfind(qn("w:gridCol"))]
    if not widths or not all(width > 0 for width in widths):
        columns = max([len(widths), *(len(row) for row in cells)], default=0)
        widths = [_SAME_EDGE * 2] * columns
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    return tuple(edges)


def _at(ruler: tuple[int, ...], column: int) -> int:
    """The edge before ``column``; rows longer than the grid go on beyond it in even steps."""
    beyond = column - (len(ruler) - 1)
    return ruler[column] if beyond <= 0 else ruler[-1] + beyond * _SAME_EDGE * 2


def _merge(cell: Any, tag: str) -> str:
    mark = cell.find(f"{qn('w:tcPr')}/{qn(tag)}")
    return "" if mark is None else mark.get(qn("w:val"), "continue")


def _number(element: Any, default: int, attribute: str = "w:val") -> int:
    return default if element is None else int(float(element.get(qn(attribute), default)))


def _list_of(properties: Any, inherited: tuple[str, int]) -> tuple[str, int]:
    """List and depth named by ``w:numPr``; list «0» is Word's way of taking a number away."""
    number, depth = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    named = inherited[0] if number is None else str(number.get(qn("w:val")))
    return ("" if named == "0" else named, _number(depth, inherited[1]))


def _numbered_styles(styles: Any) -> dict[str, tuple[str, int]]:
    """Style id → its list and depth, for styles that number by themselves or through the one they are based on."""
    based_on, own = {}, {}
    for style in styles.iterfind(qn("w:style")):
        identifier = style.get(qn("w:styleId"))
        parent = style.find(qn("w:basedOn"))
        based_on[identifier] = None if parent is None else parent.get(qn("w:val"))
        properties = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is not None:
            own[identifier] = _list_of(properties, ("", 0))
    numbered = {}
    for identifier in based_on:
        ancestor, seen = identifier, set()
        while ancestor in based_on and ancestor not in own and ancestor not in seen:
            seen.add(ancestor)
            ancestor = based_on[ancestor]
        if ancestor in own:
            numbered[identifier] = own[ancestor]
    return numbered


def _joined(blocks: Iterator[Paragraph | _Split]) -> Iterator[Paragraph | Table]:
    """The blocks without blank paragraphs, a table that people split at a page break made whole again."""
    waiting: _Split | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            if not block.text:
                continue
            if waiting is not None:
                yield waiting.table
                waiting = None
            yield block
        elif waiting is not None and _goes_on(waiting, block):
            waiting = _Split(_with_rows(waiting.table, block.table.rows), waiting.ruler)
        else:
            if waiting is not None:
                yield waiting.table
            waiting = block
    if waiting is not None:
        yield waiting.table


def _goes_on(first: _Split, second: _Split) -> bool:
    """Whether ``second`` is the rest of ``first``: ruled the same, or begun with the same head."""
    if not first.table.rows or not second.table.rows or first.table.rows[0].width != second.table.rows[0].width:
        return False
    if first.table.rows[0].cells == second.table.rows[0].cells:
        return True
    return len(first.ruler) == len(second.ruler) and all(
        abs(one - other) <= _SAME_EDGE for one, other in zip(first.ruler, second.ruler, strict=True)
    )


def _with_rows(table: Table, rows: tuple[Row, ...]) -> Table:
    counted = [Row(row.cells, line) for line, row in enumerate(rows, start=len(table.rows) + 1)]
    return Table((*table.rows, *counted))
