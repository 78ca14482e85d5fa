"""Many orders in one archive on the pages: chosen, waited for, downloaded by whoever asked."""

import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.roles import Role
from reports.actions import bundles
from reports.models import Bundle, BundledOrder
from tests.factories import directory, reports, roadmaps


@pytest.fixture
def orders(centre):
    return [reports.ready_order(roadmap=roadmaps.roadmap(municipality=centre.municipality)) for _ in range(2)]


def ask(browser, orders):
    return browser.post(reverse("reports:bundle-add"), {"orders": [order.pk for order in orders]})


def draw(bundle, drawer=lambda paper: b"%PDF-1.7 " + paper.heading.encode()):
    for paper in bundle.papers.all():
        bundles.draw_bundled(paper.pk, now=timezone.now(), site="", draw=drawer)


def test_the_chosen_orders_are_put_in_line_and_waited_for(desk, orders):
    answer = ask(desk, orders)

    bundle = Bundle.objects.get()
    page = desk.get(answer.url).content.decode()
    assert (answer.url, bundle.total) == (bundle.get_absolute_url(), 2)
    assert "0 из 2" in page
    assert 'hx-trigger="every 1s"' in page


def test_the_archive_holds_a_file_for_each_and_the_page_stops_asking(desk, orders):
    ask(desk, orders)
    bundle = Bundle.objects.get()
    draw(bundle)

    part = desk.get(bundle.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    answer = desk.get(reverse("reports:bundle-download", args=[bundle.pk]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        files = archive.namelist()

    assert len(files) == 2
    assert "hx-trigger" not in part
    assert "<html" not in part
    assert reverse("reports:bundle-download", args=[bundle.pk]) in part


def test_what_failed_is_said(desk, orders):
    ask(desk, orders)
    bundle = Bundle.objects.get()
    BundledOrder.objects.update(state=BundledOrder.State.FAILED, trouble="Документ слишком велик.")
    bundles.settle(bundle.pk, at=timezone.now())

    page = desk.get(bundle.get_absolute_url()).content.decode()

    assert "Архив не собрался" in page
    assert "Документ слишком велик." in page
    assert desk.get(reverse("reports:bundle-download", args=[bundle.pk])).status_code == 404


def test_nothing_chosen_is_told(desk):
    page = desk.post(reverse("reports:bundle-add"), {"orders": ["x", "9" * 40]}, follow=True).content.decode()

    assert "Отметьте в списке хотя бы один приказ." in page
    assert not Bundle.objects.exists()


def test_orders_of_others_and_drafts_of_colleagues_are_not_chosen(orders, centre, signed_in):
    foreign = reports.order()
    teacher = signed_in(directory.reader(Role.TEACHER, centre))

    ask(teacher, [*orders, foreign])

    assert not Bundle.objects.exists()


def test_a_bundle_is_its_askers_only(desk, bench, orders):
    ask(desk, orders)

    assert bench.get(Bundle.objects.get().get_absolute_url()).status_code == 404
