"""The row on the pages: cells in place, the whole row as a form, its place, its removal and return."""

import re

import pytest
from django.urls import reverse

from roadmaps.models import RoadmapItem
from tests.factories import roadmaps


def cell(item, name="text"):
    return reverse("roadmaps:item-cell", args=[item.pk, name])


def test_a_cell_opens_with_its_text_and_what_was_seen(desk, item):
    field = desk.get(cell(item)).content.decode()

    assert re.search(r'name="was" value="Провести семинар"', field)
    assert re.search(r"<textarea[^>]*>Провести семинар</textarea>", field)


def test_a_saved_cell_answers_with_its_text(desk, item):
    answer = desk.post(cell(item), {"text": "  Два <b>семинара</b>\r\n", "was": "Провести семинар"})

    assert (answer.status_code, answer.content.decode()) == (200, "Два &lt;b&gt;семинара&lt;/b&gt;")
    assert answer["HX-Trigger"] == "saved"


@pytest.mark.parametrize(("name", "text"), [("phrase", "март"), ("responsible", "Методисты")])
def test_a_cell_that_means_more_answers_with_the_row(name, text, desk, item):
    answer = desk.post(cell(item, name), {"text": text, "was": ""})

    assert answer["HX-Retarget"] == f"#item-{item.pk}"
    assert f'id="item-{item.pk}"' in answer.content.decode()
    assert text in answer.content.decode()


def test_a_conflict_shows_both_texts(desk, item):
    RoadmapItem.objects.update(text="Их текст")

    answer = desk.post(cell(item), {"text": "Мой текст", "was": "Провести семинар"})

    item.refresh_from_db()
    assert (answer.status_code, item.text) == (409, "Их текст")
    assert re.search(r"<textarea[^>]*>Мой текст</textarea>", answer.content.decode())
    assert re.search(r"<textarea[^>]*>Их текст</textarea>", answer.content.decode())


def test_after_a_conflict_either_text_can_be_kept(desk, item):
    RoadmapItem.objects.update(text="Их текст")
    conflict = desk.post(cell(item), {"text": "Мой текст", "was": "Провести семинар"}).content.decode()
    was = re.search(r'name="was" value="([^"]*)"', conflict).group(1)

    desk.post(cell(item), {"text": "Мой текст", "was": was})

    item.refresh_from_db()
    assert item.text == "Мой текст"


def test_a_text_too_long_is_told_and_stays_in_the_field(desk, item):
    answer = desk.post(cell(item, "number"), {"text": "1" * 21, "was": ""})

    item.refresh_from_db()
    assert (answer.status_code, item.number) == (422, "")
    assert "Слишком длинно: знаков 21" in answer.content.decode()
    assert "1" * 21 in answer.content.decode()


@pytest.mark.parametrize("name", ["position", "section", "removed_at", "kind", "history", "pk", "save"])
def test_what_is_no_cell_of_the_table_is_not_found(name, desk, item):
    assert (desk.get(cell(item, name)).status_code, desk.post(cell(item, name)).status_code) == (404, 404)


@pytest.mark.parametrize("change", [{"removed_at": roadmaps.A_MOMENT}, {"section__roadmap__state": "closed"}])
def test_what_is_removed_or_closed_is_not_edited_and_says_why(change, desk, item):
    if "removed_at" in change:
        RoadmapItem.objects.update(**change)
    else:
        item.section.roadmap.state = "closed"
        item.section.roadmap.save()

    answer = desk.post(cell(item), {"text": "Новое", "was": "Провести семинар"})

    item.refresh_from_db()
    assert (answer.status_code, item.text) == (403, "Провести семинар")
    assert re.search("удалено|завершена", answer.content.decode())


def whole(item, **changes):
    """What the browser sends of the whole row: every cell and what it held when the form was opened."""
    cells = {
        name: getattr(item, name)
        for name in ("number", "text", "form", "participants", "phrase", "responsible", "note")
    }
    was = {f"was_{name}": text.replace("\n", "\r\n") for name, text in cells.items()}
    return was | {name: text.replace("\n", "\r\n") for name, text in cells.items()} | changes


def test_the_whole_row_is_saved_cell_by_cell(desk, item):
    desk.post(reverse("roadmaps:item-edit", args=[item.pk]), whole(item, text="Новое", phrase="март"))

    item.refresh_from_db()
    assert (item.text, item.phrase) == ("Новое", "март")
    assert item.points.count() == 1
    assert item.history.count() == 3


def test_an_untouched_row_is_not_written(desk, section):
    item = roadmaps.item(section=section, note="раз\nдва")

    desk.post(reverse("roadmaps:item-edit", args=[item.pk]), whole(item))

    assert item.history.count() == 1


def test_a_cell_of_several_lines_that_i_did_not_touch_is_no_conflict(desk, section):
    item = roadmaps.item(section=section, note="раз\nдва")
    sent = whole(item, text="Моё")
    RoadmapItem.objects.filter(pk=item.pk).update(note="раз\nдва\nтри")

    desk.post(reverse("roadmaps:item-edit", args=[item.pk]), sent)

    item.refresh_from_db()
    assert (item.text, item.note) == ("Моё", "раз\nдва\nтри")


def test_a_conflict_stands_beside_its_field_with_my_text_kept(desk, item):
    address = reverse("roadmaps:item-edit", args=[item.pk])
    sent = whole(item, text="Моё", note="Моё примечание")
    RoadmapItem.objects.filter(pk=item.pk).update(text="Их <слова>")

    answer = desk.post(address, sent)
    page = answer.content.decode()

    item.refresh_from_db()
    assert (item.text, item.note) == ("Их <слова>", "Моё примечание")
    assert "Их <слова>" in answer.context["form"].errors["text"][0]
    assert "Их &lt;слова&gt;" in page
    assert re.search(r'<textarea name="text"[^>]*>\s*Моё</textarea>', page)


