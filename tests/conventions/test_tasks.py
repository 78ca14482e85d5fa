"""Tasks are named after their app and verb, and something wakes each of them."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from config.celery import app

app.autodiscover_tasks(force=True)
TASKS = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
TIMETABLE = {entry["task"] for entry in app.conf.beat_schedule.values()}


def sources():
    """The text of our own modules."""
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if folder.parent == settings.BASE_DIR:
            yield from (module.read_text() for module in folder.rglob("*.py"))


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_task_is_named_after_its_app_and_verb(name):
    app_label, verb = name.split(".")

    assert TASKS[name].__module__ == f"{app_label}.tasks"
    assert TASKS[name].__name__ == verb


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_task_stands_in_the_timetable_or_is_woken_once_its_cause_is_saved(name):
    called = f"{TASKS[name].__name__}.delay_on_commit("

    assert name in TIMETABLE or any(called in text for text in sources())


def test_the_timetable_wakes_only_what_is_there():
    assert TIMETABLE - set(TASKS) == set()
