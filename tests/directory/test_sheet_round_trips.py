"""What is downloaded comes back unchanged, in every format and whatever a text begins with."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory.models import Organisation, SheetImport, StaffMember
from directory.resources.books import written
from directory.roles import Role
from directory.sheets.catalogue import SHEETS
from directory.sheets.cells import printed
from directory.sheets.columns import Column
from directory.sheets.files import open_file
from tests.directory.spreadsheets import ods_of
from tests.factories import directory

#: What makes a text a formula to one spreadsheet or another.
PREFIXES = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\t=", "'="]
FORMULA = "1+HYPERLINK(A1)"
#: Beginnings that no rule of a column takes away: blanks at an end are nobody's text.
KEPT_PREFIXES = ["=", "+", "-", "@", "＝", "'=", "''"]


#: The choices that have no empty word.
CHOSEN = {"staff": {"engagement": "main", "has_teaching_load": "0"}, "organisations": {"kind": "school"}}


def hostile(kind):
    """A row for each dangerous beginning of each column that shows what was typed."""
    typed = [column.key for column in SHEETS[kind].columns if column.show is Column.show]
    return [CHOSEN[kind] | {key: f"{prefix}{FORMULA}"} for prefix in PREFIXES for key in typed]


def shown(kind, rows):
    return [[column.show(row.get(column.key, "")) for column in SHEETS[kind].columns] for row in rows]


def plain(rows):
    return [[printed(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("kind", SHEETS)
def test_a_csv_holds_no_live_formula_and_reads_back_as_it_was(kind):
    rows = hostile(kind)

    table = written(SHEETS[kind], rows, ending="csv", title="Лист")

    cells = [
        cell for row in csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";") for cell in row
    ]
    assert [cell for cell in cells if cell.startswith(tuple(PREFIXES)) and not cell.startswith("'")] == []
    assert [cells for _, cells in open_file(table).rows][1:] == shown(kind, rows)


@pytest.mark.parametrize("kind", SHEETS)
def test_a_book_holds_texts_only_and_reads_back_as_it_was(kind):
    rows = hostile(kind)

    book = written(SHEETS[kind], rows, ending="xlsx", title="Лист")

    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(book)).active for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert plain(cells for _, cells in open_file(book).rows)[1:] == plain(shown(kind, rows))


@pytest.fixture
def school(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return directory.organisation(short_title="Школа № 9", inn="7707083893")


@pytest.fixture
def methodist(school, signed_in, today):
    return signed_in(directory.reader(Role.METHODIST, school))


def plant_organisations(school):
    """Whole and scanty ones, closed ones, and such whose every text begins like a formula."""
    city = school.municipality
    directory.organisation(municipality=city, short_title="Сад № 1", kind="kindergarten", closed_on=date(2026, 5, 31))
    directory.organisation(
        municipality=city, short_title="Лицей", inn="6600000116", title_genitive="Лицея", phone="8 800"
    )
    for number, prefix in enumerate(KEPT_PREFIXES):
        texts = dict.fromkeys(("title", "title_genitive", "address", "phone", "site"), f"{prefix}{FORMULA}")
        directory.organisation(municipality=city, short_title=f"{prefix}A{number}", **texts)
    return Organisation


def plant_staff(school):
    """A teacher with everything, one with little, one without a number, one who left, and suspicious texts."""
    city = school.municipality
    whole = directory.staff_member(
        municipality=city,
        patronymic="Олеговна",
        birth_year=1985,
        teaching_from=date(2007, 9, 1),
        category="first",
        category_on=date(2023, 12, 25),
        calling="mentor",
        has_teaching_load=True,
        email="lipova@example.org",
        phone="8 800 1",
    )
    whole.subjects.set(directory.subject(municipality=city, title=title) for title in ("физика", "математика"))
    directory.position(staff_member=whole, organisation=school, number="17", starts_on=date(2020, 9, 1))
    directory.position(staff_member=whole, organisation=school, number="17-1", title="завуч", engagement="internal")
    for surname, facts in {
        "Соснин": {"number": "18"},
        "Кедрина": {"number": "", "engagement": "external"},
        "Ольхин": {"number": "19", "ends_on": date(2025, 8, 31)},
    }.items():
        person = directory.staff_member(municipality=city, last_name=surname)
        directory.position(staff_member=person, organisation=school, **facts)
    for number, prefix in enumerate(KEPT_PREFIXES):
        person = directory.staff_member(municipality=city, last_name=f"Я{'а' * number}", phone=f"{prefix}{FORMULA}")
        directory.position(staff_member=person, organisation=school, number=f"2{number}", title=f"{prefix}{FORMULA}")
    return StaffMember


def as_ods(book):
    """The book as LibreOffice would save it again."""
    rows = openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)
    return ods_of(
        *(["" if cell is None else cell.date() if isinstance(cell, datetime) else cell for cell in row] for row in rows)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["xlsx", "csv", "ods"])
@pytest.mark.parametrize(("kind", "plant"), [("staff", plant_staff), ("organisations", plant_organisations)])
def test_a_downloaded_list_comes_back_and_changes_nothing(methodist, school, kind, plant, ending):
    model = plant(school)
    address = reverse("directory:sheet-download", args=[kind])
    file = methodist.get(address, {"format": "csv" if ending == "csv" else "xlsx"}).content
    versions = model.history.count()

    data = SimpleUploadedFile(f"1.{ending}", as_ods(file) if ending == "ods" else file)
    methodist.post(reverse("directory:sheet-load", args=[kind]), {"file": data})

    sheet = SheetImport.objects.get()
    assert (sheet.trouble, sheet.report["wrong"], sheet.report["changed"]) == ("", [], [])
    assert sheet.report["counts"] == {
        "added": 0,
        "changed": 0,
        "same": len(list(open_file(file).rows)) - 1,
        "refused": 0,
    }
    methodist.post(reverse("directory:sheet-confirm", args=[sheet.pk]), {"seen": sheet.seen})
    assert model.history.count() == versions
