"""The roadmap on its page: the filters of the address, its head, and who may do what with it."""

import re
from datetime import date
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve, reverse

from directory.roles import Role
from roadmaps.models import Indicator, Roadmap, RoadmapItem
from tests.factories import directory, roadmaps


@pytest.fixture
def plan(section):
    """A late row of the methodists, a row of February, a check-in and a row that asks."""
    late = roadmaps.item(section=section, text="Опоздали", phrase="октябрь")
    roadmaps.point(item=late, due_on=date(2026, 10, 31))
    roadmaps.party(item=late, label="Методисты", key="методисты")
    ahead = roadmaps.item(section=section, text="Впереди", phrase="февраль")
    roadmaps.point(item=ahead, due_on=date(2027, 2, 28))
    roadmaps.party(item=ahead, label="Завучи", key="завучи")
    going = roadmaps.item(section=section, text="Идёт", phrase="постоянно", kind="ongoing")
    roadmaps.point(item=going, due_on=date(2027, 5, 31), is_checkin=True)
    roadmaps.item(section=section, text="Непонятно", phrase="когда-нибудь", kind="unknown")
    return section.roadmap


def rows(desk, plan, **asked):
    sections = desk.get(plan.get_absolute_url(), asked).context["plan"].sections
    return [row.text for section in sections for row in section["items"]]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["Опоздали", "Впереди", "Идёт", "Непонятно"]),
        ({"state": "late"}, ["Опоздали"]),
        ({"state": "ahead"}, ["Впереди"]),
        ({"state": "going"}, ["Идёт"]),
        ({"state": "asks"}, ["Непонятно"]),
        ({"month": "2027-02"}, ["Впереди"]),
        ({"party": "методисты"}, ["Опоздали"]),
        ({"party": "методисты", "month": "2027-02"}, []),
        ({"state": "nonsense"}, []),
    ],
)
def test_the_address_filters_the_rows(asked, shown, desk, plan):
    assert rows(desk, plan, **asked) == shown


def test_every_address_on_the_page_is_one_of_the_portal(desk, plan):
    """Rows and sections say theirs relative to the page, where no ``url`` tag would find a slip."""
    roadmaps.indicator(section=plan.sections.get())
    page = desk.get(plan.get_absolute_url()).content.decode()

    said = set(re.findall(r'(?:href|action)="((?:\.\./|/(?!static/))[^"#?]*)', page))
    found = {resolve(urlsplit(urljoin(plan.get_absolute_url(), address)).path).view_name for address in said}

    assert found >= {
        *(f"roadmaps:section-{verb}" for verb in ("edit", "remove")),
        *(f"roadmaps:indicator-{verb}" for verb in ("add", "edit", "remove")),
        *("roadmaps:item-add", "roadmaps:item-detail", "roadmaps:point-complete"),
    }


def test_the_figures_count_what_their_links_show(desk, plan):
    facts = {fact["label"]: fact["number"] for fact in desk.get(plan.get_absolute_url()).context["facts"]}

    assert facts["мероприятия"] == 4
    assert facts["срок просрочен"] == 1
    assert facts["нужно уточнить"] == 1
    assert facts["сроков выполнено"] == "0 из 2"


def test_what_passed_before_the_portal_watched_is_not_late(desk, plan):
    Roadmap.objects.update(watched_from=date(2026, 11, 1))

    assert rows(desk, plan, state="late") == []


@pytest.mark.parametrize(("words", "found"), [("ЁЛКА № 12", True), ("елка", True), ("ёлка сосна", False)])
def test_the_list_is_searched_without_regard_to_case_and_yo(words, found, desk, centre):
    roadmaps.approved(municipality=centre.municipality, title="Программа «Ёлка»", document_number="12")

    page = desk.get(reverse("roadmaps:roadmap-list"), {"q": words}).content.decode()

    assert ("Программа «Ёлка»" in page) is found


HEAD = {
    "title": "План", "kind": "plan", "state": "approved", "starts_on": "2027-09-01", "ends_on": "2028-08-31",
    "basis": "academic", "watched_from": "2027-09-01",
}  # fmt: skip


def test_another_period_reads_the_deadlines_anew_and_says_so(desk, section):
    item = roadmaps.item(section=section, phrase="март")

    answer = desk.post(reverse("roadmaps:roadmap-edit", args=[section.roadmap_id]), HEAD, follow=True)

    assert "Сроки прочитаны заново." in answer.content.decode()
    assert [point.due_on for point in item.points.all()] == [date(2028, 3, 31)]


def test_an_end_before_the_beginning_is_refused_beside_its_field(desk, roadmap):
    answer = desk.post(reverse("roadmaps:roadmap-edit", args=[roadmap.pk]), HEAD | {"ends_on": "2020-01-01"})

    assert answer.context["form"].errors["ends_on"] == ["Окончание раньше начала. Проверьте обе даты."]


