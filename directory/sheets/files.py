"""A spreadsheet's file opened: Excel, OpenDocument or CSV, each as rows of cells with the numbers of their lines."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import python_calamine

from kit.archives import DAMAGED, open_archive
from kit.confined import Unreadable

MOST_ROWS = 60_000
MOST_CELLS = 3_000_000
_LETTERS = 26
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ";\t,"
_PIECE_BYTES = 2**16
_FORMULA = re.compile(rb"<f[ >/]")
_UNCOUNTED = re.compile(rb"</f>(?:<v\s*/>|<v></v>)?</c>|<f[^>]*/>(?:<v\s*/>|<v></v>)?</c>")
_WHAT_FITS = "Подойдёт таблица Excel (.xlsx), OpenDocument (.ods) или CSV."


@dataclass(frozen=True)
class Opened:
    """Rows of one sheet with the numbers shown beside them; ``merged`` are rows touched by merged cells."""

    rows: Iterator[tuple[int, list[Any]]]
    merged: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def open_file(data: bytes) -> Opened:
    """The first sheet that holds anything; raises ``Unreadable``."""
    if not data:
        raise Unreadable("Файл пустой. Проверьте, тот ли файл выбран.")
    if data.startswith(b"PK\x03\x04"):
        return _open_book(data)
    if data.startswith(_OLD_EXCEL):
        raise Unreadable(
            "Это старая книга Excel или файл под паролем: снимите пароль, сохраните как .xlsx и загрузите."
        )
    if data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unreadable(f"Это не таблица. {_WHAT_FITS}")
    return _open_text(data)


def letter_of(column: int) -> str:
    """The letter over a column of a spreadsheet, by its place from 0.

    >>> letter_of(0), letter_of(26), letter_of(199)
    ('A', 'AA', 'GR')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def _open_book(data: bytes) -> Opened:
    archive = open_archive(data)
    names = archive.namelist()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("В файле есть макросы: сохраните его как книгу .xlsx без макросов.")
    is_excel = "xl/workbook.xml" in names
    if not is_excel and "content.xml" not in names:
        raise Unreadable(f"Это не таблица. {_WHAT_FITS}")
    notes = _about_formulas(archive) if is_excel else ()
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [
            sheet.name for sheet in book.sheets_metadata if sheet.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        sheets = [book.get_sheet_by_name(name) for name in visible]
    except python_calamine.CalamineError as error:
        raise Unreadable(DAMAGED) from error
    filled = [sheet for sheet in sheets if sheet.height and sheet.width]
    if not filled:
        raise Unreadable("В книге пусто: заполните лист и загрузите снова.")
    if len(filled) > 1:
        notes += (f"В книге несколько листов, прочитан первый: «{filled[0].name}».",)
    return Opened(_rows_of(filled[0]), _merged(filled[0]), notes)


def _about_formulas(archive: Any) -> tuple[str, ...]:
    """A formula is taken by the value that the spreadsheet has counted; without one the file is refused."""
    sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml"))
    with_formulas = [name for name in sheets if _has_formulas(archive, name)]
    if any(_UNCOUNTED.search(archive.read(name)) for name in with_formulas):
        raise Unreadable("В таблице есть формулы без посчитанных значений: откройте её в Excel, сохраните и загрузите.")
    return ("В таблице есть формулы: взяты их посчитанные значения.",) if with_formulas else ()


def _has_formulas(archive: Any, name: str) -> bool:
    """Looked for piece by piece: a long sheet is many times longer unpacked, and few have any."""
    before = b""
    with archive.open(name) as sheet:
        while piece := sheet.read(_PIECE_BYTES):
            if _FORMULA.search(before + piece):
                return True
            before = piece[-2:]
    return False


def _rows_of(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    bottom, right = sheet.end
    if bottom >= MOST_ROWS or (bottom + 1) * (right + 1) > MOST_CELLS:
        raise Unreadable(
            f"На листе «{sheet.name}» заполнены ячейки до строки {bottom + 1} и столбца {letter_of(right)}. "
            f"Портал берёт до {MOST_ROWS} строк: удалите лишнее или разделите таблицу."
        )
    # The library gives rows from the first of the sheet, but columns from the first filled one.
    blanks = [""] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, blanks + row if blanks else row


def _merged(sheet: Any) -> dict[int, str]:
    merged: dict[int, str] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        name = f"{letter_of(left)}{top + 1}:{letter_of(right)}{bottom + 1}"
        for row in range(top, min(bottom, MOST_ROWS) + 1):
            merged.setdefault(row + 1, name)
    return merged


def _open_text(data: bytes) -> Opened:
    text = _decoded(data)
    if "\0" in text:
        raise Unreadable(f"Это не таблица. {_WHAT_FITS}")
    head = "\n".join(text.splitlines()[:5])
    if re.search(r"<\s*(?:html|!doctype|\?xml|table)\b", head, re.IGNORECASE):
        raise Unreadable(
            f"Внутри файла веб-страница, а не таблица: откройте его в Excel и сохраните как .xlsx. {_WHAT_FITS}"
        )
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(f"Файл не похож на таблицу. {_WHAT_FITS}") from error
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"В файле строк: {len(rows)}. Портал берёт до {MOST_ROWS}: разделите таблицу.")
    return Opened((number, [_unescaped(cell) for cell in row]) for number, row in enumerate(rows, start=1))


def _decoded(data: bytes) -> str:
    """The text of a CSV: its mark tells the encoding; without one, UTF-8 where it fits, else the Windows alphabet."""
    attempts: list[Callable[[], str]] = [lambda: data.decode("utf-8-sig"), lambda: data.decode("cp1251")]
    if data.startswith(_UTF_16):
        attempts = [lambda: data.decode("utf-16")]
    elif b"\0" in data[:200]:
        attempts = [lambda: data.decode("utf-16-le"), lambda: data.decode("utf-16-be")]
    for attempt in attempts:
        try:
            return attempt()
        except UnicodeDecodeError:
            continue
    raise Unreadable("Буквы файла не прочитаны: сохраните таблицу как .xlsx или как CSV в UTF-8.")


def _unescaped(cell: str) -> str:
    """An apostrophe before what would be a formula makes it a text; it is not part of the text."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in ESCAPED else cell


#: A cell of a CSV that begins so is a formula to some spreadsheet, a wide sign to a Japanese one; or was escaped.
ESCAPED = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
