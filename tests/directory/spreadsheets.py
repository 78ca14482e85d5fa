"""Files as people save them: a table of cells as Excel, OpenDocument or CSV."""

import csv
import io
from datetime import date

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
