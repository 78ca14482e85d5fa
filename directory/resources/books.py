"""A sheet written as a file that can be brought back unchanged: no text of it becomes a formula."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.resources import Resource
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from directory.sheets.cells import show_day
from directory.sheets.columns import Column, Sheet
from directory.sheets.files import ESCAPED, letter_of

_NARROWEST, _WIDEST = 12, 40
_DAY_FORMAT = "DD.MM.YYYY"


class SheetField(Field):
    """A column of a sheet: shows a plain text as people read it, and a day as a day."""

    def __init__(self, column: Column) -> None:
        super().__init__(column_name=column.head)
        self.column = column

    def export(self, instance: Mapping[str, str], **kwargs: Any) -> Any:
        text = instance.get(self.column.key, "")
        if text and self.column.show is show_day:
            return date.fromisoformat(text)
        return self.column.show(text)


class SheetResource(Resource):
    """The rows of a sheet as mappings of plain texts by the keys of its columns."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.fields = {column.key: SheetField(column) for column in sheet.columns}

    def get_export_order(self) -> list[str]:
        return list(self.fields)


class Book(XLSX):
    """Texts stay texts whatever they begin with; days are days."""

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(dataset.title or "Лист")
        sheet.freeze_panes = "A2"
        for place, head in enumerate(dataset.headers):
            sheet.column_dimensions[letter_of(place)].width = min(max(len(head) + 2, _NARROWEST), _WIDEST)
        sheet.append([_cell(sheet, head, is_head=True) for head in dataset.headers])
        for row in dataset:
            sheet.append([_cell(sheet, value) for value in row])
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()


class Table(CSV):
    """A CSV as Russian spreadsheets open it: semicolons, UTF-8 with its mark; an apostrophe disarms a formula."""

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        return table_of([dataset.headers, *dataset])


#: What a sheet is downloaded as, by the ending of the file.
FORMATS: dict[str, Any] = {"xlsx": Book, "csv": Table}


def written(sheet: Sheet, rows: Iterable[Mapping[str, str]], *, ending: str, title: str) -> bytes:
    """The file of a sheet; ``rows`` are plain texts by the keys of its columns."""
    dataset = SheetResource(sheet).export(rows)
    dataset.title = title
    return bytes(FORMATS[ending]().export_data(dataset))


def table_of(rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows as a CSV that spreadsheets open without asking."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([_escaped(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(sheet: Any, value: Any, *, is_head: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # The library would make a formula of a text that begins with «=».
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, date):
        cell.number_format = _DAY_FORMAT
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _escaped(value: Any) -> str:
    text = f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(ESCAPED) else text
