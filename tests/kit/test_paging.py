"""Pages of long lists: what rows need is neither counted nor skipped over."""

import pytest
from django.core.paginator import EmptyPage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Organisation
from kit.paging import DeferredPaginator
from tests.factories import directory


@pytest.fixture
def schools(db):
    here = directory.municipality()
    return [directory.organisation(municipality=here, short_title=f"Школа № {number}") for number in range(1, 8)]


def paginator(found):
    def rows(keys):
        records = Organisation.objects.filter(pk__in=keys).select_related("municipality").in_natural_order()
        return [(str(record), record.municipality.title) for record in records]

    return DeferredPaginator(found, 3, rows=rows)


def test_each_row_stands_on_one_page(schools):
    pages = paginator(Organisation.objects.in_natural_order())

    shown = [name for number in pages.page_range for name, _ in pages.page(number)]

    assert pages.num_pages == 3
    assert shown == [str(school) for school in schools]


def test_joins_are_left_to_the_rows(schools):
    with CaptureQueriesContext(connection) as captured:
        list(paginator(Organisation.objects.in_natural_order()).page(2))

    count, page = (query["sql"] for query in captured)
    assert "JOIN" not in count
    assert "JOIN" not in page.split("IN (SELECT")[1]
    assert "JOIN" in page.split("IN (SELECT")[0]


def test_nothing_found_asks_for_no_rows(db):
    with CaptureQueriesContext(connection) as captured:
        page = paginator(Organisation.objects.in_natural_order()).page(1)

    assert list(page) == []
    assert len(captured) == 1


def test_there_is_no_page_behind_the_last(schools):
    with pytest.raises(EmptyPage):
        paginator(Organisation.objects.in_natural_order()).page(4)
