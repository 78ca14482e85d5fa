"""The child process: what it may use, and what is said of it when it does not come back."""

import subprocess
import sys
from pathlib import Path

import pytest

from kit.confined import Unreadable
from roadmaps.importers.confined import Bounds, understand_confined
from roadmaps.importers.text import read
from roadmaps.importers.understanding import understand

ROOT = Path(__file__).resolve().parents[3]
PLAN = "План на 2025 год\n\n№\tМероприятие\tСрок\tОтветственные\n1.\tПодготовка семинара\tапрель\tОО\n"


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "upload"
    path.write_text(PLAN)
    return path


@pytest.fixture
def instead_of_python(tmp_path, monkeypatch):
    """Runs this shell script where the child would be Python."""

    def install(script: str) -> None:
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(path))

    return install


def test_the_same_is_understood_as_in_this_process(document):
    assert understand_confined(document, "План.txt") == understand(read(PLAN.encode())).as_json()


def test_a_refusal_comes_through_in_its_own_words(tmp_path):
    (tmp_path / "upload").write_bytes(b"{\\rtf1}")

    with pytest.raises(Unreadable, match=r"Это документ \.rtf"):
        understand_confined(tmp_path / "upload", "План.rtf")


@pytest.mark.parametrize("name", ["-c import os", "a\x00b", "\ud800", "../../../etc/passwd", "я" * 500_000])
def test_a_name_cannot_harm(document, name):
    assert understand_confined(document, name)["title"] == "План на 2025 год"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("kill -ABRT $$", "слишком сложен"),
        ("kill -KILL $$", "слишком сложен"),
        ("kill -SEGV $$", "слишком сложен"),
        ("kill -XCPU $$", "слишком много времени"),
        ("exec sleep 30", "слишком много времени"),
        ("echo Boom: secret of the document >&2; exit 1", "не удалось разобрать"),
        ("exit 0", "не удалось разобрать"),
        ("echo '{\"title\": '", "не удалось разобрать"),
    ],
)
def test_a_child_that_dies_is_reported_in_words(document, instead_of_python, script, words):
    instead_of_python(script)

    with pytest.raises(Unreadable, match=words):
        understand_confined(document, "План.txt", bounds=Bounds(clock_seconds=1))


def test_the_log_names_the_error_and_not_its_words(document, instead_of_python, caplog):
    instead_of_python("echo 'BoomError: secret of the document' >&2; exit 1")

    with pytest.raises(Unreadable):
        understand_confined(document, "План.txt")

    assert caplog.messages == ["document not read: exit 1, BoomError"]


def test_too_little_memory_is_said_in_words(document):
    with pytest.raises(Unreadable):
        understand_confined(document, "План.txt", bounds=Bounds(memory_bytes=30 * 1024 * 1024))


def test_too_long_an_answer_is_not_given(document):
    with pytest.raises(Unreadable, match="слишком сложен"):
        understand_confined(document, "План.txt", bounds=Bounds(answer_bytes=1000))


def test_the_child_is_bound_before_it_reads():
    code = (
        "import resource as r; from kit import confined; confined._bind(800 << 20, 3, 1000);"
        "print([r.getrlimit(kind) for kind in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)])"
    )

    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True).stdout

    assert said.strip() == "[(838860800, 838860800), (3, 4), (1000, 1000), (0, 0)]"


def test_the_child_gets_no_file_and_no_secret_of_ours(document, instead_of_python, tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET", "х")
    seen = tmp_path / "seen"
    instead_of_python(f"ls /proc/self/fd > {seen}; env >> {seen}; exit 1")

    with (tmp_path / "open").open("w") as ours, pytest.raises(Unreadable):
        assert ours.fileno() > 2
        understand_confined(document, "План.txt")

    lines = seen.read_text().split("\n")
    assert [line for line in lines if line.isdigit()] == ["0", "1", "2", "3"]  # 3 is the folder that ls reads
    assert not [line for line in lines if "SECRET" in line]


def test_django_stays_out_of_the_child():
    code = (
        "import sys, roadmaps.importers.understanding, roadmaps.importers.reading;"
        "print([name for name in sys.modules if name.partition('.')[0] == 'django'])"
    )

    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True).stdout

    assert said.strip() == "[]"
