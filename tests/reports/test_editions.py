"""Editions: a roadmap frozen by an order, compared with what it says later."""

from datetime import date

import pytest

from directory.roles import Role
from roadmaps import policy
from roadmaps.actions.editions import content_of, freeze
from roadmaps.comparison import Change, Fate, Subject, differences
from roadmaps.models import Edition, Roadmap
from roadmaps.models.editions import FrozenForGood
from tests.factories import directory, roadmaps

pytestmark = pytest.mark.django_db


@pytest.fixture
def roadmap():
    """Two sections, three rows, an indicator and a task."""
    made = roadmaps.roadmap(title="Карта наставничества", goal="Помогать")
    first = roadmaps.section(roadmap=made, title="1. Люди")
    second = roadmaps.section(roadmap=made, title="2. Дела")
    roadmaps.indicator(section=first, text="Доля новичков")
    roadmaps.passage(roadmap=made, text="Помочь новичкам")
    for number, section in enumerate((first, first, second), start=1):
        roadmaps.item(section=section, number=f"{number}.", text=f"Дело {number}", phrase="март")
    roadmaps.subitem(item=first.items.first(), text="Собрать отзывы", phrase="апрель")
    return made


@pytest.fixture
def methodist(roadmap):
    centre = directory.organisation(municipality=roadmap.municipality)
    return directory.reader(Role.METHODIST, centre).act(date(2026, 11, 18))


def row(roadmap, number):
    return next(item for item in content_of(roadmap)["sections"][0]["items"] if item["number"] == number)


def test_the_content_is_the_whole_roadmap_as_printed(roadmap):
    content = content_of(roadmap)

    assert (content["title"], content["goal"]) == ("Карта наставничества", "Помогать")
    assert (content["starts_on"], content["ends_on"]) == ("2026-09-01", "2027-08-31")
    assert content["passages"] == {"task": ["Помочь новичкам"]}
    assert [section["title"] for section in content["sections"]] == ["1. Люди", "2. Дела"]
    assert [[item["text"] for item in section["items"]] for section in content["sections"]] == [
        ["Дело 1", "Дело 2"],
        ["Дело 3"],
    ]
    assert content["sections"][0]["indicators"][0]["text"] == "Доля новичков"
    assert content["sections"][0]["items"][0]["subitems"] == [{"text": "Собрать отзывы", "phrase": "апрель"}]


def test_what_was_removed_is_not_printed(roadmap, methodist):
    roadmap.sections.first().items.first().remove(by=methodist, at=roadmaps.A_MOMENT)

    assert [item["text"] for item in content_of(roadmap)["sections"][0]["items"]] == ["Дело 2"]


def test_the_content_is_collected_in_five_questions_whatever_its_size(roadmap, django_assert_num_queries):
    with django_assert_num_queries(5):
        content_of(roadmap)


def test_editions_of_a_roadmap_are_numbered_from_one(roadmap, methodist):
    frozen = [
        freeze(
            roadmap,
            content=content_of(roadmap),
            document_kind="приказ",
            document_number=number,
            document_on=date(2026, 9, 1),
            by=methodist,
            at=roadmaps.A_MOMENT,
        )
        for number in ("38-од", "41-од")
    ]

    assert [edition.number for edition in frozen] == [1, 2]
    assert Edition.objects.get(number=1).content == content_of(roadmap)


def test_an_edition_is_neither_rewritten_nor_removed():
    edition = roadmaps.edition()

    edition.content = {}
    for attempt in (
        edition.save,
        edition.delete,
        Edition.objects.all().delete,
        lambda: Edition.objects.update(number=7),
    ):
        with pytest.raises(FrozenForGood):
            attempt()

    kept = Edition.objects.get()
    assert (kept.number, kept.content) == (1, {"title": "Дорожная карта"})


def test_editions_stay_in_their_municipality(methodist, roadmap):
    mine = roadmaps.edition(roadmap=roadmap)
    roadmaps.edition()

    assert list(Edition.objects.visible_to(methodist)) == [mine]


def test_nothing_changed_is_no_difference(roadmap):
    assert differences(content_of(roadmap), content_of(roadmap)) == []


def test_each_kind_of_change_is_told_once(roadmap, methodist):
    before = content_of(roadmap)
    first, second = roadmap.sections.order_by("position")
    one, two = first.items.order_by("position")
    three = second.items.get()
    one.phrase = "май"
    one.save()
    two.remove(by=methodist, at=roadmaps.A_MOMENT)
    three.section = first
    three.save()
    four = roadmaps.item(section=second, text="Дело 4")
    first.indicators.update(text="Доля молодых")
    roadmap.title = "Карта поддержки"
    roadmap.passages.all().delete()
    five = roadmaps.section(roadmap=roadmap, title="3. Итоги")

    found = [(change.subject, change.fate, change.key) for change in differences(before, content_of(roadmap))]

    assert found == [
        (Subject.HEAD, Fate.CHANGED, "title"),
        (Subject.PASSAGES, Fate.REMOVED, "task"),
        (Subject.SECTION, Fate.ADDED, str(five.pk)),
        (Subject.INDICATOR, Fate.CHANGED, str(first.indicators.get().pk)),
        (Subject.ITEM, Fate.CHANGED, str(one.pk)),
        (Subject.ITEM, Fate.MOVED, str(three.pk)),
        (Subject.ITEM, Fate.ADDED, str(four.pk)),
        (Subject.ITEM, Fate.REMOVED, str(two.pk)),
    ]


