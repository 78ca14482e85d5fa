"""The pages of a sheet brought in: checked, mended, written once; each sees only one's own."""

import io
import tracemalloc

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory import tasks
from directory.actions.progress import progress_of
from directory.forms import sheets as sheet_forms
from directory.models import Position, SheetImport, StaffMember
from directory.roles import Role
from directory.sheets.staff import STAFF
from directory.views import sheets as sheet_views
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


def test_a_sheet_does_not_exist_for_anybody_else(deputy, school, signed_in):
    sheet = load(deputy, xlsx_of(HEADS, [*LIPOVA[:6], "восемь", ""]))
    colleague = signed_in(directory.reader(Role.DEPUTY, school))
    stranger = signed_in(directory.reader(Role.METHODIST, directory.organisation(municipality=school.municipality)))

    for reader in (colleague, stranger):
        for verb in ("detail", "refusals"):
            assert reader.get(reverse(f"directory:sheet-{verb}", args=[sheet.pk])).status_code == 404
        for verb in ("confirm", "discard"):
            assert reader.post(reverse(f"directory:sheet-{verb}", args=[sheet.pk])).status_code == 404
        assert reader.post(reverse("directory:sheet-leave", args=[sheet.pk, 2])).status_code == 404
        assert "Сотрудники.xlsx" not in reader.get(reverse("directory:sheet-load", args=["staff"])).content.decode()
    assert deputy.get(sheet.get_absolute_url()).status_code == 200


def test_a_refused_row_is_mended_or_left_out_on_the_page(deputy):
    sheet = load(deputy, xlsx_of(HEADS, [*LIPOVA[:6], "восемь", ""], [*SOSNIN[:6], "девять", ""]))
    form = deputy.get(reverse("directory:sheet-mend", args=[sheet.pk, 2])).content.decode()

    deputy.post(reverse("directory:sheet-mend", args=[sheet.pk, 2]), {"birth_year": "1985"})
    page = deputy.post(reverse("directory:sheet-leave", args=[sheet.pk, 3]), follow=True).content.decode()

    assert "Нужен год четырьмя цифрами, например 1985." in form
    assert "Пропущены строки: 3." in page
    sheet.refresh_from_db()
    assert sheet.report["counts"] == {"added": 1, "changed": 0, "same": 0, "refused": 0}


def test_refused_rows_can_be_downloaded_and_stop_the_writing(deputy):
    sheet = load(deputy, xlsx_of(HEADS, [*LIPOVA[:6], "восемь", ""]))

    table = deputy.get(reverse("directory:sheet-refusals", args=[sheet.pk])).content.decode("utf-8-sig")
    answer = deputy.post(reverse("directory:sheet-confirm", args=[sheet.pk]), {"seen": sheet.seen})

    assert table.splitlines()[0] == "Строка;Столбец;Сейчас;Что не так"
    assert answer.status_code == 403
    assert "Сначала исправьте или уберите строки с ошибками." in answer.content.decode()


def test_a_long_file_goes_to_the_worker_and_its_page_tells_how_far_it_is(deputy, monkeypatch):
    woken = []
    monkeypatch.setattr(sheet_views, "LONG_BYTES", 100)
    monkeypatch.setattr(tasks.work_sheet, "delay_on_commit", lambda **call: woken.append(call))

    sheet = load(deputy, xlsx_of(HEADS, LIPOVA))
    page = deputy.get(sheet.get_absolute_url()).content.decode()
    tasks.work_sheet(**woken[0])
    part = deputy.get(sheet.get_absolute_url(), headers={"HX-Request": "true"})

    assert "Шаг 1 из 2" in page
    assert 'hx-trigger="every 1s"' in page
    assert part.headers["HX-Refresh"] == "true"
    assert "Что изменится" in deputy.get(sheet.get_absolute_url()).content.decode()


