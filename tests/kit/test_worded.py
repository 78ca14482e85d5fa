"""Questions worded once: they find what the queryset finds, whatever is given, and write what ``save`` writes."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from directory.models import Account
from kit.worded import Given, Question, insert
from roadmaps.models import Passage, Roadmap, RoadmapItem, Section
from tests.factories import directory, roadmaps

A_MOMENT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def stored(record):
    """What a record holds and which records hang on it already, without asking for them."""
    values = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    hanging = {name: other and stored(other) for name, other in record._state.fields_cache.items()}
    return type(record), values, hanging, record._state.adding, record._state.db


def test_a_record_comes_as_its_queryset_brings_it():
    item = roadmaps.item(remarks=[{"message": "Проверить"}], removed_at=A_MOMENT)
    items = RoadmapItem.objects.select_related("section__roadmap", "removed_by", "schedule")

    found = Question(items.filter(pk=Given("pk"))).record(pk=item.pk)

    assert stored(found) == stored(items.get(pk=item.pk))
    assert found.remarks == [{"message": "Проверить"}]
    assert found.removed_at == A_MOMENT


def test_the_same_question_takes_other_values_and_words_itself_once():
    first, second = roadmaps.roadmap(title="Первая"), roadmaps.roadmap(title="Вторая")
    question = Question(Roadmap.objects.filter(pk=Given("pk")))

    with CaptureQueriesContext(connection) as asked:
        titles = [question.record(pk=pk).title for pk in (first.pk, second.pk, first.pk)]

    assert titles == ["Первая", "Вторая", "Первая"]
    assert len(asked) == 3
    assert question.record(pk=0) is None


def test_rows_come_as_plain_values_in_the_order_asked_for():
    section = roadmaps.section()
    roadmaps.item(section=section, text="Второе", position=2, warnings=["рано"])
    roadmaps.item(section=section, text="Первое", position=1)
    question = Question(
        RoadmapItem.objects.filter(section=Given("section")).order_by("position").values_list("text", "warnings")
    )

    assert question.rows(section=section.pk) == [["Первое", []], ["Второе", ["рано"]]]


def test_a_value_may_stand_in_a_question_within_a_question():
    ours, foreign = roadmaps.item(text="Наше"), roadmaps.item(text="Чужое")
    sections = Section.objects.filter(roadmap=Given("roadmap")).values("pk")
    question = Question(RoadmapItem.objects.filter(section__in=sections).values_list("text"))

    assert question.rows(roadmap=ours.section.roadmap_id) == [["Наше"]]
    assert question.rows(roadmap=foreign.section.roadmap_id) == [["Чужое"]]


def test_a_question_that_contradicts_itself_finds_nothing_and_asks_nothing(django_assert_num_queries):
    roadmaps.roadmap()

    with django_assert_num_queries(0):
        found = Question(Roadmap.objects.filter(Q(pk__in=[]), pk=Given("pk"))).records(pk=1)

    assert found == []


@pytest.mark.django_db(transaction=True)
def test_a_lock_is_taken_in_a_transaction_only():
    roadmap = roadmaps.roadmap()
    question = Question(Roadmap.objects.filter(pk=Given("pk")).select_for_update())

    with pytest.raises(transaction.TransactionManagementError):
        question.record(pk=roadmap.pk)
    with transaction.atomic():
        assert question.record(pk=roadmap.pk) == roadmap


def test_an_absent_record_hangs_as_none():
    account = directory.account(staff_member=None)
    question = Question(
        Account.objects.filter(pk=Given("pk")).select_related("staff_member", "acting_as__organisation")
    )

    found = question.record(pk=account.pk)

    assert (found.staff_member, found.acting_as) == (None, None)


def test_an_inserted_record_is_the_one_that_saving_writes():
    roadmap = roadmaps.roadmap()
    fields = {"roadmap": roadmap, "kind": "stage", "position": 1, "text": "Этап", "starts_on": date(2026, 9, 1)}
    written, saved = Passage(**fields), Passage(**fields)

    insert(written)
    saved.save()

    kept = (
        Passage.objects.filter(roadmap=roadmap)
        .order_by("pk")
        .values("kind", "position", "text", "starts_on", "ends_on")
    )
    assert kept[0] == kept[1]
    assert written.pk == saved.pk - 1
    assert not written._state.adding
