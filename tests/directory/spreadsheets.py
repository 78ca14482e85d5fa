"""Files as people save them: a table of cells as Excel, OpenDocument or CSV."""

import csv
import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

import openpyxl

HEADS = ["Табельный номер", "Фамилия", "Имя", "Отчество", "Должность", "Принят с", "Год рождения", "Предметы"]
LIPOVA = ["17", "Липова", "Дарья", "Олеговна", "учитель", date(2020, 9, 1), 1985, "математика"]
SOSNIN = ["18", "Соснин", "Пётр", "Ильич", "учитель", date(2021, 9, 1), 1990, ""]


def xlsx_of(*rows, title="Сотрудники", change=None):
    """The bytes of a book with these rows; ``change`` gets its sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_of(*rows, delimiter=";", encoding="utf-8-sig"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(
        [f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell for cell in row] for row in rows
    )
    return text.getvalue().encode(encoding)


def ods_of(*rows, repeated=1):
    """The bytes of an OpenDocument book as LibreOffice saves it; its last row stands there so many times."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    told = [_ods_row(row, 1 if place < len(rows) else repeated) for place, row in enumerate(rows, start=1)]
    content = (
        f'<?xml version="1.0"?><office:document-content{names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Лист1">{"".join(told)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return file.getvalue()


def _ods_row(cells, times):
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(map(_ods_cell, cells))}</table:table-row>'


def _ods_cell(value):
    if value == "":
        return "<table:table-cell/>"
    kind = f'"string" office:string-value="{escape(str(value), {chr(34): "&quot;"})}"'
    if isinstance(value, date):
        kind = f'"date" office:date-value="{value}"'
    elif isinstance(value, int | float):
        kind = f'"float" office:value="{value}"'
    return f"<table:table-cell office:value-type={kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"
