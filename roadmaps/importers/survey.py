"""A sheet of Excel walked through before it is read: how far it reaches and what is merged, hidden or computed.

The reader lays a sheet out as one rectangle, so that a single cell in the last row and column takes all memory and
ends the process. The walk streams the sheet's XML, keeps little, and stops at the first cell out of bounds.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from kit.confined import Unreadable
from roadmaps.importers.numberformats import BUILT_IN

MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
MOST_CELLS = 1_000_000
MOST_SHEETS = 100

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class Area:
    """A merged range; rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Survey:
    """What one sheet holds besides its values; rows and columns from 0."""

    name: str
    rows: int = 0
    columns: int = 0
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)


def visible_sheets(archive: zipfile.ZipFile) -> Iterator[Survey]:
    """The sheets a person sees, in their order. Raises ``Unreadable`` when one cannot be read safely or truly."""
    formats = _formats(archive)
    paths = _paths(archive)
    if len(paths) > MOST_SHEETS:
        raise Unreadable("В книге слишком много листов: оставьте только дорожную карту и загрузите снова.")
    for name, path in paths:
        with archive.open(path) as stream:
            yield _survey(name, stream, formats)


def _paths(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Names of the visible sheets and where in the archive they lie."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    known = set(archive.namelist())
    paths = []
    for sheet in _elements(archive, "xl/workbook.xml", "sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
        path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if sheet.get("state", "visible") == "visible" and path in known and "worksheets" in path:
            paths.append((sheet.get("name", ""), path))
    return paths


def _formats(archive: zipfile.ZipFile) -> list[str]:
    """Number format of each cell style, by the style's index."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    codes: dict[int, str] = dict(BUILT_IN)
    formats: list[str] = []
    for element in _elements(archive, "xl/styles.xml", "numFmt", "xf"):
        if etree.QName(element).localname == "numFmt":
            codes[int(element.get("numFmtId", 0))] = element.get("formatCode", "")
        elif _parent_name(element) == "cellXfs":
            formats.append(codes.get(int(element.get("numFmtId", 0)), ""))
    return formats


def _elements(archive: zipfile.ZipFile, path: str, *names: str) -> Iterator[Any]:
    with archive.open(path) as stream:
        for _, element in etree.iterparse(stream, tag=[f"{{*}}{name}" for name in names], **_CLOSED):
            yield element


#: Entities stay unresolved and the network closed, whatever the document asks for.
_CLOSED: Mapping[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def _parent_name(element: Any) -> str:
    parent = element.getparent()
    return "" if parent is None else str(etree.QName(parent).localname)


def _survey(name: str, stream: Any, formats: list[str]) -> Survey:
    walk = _Walk(Survey(name), formats)
    tags = [f"{{*}}{tag}" for tag in ("row", "c", "mergeCell", "col", "autoFilter")]
    for event, element in etree.iterparse(stream, events=("start", "end"), tag=tags, **_CLOSED):
        walk.meet(etree.QName(element).localname, element, begins=event == "start")
        if event == "end":
            _forget(element)
    if walk.is_filtered:
        # A filter hides rows for a while, a person hides them for good.
        walk.survey.hidden_rows.clear()
    return walk.survey


@dataclass
class _Walk:
    """One pass over a sheet, and where it stands: cells and rows may leave out their own addresses."""

    survey: Survey
    formats: list[str]
    is_filtered: bool = False
    _row: int = -1
    _column: int = -1
    _cells: int = 0

    def meet(self, tag: str, element: Any, *, begins: bool) -> None:
        if tag == "row" and begins:
            self._row, self._column = int(element.get("r", self._row + 2)) - 1, -1
            if _yes(element.get("hidden")):
                self.survey.hidden_rows.add(self._row)
        elif tag == "c" and not begins:
            self._row, self._column = _position(element.get("r"), self._row, self._column + 1)
            if _is_filled(element, self.survey.name):
                self._count(int(element.get("s", 0)))
        elif tag == "col" and begins and _yes(element.get("hidden")):
            last = min(int(element.get("max", 1)), MOST_COLUMNS)
            self.survey.hidden_columns.update(range(int(element.get("min", 1)) - 1, last))
        elif tag == "mergeCell" and begins:
            self.survey.merged.append(_area(element.get("ref", "A1")))
        elif tag == "autoFilter":
            self.is_filtered = True

    def _count(self, style: int) -> None:
        survey = self.survey
        self._cells += 1
        survey.rows, survey.columns = max(survey.rows, self._row + 1), max(survey.columns, self._column + 1)
        if survey.rows > MOST_ROWS or survey.columns > MOST_COLUMNS or self._cells > MOST_CELLS:
            raise Unreadable(
                f"На листе «{survey.name}» заполнены ячейки далеко за таблицей (строка {survey.rows}, "
                f"столбец {survey.columns}): удалите их и загрузите снова."
            )
        if style < len(self.formats) and self.formats[style]:
            survey.formats[self._row, self._column] = self.formats[style]


def _is_filled(cell: Any, name: str) -> bool:
    value, formula, inline = cell.find("{*}v"), cell.find("{*}f"), cell.find("{*}is")
    filled = inline is not None or (value is not None and bool(value.text))
    # A formula that gives an empty text has an empty value of the type «str».
    if formula is not None and not filled and cell.get("t") != "str":
        raise Unreadable(
            f"На листе «{name}» есть формулы без посчитанных значений: "
            "откройте книгу в Excel, сохраните и загрузите снова."
        )
    return filled


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Where a cell says it stands; without a reference, next to the one before it."""
    found = _REFERENCE.fullmatch(reference or "")
    if found is None:
        return row, column
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, number - 1


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    top, left = _position(first, 0, 0)
    bottom, right = _position(last or first, top, left)
    return Area(top, left, bottom, right)


def _yes(flag: str | None) -> bool:
    return flag in {"1", "true"}


def _forget(element: Any) -> None:
    """Free what has been walked; the rows of a long sheet would otherwise stay in memory to the end."""
    if etree.QName(element).localname in {"row", "mergeCell", "col"}:
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
