"""Edits of the table: nobody's text is lost silently, rows move everywhere and back."""

import random

import pytest

from roadmaps.actions import editing
from roadmaps.models import RoadmapItem
from tests.factories import roadmaps


def order(roadmap):
    """Texts of the living rows as the page shows them, by section."""
    return [
        [item.text for item in RoadmapItem.objects.filter(section=section).living().in_order()]
        for section in roadmap.sections.filter(removed_at=None).order_by("position", "pk")
    ]


@pytest.fixture
def plan(roadmap):
    """Three sections: a b, nothing, c d; a removed row stands between a and b."""
    first, middle, last = (roadmaps.section(roadmap=roadmap, position=place) for place in range(3))
    for place, text in enumerate("axb"):
        removed_at = roadmaps.A_MOMENT if text == "x" else None
        roadmaps.item(section=first, text=text, position=place, removed_at=removed_at)
    for place, text in enumerate("cd"):
        roadmaps.item(section=last, text=text, position=place)
    roadmap.named = {item.text: item for item in RoadmapItem.objects.select_related("section__roadmap")}
    roadmap.first, roadmap.middle, roadmap.last = first, middle, last
    return roadmap


def test_a_cell_is_written_with_its_author_and_its_past(item, methodist):
    editing.edit_cell(item.pk, cell="text", to="Провести два семинара", was="Провести семинар", by=methodist)

    versions = item.history.order_by("-history_id")
    assert [version.text for version in versions] == ["Провести два семинара", "Провести семинар"]
    assert versions[0].history_user == methodist


def test_a_cell_changed_meanwhile_is_kept_and_both_texts_are_at_hand(item, methodist, manager):
    editing.edit_cell(item.pk, cell="note", to="первый", was="", by=manager)

    with pytest.raises(editing.EditedMeanwhile) as conflict:
        editing.edit_cell(item.pk, cell="note", to="второй", was="", by=methodist)

    item.refresh_from_db()
    assert (item.note, conflict.value.theirs) == ("первый", "первый")


def test_the_same_text_from_two_editors_is_no_conflict(item, methodist, manager):
    editing.edit_cell(item.pk, cell="note", to="одно", was="", by=manager)

    editing.edit_cell(item.pk, cell="note", to="одно", was="", by=methodist)

    assert item.history.filter(note="одно").count() == 1


def test_line_ends_of_the_browser_are_no_edit(item, methodist):
    editing.edit_cell(item.pk, cell="note", to="раз\r\nдва", was="", by=methodist)

    editing.edit_cell(item.pk, cell="note", to="раз\nдва\nтри", was="раз\r\nдва", by=methodist)

    item.refresh_from_db()
    assert item.note == "раз\nдва\nтри"


def test_a_cell_that_was_stored_untidily_can_be_edited(section, methodist):
    item = roadmaps.item(section=section, text="Провести семинар \r\n")

    editing.edit_cell(item.pk, cell="text", to="Провести", was="Провести семинар \r\n", by=methodist)

    item.refresh_from_db()
    assert item.text == "Провести"


def test_a_text_longer_than_its_cell_is_refused_whole(item, methodist):
    with pytest.raises(editing.TooLong, match="знаков 21, помещается 20"):
        editing.edit_cell(item.pk, cell="number", to="1" * 21, was="", by=methodist)

    item.refresh_from_db()
    assert item.number == ""


def test_a_new_phrase_lays_new_points_and_a_new_party_replaces_the_old(item, methodist):
    editing.edit_cell(item.pk, cell="phrase", to="до 15 марта 2027 года", was="", by=methodist)
    editing.edit_cell(item.pk, cell="responsible", to="Методисты центра", was="", by=methodist)
    editing.edit_cell(item.pk, cell="responsible", to="Заместители директоров", was="Методисты центра", by=methodist)

    assert [str(point) for point in item.points.all()] == ["15.03.2027"]
    assert [party.label for party in item.parties.all()] == ["Заместители директоров"]


CELLS = ("text", "note", "form")


class Editor:
    """One person at one screen: knows of each cell only what the screen has shown."""

    def __init__(self, name, item, account):
        self.name, self.item, self.account = name, item, account
        self.seen = {cell: getattr(item, cell) for cell in CELLS}


def interleave(item, accounts, chance, *, told):
    """Two editors write at random; returns texts overwritten unseen, acknowledged texts and conflicts shown.

    ``told`` says what is told to the server about what stood in the cell: what the screen showed, or a lie.
    """
    editors = [Editor(name, item, account) for name, account in zip("АБ", accounts, strict=True)]
    unseen, acknowledged, conflicts = [], [], []
    for step in range(6):
        editor, cell = chance.choice(editors), chance.choice(CELLS)
        text = f"{editor.name}{step} {chance.random()}"
        item.refresh_from_db()
        stands = getattr(item, cell)
        try:
            editing.edit_cell(item.pk, cell=cell, to=text, was=told(editor.seen[cell], stands), by=editor.account)
        except editing.EditedMeanwhile as meanwhile:
            conflicts.append((meanwhile.theirs, stands))
            editor.seen[cell] = meanwhile.theirs
            continue
        if stands != editor.seen[cell]:
            unseen.append(stands)
        acknowledged.append((cell, text))
        editor.seen[cell] = text
    return unseen, acknowledged, conflicts


