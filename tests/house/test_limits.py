"""A worker that does its tasks itself is not held up for ever by any of them."""

import sys
from pathlib import Path

import pytest

from tests.processes import ask

CELERY = f"{Path(sys.executable).parent}/celery"
ALONE = ("--pool", "solo", "--without-mingle", "--without-gossip", "--without-heartbeat")


@pytest.fixture
def worker(start, alone):
    worker = start(CELERY, "--app", "tests.house.overlong", "worker", *ALONE, "--loglevel", "INFO", **alone)
    worker.wait(lambda: "ready." in worker.output)
    return worker


def call(alone, task):
    ask(alone, f"from tests.house import overlong; overlong.{task}")


def test_a_task_is_woken_at_its_soft_limit_and_the_worker_goes_on(worker, alone, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"

    for told in (first, second):
        call(alone, f"heeding.apply_async(kwargs={{'told': '{told}'}}, expires=60)")

    worker.wait(lambda: first.exists() and second.exists())
    assert worker.process.poll() is None


def test_code_that_heeds_nothing_ends_its_worker_at_the_hard_limit(worker, alone):
    call(alone, "deaf.apply_async(expires=60)")

    assert worker.process.wait(60) == 1
    assert "Timeout (0:00:02)!" in worker.output
    assert "in deaf" in worker.output