def test_a_closed_roadmap_is_read_and_opened_again_but_not_edited(desk, item):
    Roadmap.objects.update(state="closed")

    refused = desk.post(reverse("roadmaps:item-remove", args=[item.pk]))
    desk.post(reverse("roadmaps:roadmap-edit", args=[item.section.roadmap_id]), HEAD)

    assert "завершена" in refused.content.decode()
    assert Roadmap.objects.get().state == "approved"


def test_a_reader_is_offered_nothing_that_would_be_refused(signed_in, centre, item):
    roadmaps.postponement(point=roadmaps.point(item=item))
    teacher = signed_in(directory.reader(Role.TEACHER, centre))
    addresses = (
        item.section.roadmap.get_absolute_url(),
        item.get_absolute_url(),
        reverse("roadmaps:postponement-list"),
    )

    pages = "".join(teacher.get(address).content.decode() for address in addresses)

    verbs = r"/(?:edit|remove|restore|move|add|complete|decline|dismiss|postpone|reopen|renumber|settle|follow|parts|decide)/"
    assert re.findall(verbs, pages) == []


def test_text_and_indicators_are_written_as_typed(desk, section):
    stages = "Первый | 01.09.2026 – 31.12.2026"
    desk.post(
        reverse("roadmaps:roadmap-passages", args=[section.roadmap_id]), {"task": "Учить\r\nПомогать", "stage": stages}
    )
    desk.post(
        reverse("roadmaps:indicator-add", args=[section.pk]),
        {"text": "Доля", "comparison": "at_least", "target": "60", "unit": "%"},
    )

    passages = section.roadmap.passages.order_by("kind", "position")
    assert [passage.as_line() for passage in passages] == [stages, "Учить", "Помогать"]
    assert str(Indicator.objects.get()) == "Доля"


@pytest.mark.parametrize("stage", ["Первый | вчера", "Первый | 31.12.2026 – 01.09.2026", "Первый | 01.09.2026"])
def test_days_of_a_stage_that_make_no_sense_are_told(stage, desk, roadmap):
    answer = desk.post(reverse("roadmaps:roadmap-passages", args=[roadmap.pk]), {"stage": stage})

    assert "Не удалось прочитать дни этапа" in answer.context["form"].errors["stage"][0]


def test_a_school_names_its_own_day_once_and_inside_the_window(signed_in, centre):
    window = roadmaps.window(schedule=roadmaps.schedule(municipality=centre.municipality))
    school = directory.organisation(municipality=centre.municipality)
    deputy = signed_in(directory.reader(Role.DEPUTY, school))
    address = reverse("roadmaps:window-day", args=[window.pk])

    outside = deputy.post(address, {"day": "2027-04-20"})
    for day in ("2027-04-05", "2027-04-06"):
        deputy.post(address, {"day": day, "organisation": centre.pk})

    assert "не попадает в окно" in outside.context["form"].errors["day"][0]
    assert [(named.organisation, named.day) for named in window.days.all()] == [(school, date(2027, 4, 6))]


def test_rows_are_renumbered_from_the_page(desk, plan):
    desk.post(reverse("roadmaps:roadmap-renumber", args=[plan.pk]))

    assert list(RoadmapItem.objects.in_order().values_list("number", flat=True)) == ["1.", "2.", "3.", "4."]


def test_a_field_that_somebody_else_changed_is_kept_or_shown(desk, roadmap):
    """Two editors of one form: what only one touched is written, what both touched is shown to the second."""
    address = reverse("roadmaps:roadmap-edit", args=[roadmap.pk])
    opened = desk.get(address).context["form"]
    held = {name: opened[name].value() for name in opened.fields}
    held = {name: "" if value is None else str(value) for name, value in held.items()}
    Roadmap.objects.filter(pk=roadmap.pk).update(goal="Чужая цель", issuer="Управление образования")

    clash = desk.post(address, held | {"goal": "Моя цель"})
    kept = desk.post(address, held | {"signatory": "Кузьмина О. В."})

    assert "здесь написали: «Чужая цель»" in clash.content.decode()
    assert "Моя цель</textarea>" in clash.content.decode()
    assert kept.status_code == 302
    roadmap.refresh_from_db()
    assert (roadmap.goal, roadmap.issuer, roadmap.signatory) == (
        "Чужая цель",
        "Управление образования",
        "Кузьмина О. В.",
    )


def test_a_schedule_remembers_who_named_and_moved_the_day_of_a_school(signed_in, centre):
    window = roadmaps.window(schedule=roadmaps.schedule(municipality=centre.municipality))
    deputy = directory.reader(Role.DEPUTY, directory.organisation(municipality=centre.municipality))
    desk, address = signed_in(deputy), reverse("roadmaps:window-day", args=[window.pk])

    for day in (window.starts_on, window.ends_on):
        desk.post(address, {"day": day.isoformat()})

    page = desk.get(reverse("roadmaps:schedule-history", args=[window.schedule_id])).content.decode()
    assert f"{window.starts_on:%d.%m.%Y}</del>" in page
    assert f"{window.ends_on:%d.%m.%Y}</ins>" in page
    assert str(deputy) in page
