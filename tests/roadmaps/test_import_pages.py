"""A document on its way in: read, shown with its doubts, confirmed once, refused in a sentence when it cannot be read."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from roadmaps.actions import imports
from roadmaps.models import Roadmap, RoadmapImport, RoadmapItem
from tests.factories import roadmaps

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "000.txt"
ADD = reverse("roadmaps:import-add")
SENTENCE = re.compile(r"^[А-ЯЁ].*[.!?»]$")


def counts():
    return {model._meta.label: model._default_manager.count() for model in apps.get_app_config("roadmaps").get_models()}


def upload(desk, content, name="План.txt"):
    return desk.post(ADD, {"file": SimpleUploadedFile(name, content)}, follow=True)


@pytest.fixture
def seed():
    if not SEED.exists():
        pytest.skip("the real documents are not beside the project")
    return SEED.read_bytes()


def test_a_real_document_goes_in_once(desk, seed):
    preview = upload(desk, seed)
    rows = [row for section in preview.context["sections"] for row in section["rows"]]
    brought = RoadmapImport.objects.get()
    desk.post(reverse("roadmaps:import-confirm", args=[brought.pk]))
    roadmap = Roadmap.objects.get()
    after_first = counts()

    again = upload(desk, seed, name="Другое имя.txt")

    assert len(rows) == RoadmapItem.objects.count() == 28
    assert again.redirect_chain == [(roadmap.get_absolute_url(), 302)]
    assert "Этот документ уже загружен" in again.content.decode()
    assert counts() == after_first


def test_nothing_is_a_roadmap_before_it_is_confirmed(desk, seed):
    upload(desk, seed)

    assert (Roadmap.objects.count(), RoadmapItem.objects.count()) == (0, 0)


TABLE = "№\tМероприятие\tСрок\tОтветственные\n1\tПровести семинар\tмарт 2027 года\tМетодисты\n2\tОбобщить опыт\tапрель 2027 года\tМетодисты\n"


def test_a_pasted_table_is_shown_as_understood(desk):
    answer = desk.post(ADD, {"pasted": TABLE, "pasted_html": ""}, follow=True)

    page = answer.content.decode()
    assert "Провести семинар" in page
    assert "Обобщить опыт" in page
    assert RoadmapImport.objects.get().filename == "Вставленная таблица.txt"


BROKEN = [
    ("План.docx", b"PK\x03\x04" + b"\0" * 40),
    ("План.xlsx", b"not a workbook at all"),
    ("План.pdf", b"%PDF-1.7\nbroken"),
    ("План.txt", b"\x00\x01\x02\x03"),
    ("План.exe", b"MZ\x90\x00"),
    ("План.txt", "Просто письмо без таблицы.".encode()),
]


@pytest.mark.parametrize(("name", "content"), BROKEN)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(name, content, desk):
    before = counts()

    answer = upload(desk, content, name)

    errors = answer.context["form"].errors["file"]
    assert (answer.status_code, len(errors)) == (200, 1)
    assert SENTENCE.match(errors[0])
    assert counts() == before


def test_nothing_sent_is_told(desk):
    answer = desk.post(ADD, {"pasted": "  \n"})

    assert answer.context["form"].non_field_errors() == ["Выберите файл или вставьте таблицу."]


@pytest.fixture
def brought(centre):
    row = roadmaps.understood_row(problems=[{"code": "doubt", "message": "Проверьте номер"}])
    return roadmaps.roadmap_import(municipality=centre.municipality, understood=roadmaps.understood(row))


def row_of(brought):
    return reverse("roadmaps:import-row", args=[brought.pk, 0, 0])


def test_a_doubt_stands_beside_its_row_and_is_mended_there(desk, brought):
    doubtful = desk.get(brought.get_absolute_url()).content.decode()
    mended = desk.post(
        row_of(brought), {"text": "Провести два семинара", "deadline": "апрель"}, follow=True
    ).content.decode()

    assert "Проверьте номер" in doubtful
    assert "Проверьте номер" not in mended
    assert "Провести два семинара" in mended


def test_a_row_is_mended_in_place(desk, brought):
    opened = desk.get(row_of(brought), headers={"HX-Request": "true"}).content.decode()
    saved = desk.post(row_of(brought), {"text": "Новое"}, headers={"HX-Request": "true"})

    assert "Провести семинар" in opened
    assert "Новое" in saved.content.decode()
    assert saved["HX-Trigger"] == "saved"


def test_a_document_without_a_period_asks_for_it_first(desk, brought):
    brought.understood["period"] = {"start": None, "end": None}
    brought.save()

    answer = desk.post(reverse("roadmaps:import-confirm", args=[brought.pk]), follow=True)
    desk.post(
        reverse("roadmaps:import-head", args=[brought.pk]),
        {"title": "План", "starts_on": "2026-09-01", "ends_on": "2027-08-31", "basis": "academic"},
    )
    desk.post(reverse("roadmaps:import-confirm", args=[brought.pk]))

    assert answer.redirect_chain[-1][0] == reverse("roadmaps:import-head", args=[brought.pk])
    assert "на какой срок принят документ" in answer.content.decode()
    assert Roadmap.objects.get().title == "План"


def test_a_confirmed_document_is_mended_as_a_roadmap_only(desk, brought):
    desk.post(reverse("roadmaps:import-confirm", args=[brought.pk]))

    for address in ("import-head", "import-discard"):
        answer = desk.post(reverse(f"roadmaps:{address}", args=[brought.pk]))

        assert answer.status_code == 403
        assert "уже стал дорожной картой" in answer.content.decode()


def test_a_document_confirmed_while_it_was_discarded_stays_known(desk, brought, monkeypatch):
    discard = imports.discard

    def too_late(record):
        desk.post(reverse("roadmaps:import-confirm", args=[record.pk]))
        return discard(record)

    monkeypatch.setattr(imports, "discard", too_late)

    answer = desk.post(reverse("roadmaps:import-discard", args=[brought.pk]), follow=True)

    assert RoadmapImport.objects.get().roadmap == Roadmap.objects.get()
    assert "только что стал дорожной картой" in answer.content.decode()


def test_what_is_discarded_leaves_nothing(desk, brought):
    desk.post(reverse("roadmaps:import-discard", args=[brought.pk]))

    assert RoadmapImport.objects.count() == 0
