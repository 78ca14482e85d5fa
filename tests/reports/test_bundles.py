"""Bundles: every paper drawn once, nothing lost through a killed worker, one archive at the end."""

import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage

from directory.roles import Role
from reports import tasks
from reports.actions import bundles
from reports.actions.registration import register
from reports.models import Bundle, BundledOrder
from reports.typesetting import PaperTooLong
from tests.factories import directory, reports, roadmaps

pytestmark = pytest.mark.django_db

NOW = reports.A_MOMENT
SITE = "https://portal.example.org"


def drawn(paper):
    return f"{paper.heading} {paper.number}".encode()


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def centre():
    return directory.organisation(kind="centre", short_title="МКУ «ЦМС»")


@pytest.fixture
def methodist(centre):
    return directory.reader(Role.METHODIST, centre).act(date(2026, 11, 18))


def drafts(centre, count):
    return [
        reports.ready_order(
            roadmap=roadmaps.roadmap(municipality=centre.municipality), issuer=centre, heading=f"О деле {number}"
        )
        for number in range(1, count + 1)
    ]


def asked(centre, methodist, orders):
    return bundles.ask(orders, municipality=centre.municipality, by=methodist, at=NOW)


def draw_all(bundle, *, draw=drawn, now=NOW):
    return [bundles.draw_bundled(row.pk, now=now, site=SITE, draw=draw) for row in bundle.papers.order_by("position")]


def archive_of(bundle):
    with default_storage.open(bundle.archive.name) as file, zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_archive_holds_every_paper_under_its_own_name(centre, methodist):
    first, second = drafts(centre, 2)
    first = register(first, on=date(2026, 11, 18), by=methodist, at=NOW, site=SITE, draw=drawn)
    bundle = asked(centre, methodist, [first, second])

    assert draw_all(bundle) == [True, True]

    bundle.refresh_from_db()
    assert archive_of(bundle) == {
        "01 приказ от 18.11.2026 № 1.pdf": "О деле 1 1".encode(),
        "02 черновик О деле 2.pdf": "О деле 2 ".encode(),
    }
    assert (bundle.drawn, bundle.failed, bundle.finished_at) == (2, 0, NOW)


def test_progress_is_counted_on_the_row_while_papers_are_drawn(centre, methodist):
    bundle = asked(centre, methodist, drafts(centre, 3))
    rows = bundle.papers.order_by("position")

    seen = []
    for row in rows:
        bundles.draw_bundled(row.pk, now=NOW, site=SITE, draw=drawn)
        bundle.refresh_from_db()
        seen.append((bundle.drawn, bundle.total, bool(bundle.archive)))

    assert seen == [(1, 3, False), (2, 3, False), (3, 3, True)]


def test_a_registered_order_is_never_drawn_again(centre, methodist):
    [order] = drafts(centre, 1)
    register(order, on=date(2026, 11, 18), by=methodist, at=NOW, site=SITE, draw=drawn)
    bundle = asked(centre, methodist, [order])

    def never(paper):
        raise AssertionError("drawn again")

    assert draw_all(bundle, draw=never) == [True]
    order.refresh_from_db()
    assert default_storage.exists(order.pdf.name)


def test_a_paper_in_hand_is_not_drawn_by_another_worker(centre, methodist):
    bundle = asked(centre, methodist, drafts(centre, 1))
    row = bundle.papers.get()
    answers = []

    def meanwhile(paper):
        answers.append(bundles.draw_bundled(row.pk, now=NOW, site=SITE, draw=drawn))
        return drawn(paper)

    assert bundles.draw_bundled(row.pk, now=NOW, site=SITE, draw=meanwhile)
    assert answers == [False]
    assert bundle.papers.get().attempts == 1


def test_a_killed_workers_paper_is_drawn_after_its_lease(centre, methodist):
    bundle = asked(centre, methodist, drafts(centre, 2))
    row = bundle.papers.order_by("position").first()

    def killed(paper):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bundles.draw_bundled(row.pk, now=NOW, site=SITE, draw=killed)
    too_early = bundles.draw_bundled(row.pk, now=NOW + timedelta(seconds=60), site=SITE, draw=drawn)
    later = NOW + bundles.LEASE
    waiting = bundles.waiting_papers(later)
    draw_all(bundle, now=later)

    assert too_early is False
    assert waiting == list(bundle.papers.order_by("position").values_list("pk", flat=True))
    bundle.refresh_from_db()
    assert len(archive_of(bundle)) == 2


def test_without_a_lease_a_killed_workers_paper_would_wait_for_ever(centre, methodist, monkeypatch):
    monkeypatch.setattr(bundles, "LEASE", timedelta(days=10_000))
    bundle = asked(centre, methodist, drafts(centre, 1))

    def killed(paper):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bundles.draw_bundled(bundle.papers.get().pk, now=NOW, site=SITE, draw=killed)

    assert bundles.waiting_papers(NOW + timedelta(days=30)) == []


