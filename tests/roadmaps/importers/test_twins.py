"""Whatever a document came as, the same is understood: Word, Excel, PDF and the clipboard against the text."""

import re

import pytest

from roadmaps.importers import reading, text
from roadmaps.importers.sheet import Table
from roadmaps.importers.understanding import understand
from tests.roadmaps.importers.twins import FORMATS, SEEDS, build, docx_of, seed, whole

pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the five documents are not beside the project")

#: Doubts about how the text was recognised, which a document saved by its author cannot raise.
OF_THE_RECOGNISER = {"stray_signs", "missing_cell"}


def told(sheet):
    """What was understood, without where it stood: places of rows, spaces, the space that a line's end left."""
    return _without_places(understand(sheet).as_json())


def _without_places(value):
    if isinstance(value, dict):
        return {key: _without_places(part) for key, part in value.items() if key != "line"}
    if isinstance(value, list):
        if value and isinstance(value[0], dict) and "code" in value[0]:
            return [problem["code"] for problem in value if problem["code"] not in OF_THE_RECOGNISER]
        return [_without_places(part) for part in value]
    if isinstance(value, str):
        return re.sub(r"(?<=-) ", "", " ".join(value.split()))
    return value


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("number", range(5))
def test_a_twin_is_understood_as_the_text(number, kind):
    twin = reading.read(build(number, kind), f"Дорожная карта.{kind}")

    assert told(twin) == told(text.read(seed(number)))


@pytest.mark.parametrize("number", [0, 2])
def test_a_table_split_at_a_page_break_is_understood_as_one(number):
    split = reading.read(docx_of(whole(text.read(seed(number))), split_at=12), "Дорожная карта.docx")

    assert told(split) == told(text.read(seed(number)))


def test_the_twin_of_merged_tasks_really_is_merged():
    (table,) = [block for block in reading.read(build(3, "docx"), "x.docx").blocks if isinstance(block, Table)]
    merged = [row for row in table.rows if row.cells[0].continues and row.cells[-1].continues]

    assert len(table.rows) - len(merged) == 1 + 6  # the head and the first row of each task