def test_two_editors_never_overwrite_each_other_unseen(item, methodist, manager):
    chance = random.Random(20261118)
    shown = 0

    for _ in range(200):
        item.refresh_from_db()
        unseen, acknowledged, conflicts = interleave(item, (methodist, manager), chance, told=lambda seen, stands: seen)
        shown += len(conflicts)
        kept = {
            (cell, getattr(version, cell)) for version in item.history.order_by("-history_id")[:6] for cell in CELLS
        }

        assert unseen == []
        assert set(acknowledged) <= kept
        assert all(theirs == stands for theirs, stands in conflicts)

    assert shown > 100


def test_without_the_memory_of_what_was_seen_texts_would_be_lost(item, methodist, manager):
    """The same walk with a server that is told what it wants to hear: the measure above can fail."""
    unseen, _, conflicts = [], [], []
    chance = random.Random(20261118)

    for _ in range(20):
        item.refresh_from_db()
        lost, _, shown = interleave(item, (methodist, manager), chance, told=lambda seen, stands: stands)
        unseen += lost
        conflicts += shown

    assert len(unseen) > 10
    assert conflicts == []


def test_a_row_is_added_after_another_or_at_the_end(plan, methodist):
    added = editing.add_item(plan.first, after=plan.named["a"], by=methodist)
    editing.edit_cell(added.pk, cell="text", to="между", was="", by=methodist)
    last = editing.add_item(plan.first, after=None, by=methodist)
    editing.edit_cell(last.pk, cell="text", to="конец", was="", by=methodist)
    only = editing.add_item(plan.middle, after=None, by=methodist)
    editing.edit_cell(only.pk, cell="text", to="один", was="", by=methodist)

    assert order(plan) == [["a", "между", "b", "конец"], ["один"], ["c", "d"]]


@pytest.mark.parametrize("after", ["a", None])
def test_adding_pressed_twice_makes_one_row(after, plan, methodist):
    rows = [editing.add_item(plan.first, after=plan.named.get(after), by=methodist) for _ in range(2)]

    assert rows[0] == rows[1]
    assert plan.first.items.filter(text="").count() == 1


DOWN = [
    [["b", "a"], [], ["c", "d"]],
    [["b"], ["a"], ["c", "d"]],
    [["b"], [], ["a", "c", "d"]],
    [["b"], [], ["c", "a", "d"]],
    [["b"], [], ["c", "d", "a"]],
    [["b"], [], ["c", "d", "a"]],
]


def test_a_row_walks_down_to_the_end_and_back_through_an_empty_section(plan, methodist):
    seen = []
    for step in [1] * 6 + [-1] * 6:
        row = RoadmapItem.objects.select_related("section__roadmap").get(text="a")
        editing.move_item_by_one(row, step=step, by=methodist)
        seen.append(order(plan))

    assert seen[:6] == DOWN
    assert seen[6:] == [DOWN[3], DOWN[2], DOWN[1], DOWN[0], [["a", "b"], [], ["c", "d"]], [["a", "b"], [], ["c", "d"]]]


def test_a_row_is_put_before_a_row_of_another_section_or_at_its_end(plan, methodist):
    editing.move_item(plan.named["a"], to=plan.last, before=plan.named["d"], by=methodist)
    editing.move_item(plan.named["c"], to=plan.middle, before=None, by=methodist)

    assert order(plan) == [["b"], ["c"], ["a", "d"]]
    assert plan.named["a"].history.latest().history_change_reason == "Перемещено"


def test_no_walk_loses_or_doubles_a_row(plan, methodist):
    chance = random.Random(20261118)

    for _ in range(60):
        row = RoadmapItem.objects.select_related("section__roadmap").get(text=chance.choice("abcd"))
        editing.move_item_by_one(row, step=chance.choice([-1, 1]), by=methodist)

        assert sorted(text for texts in order(plan) for text in texts) == ["a", "b", "c", "d"]


def test_a_removed_row_comes_back_to_its_place(plan, methodist):
    plan.named["a"].remove(by=methodist, at=roadmaps.A_MOMENT)
    without = order(plan)
    plan.named["a"].restore(by=methodist)

    assert without == [["b"], [], ["c", "d"]]
    assert order(plan) == [["a", "b"], [], ["c", "d"]]


def test_a_removed_section_takes_its_rows_along_and_brings_them_back(plan, methodist):
    plan.first.remove(by=methodist, at=roadmaps.A_MOMENT)
    without = order(plan)
    plan.first.restore(by=methodist)

    assert without == [[], ["c", "d"]]
    assert order(plan) == [["a", "b"], [], ["c", "d"]]
    reasons = plan.first.history.order_by("history_id").values_list("history_change_reason", flat=True)
    assert list(reasons)[1:] == ["Удалён", "Возвращён"]


def test_renumbering_goes_through_all_sections_and_is_done_once(plan, methodist):
    rows = list(RoadmapItem.objects.filter(section__roadmap=plan).living().in_order())

    assert editing.renumber(rows, by=methodist) == 4
    assert editing.renumber(rows, by=methodist) == 0
    assert [row.number for row in rows] == ["1.", "2.", "3.", "4."]