def test_a_changed_cell_shows_both_texts(roadmap):
    before = content_of(roadmap)
    roadmap.sections.first().items.filter(number="2.").update(responsible="Методисты")

    assert differences(before, content_of(roadmap)) == [
        Change(
            Subject.ITEM, Fate.CHANGED, str(row(roadmap, "2.")["id"]), "1. Люди", "responsible",
            was="", now="Методисты", row=row(roadmap, "2."),
        )
    ]  # fmt: skip


def test_changed_parts_of_a_row_are_told_line_by_line(roadmap):
    before = content_of(roadmap)
    roadmaps.subitem(item=roadmap.sections.first().items.get(number="1."), text="Обсудить")

    [change] = differences(before, content_of(roadmap))

    assert (change.cell, change.was, change.now) == (
        "subitems",
        "Собрать отзывы | апрель",
        "Собрать отзывы | апрель\nОбсудить",
    )


def test_a_renamed_section_moves_no_row(roadmap):
    before = content_of(roadmap)
    roadmap.sections.filter(title="1. Люди").update(title="1. Кадры")

    [change] = differences(before, content_of(roadmap))

    assert (change.subject, change.was, change.now) == (Subject.SECTION, "1. Люди", "1. Кадры")


def test_a_row_taken_to_the_end_is_the_only_one_that_moved(roadmap):
    section = roadmap.sections.first()
    for number in range(4, 9):
        roadmaps.item(section=section, number=f"{number}.")
    before = content_of(roadmap)
    section.items.filter(number="1.").update(position=10_000)

    [change] = differences(before, content_of(roadmap))

    assert (change.fate, change.row["number"]) == (Fate.MOVED, "1.")


def approve(roadmap, methodist):
    roadmap.approve(
        number="38-од", on=date(2026, 9, 1), kind="приказ", issuer="Центр", signatory="Липова Д. С.",
        controller=None, by=methodist,
    )  # fmt: skip


def test_approval_writes_the_document_and_tells_it_in_the_history(roadmap, methodist):
    approve(roadmap, methodist)

    roadmap.refresh_from_db()
    assert roadmap.state == Roadmap.State.APPROVED
    assert roadmap.document_words() == "приказ от 01.09.2026 № 38-од"
    assert roadmap.history.latest().history_change_reason == "Утверждена: приказ от 01.09.2026 № 38-од"
    assert roadmap.history.latest().history_user == methodist


def test_an_approved_text_is_changed_by_an_amending_order_only(roadmap, methodist):
    item = roadmap.sections.first().items.first()
    free = policy.edit_item(methodist, item)
    approve(roadmap, methodist)

    frozen = policy.edit_roadmap(methodist, roadmap)
    item.section.roadmap.refresh_from_db()
    frozen_row = policy.edit_item(methodist, item)
    roadmap.open_for_amendment(by=methodist)
    opened = policy.edit_roadmap(methodist, roadmap)
    roadmap.close_amendment(by=methodist, because="Зарегистрирован приказ")

    assert free
    assert frozen.reason == (
        "Дорожная карта утверждена приказом от 01.09.2026 № 38-од. "
        "Изменения вносят приказом: откройте «Внести изменения»."
    )
    assert frozen_row == frozen
    assert opened
    assert not policy.edit_roadmap(methodist, roadmap)


def test_execution_goes_on_while_the_text_is_frozen(roadmap, methodist):
    approve(roadmap, methodist)
    point = roadmaps.point(item=roadmap.sections.first().items.first())
    point.item.section.roadmap = roadmap

    assert policy.close_point(methodist, point)
    assert policy.request_postponement(methodist, point)
    assert policy.keep_item(methodist, point.item)


def test_a_roadmap_brought_with_its_document_stays_open(roadmap, methodist):
    brought = roadmaps.approved(
        municipality=roadmap.municipality, document_kind="приказ", document_number="12", document_on=date(2025, 9, 1)
    )

    assert policy.edit_roadmap(methodist, brought)
    assert not brought.editions.exists()


def test_the_head_of_an_approved_roadmap_keeps_what_the_order_says(roadmap, methodist, signed_in, today):
    approve(roadmap, methodist)
    address = f"/roadmaps/{roadmap.pk}/edit/"
    browser = signed_in(methodist)
    form = browser.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    browser.post(address, typed | {"title": "Другая", "document_number": "77", "state": "closed"})

    roadmap.refresh_from_db()
    assert (roadmap.title, roadmap.document_number) == ("Карта наставничества", "38-од")
    assert roadmap.state == Roadmap.State.CLOSED


def test_an_approved_roadmap_does_not_become_a_draft_again(roadmap, methodist, signed_in, today):
    approve(roadmap, methodist)
    address = f"/roadmaps/{roadmap.pk}/edit/"
    browser = signed_in(methodist)
    form = browser.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    browser.post(address, typed | {"state": "draft"})

    roadmap.refresh_from_db()
    assert roadmap.state == Roadmap.State.APPROVED
