"""`manage.py import_roadmap`: JSON for programs, lines for a person, one sentence for what cannot be read."""

import io
import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from roadmaps.models import Roadmap, RoadmapItem
from tests.factories import directory
from tests.roadmaps.importers.twins import SEEDS, build


def answer(*arguments):
    out = io.StringIO()
    call_command("import_roadmap", *arguments, "--dry-run", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("number", range(5))
def test_json_of_a_document(number):
    understood = json.loads(answer(str(SEEDS / f"{number:03}.txt"), "--json"))

    items = [item for section in understood["sections"] for item in section["items"]]
    assert len(items) == (28, 29, 19, 43, 7)[number]
    assert {
        "number",
        "text",
        "form",
        "participants",
        "deadline",
        "kind",
        "responsible",
        "subitems",
        "problems",
    } <= items[0].keys()


def test_a_word_document_is_told_by_its_content(tmp_path):
    path = tmp_path / "карта"
    path.write_bytes(build(2, "docx"))

    assert len(json.loads(answer(str(path), "--json"))["sections"]) == 4


def test_lines_for_a_person():
    lines = answer(str(SEEDS / "004.txt")).splitlines()

    assert "Период: 01.01.2024 – 31.12.2027" in lines
    assert "Разделов: 2, мероприятий: 7, показателей: 10" in lines
    assert any(line.startswith("! ") and "№ 923" in line for line in lines)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Просто текст.", "не найдена таблица"),
        ("", "Файл пуст"),
        (b"\x89PNG\r\n", "картинка"),
        (None, "не открывается"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_code_two(tmp_path, content, sentence):
    path = tmp_path / "файл.txt"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(CommandError, match=sentence) as refusal:
        answer(str(path), "--json")

    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)


def saved(*arguments):
    told = io.StringIO()
    call_command("import_roadmap", *arguments, stdout=io.StringIO(), stderr=told)
    return told.getvalue()


def test_without_a_dry_run_the_document_becomes_a_roadmap_once(db):
    directory.municipality()
    path = str(SEEDS / "002.txt")

    first, second = saved(path), saved(path)

    roadmap = Roadmap.objects.get()
    assert RoadmapItem.objects.filter(section__roadmap=roadmap).count() == 19
    assert first == f"Сохранено: {roadmap.get_absolute_url()}\n"
    assert second == f"Этот документ уже загружен: {roadmap.get_absolute_url()}. Ничего не изменено.\n"


def test_with_several_municipalities_one_is_named(db):
    directory.municipality(title="Первый")
    second = directory.municipality(title="Второй")

    with pytest.raises(CommandError, match="--municipality"):
        saved(str(SEEDS / "002.txt"))
    saved(str(SEEDS / "002.txt"), "--municipality", "Второй")

    assert [roadmap.municipality for roadmap in Roadmap.objects.all()] == [second]


def test_a_dry_run_saves_nothing(db):
    directory.municipality()

    answer(str(SEEDS / "002.txt"))

    assert not Roadmap.objects.exists()


def test_a_refusal_is_the_only_line_a_shell_sees(tmp_path):
    path = tmp_path / "файл.txt"
    path.write_text("Просто текст.")

    run = subprocess.run(
        [sys.executable, "manage.py", "import_roadmap", path, "--dry-run", "--json"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout, len(run.stderr.splitlines())) == (2, "", 1)
