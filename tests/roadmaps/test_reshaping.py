"""Larger edits of the table: one row made two, two made one, many rows changed at once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from roadmaps.actions import editing, reshaping
from roadmaps.models import RoadmapItem
from tests.factories import directory, roadmaps

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture
def methodist(db):
    return directory.reader("methodist", directory.organisation())


@pytest.fixture
def section(methodist):
    roadmap = roadmaps.approved(municipality=methodist.acting_as.organisation.municipality)
    return roadmaps.section(roadmap=roadmap)


def row(section, position, **cells):
    return roadmaps.item(section=section, position=position, **cells)


def texts(section):
    return [item.text for item in section.items.living().in_order()]


def test_a_split_row_leaves_its_deadline_and_parties_to_both(section, methodist):
    first = row(section, 1, text="Семинар и выставка", phrase="Май, ежегодно", responsible="Методисты центра")
    row(section, 2, text="Отчёт")

    new = reshaping.split_item(first, stays="Семинар", moves="Выставка", by=methodist)

    assert texts(section) == ["Семинар", "Выставка", "Отчёт"]
    assert (new.phrase, new.responsible, new.kind) == ("Май, ежегодно", "Методисты центра", "yearly")
    assert [party.label for party in new.parties.all()] == ["Методисты центра"]
    assert {point.due_on.month for point in new.points.all()} == {5}


def test_a_row_changed_meanwhile_is_not_split(section, methodist):
    first = row(section, 1, text="Семинар и выставка")
    RoadmapItem.objects.filter(pk=first.pk).update(text="Форум")

    with pytest.raises(editing.EditedMeanwhile) as meanwhile:
        reshaping.split_item(first, stays="Семинар", moves="Выставка", by=methodist)

    assert meanwhile.value.theirs == "Форум"
    assert texts(section) == ["Форум"]


def test_a_joined_row_keeps_both_texts_and_the_taken_one_can_come_back(section, methodist):
    first, second = row(section, 1, text="Семинар"), row(section, 2, text="Выставка")

    taken = reshaping.join_next(first, by=methodist, at=NOW)

    assert taken == second
    assert texts(section) == ["Семинар\nВыставка"]
    taken.restore(by=methodist)
    assert texts(section) == ["Семинар\nВыставка", "Выставка"]


def test_the_last_row_has_nothing_to_join(section, methodist):
    last = row(section, 1, text="Семинар")

    with pytest.raises(reshaping.NothingBelow):
        reshaping.join_next(last, by=methodist, at=NOW)

    assert texts(section) == ["Семинар"]


def test_a_marked_row_is_not_taken_in(section, methodist):
    first, second = row(section, 1, text="Семинар"), row(section, 2, text="Выставка")
    roadmaps.done_point(item=second)

    with pytest.raises(reshaping.NeighbourIsMarked):
        reshaping.join_next(first, by=methodist, at=NOW)

    assert texts(section) == ["Семинар", "Выставка"]


def test_many_rows_take_one_deadline_and_each_remembers_it(section, methodist):
    rows = [row(section, place, text=f"Мероприятие {place}", phrase="август") for place in (1, 2, 3)]

    changed = reshaping.edit_many(section.roadmap, rows[:2], cells={"phrase": "Май, ежегодно"}, by=methodist)

    assert changed == 2
    assert [item.phrase for item in section.items.order_by("position")] == ["Май, ежегодно"] * 2 + ["август"]
    assert {point.due_on.month for point in rows[0].points.all()} == {5}
    newest = rows[0].history.order_by("-history_id").first()
    assert (newest.phrase, newest.history_user, newest.history_change_reason) == (
        "Май, ежегодно",
        methodist,
        "Изменено вместе с другими",
    )


def test_a_row_that_holds_the_text_already_is_not_written_again(section, methodist):
    first = row(section, 1, text="Семинар", form="семинар")

    assert reshaping.edit_many(section.roadmap, [first], cells={"form": "семинар"}, by=methodist) == 0
    assert not first.history.filter(history_change_reason="Изменено вместе с другими").exists()


def test_the_page_changes_the_ticked_rows_only(section, methodist, signed_in):
    ticked, other = row(section, 1, text="Семинар"), row(section, 2, text="Выставка")
    stranger = roadmaps.item(text="Чужое мероприятие")
    address = reverse("roadmaps:roadmap-many", args=[section.roadmap.pk])
    client = signed_in(methodist)

    page = client.get(address).content.decode()
    client.post(address, {"items": [ticked.pk], "responsible": "Методисты центра"})
    refused = client.post(address, {"items": [stranger.pk], "responsible": "Взломщик"})

    for item in (ticked, other, stranger):
        item.refresh_from_db()
    assert (ticked.responsible, other.responsible) == ("Методисты центра", "")
    assert stranger.responsible != "Взломщик"
    assert "Чужое мероприятие" not in page + refused.content.decode()


def test_the_page_wants_something_to_write(section, methodist, signed_in):
    item = row(section, 1, text="Семинар")

    page = signed_in(methodist).post(reverse("roadmaps:roadmap-many", args=[section.roadmap.pk]), {"items": [item.pk]})

    assert "Заполните хотя бы одно поле" in page.content.decode()


def test_the_pages_split_and_join(section, methodist, signed_in):
    first = row(section, 1, text="Семинар и выставка")
    client = signed_in(methodist)

    typed = {"was": "Семинар и выставка", "stays": "Семинар", "moves": "Выставка"}
    client.post(reverse("roadmaps:item-split", args=[first.pk]), typed)
    assert texts(section) == ["Семинар", "Выставка"]
    page = client.post(reverse("roadmaps:item-join", args=[first.pk]), follow=True).content.decode()

    assert texts(section) == ["Семинар\nВыставка"]
    assert "Вернуть" in page
