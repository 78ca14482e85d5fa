"""Every page that writes into a text holds its roadmap before it looks: proved over all addresses of the app."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from roadmaps import urls
from tests.access.planting import plant

#: Pages that write, but not into the text of a roadmap that stands.
BESIDE_THE_TEXT = {
    "import-add", "import-head", "import-row", "import-confirm", "import-discard",  # a document that is no roadmap yet
    "roadmap-add",  # nobody knows the new roadmap
    "point-complete", "point-decline", "point-dismiss", "point-postpone", "point-reopen",  # marks stand beside it
    "postponement-decide",  # likewise; a mark must not wait while an order is drawn
    "schedule-add", "schedule-edit", "window-add", "window-edit", "window-day", "window-remove",  # outside of roadmaps
}  # fmt: skip
WRITING = {
    pattern.name for pattern in urls.urlpatterns if hasattr(pattern.callback.view_class, "post")
} - BESIDE_THE_TEXT


def test_every_page_beside_the_text_is_one_of_ours():
    assert {pattern.name for pattern in urls.urlpatterns} > BESIDE_THE_TEXT
    assert len(WRITING) > 20


@pytest.mark.parametrize("name", sorted(WRITING))
def test_nothing_of_a_roadmap_is_read_before_the_roadmap_is_held(name, centre, desk):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite locks no rows: its writers stand in line from the first statement")
    url = reverse(f"roadmaps:{name}", kwargs=plant(centre.municipality)[f"roadmaps:{name}"])

    with CaptureQueriesContext(connection) as asked:
        desk.post(url)

    of_roadmaps = [query["sql"] for query in asked if '"roadmaps_' in query["sql"]]
    assert 'FOR UPDATE OF "roadmaps_roadmap"' in of_roadmaps[0]
