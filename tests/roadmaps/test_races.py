"""Eight hands at one button: one effect, and each race is lost when its lock is taken away."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event

import pytest
from django.db import OperationalError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from directory.roles import Role
from directory.visible import Visible
from kit.access import require
from roadmaps.actions import editing, execution, imports, understanding
from roadmaps.actions.editions import content_of
from roadmaps.models import ControlPoint, Postponement, Proof, Roadmap, RoadmapItem
from roadmaps.views import items
from tests.factories import directory, roadmaps

HANDS = 8
AT = roadmaps.A_MOMENT


@pytest.fixture
def _several_connections(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, so there is no race to lose")


@pytest.fixture
def methodist(_several_connections):
    return directory.reader(Role.METHODIST, directory.organisation())


@pytest.fixture(params=[True, False], ids=["locked", "unlocked"])
def locked(request, monkeypatch):
    """Whether rows are held; without it every race below must be lost."""
    if not request.param:
        monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, **_: rows)
    return request.param


def slowly(monkeypatch, owner, name):
    """Hold every hand between looking and writing, so that all of them have looked before any has written."""
    quick = getattr(owner, name)

    def slow(*args, **kwargs):
        time.sleep(0.3)
        return quick(*args, **kwargs)

    monkeypatch.setattr(owner, name, slow)


def together(*verbs: Callable[[], object]) -> list[object]:
    """What each verb returned or raised, all of them begun at one moment."""
    barrier = Barrier(len(verbs))

    def one(verb):
        try:
            barrier.wait()
            return verb()
        except Exception as refusal:  # noqa: BLE001 - whatever it is, it is what is asked about
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as hands:
        return list(hands.map(one, verbs))


def point_of(methodist):
    roadmap = roadmaps.approved(municipality=methodist.acting_as.organisation.municipality)
    return roadmaps.point(item=roadmaps.item(section=roadmaps.section(roadmap=roadmap)))


def test_a_point_is_completed_once(methodist, locked, monkeypatch):
    point = point_of(methodist)
    slowly(monkeypatch, ControlPoint, "complete")
    evidence = [execution.Evidence(link="https://example.org/")]

    answers = together(
        *[lambda: execution.complete(point, on=date(2026, 11, 1), by=methodist, at=AT, evidence=evidence)] * HANDS
    )

    if locked:
        assert [type(answer) for answer in answers].count(execution.AlreadyClosed) == HANDS - 1
    assert (Proof.objects.count() == 1) is locked


def test_a_document_is_confirmed_once(methodist, locked, monkeypatch):
    brought = roadmaps.roadmap_import(municipality=methodist.acting_as.organisation.municipality)
    slowly(monkeypatch, imports, "_make_roadmap")

    answers = together(*[lambda: imports.confirm(brought, by=methodist, at=AT, today=date(2026, 11, 18))] * HANDS)

    assert (Roadmap.objects.count() == 1) is locked
    if locked:
        assert {answer.pk for answer in answers} == {Roadmap.objects.get().pk}


def test_a_postponement_is_granted_once(methodist, locked, monkeypatch):
    request = roadmaps.postponement(point=point_of(methodist))
    slowly(monkeypatch, execution, "_decide")

    answers = together(*[lambda: execution.grant(request, by=methodist, at=AT)] * HANDS)

    granted = answers.count(None)
    assert (granted == 1) is locked
    assert (request.point.history.filter(due_on=request.new_due_on).count() == 1) is locked


def test_a_cell_takes_one_of_eight_texts_and_shows_it_to_the_others(methodist, locked, monkeypatch):
    item = point_of(methodist).item
    slowly(monkeypatch, RoadmapItem, "rewrite")

    answers = together(
        *[
            lambda text=f"текст {hand}": editing.edit_cell(item.pk, cell="note", to=text, was="", by=methodist)
            for hand in range(HANDS)
        ]
    )

    assert (answers.count(None) == 1) is locked
    if locked:
        shown = {answer.theirs for answer in answers if isinstance(answer, editing.EditedMeanwhile)}
        assert shown == {RoadmapItem.objects.get(pk=item.pk).note}


WRITES = {
    "roadmaps:item-cell": {"text": "Позже", "was": "Как в приказе"},
    "roadmaps:item-edit": {"text": "Позже", "was_text": "Дело", "note": "Как в приказе", "was_note": "Как в приказе"},
    "roadmaps:item-remove": {},
    "roadmaps:section-edit": {"title": "Позже"},
    "roadmaps:indicator-remove": {},
    "roadmaps:roadmap-edit": {"title": "Позже", "kind": "plan", "state": "approved", "basis": "calendar",
                              "starts_on": "2026-01-01", "ends_on": "2028-12-31", "watched_from": "2026-01-01"},
}  # fmt: skip


def wait_for_a_hand(judged: Event) -> None:
    """Until the other hand has judged, or stands before a lock of ours and will judge later."""
    deadline = time.monotonic() + 30
    with connection.cursor() as cursor:
        while not judged.is_set() and time.monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)


@pytest.mark.parametrize("address", WRITES)
def test_what_is_written_while_an_order_freezes_the_roadmap_changes_nothing(address, methodist, locked, monkeypatch):
    roadmap = roadmaps.approved(
        municipality=methodist.acting_as.organisation.municipality,
        document_kind=Roadmap.DocumentKind.ORDER,
        document_number="38-од",
        document_on=date(2026, 9, 1),
    )
    section = roadmaps.section(roadmap=roadmap)
    item = roadmaps.item(section=section, text="Дело", note="Как в приказе")
    records = {"item": item, "section": section, "roadmap": roadmap, "indicator": roadmaps.indicator(section=section)}
    kind = address.removeprefix("roadmaps:").split("-")[0]
    url = reverse(address, kwargs={"pk": records[kind].pk} | ({"cell": "note"} if address.endswith("cell") else {}))
    if not locked:  # its question was worded before the locks were taken away
        monkeypatch.setattr(items, "LOCKED_ITEMS", Visible(items.ITEMS))
    client = Client()
    client.force_login(methodist, backend="directory.backends.AccountBackend")
    was = content_of(roadmap)
    frozen, judged = Event(), Event()
    for place in ("kit.access.require", "directory.visible.require"):
        monkeypatch.setattr(place, lambda verdict: (require(verdict), judged.set()))

    def freeze():
        with transaction.atomic():
            held = Roadmap.objects.select_for_update().get(pk=roadmap.pk)
            held.close_amendment(by=methodist, because="Приказ зарегистрирован")
            frozen.set()
            wait_for_a_hand(judged)

    def save():
        frozen.wait()
        return client.post(url, WRITES[address])

    _, answer = together(freeze, save)

    assert (content_of(Roadmap.objects.get(pk=roadmap.pk)) == was) is locked
    if locked and address != "roadmaps:roadmap-edit":  # the head opens, its printed fields do not
        assert answer.status_code == 403


def test_a_mark_made_while_the_deadline_is_read_anew_is_kept(methodist, locked, monkeypatch):
    point = point_of(methodist)
    item = point.item
    marked, looked = Event(), Event()
    wanted = understanding.wanted_points
    monkeypatch.setattr(understanding, "wanted_points", lambda *facts: (looked.set(), wanted(*facts))[1])

    def mark():
        with transaction.atomic():
            execution.complete(point, on=date(2026, 11, 1), by=methodist, at=AT)
            marked.set()
            wait_for_a_hand(looked)

    def read_anew():
        marked.wait()
        editing.edit_cell(item.pk, cell="phrase", to="Декабрь 2027", was=item.phrase, by=methodist)

    answers = together(mark, read_anew)

    assert answers == [None, None]
    assert ControlPoint.objects.filter(pk=point.pk).exists() is locked


def test_a_document_brought_by_eight_hands_is_one(methodist):
    municipality = methodist.acting_as.organisation.municipality
    understood = roadmaps.understood()

    answers = together(
        *[
            lambda: imports.bring(understood, filename="План.docx", municipality=municipality, by=methodist, at=AT)
        ] * HANDS
    )  # fmt: skip

    assert len({brought.pk for brought, _ in answers}) == 1
    assert [is_new for _, is_new in answers].count(True) == 1


@pytest.mark.parametrize("point_first", [True, False])
def test_closing_and_granting_at_one_moment_wait_for_each_other(point_first, methodist, monkeypatch):
    """Taken in different orders, the two rows would be a deadlock that one of the hands pays for."""
    request = roadmaps.postponement(point=point_of(methodist))
    slowly(monkeypatch, execution, "_decide")
    if not point_first:
        only_request = Postponement.objects.select_for_update(of=("self",))
        monkeypatch.setattr(execution, "_waiting_and_locked", lambda request: only_request.get(pk=request.pk))

    answers = together(
        lambda: execution.decline(request.point, because="Болезнь", by=methodist, at=AT),
        lambda: execution.grant(request, by=methodist, at=AT),
    )

    assert any(isinstance(answer, OperationalError) for answer in answers) is not point_first
    if point_first:
        assert answers[0] is None
        assert type(answers[1]) in {type(None), execution.AlreadyDecided}
