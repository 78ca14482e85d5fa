"""What stands beside the printed cells: points that move with the phrase and stay where life has touched them."""

from datetime import date

import pytest

from roadmaps.actions.execution import complete, decline, request_postponement
from roadmaps.actions.schedules import follow, keep_window, remove_window
from roadmaps.actions.understanding import lay_points, name_parties, understand_anew, understand_phrase
from roadmaps.models import Party
from tests.factories import directory, roadmaps


def days(item):
    return [point.due_on for point in item.points.order_by("due_on")]


def write(item, phrase):
    item.phrase = phrase
    understand_phrase(item, item.section.roadmap)
    item.save()
    return lay_points([item], roadmap=item.section.roadmap)


MARCH, APRIL, MAY = date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 31)


def test_points_move_with_the_phrase(item):
    write(item, "март")
    write(item, "апрель, май")

    assert days(item) == [APRIL, MAY]


def test_laid_twice_nothing_changes(item):
    write(item, "март, апрель")
    before = list(item.points.order_by("pk").values())

    laid = lay_points([item], roadmap=item.section.roadmap)

    assert laid == 0
    assert list(item.points.order_by("pk").values()) == before


def test_a_point_keeps_its_identity_when_only_its_first_day_moves(item):
    write(item, "31 марта 2027 года")
    point = item.points.get()
    write(item, "март")

    assert item.points.get() == point
    assert (item.points.get().starts_on, item.points.get().due_on) == (date(2027, 3, 1), MARCH)


def close(point, account):
    decline(point, because="Болезнь", by=account, at=roadmaps.A_MOMENT)


def postpone(point, account):
    request_postponement(point, to=date(2027, 6, 1), because="Каникулы", by=account, at=roadmaps.A_MOMENT)


def prove(point, account):
    roadmaps.proof(point=point)


@pytest.mark.parametrize("touch", [close, postpone, prove])
def test_a_point_that_life_has_touched_stays_whatever_the_phrase_says(touch, item, methodist):
    write(item, "март, апрель")
    touch(item.points.get(due_on=MARCH), methodist)

    write(item, "май")

    assert days(item) == [MARCH, MAY]


def test_a_postponed_point_is_not_laid_again_on_the_day_of_the_document(item, methodist):
    write(item, "март")
    item.points.get().move(to=date(2027, 6, 1), by=methodist, because="Каникулы")

    lay_points([item], roadmap=item.section.roadmap)

    assert days(item) == [date(2027, 6, 1)]


def test_sub_items_with_phrases_are_due_instead_of_their_item(item):
    roadmaps.subitem(item=item, text="Приказ", phrase="март")
    roadmaps.subitem(item=item, text="Итоги", phrase="апрель")
    roadmaps.subitem(item=item, text="Отзывы")

    write(item, "май")

    assert {(point.subitem.text, point.due_on) for point in item.points.all()} == {("Приказ", MARCH), ("Итоги", APRIL)}


def test_what_goes_on_is_asked_about_and_never_late(item):
    write(item, "постоянно")

    assert item.kind == "ongoing"
    assert set(item.points.values_list("is_checkin", flat=True)) == {True}


@pytest.fixture
def schedule(section):
    return roadmaps.schedule(municipality=section.roadmap.municipality, title="график ВПР")


def test_points_of_a_schedule_follow_its_windows(item, schedule, methodist):
    write(item, "по графику ВПР")
    window = roadmaps.window(schedule=schedule, starts_on=date(2027, 4, 5), ends_on=date(2027, 4, 9))
    without = days(item)
    follow(item, schedule, by=methodist)
    followed = days(item)
    window.starts_on, window.ends_on = date(2027, 4, 12), date(2027, 4, 16)
    keep_window(window, by=methodist)
    moved = days(item)
    remove_window(window, by=methodist)

    assert (without, followed, moved, days(item)) == ([], [date(2027, 4, 9)], [date(2027, 4, 16)], [])


def test_a_window_outside_the_period_of_the_roadmap_gives_no_point(item, schedule, methodist):
    write(item, "по графику ВПР")
    roadmaps.window(schedule=schedule, starts_on=date(2028, 4, 5), ends_on=date(2028, 4, 9))

    follow(item, schedule, by=methodist)

    assert days(item) == []


def test_a_marked_point_outlives_the_window_it_came_from(item, schedule, methodist):
    write(item, "по графику ВПР")
    window = roadmaps.window(schedule=schedule)
    follow(item, schedule, by=methodist)
    complete(item.points.get(), on=window.ends_on, by=methodist, at=roadmaps.A_MOMENT)

    remove_window(window, by=methodist)

    assert days(item) == [date(2027, 4, 9)]


def test_a_phrase_without_a_schedule_leaves_the_schedule(item, schedule, methodist):
    write(item, "по графику ВПР")
    roadmaps.window(schedule=schedule)
    follow(item, schedule, by=methodist)

    write(item, "март")

    assert (item.schedule, days(item)) == (None, [MARCH])


def test_another_period_reads_every_phrase_anew(item):
    write(item, "март")
    roadmap = item.section.roadmap
    roadmap.starts_on, roadmap.ends_on = date(2027, 9, 1), date(2028, 8, 31)
    roadmap.save()

    understand_anew(roadmap)

    assert days(item) == [date(2028, 3, 31)]


def parties(item, text):
    item.responsible = text
    name_parties([item], roadmap=item.section.roadmap)
    return [
        (party.kind, party.label, party.staff_member) for party in Party.objects.filter(item=item).order_by("position")
    ]


def test_people_are_tied_to_staff_of_this_municipality_by_name(item):
    here = item.section.roadmap.municipality
    person = directory.staff_member(municipality=here, last_name="Ёлкина", first_name="Анна", patronymic="Петровна")
    directory.staff_member(last_name="Дубова", first_name="Вера", patronymic="Ильинична")

    named = parties(item, "Елкина А. П., Дубова В. И.")

    assert named == [("person", "Елкина А. П.", person), ("person", "Дубова В. И.", None)]


def test_a_name_that_two_people_share_names_nobody(item):
    here = item.section.roadmap.municipality
    for first_name in ("Анна", "Алла"):
        directory.staff_member(municipality=here, last_name="Липова", first_name=first_name)

    assert parties(item, "Липова А.") == [("person", "Липова А.", None)]


def test_parties_named_twice_are_not_doubled(item):
    parties(item, "Методисты, Липова А. П.")

    assert len(parties(item, "Методисты, Липова А. П.")) == 2
