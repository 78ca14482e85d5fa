"""The same document as Word, Excel, PDF and a paste is understood the same as the text it was typed off."""

from dataclasses import replace

import pytest

from roadmaps.importers import reading, text
from roadmaps.importers.understanding import understand
from tests.roadmaps.importers.twins import FORMATS, build, seed


def content(roadmap):
    """What the document says, without its line numbers and without doubts, which tell of the file and not of the plan."""
    return replace(
        roadmap,
        problems=(),
        sections=tuple(
            replace(section, problems=(), items=tuple(map(item_content, section.items))) for section in roadmap.sections
        ),
    )


def item_content(item):
    # A line of a PDF that ends with a dash no longer tells whether a blank stood behind it.
    return replace(item, line=0, problems=(), deadline=item.deadline.replace("- ", "-"))


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("kind", FORMATS)
def test_a_twin_is_understood_as_its_text(number, kind):
    printed = understand(text.read(seed(number)))

    twin = understand(reading.read(build(number, kind), f"twin.{kind}"))

    assert content(twin) == content(printed)