def test_the_page_of_a_sheet_being_written_shows_how_much_is_done(deputy):
    sheet = load(deputy, xlsx_of(HEADS, LIPOVA))
    SheetImport.objects.update(state=SheetImport.State.WRITING)

    with progress_of(sheet) as progress:
        progress.total = 800
        assert len(list(progress.passing(range(200)))) == 200
        page = deputy.get(sheet.get_absolute_url()).content.decode()

    assert '<progress max="100" value="25" aria-label="Записано">' in page
    assert f'<a href="{sheet.get_absolute_url()}">Обновить</a>' in page
    assert (
        "value="
        not in deputy.get(sheet.get_absolute_url()).content.decode().partition("<progress")[2].partition(">")[0]
    )


def test_a_sheet_is_not_kept_when_its_reader_thinks_better_of_it(deputy):
    sheet = load(deputy, xlsx_of(HEADS, LIPOVA))

    deputy.post(reverse("directory:sheet-discard", args=[sheet.pk]))

    assert (SheetImport.objects.count(), StaffMember.objects.count()) == (0, 0)


def test_a_blank_has_the_heads_and_nothing_else(deputy):
    book = openpyxl.load_workbook(io.BytesIO(deputy.get(reverse("directory:sheet-blank", args=["staff"])).content))

    rows = list(book.active.iter_rows(values_only=True))

    assert rows == [tuple(column.head for column in STAFF.columns)]


def test_a_file_over_the_limit_is_refused_before_it_is_read(deputy, monkeypatch):
    monkeypatch.setattr(sheet_forms, "MOST_BYTES", 2**20)
    answer = deputy.post(
        reverse("directory:sheet-load", args=["staff"]), {"file": SimpleUploadedFile("a.xlsx", b"x" * (2**20 + 1))}
    )

    assert "Файл больше 1 МБ. Разделите таблицу на несколько файлов." in answer.content.decode()
    assert SheetImport.objects.count() == 0


def send(client, form, size):
    """The answer to an upload of so many zeros by way of the file ``form``, and how much memory it took at most."""
    with form.open("wb") as file:
        file.write(b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n')
        file.seek(size, io.SEEK_CUR)
        file.write(b"\r\n--edge--\r\n")
    address = reverse("directory:sheet-load", args=["staff"])
    client.get(address)  # what every first request brings into memory is not the upload's
    with form.open("rb") as file:
        tracemalloc.start()
        answer = client.request(
            **{
                "REQUEST_METHOD": "POST",
                "PATH_INFO": address,
                "CONTENT_TYPE": "multipart/form-data; boundary=edge",
                "CONTENT_LENGTH": f"{form.stat().st_size}",
                "wsgi.input": file,
            }
        )
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return answer.content.decode(), most


def test_a_hundred_megabytes_are_refused_in_words_and_never_held_in_memory(deputy, tmp_path):
    page, memory = send(deputy, tmp_path / "form", 100 * 2**20)

    assert "Файл больше 20 МБ. Разделите таблицу на несколько файлов." in page
    assert memory < 20 * 2**20
    assert SheetImport.objects.count() == 0


def test_what_holds_uploads_in_memory_would_be_noticed(deputy, settings, tmp_path):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 200 * 2**20

    _page, memory = send(deputy, tmp_path / "form", 100 * 2**20)

    assert memory > 100 * 2**20


def test_a_download_holds_the_people_of_the_filtered_list_only(deputy, school):
    directory.position(
        staff_member=directory.staff_member(municipality=school.municipality, last_name="Кедрина"), organisation=school
    )
    directory.position(
        staff_member=directory.staff_member(municipality=school.municipality, last_name="Чужая"),
        organisation=directory.organisation(municipality=school.municipality, short_title="Лицей"),
    )
    confirm(deputy, load(deputy, xlsx_of(HEADS, LIPOVA, SOSNIN)))

    address = reverse("directory:sheet-download", args=["staff"])
    everybody = deputy.get(address, {"format": "csv"}).content.decode()
    found = deputy.get(address, {"format": "csv", "q": "липова"}).content.decode()

    assert [name in everybody for name in ("Липова", "Соснин", "Кедрина", "Чужая")] == [True, True, True, False]
    assert [name in found for name in ("Липова", "Соснин", "Кедрина")] == [True, False, False]
