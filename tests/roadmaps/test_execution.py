"""What becomes of a control point: each ending once, with its reason, its author and its past."""

from datetime import date

import pytest

from roadmaps.actions import execution
from roadmaps.actions.execution import AlreadyClosed, AlreadyDecided, Evidence
from roadmaps.models import ControlPoint, Postponement, Proof
from tests.factories import roadmaps

AT = roadmaps.A_MOMENT
DAY = date(2026, 11, 16)


@pytest.fixture
def point(item):
    return roadmaps.point(item=item)


def complete(point, account):
    execution.complete(
        point, on=DAY, by=account, at=AT, note="Провели", evidence=[Evidence(link="https://example.org/")]
    )


def decline(point, account):
    execution.decline(point, because="Болезнь", by=account, at=AT)


def dismiss(point, account):
    execution.dismiss(point, because="Не набрали группу", by=account, at=AT)


ENDINGS = [
    (complete, ("done", DAY, "Провели")),
    (decline, ("not_done", None, "Болезнь")),
    (dismiss, ("not_applicable", None, "Не набрали группу")),
]


@pytest.mark.parametrize(("end", "ending"), ENDINGS)
def test_a_point_ends_with_its_author_and_moment(end, ending, point, methodist):
    end(point, methodist)

    point.refresh_from_db()
    assert (point.state, point.done_on, point.note) == ending
    assert (point.closed_by, point.closed_at) == (methodist, AT)
    assert point.history.latest().history_user == methodist


@pytest.mark.parametrize("again", [complete, decline, dismiss])
@pytest.mark.parametrize("first", [complete, decline, dismiss])
def test_a_closed_point_is_not_closed_again(first, again, point, methodist, manager):
    first(point, methodist)
    closed, proofs = ControlPoint.objects.values().get(), Proof.objects.count()

    with pytest.raises(AlreadyClosed):
        again(point, manager)

    assert (ControlPoint.objects.values().get(), Proof.objects.count()) == (closed, proofs)


def test_a_closed_point_cannot_be_postponed(point, methodist):
    decline(point, methodist)

    with pytest.raises(AlreadyClosed):
        execution.request_postponement(point, to=date(2027, 1, 1), because="Поздно", by=methodist, at=AT)

    assert Postponement.objects.count() == 0


def test_a_reopened_point_is_open_and_keeps_its_proof_and_its_past(point, methodist):
    complete(point, methodist)
    execution.reopen(point, by=methodist)

    point.refresh_from_db()
    assert (point.state, point.done_on, point.note, point.closed_by, point.closed_at) == ("open", None, "", None, None)
    assert point.proofs.count() == 1
    assert [version.state for version in point.history.order_by("history_id")] == ["open", "done", "open"]


def ask(point, account, to=date(2027, 2, 1)):
    return execution.request_postponement(point, to=to, because="Каникулы", by=account, at=AT)


def test_a_request_changes_no_day_until_it_is_granted(point, methodist, manager):
    request = ask(point, methodist)
    point.refresh_from_db()
    before = point.due_on
    execution.grant(request, by=manager, at=AT, reply="Хорошо")

    point.refresh_from_db()
    request.refresh_from_db()
    assert (before, point.due_on, point.planned_on) == (date(2026, 12, 1), date(2027, 2, 1), date(2026, 12, 1))
    assert (request.decision, request.decided_by, request.reply) == ("granted", manager, "Хорошо")
    assert "Каникулы" in point.history.latest().history_change_reason


def test_a_refused_request_leaves_the_day(point, methodist, manager):
    request = ask(point, methodist)
    execution.refuse(request, by=manager, at=AT, reply="Нельзя")

    point.refresh_from_db()
    assert point.due_on == date(2026, 12, 1)


def test_asked_twice_it_is_one_request(point, methodist):
    first = ask(point, methodist)
    second = ask(point, methodist, to=date(2027, 3, 1))

    assert first == second
    assert Postponement.objects.get().new_due_on == date(2027, 2, 1)


@pytest.mark.parametrize("again", [execution.grant, execution.refuse])
@pytest.mark.parametrize("first", [execution.grant, execution.refuse])
def test_a_decided_request_is_not_decided_again(first, again, point, methodist, manager):
    request = ask(point, methodist)
    first(request, by=manager, at=AT, reply="Да будет так")
    decided = Postponement.objects.values().get()

    with pytest.raises(AlreadyDecided):
        again(request, by=methodist, at=AT, reply="Нет, иначе")

    assert Postponement.objects.values().get() == decided


def test_closing_settles_the_request_that_waits(point, methodist, manager):
    request = ask(point, methodist)
    complete(point, methodist)

    with pytest.raises(AlreadyDecided):
        execution.grant(request, by=manager, at=AT)

    request.refresh_from_db()
    point.refresh_from_db()
    assert (request.decision, point.due_on) == ("refused", date(2026, 12, 1))


def test_a_granted_request_on_a_closed_point_changes_neither(point, methodist, manager):
    """Nothing of the portal leaves such a pair behind; the door is held all the same."""
    request = roadmaps.postponement(point=point)
    ControlPoint.objects.update(state="done", done_on=DAY, closed_at=AT)

    with pytest.raises(AlreadyClosed):
        execution.grant(request, by=manager, at=AT)

    request.refresh_from_db()
    assert request.decision == "waiting"


def test_a_second_request_may_follow_a_decision(point, methodist, manager):
    execution.grant(ask(point, methodist), by=manager, at=AT)
    execution.grant(ask(point, methodist, to=date(2027, 3, 1)), by=manager, at=AT)

    point.refresh_from_db()
    assert point.due_on == date(2027, 3, 1)
    assert list(Postponement.objects.order_by("pk").values_list("was_due_on", flat=True)) == [
        date(2026, 12, 1),
        date(2027, 2, 1),
    ]
