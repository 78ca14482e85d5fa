"""Editions on the pages: what an order froze, and the red line between two of them."""

import re
from copy import deepcopy

import pytest
from django.urls import reverse

from reports.redline import marks, words
from roadmaps.actions.editions import content_of
from roadmaps.comparison import differences
from tests.factories import reports, roadmaps

NAMES = {"text": "мероприятие", "phrase": "срок"}


@pytest.fixture
def roadmap(centre):
    roadmap = roadmaps.approved(municipality=centre.municipality, title="План встреч", goal="Помочь новичкам")
    section = roadmaps.section(roadmap=roadmap, title="Встречи")
    roadmaps.item(section=section, number="1.", text="Провести семинар", phrase="март")
    roadmaps.item(section=section, number="2.", text="Собрать отзывы", phrase="май")
    return roadmap


@pytest.fixture
def before(roadmap):
    return content_of(roadmap)


@pytest.fixture
def after(before):
    """One row changed, one removed, one added."""
    changed = deepcopy(before)
    items = changed["sections"][0]["items"]
    items[0]["phrase"] = "до 15 марта"
    items[1] = items[1] | {"id": 10**6, "text": "Написать <b>справку</b>", "number": "3."}
    return changed


@pytest.fixture
def editions(roadmap, before, after):
    return [
        roadmaps.edition(roadmap=roadmap, number=number, content=content, document_number=f"{number}-од")
        for number, content in enumerate((before, after), start=1)
    ]


def page_of(answer):
    return answer.content.decode()


def test_an_edition_shows_what_was_frozen_and_not_what_stands_now(desk, roadmap, editions):
    roadmap.sections.get().items.update(text="Теперь иначе")

    page = page_of(desk.get(reverse("reports:edition-detail", args=[editions[0].pk])))

    assert "Провести семинар" in page
    assert "Помочь новичкам" in page
    assert "Теперь иначе" not in page


def test_an_edition_leads_to_its_order(desk, roadmap, editions):
    order = reports.registered_order(roadmap=roadmap, edition=editions[1])

    page = page_of(desk.get(reverse("reports:edition-detail", args=[editions[1].pk])))

    assert order.get_absolute_url() in page
    assert reverse("reports:edition-changes", args=[editions[1].pk]) in page


def test_changes_are_told_in_words_and_marked(desk, editions):
    page = page_of(desk.get(reverse("reports:edition-changes", args=[editions[1].pk])))

    assert re.findall(r"<b>(Мероприятие: \w+)</b>", page) == [
        "Мероприятие: изменено",
        "Мероприятие: добавлено",
        "Мероприятие: убрано",
    ]
    assert "<ins>3. Написать &lt;b&gt;справку&lt;/b&gt;</ins>" in page
    assert "<del>2. Собрать отзывы</del>" in page
    assert "<del>март</del>" in page


def test_any_two_editions_are_compared_the_older_first(desk, editions):
    address = reverse("reports:edition-changes", args=[editions[0].pk])

    page = page_of(desk.get(address, {"before": "2"}))

    assert "<ins>3. Написать" in page
    assert desk.get(address).status_code == 404, "nothing stands before the first one"
    assert desk.get(address, {"before": "x"}).status_code == 404


def test_equal_editions_say_so(desk, roadmap, before):
    for number in (1, 2):
        edition = roadmaps.edition(roadmap=roadmap, number=number, content=before)

    page = page_of(desk.get(reverse("reports:edition-changes", args=[edition.pk])))

    assert "Печатный текст не изменился" in page


def test_changes_of_one_row_stand_together(before):
    after = deepcopy(before)
    after["sections"][0]["items"][0] |= {"text": "Провести два семинара", "phrase": "апрель"}

    [mark] = marks(differences(before, after), NAMES)

    assert (mark.subject, mark.fate_words, mark.section) == ("Мероприятие", "изменено", "Встречи")
    assert [line.cell for line in mark.lines] == ["мероприятие", "срок"]


def test_the_words_of_both_texts_are_all_there():
    parts = list(words("Провести один семинар", "Провести два новых семинара"))

    assert "".join(part.text for part in parts if part.fate != "added") == "Провести один семинар"
    assert "".join(part.text for part in parts if part.fate != "removed") == "Провести два новых семинара"
