"""`manage.py deadline`: one phrase read from the command line."""

import json

import pytest

from config import settings
from roadmaps.management.commands.deadline import Command

PERIOD = ("--from", "2024-09-01", "--to", "2026-08-31")


@pytest.fixture
def run(capsys):
    """The command as the shell calls it → exit code, output, errors."""

    def call(*arguments):
        code = 0
        try:
            Command().run_from_argv([str(settings.BASE_DIR / "manage.py"), "deadline", *arguments])
        except SystemExit as stopped:
            code = stopped.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def test_the_answer_is_one_object(run):
    code, out, err = run("Май-июнь, ежегодно", *PERIOD, "--basis", "academic", "--json")

    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "phrase": "Май-июнь, ежегодно",
        "kind": "yearly",
        "schedule": None,
        "points": [{"start": "2025-05-01", "due": "2025-06-30"}, {"start": "2026-05-01", "due": "2026-06-30"}],
        "warnings": [],
    }
    assert "Май-июнь" in out


def test_a_schedule_is_named(run):
    _, out, _ = run("по графику ВПР", *PERIOD, "--json")

    assert json.loads(out)["schedule"] == "по графику ВПР"


@pytest.mark.parametrize("phrase", ["", "-", "—", "--", "- май", "-май, ежегодно", "--май", "абракадабра", "\udcff"])
def test_any_phrase_is_answered(run, phrase):
    code, out, err = run(phrase, *PERIOD, "--json")

    assert (code, err) == (0, "")
    assert json.loads(out)["kind"] == ("yearly" if "май" in phrase else "unknown")


def test_a_phrase_may_come_last_and_values_may_be_glued(run):
    code, out, _ = run("--from=2024-09-01", "--to=2026-08-31", "--json", "- май")

    assert (code, json.loads(out)["phrase"]) == (0, "- май")


def test_the_basis_follows_the_first_day_when_it_is_not_named(run):
    _, academic, _ = run("в течение года", *PERIOD, "--json")
    _, calendar, _ = run("в течение года", "--from", "2024-01-01", "--to", "2024-12-31", "--json")

    assert json.loads(academic)["points"][0]["due"] == "2025-08-31"
    assert json.loads(calendar)["points"][0]["due"] == "2024-12-31"


def test_a_person_reads_words(run):
    _, out, _ = run("ежегодно", "--from", "2024-01-01", "--to", "2024-12-31")

    assert out == (
        "ежегодно: с 1 января по 31 декабря каждый год: 31.12.2024\n"
        "  с 1 января по 31 декабря 2024\n"
        "  ! уточнить срок\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("май",),
        ("май", "--from", "2024-09-01"),
        ("май", "--from", "2024-09-01", "--to", "вчера"),
        ("май", "--from", "2024-02-30", "--to", "2024-12-31"),
        ("май", "--from", "2024-09-01", "--to", "2024-08-31"),
        ("май", *PERIOD, "--basis", "lunar"),
        (*PERIOD, "--json"),
    ],
)
def test_wrong_arguments_are_one_line_and_code_two(run, arguments):
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith("Неверные аргументы: ")
    assert err.count("\n") == 1