def test_a_worker_killed_before_the_archive_leaves_it_to_the_sweep(centre, methodist, monkeypatch):
    bundle = asked(centre, methodist, drafts(centre, 1))
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(bundles, "settle", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        draw_all(bundle)

    assert bundles.settle_all(NOW) == 1

    bundle.refresh_from_db()
    assert list(archive_of(bundle)) == ["01 черновик О деле 1.pdf"]
    assert bundles.settle_all(NOW) == 0


def test_a_paper_that_cannot_be_drawn_holds_up_nobody(centre, methodist):
    bundle = asked(centre, methodist, drafts(centre, 2))

    def too_long(paper):
        if paper.heading == "О деле 1":
            raise PaperTooLong("Документ слишком велик.")
        return drawn(paper)

    assert draw_all(bundle, draw=too_long) == [False, True]
    bundle.refresh_from_db()
    assert (bundle.drawn, bundle.failed) == (1, 1)
    assert list(archive_of(bundle)) == ["02 черновик О деле 2.pdf"]
    assert bundle.papers.get(position=1).trouble == "Документ слишком велик."


def test_a_fault_is_tried_three_times_then_told(centre, methodist, caplog):
    bundle = asked(centre, methodist, drafts(centre, 1))

    def fail(paper):
        raise OSError("no paper left")

    for turn in range(5):
        draw_all(bundle, draw=fail, now=NOW + turn * bundles.PAUSE)

    row = bundle.papers.get()
    assert (row.attempts, row.state) == (3, BundledOrder.State.FAILED)
    assert row.trouble == "Документ не удалось напечатать. Откройте приказ и проверьте его текст."
    bundle.refresh_from_db()
    assert (bool(bundle.archive), bundle.failed, bool(bundle.finished_at)) == (False, 1, True)
    assert caplog.text.count("no paper left") >= 3


def test_drafts_drawn_for_an_archive_are_not_kept_beside_it(centre, methodist, django_capture_on_commit_callbacks):
    bundle = asked(centre, methodist, drafts(centre, 2))
    with django_capture_on_commit_callbacks(execute=True):
        draw_all(bundle)

    folders, _ = default_storage.listdir(f"bundles/{bundle.pk}")
    assert [name for folder in folders for name in default_storage.listdir(f"bundles/{bundle.pk}/{folder}")[1]] == []


def test_the_same_papers_make_the_same_file(centre, methodist):
    orders = drafts(centre, 2)
    archives = []
    for _ in range(2):
        bundle = asked(centre, methodist, orders)
        draw_all(bundle)
        bundle.refresh_from_db()
        archives.append(bundle.digest)

    assert archives[0] == archives[1]


def test_more_than_a_hundred_papers_are_refused(centre, methodist):
    [order] = drafts(centre, 1)

    with pytest.raises(bundles.TooMany, match="В один архив помещается 100 документов, отобрано 101"):
        asked(centre, methodist, [order] * 101)

    assert not Bundle.objects.exists()


def test_old_archives_are_forgotten_with_their_files(centre, methodist):
    old = asked(centre, methodist, drafts(centre, 1))
    draw_all(old)
    old.refresh_from_db()
    young = reports.bundle(requested_at=NOW + timedelta(days=6))

    assert bundles.forget(before=NOW + timedelta(days=1)) == 1
    assert list(Bundle.objects.all()) == [young]
    assert not default_storage.exists(old.archive.name)


def test_a_bundle_is_seen_by_whoever_asked_for_it(centre, methodist):
    mine = asked(centre, methodist, drafts(centre, 1))
    reports.bundle(municipality=centre.municipality)

    assert list(Bundle.objects.visible_to(methodist)) == [mine]


def test_a_name_in_the_archive_trips_over_nothing(centre, methodist):
    [order] = drafts(centre, 1)
    order.heading = "../../etc/passwd\r\n<b>«О деле»</b>:*?" + "очень " * 40
    order.save()
    bundle = asked(centre, methodist, [order])
    draw_all(bundle)
    bundle.refresh_from_db()

    [name] = archive_of(bundle)

    assert name.startswith("01 черновик .. .. etc passwd b О деле b очень")
    assert len(name) < 100
    assert set("/\\:*?<>\r\n") & set(name) == set()


def test_one_task_a_paper_is_sent_once_the_bundle_is_saved(
    centre, methodist, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(tasks.draw_bundled, "apply_async", lambda *args, **options: sent.append((args, options)))
    bundle = asked(centre, methodist, drafts(centre, 3))

    with django_capture_on_commit_callbacks(execute=True):
        tasks.wake(bundle)

    assert len(sent) == 3


def test_the_sweep_wakes_what_waits_and_forgets_nothing(centre, methodist, monkeypatch):
    woken = []
    monkeypatch.setattr(tasks.draw_bundled, "apply_async", lambda kwargs, **_: woken.append(kwargs["pk"]))
    monkeypatch.setattr("reports.tasks.timezone.now", lambda: NOW)
    bundle = asked(centre, methodist, drafts(centre, 2))

    assert tasks.sweep_bundles() == 2
    assert woken == list(bundle.papers.order_by("position").values_list("pk", flat=True))
