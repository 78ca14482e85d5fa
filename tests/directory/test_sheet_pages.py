"""The pages of a sheet brought in: checked, mended, written once; each sees only one's own."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory.models import Position, SheetImport, StaffMember
from directory.roles import Role
from tests.directory.spreadsheets import HEADS, LIPOVA, SOSNIN, xlsx_of
from tests.factories import directory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def school():
    return directory.organisation(short_title="Школа № 9", inn="7707083893")


@pytest.fixture
def deputy(school, signed_in, today):
    directory.subject(municipality=school.municipality, title="математика")
    return signed_in(directory.reader(Role.DEPUTY, school))


def load(client, data, name="Сотрудники.xlsx", kind="staff"):
    """Bring a file; the sheet as it was checked."""
    client.post(reverse("directory:sheet-load", args=[kind]), {"file": SimpleUploadedFile(name, data)})
    return SheetImport.objects.newest_first()[0]


def confirm(client, sheet):
    client.post(reverse("directory:sheet-confirm", args=[sheet.pk]), {"seen": sheet.seen})
    sheet.refresh_from_db()
    return sheet


def test_nothing_is_written_before_the_press(deputy):
    sheet = load(deputy, xlsx_of(HEADS, LIPOVA, SOSNIN))

    assert sheet.report["counts"] == {"added": 2, "changed": 0, "same": 0, "refused": 0}
    assert StaffMember.objects.count() == 0


def test_the_press_writes_people_positions_subjects_and_their_histories(deputy, school):
    sheet = confirm(deputy, load(deputy, xlsx_of(HEADS, LIPOVA, SOSNIN)))

    assert sheet.state == SheetImport.State.WRITTEN
    person = StaffMember.objects.get(last_name="Липова")
    assert person.full_name == "Липова Дарья Олеговна"
    assert (person.birth_year, [subject.title for subject in person.subjects.all()]) == (1985, ["математика"])
    assert person.sort_key == "липова дарья олеговна"
    position = person.positions.get()
    assert (position.organisation, position.number, f"{position.starts_on}") == (school, "17", "2020-09-01")
    assert position.engagement == Position.Engagement.MAIN
    version = person.history.get()
    assert (version.history_type, version.history_user, version.history_change_reason) == (
        "+",
        sheet.requested_by,
        "загружено из таблицы",
    )
    assert position.history.count() == 1


def test_the_same_file_again_changes_nothing(deputy):
    confirm(deputy, load(deputy, xlsx_of(HEADS, LIPOVA, SOSNIN)))

    again = load(deputy, xlsx_of(HEADS, LIPOVA, SOSNIN))

    assert again.report["counts"] == {"added": 0, "changed": 0, "same": 2, "refused": 0}
    assert confirm(deputy, again).state == SheetImport.State.CHECKED
    assert StaffMember.history.count() == 2


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_downloaded_comes_back_without_a_change(deputy, ending):
    confirm(deputy, load(deputy, xlsx_of(HEADS, LIPOVA, SOSNIN)))

    file = deputy.get(reverse("directory:sheet-download", args=["staff"]), {"format": ending}).content

    assert load(deputy, file, name=f"Сотрудники.{ending}").report["counts"] == {
        "added": 0,
        "changed": 0,
        "same": 2,
        "refused": 0,
    }


def test_a_downloaded_formula_is_a_text_and_comes_back_as_it_was(deputy, school):
    person = directory.staff_member(municipality=school.municipality, phone="=1+1", email="")
    directory.position(staff_member=person, organisation=school, number="5", title="@SUM(A1)")

    book = deputy.get(reverse("directory:sheet-download", args=["staff"])).content
    table = deputy.get(reverse("directory:sheet-download", args=["staff"]), {"format": "csv"}).content

    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert {cell.data_type for cell in sheet[2] if cell.value is not None} == {"s"}
    assert "'=1+1" in table.decode()
    assert "'@SUM(A1)" in table.decode()
    for file, name in ((book, "1.xlsx"), (table, "1.csv")):
        assert load(deputy, file, name=name).report["counts"]["same"] == 1