def test_sent_again_after_a_conflict_my_text_is_kept(desk, item):
    address = reverse("roadmaps:item-edit", args=[item.pk])
    RoadmapItem.objects.filter(pk=item.pk).update(text="Их слова")
    form = desk.post(address, whole(item, text="Моё")).context["form"]

    desk.post(address, {name: form[name].value() or "" for name in form.fields})

    item.refresh_from_db()
    assert item.text == "Моё"


def test_a_row_changed_while_it_was_being_split_is_told_and_split_when_sent_again(desk, item):
    address = reverse("roadmaps:item-split", args=[item.pk])
    was = desk.get(address).context["form"]["was"].value()
    RoadmapItem.objects.filter(pk=item.pk).update(text="Их слова")

    refused = desk.post(address, {"was": was, "stays": "Моё", "moves": "Новое"})
    between = list(RoadmapItem.objects.values_list("text", flat=True))
    form = refused.context["form"]
    desk.post(address, {name: form[name].value() for name in form.fields})

    assert "Их слова" in form.errors["stays"][0]
    assert between == ["Их слова"]
    assert set(RoadmapItem.objects.values_list("text", flat=True)) == {"Моё", "Новое"}


def test_removal_is_offered_back_and_taken_back(desk, item):
    answer = desk.post(reverse("roadmaps:item-remove", args=[item.pk]), follow=True)
    undo = reverse("roadmaps:item-restore", args=[item.pk])
    page = answer.content.decode()
    desk.post(undo)

    item.refresh_from_db()
    assert undo in page
    assert item.removed_at is None
    reasons = item.history.order_by("history_id").values_list("history_change_reason", flat=True)
    assert list(reasons)[1:] == ["Удалено", "Возвращено"]


def test_a_removed_section_is_offered_back(desk, item):
    page = desk.post(reverse("roadmaps:section-remove", args=[item.section_id]), follow=True).content.decode()

    assert reverse("roadmaps:section-restore", args=[item.section_id]) in page
    assert item.text not in page


def test_a_row_is_added_and_opened(desk, item):
    answer = desk.post(reverse("roadmaps:item-add", args=[item.section_id]), {"after": item.pk})

    added = RoadmapItem.objects.get(text="")
    assert added.position == item.position + 1
    assert answer.url == reverse("roadmaps:item-edit", args=[added.pk])


def test_the_story_of_a_row_tells_before_and_after(desk, item, methodist):
    desk.post(cell(item), {"text": "Два семинара", "was": "Провести семинар"})

    entries = desk.get(reverse("roadmaps:item-history", args=[item.pk])).context["entries"]

    assert entries[0].changes == (("мероприятие", "Провести семинар", "Два семинара"),)
    assert entries[0].by == str(methodist)


class TestForeignNumbers:
    """Ids that are sent in a form and belong to somebody else, or to another place, do nothing."""

    @pytest.fixture
    def foreign(self):
        return roadmaps.item(section=roadmaps.section(roadmap=roadmaps.approved()))

    def test_a_row_is_not_moved_into_a_foreign_section(self, desk, item, foreign):
        answer = desk.post(reverse("roadmaps:item-move", args=[item.pk]), {"section": foreign.section_id})

        item.refresh_from_db()
        assert (answer.status_code, item.section_id == foreign.section_id) == (400, False)

    def test_a_row_is_not_moved_into_another_roadmap_of_ours(self, desk, item, centre):
        other = roadmaps.section(roadmap=roadmaps.approved(municipality=centre.municipality))

        answer = desk.post(reverse("roadmaps:item-move", args=[item.pk]), {"section": other.pk})

        item.refresh_from_db()
        assert (answer.status_code, item.section_id == other.pk) == (400, False)

    def test_a_row_put_before_a_foreign_row_lands_at_the_end_of_its_own_section(self, desk, section, foreign):
        rows = [roadmaps.item(section=section, position=place) for place in range(3)]
        before = RoadmapItem.objects.filter(pk=foreign.pk).values().get()

        desk.post(reverse("roadmaps:item-move", args=[rows[0].pk]), {"section": section.pk, "before": foreign.pk})

        assert list(section.items.in_order()) == [rows[1], rows[2], rows[0]]
        assert RoadmapItem.objects.filter(pk=foreign.pk).values().get() == before

    def test_a_row_added_after_a_foreign_row_lands_in_its_own_section(self, desk, item, foreign):
        desk.post(reverse("roadmaps:item-add", args=[item.section_id]), {"after": foreign.pk})

        assert foreign.section.items.count() == 1
        assert item.section.items.count() == 2

    def test_a_foreign_schedule_cannot_be_followed(self, desk, item):
        schedule = roadmaps.schedule()

        answer = desk.post(reverse("roadmaps:item-follow", args=[item.pk]), {"schedule": schedule.pk})

        item.refresh_from_db()
        assert item.schedule is None
        assert "schedule" in answer.context["form"].errors
        assert schedule.title not in desk.get(reverse("roadmaps:item-follow", args=[item.pk])).content.decode()

    def test_a_foreign_party_filters_nothing_in(self, desk, item, foreign):
        roadmaps.party(item=foreign, label="Соседи", key="соседи")

        page = desk.get(item.section.roadmap.get_absolute_url(), {"party": "соседи"})

        assert page.status_code == 200
        assert foreign.text not in [row.text for section in page.context["plan"].sections for row in section["items"]]
        assert "Соседи" not in page.content.decode()
