"""From a document to a roadmap: brought twice it is one, confirmed twice it is one, mended before it is either."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from roadmaps.actions import imports
from roadmaps.models import Indicator, Passage, Roadmap, RoadmapImport, RoadmapItem, Section, SubItem
from roadmaps.tasks import forget_abandoned_imports
from tests.factories import directory, roadmaps

AT = roadmaps.A_MOMENT
TODAY = date(2026, 11, 18)


def counts():
    """Rows of every table of the portal."""
    ours = [model for model in apps.get_models() if model._meta.app_label in {"directory", "roadmaps"}]
    return {model._meta.label: model._default_manager.count() for model in ours}


@pytest.fixture
def bring(methodist, centre):
    def bring(understood, *, filename="План.docx", municipality=centre.municipality):
        return imports.bring(understood, filename=filename, municipality=municipality, by=methodist, at=AT)

    return bring


def confirm(brought, by):
    return imports.confirm(brought, by=by, at=AT, today=TODAY)


def test_a_document_brought_twice_is_one_import(bring):
    first, is_new = bring(roadmaps.understood())
    after_first = counts()
    second, is_new_again = bring(roadmaps.understood(), filename="План (копия).docx")

    assert (first, is_new, is_new_again) == (second, True, False)
    assert counts() == after_first


def test_a_document_with_another_word_is_another_import(bring):
    first, _ = bring(roadmaps.understood(roadmaps.understood_row(text="Провести семинар")))
    second, is_new = bring(roadmaps.understood(roadmaps.understood_row(text="Провести семинары")))

    assert is_new
    assert first != second


def test_two_municipalities_may_bring_the_same_document(bring):
    first, _ = bring(roadmaps.understood())
    second, is_new = bring(roadmaps.understood(), municipality=directory.municipality())

    assert is_new
    assert first.municipality != second.municipality


def test_a_document_without_items_is_refused_in_words(bring):
    nothing = roadmaps.understood() | {"sections": []}

    with pytest.raises(imports.NothingToImport, match="не нашлось ни одного мероприятия"):
        bring(nothing)

    assert RoadmapImport.objects.count() == 0


def test_the_fingerprint_is_of_what_is_said_and_not_of_the_order_of_keys():
    understood = roadmaps.understood()
    reversed_keys = dict(reversed(understood.items()))

    assert imports.fingerprint(understood) == imports.fingerprint(reversed_keys)
    assert imports.fingerprint(understood) != imports.fingerprint(understood | {"title": "Другое"})


FULL_ROW = roadmaps.understood_row(
    number="1.2", text="Круглый стол", form="Очная", participants="Педагоги", deadline="март, апрель",
    responsible_text="Методисты, Липова Д. И.",
    subitems=[{"text": "Приказ", "deadline": None, "points": []}],
    problems=[{"code": "doubt", "message": "Проверьте номер"}],
)  # fmt: skip


def full_document():
    understood = roadmaps.understood(FULL_ROW, title="Дорожная карта наставничества", goal="Помочь", tasks=["Учить"])
    understood["document"] |= {"kind": "приказ", "number": "38-од", "date": "2026-08-30", "issuer": "Центр"}
    understood["stages"] = [{"title": "Первый", "start": "2026-09-01", "end": "2026-12-31"}]
    understood["sections"][0]["indicators"] = [
        {"text": "Доля", "target": 92.6, "unit": "%", "comparison": "at_least", "problems": []}
    ]
    understood["problems"] = [{"code": "numbers", "message": "№ 202 и № 923"}]
    return understood


def test_a_confirmed_document_is_a_roadmap_as_printed_and_as_understood(bring, methodist):
    brought, _ = bring(full_document())

    roadmap = confirm(brought, methodist)

    assert (roadmap.title, roadmap.kind, roadmap.state, roadmap.document_number, roadmap.document_on) == (
        "Дорожная карта наставничества", "roadmap", "approved", "38-од", date(2026, 8, 30),
    )  # fmt: skip
    assert roadmap.remarks == [{"code": "numbers", "message": "№ 202 и № 923"}]
    item = RoadmapItem.objects.get()
    assert (item.number, item.text, item.form, item.participants, item.phrase, item.responsible) == (
        "1.2", "Круглый стол", "Очная", "Педагоги", "март, апрель", "Методисты, Липова Д. И.",
    )  # fmt: skip
    assert item.remarks == [{"code": "doubt", "message": "Проверьте номер"}]
    assert [point.due_on for point in item.points.order_by("due_on")] == [date(2027, 3, 31), date(2027, 4, 30)]
    assert [party.label for party in item.parties.order_by("position")] == ["Методисты", "Липова Д. И."]
    assert SubItem.objects.get().text == "Приказ"
    assert str(Indicator.objects.get().target) == "92.60"
    assert [(passage.kind, passage.text) for passage in Passage.objects.order_by("kind")] == [
        ("stage", "Первый"),
        ("task", "Учить"),
    ]
    assert {record.history.get().history_user for record in (roadmap, item, Section.objects.get())} == {methodist}


def test_confirmed_twice_it_is_one_roadmap(bring, methodist):
    brought, _ = bring(full_document())
    roadmap = confirm(brought, methodist)
    after_first = counts()

    assert confirm(brought, methodist) == roadmap
    assert counts() == after_first


def test_a_second_import_of_a_confirmed_document_changes_nothing(bring, methodist):
    brought, _ = bring(full_document())
    roadmap = confirm(brought, methodist)
    after_first = counts()

    again, is_new = bring(full_document(), filename="Тот же.pdf")

    assert (again.roadmap, is_new) == (roadmap, False)
    assert confirm(again, methodist) == roadmap
    assert counts() == after_first


def test_mending_does_not_make_it_another_document(bring, methodist):
    brought, _ = bring(full_document())
    imports.mend_row(brought, section=0, row=0, cells={"text": "Круглые столы"})

    again, is_new = bring(full_document())

    assert (again, is_new) == (brought, False)


def test_a_document_without_number_or_date_is_still_a_draft(bring, methodist):
    brought, _ = bring(roadmaps.understood())

    assert confirm(brought, methodist).state == Roadmap.State.DRAFT


def test_a_mended_row_is_read_anew_and_its_problems_are_settled(bring, methodist):
    brought, _ = bring(full_document())
    imports.mend_row(brought, section=0, row=0, cells={"deadline": "май", "responsible": "Директора школ"})

    confirm(brought, methodist)

    item = RoadmapItem.objects.get()
    assert [point.due_on for point in item.points.all()] == [date(2027, 5, 31)]
    assert ([party.label for party in item.parties.all()], item.remarks) == (["Директора школ"], [])


@pytest.mark.parametrize("place", [{"section": 1, "row": 0}, {"section": 0, "row": 1}])
def test_a_row_that_is_not_there_cannot_be_mended(place, bring):
    brought, _ = bring(full_document())

    with pytest.raises(IndexError):
        imports.mend_row(brought, **place, cells={"text": "Новое"})


UNKNOWN = {"start": None, "end": None}


def test_without_a_period_nothing_is_made(bring, methodist):
    brought, _ = bring(roadmaps.understood(period=UNKNOWN))

    with pytest.raises(imports.PeriodUnknown, match="на какой срок принят документ"):
        confirm(brought, methodist)

    assert Roadmap.objects.count() == 0


def test_a_row_can_be_mended_before_the_period_is_known(bring, methodist):
    brought, _ = bring(roadmaps.understood(period=UNKNOWN))

    row = imports.mend_row(brought, section=0, row=0, cells={"deadline": "май"})

    brought.refresh_from_db()
    assert row["points"] == []
    assert brought.understood["sections"][0]["items"][0]["deadline"] == "май"


def test_a_mended_head_gives_the_period_and_reads_every_deadline(bring, methodist):
    brought, _ = bring(roadmaps.understood(period=UNKNOWN))
    head = {
        "title": "План", "basis": "calendar", "starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31),
        "document_kind": "приказ", "document_number": "1", "document_on": date(2026, 12, 1), "issuer": "", "signatory": "",
    }  # fmt: skip

    imports.mend_head(brought, head=head)
    roadmap = confirm(brought, methodist)

    assert (roadmap.title, roadmap.starts_on, roadmap.basis, roadmap.state) == (
        "План", date(2027, 1, 1), "calendar", "approved",
    )  # fmt: skip
    assert [point.due_on for point in RoadmapItem.objects.get().points.all()] == [date(2027, 3, 31)]


def test_a_period_in_which_a_deadline_falls_nowhere_is_doubted_until_a_person_settles_it(bring):
    brought, _ = bring(roadmaps.understood())
    head = {
        "title": "План", "basis": "calendar", "starts_on": date(2027, 4, 1), "ends_on": date(2027, 12, 31),
        "document_kind": "", "document_number": "", "document_on": None, "issuer": "", "signatory": "",
    }  # fmt: skip

    for end in (date(2027, 11, 30), date(2027, 12, 31)):
        mended = imports.mend_head(brought, head=head | {"ends_on": end})
        [row] = mended.understood["sections"][0]["items"]

    assert [(problem["code"], problem.get("settled")) for problem in row["problems"]] == [("deadline_doubtful", None)]
    assert "в период дорожной карты ничего не попадает" in row["problems"][0]["message"]

    imports.mend_row(brought, section=0, row=0, cells={"note": ""})
    [row] = imports.mend_head(brought, head=head).understood["sections"][0]["items"]

    assert [problem["settled"] for problem in row["problems"]] == [True]


def test_only_what_nobody_confirmed_in_time_is_forgotten(bring, methodist):
    bring(roadmaps.understood(title="Старый"))
    confirmed, _ = bring(roadmaps.understood(title="Подтверждённый"))
    fresh, _ = bring(roadmaps.understood(title="Свежий"))
    confirm(confirmed, methodist)
    RoadmapImport.objects.exclude(pk=fresh.pk).update(brought_at=AT - timedelta(days=60))
    RoadmapImport.objects.filter(pk=fresh.pk).update(brought_at=AT)

    forgotten = imports.forget_abandoned(before=AT - timedelta(days=30))

    assert forgotten == 1
    assert set(RoadmapImport.objects.all()) == {confirmed, fresh}


def test_the_task_of_the_night_counts_what_it_forgot(bring):
    bring(roadmaps.understood())
    RoadmapImport.objects.update(brought_at=AT - timedelta(days=365))

    assert (forget_abandoned_imports(), forget_abandoned_imports()) == (1, 0)
