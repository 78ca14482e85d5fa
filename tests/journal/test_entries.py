"""A record's history in words: who, when, before → after, why."""

import pytest
from django.urls import reverse

from directory.roles import Role
from journal.views import entries_of
from tests.factories import directory, roadmaps


@pytest.fixture
def methodist(db, today):
    return directory.reader(Role.METHODIST, directory.organisation())


@pytest.fixture
def roadmap(methodist):
    return roadmaps.approved(municipality=methodist.acting_as.organisation.municipality)


def changed(record, by, because="", **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record._history_user, record._change_reason = by, because
    record.save()
    return entries_of(record)[0]


def test_the_newest_comes_first_and_the_first_is_the_making(roadmap, methodist):
    changed(roadmap, methodist, signatory="Липова Д. И.")
    changed(roadmap, methodist, signatory="Дубова В. И.")

    entries = entries_of(roadmap)

    assert [entry.what for entry in entries] == ["изменено", "изменено", "запись создана"]
    assert entries[0].changes == (("кто подписал", "Липова Д. И.", "Дубова В. И."),)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("state", "closed", ("состояние", "действует", "завершена")),
        ("document_on", roadmaps.A_MOMENT.date(), ("дата документа", "", "02.11.2026")),
        ("goal", "Помочь", ("цель", "", "Помочь")),
        ("remarks", [{"code": "x", "message": "Проверьте номер"}], ("замечания к документу", "", "Проверьте номер")),
    ],
)
def test_values_are_told_in_words(field, value, told, roadmap, methodist):
    assert changed(roadmap, methodist, **{field: value}).changes == (told,)


def test_other_records_are_told_by_name_and_a_lost_one_as_lost(roadmap, methodist):
    item = roadmaps.item(section=roadmaps.section(roadmap=roadmap))
    kept, lost = (roadmaps.schedule(municipality=roadmap.municipality, title=title) for title in ("ВПР", "ОГЭ"))
    changed(item, methodist, schedule=kept)
    changed(item, methodist, schedule=lost)
    lost.delete()

    assert entries_of(item)[0].changes == (("график", "ВПР", "удалённая запись"),)


def test_who_and_why_stand_beside_the_change(roadmap, methodist):
    entry = changed(roadmap, methodist, because="По приказу № 38", goal="Помочь")

    assert (entry.by, entry.because) == (str(methodist), "По приказу № 38")


def test_what_the_portal_did_by_itself_is_told_so(roadmap):
    assert entries_of(roadmap)[0].by == "портал"


def test_a_saving_that_changed_nothing_is_no_event(roadmap, methodist):
    roadmap._history_user = methodist
    roadmap.save()

    assert len(entries_of(roadmap)) == 1


def test_a_part_is_called_by_its_name_without_the_stop_at_its_end(roadmap, methodist):
    section = roadmaps.section(roadmap=roadmap, title="Обмен опытом.")
    changed(section, methodist, title="Наставничество.")

    entries = entries_of(roadmap, parts=section.history.all())

    assert entries[0].what == "раздел Наставничество: изменено"


def test_a_long_history_ends_at_its_page(roadmap, methodist):
    for number in range(205):
        roadmap.goal = f"Цель {number}"
        roadmap._history_user = methodist
        roadmap.save(update_fields=["goal"])

    entries = entries_of(roadmap)

    assert len(entries) == 200
    assert entries[-1].changes == (("цель", "Цель 4", "Цель 5"),)


def test_the_page_shows_before_and_after(roadmap, methodist, signed_in):
    changed(roadmap, methodist, because="По приказу", signatory="Липова Д. И.")

    page = signed_in(methodist).get(reverse("roadmaps:roadmap-history", args=[roadmap.pk])).content.decode()

    for text in ("кто подписал", "Липова Д. И.", "По приказу", str(methodist)):
        assert text in page
