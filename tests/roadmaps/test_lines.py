"""Texts kept line by line: statements of the text part, sub-items of a row; two editors never lose a line."""

import pytest
from django.urls import reverse

from roadmaps.actions import lines
from roadmaps.models import Passage, SubItem
from tests.factories import roadmaps


def write(roadmap, methodist, was=None, **kinds):
    now = lines.passages_as_lines(roadmap)
    lines.write_passages(roadmap, to=now | kinds, was=now if was is None else now | was, by=methodist)


def test_statements_are_written_line_by_line_and_stages_keep_their_days(roadmap, methodist):
    write(roadmap, methodist, task="Помочь школам\n\nОбобщить опыт", stage="Основной этап | 01.09.2026 – 31.05.2027")

    told = [(p.kind, p.position, p.as_line()) for p in Passage.objects.order_by("kind", "position")]
    assert told == [
        ("stage", 1, "Основной этап | 01.09.2026 – 31.05.2027"),
        ("task", 1, "Помочь школам"),
        ("task", 2, "Обобщить опыт"),
    ]


def test_a_kind_that_was_not_touched_is_not_written_again(roadmap, methodist):
    write(roadmap, methodist, task="Помочь школам")
    before = Passage.objects.get().pk

    write(roadmap, methodist, direction="Методическая помощь")

    assert Passage.objects.get(kind="task").pk == before


def test_another_editor_of_the_same_statements_is_not_written_over(roadmap, methodist):
    write(roadmap, methodist, task="Помочь школам")

    with pytest.raises(lines.LinesChangedMeanwhile) as meanwhile:
        write(roadmap, methodist, was={"task": ""}, task="Обобщить опыт")

    assert meanwhile.value.theirs == {"task": "Помочь школам"}
    assert lines.passages_as_lines(roadmap)["task"] == "Помочь школам"


def test_sub_items_are_rewritten_and_a_marked_one_cannot_be_dropped(item, methodist):
    lines.write_parts(item, to="Приказ | март\nОтзывы", was="", by=methodist)
    first = SubItem.objects.get(text="Приказ")
    marked = first.points.get()
    marked.complete(on=marked.starts_on, by=methodist, at=roadmaps.A_MOMENT)

    lines.write_parts(item, to="Отзывы\nПриказ | апрель", was=lines.parts_as_lines(item), by=methodist)
    with pytest.raises(lines.PartIsMarked, match="«Приказ» уже отмечен"):
        lines.write_parts(item, to="Отзывы", was=lines.parts_as_lines(item), by=methodist)

    assert lines.parts_as_lines(item) == "Отзывы\nПриказ | апрель"
    assert [(point.due_on.month, point.state) for point in first.points.order_by("due_on")] == [
        (3, "done"),
        (4, "open"),
    ]


def test_another_editor_of_the_sub_items_is_not_written_over(item, methodist):
    lines.write_parts(item, to="Приказ", was="", by=methodist)

    with pytest.raises(lines.LinesChangedMeanwhile) as meanwhile:
        lines.write_parts(item, to="Отзывы", was="", by=methodist)

    assert meanwhile.value.theirs == {"parts": "Приказ"}
    assert lines.parts_as_lines(item) == "Приказ"


def test_the_page_shows_both_texts_and_the_next_try_is_made_against_theirs(roadmap, methodist, desk):
    address = reverse("roadmaps:roadmap-passages", args=[roadmap.pk])
    write(roadmap, methodist, task="Помочь школам")

    refused = desk.post(address, {"task": "Обобщить опыт", "was_task": ""})
    written = desk.post(address, {"task": "Обобщить опыт", "was_task": "Помочь школам"})

    page = refused.content.decode()
    assert "здесь написали: «Помочь школам»" in page
    assert "Обобщить опыт</textarea>" in page
    assert written.status_code == 302
    assert lines.passages_as_lines(roadmap)["task"] == "Обобщить опыт"


def test_the_history_of_the_roadmap_tells_of_its_text_part(roadmap, methodist, desk):
    write(roadmap, methodist, task="Помочь школам")
    write(roadmap, methodist, task="Обобщить опыт")

    page = desk.get(reverse("roadmaps:roadmap-history", args=[roadmap.pk])).content.decode()

    assert "Помочь школам" in page
    assert "Обобщить опыт" in page
    assert "запись удалена" in page


def test_the_page_names_a_stage_whose_days_make_no_sense(roadmap, desk):
    address = reverse("roadmaps:roadmap-passages", args=[roadmap.pk])

    page = desk.post(address, {"stage": "Основной этап | 31.05.2027 – 01.09.2026"}).content.decode()

    assert "Не удалось прочитать дни этапа" in page
    assert not Passage.objects.exists()
