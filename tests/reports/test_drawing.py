"""From a roadmap to the words and the paper of its order: drawn up, chosen, amended, filled."""

import io
from datetime import UTC, date, datetime

import pdfplumber
import pytest
from docx import Document

from directory.models import Letterhead
from directory.roles import Role
from reports import docx, pdf
from reports.actions import drawing_up
from reports.actions.clauses import NotADraft, WrittenMeanwhile
from reports.actions.registration import NotReady, problems_of, register
from reports.filling import paper_of, paper_of_roadmap
from reports.models import Clause, Order
from reports.paper import Column, Command, Group, Layout, Passage
from roadmaps.models import Edition, Roadmap, RoadmapItem
from tests.factories import directory, reports, roadmaps

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)
AT = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)
SITE = "https://portal.example.org"
NBSP = "\u00a0"


@pytest.fixture
def centre():
    city = directory.municipality(title="Заречинск")
    made = directory.organisation(
        municipality=city, kind="centre", title="МКУ «Методический центр»", short_title="МКУ «МЦ»"
    )
    head = directory.staff_member(municipality=city, last_name="Липова", first_name="Дарья", patronymic="Сергеевна")
    directory.position(staff_member=head, organisation=made, title="директор")
    return made


@pytest.fixture
def deputy(centre):
    person = directory.staff_member(
        municipality=centre.municipality, last_name="Рябинина", first_name="Вера", patronymic="Ильинична"
    )
    directory.position(staff_member=person, organisation=centre, title="заместитель директора")
    return person


@pytest.fixture
def methodist(centre):
    person = directory.staff_member(municipality=centre.municipality, last_name="Клёнова", first_name="Анна")
    return directory.reader(Role.METHODIST, centre, staff=person).act(TODAY)


@pytest.fixture
def roadmap(centre):
    """Two sections, a row with parts, a row without a deadline, an indicator, a stage."""
    made = roadmaps.roadmap(
        municipality=centre.municipality, title="Дорожная карта развития наставничества", goal="Помогать новичкам"
    )
    first = roadmaps.section(roadmap=made, title="1. Люди")
    second = roadmaps.section(roadmap=made, title="2. Дела")
    roadmaps.item(section=first, number="1.", text="Собрать сведения", phrase="октябрь", responsible="Методисты")
    conference = roadmaps.item(section=second, number="2.", text="Провести конференцию")
    roadmaps.subitem(item=conference, text="принять заявки", phrase="февраль")
    roadmaps.subitem(item=conference, text="издать сборник", phrase="май")
    roadmaps.indicator(section=first, text="Доля новичков не менее 50 %")
    roadmaps.passage(
        roadmap=made, kind="stage", text="Основной этап", starts_on=date(2026, 9, 1), ends_on=date(2027, 5, 31)
    )
    return made


def drawn_up(roadmap, methodist, kind="approve"):
    return drawing_up.draw_up(roadmap, kind=kind, by=methodist, at=AT, today=TODAY)


def registered(order):
    return register(order, on=TODAY, by=None, at=AT, site=SITE, draw=lambda paper: paper.number.encode())


def texts(order):
    return [(clause.level, clause.text.replace(NBSP, " ")) for clause in order.clauses.living().in_order()]


def test_an_order_is_drawn_up_with_all_its_words(roadmap, methodist, centre):
    order = drawn_up(roadmap, methodist)

    assert (order.issuer, order.form, order.command) == (centre, "приказ", "line")
    assert order.heading.replace(NBSP, " ") == (
        "Об утверждении дорожной карты развития наставничества на 2026/2027 учебный год"
    )
    assert (order.signatory_post, order.signatory_name.replace(NBSP, " ")) == ("Директор", "Д.С. Липова")
    assert order.performer_name == "Клёнова Анна"
    assert texts(order) == [
        (
            1,
            "Утвердить прилагаемую дорожную карту развития наставничества на 2026/2027 учебный год (приложение).",
        ),
        (1, "Контроль за исполнением настоящего приказа оставляю за собой."),
    ]
    assert registered(order).number == "1"


def test_drawn_up_twice_it_is_the_same_draft(roadmap, methodist):
    assert drawn_up(roadmap, methodist) == drawn_up(roadmap, methodist)
    assert Clause.objects.count() == 2


def test_the_organisation_that_approved_before_issues_again(roadmap, methodist, centre):
    authority = directory.organisation(
        municipality=centre.municipality, kind="authority", title="Управление образования города"
    )
    roadmap.issuer, roadmap.document_kind = authority.title, "распоряжение"
    roadmap.save()

    order = drawn_up(roadmap, methodist)

    assert (order.issuer, order.form, order.command) == (authority, "распоряжение", "none")


def test_without_an_organisation_nobody_can_issue(methodist):
    elsewhere = roadmaps.roadmap()

    with pytest.raises(drawing_up.NoIssuer, match="В справочнике нет ни управления образования"):
        drawn_up(elsewhere, methodist)

    assert not Order.objects.exists()


def test_the_controller_is_named_in_the_right_case(roadmap, methodist, deputy):
    order = drawn_up(roadmap, methodist)

    drawing_up.choose(order, controller=deputy, by=methodist, today=TODAY)
    named = texts(order)[-1]
    drawing_up.choose(order, controller=None, by=methodist, today=TODAY)

    assert named == (
        1,
        "Контроль за исполнением настоящего приказа возложить на заместителя директора Рябинину В. И.",
    )
    assert texts(order)[-1] == (1, "Контроль за исполнением настоящего приказа оставляю за собой.")


def test_another_signatory_brings_the_post_along(roadmap, methodist, deputy):
    order = drawn_up(roadmap, methodist)

    drawing_up.choose(order, signatory=deputy, by=methodist, today=TODAY)

    order.refresh_from_db()
    assert (order.signatory_post, order.signatory_name.replace(NBSP, " ")) == ("Заместитель директора", "В.И. Рябинина")


def test_a_text_of_the_head_is_written_against_what_was_seen(roadmap, methodist):
    order = drawn_up(roadmap, methodist)
    drawing_up.write_text(order, field="heading", to="О карте", was=order.heading, by=methodist)

    with pytest.raises(WrittenMeanwhile) as clash:
        drawing_up.write_text(order, field="heading", to="О плане", was=order.heading, by=methodist)

    assert clash.value.theirs == "О карте"
    assert list(Order.objects.found_by("о карте")) == [order]
    with pytest.raises(ValueError, match="state is not a text"):
        drawing_up.write_text(order, field="state", to="registered", was="draft", by=methodist)


def test_a_registered_order_is_not_written_any_more(roadmap, methodist):
    order = registered(drawn_up(roadmap, methodist))

    with pytest.raises(NotADraft):
        drawing_up.write_text(order, field="heading", to="О плане", was=order.heading, by=methodist)
    with pytest.raises(NotADraft):
        drawing_up.choose(order, controller=None, by=methodist, today=TODAY)
    with pytest.raises(NotADraft):
        drawing_up.discard(order, by=methodist)


# Amending


@pytest.fixture
def approved(roadmap, methodist):
    registered(drawn_up(roadmap, methodist))
    roadmap.refresh_from_db()
    return roadmap


def test_an_amending_order_opens_the_text_and_names_each_change(approved, methodist):
    order = drawn_up(approved, methodist, kind="amend")
    approved.refresh_from_db()
    opened = approved.text_state
    RoadmapItem.objects.filter(number="1.").update(phrase="ноябрь")
    drawing_up.word_changes(order, by=methodist, at=AT)

    assert opened == Roadmap.TextState.AMENDED
    amended = "дорожную карту развития наставничества на 2026/2027 учебный год"
    approved_by = "приказом МКУ «Методический центр» от 18.11.2026 № 1"
    assert texts(order) == [
        (1, f"Внести в {amended}, утверждённую {approved_by}, следующие изменения:"),
        (2, "в пункте 1 слова «октябрь» заменить словами «ноябрь»."),
        (1, "Контроль за исполнением настоящего приказа оставляю за собой."),
    ]
    assert paper_of(order, site=SITE, today=TODAY).annexes == ()


def test_a_change_that_no_clause_names_is_warned_of(approved, methodist):
    order = drawn_up(approved, methodist, kind="amend")
    RoadmapItem.objects.filter(number="1.").update(phrase="ноябрь")
    warning = "Пункты приказа называют не все изменения дорожной карты: перечислите их заново."

    whole = [problem.text for problem in problems_of(order)]
    drawing_up.word_changes(order, by=methodist, at=AT)
    listed = [problem.text for problem in problems_of(order)]
    RoadmapItem.objects.filter(number="1.").update(responsible="Руководители")
    behind = [problem.text for problem in problems_of(order)]

    assert (warning in whole, warning in listed, warning in behind) == (False, False, True)


def test_changes_worded_twice_stand_once(approved, methodist):
    order = drawn_up(approved, methodist, kind="amend")
    RoadmapItem.objects.filter(number="1.").update(phrase="ноябрь")
    drawing_up.word_changes(order, by=methodist, at=AT)
    once = texts(order)
    drawing_up.word_changes(order, by=methodist, at=AT)

    assert texts(order) == once


def test_changes_that_rows_cannot_tell_come_as_a_new_edition(approved, methodist):
    order = drawn_up(approved, methodist, kind="amend")
    approved.refresh_from_db()
    Roadmap.objects.filter(pk=approved.pk).update(goal="Помогать всем")
    drawing_up.word_changes(order, by=methodist, at=AT)
    order.roadmap.refresh_from_db()

    assert "в новой редакции (приложение)" in texts(order)[0][1]
    [annex] = paper_of(order, site=SITE, today=TODAY).annexes
    assert annex.mark[-1].startswith("(в редакции приказа")


def test_a_registered_amendment_freezes_the_second_edition_and_keeps_the_document(approved, methodist):
    order = drawn_up(approved, methodist, kind="amend")
    RoadmapItem.objects.filter(number="1.").update(phrase="ноябрь")

    registered(order)

    approved.refresh_from_db()
    assert approved.text_state == Roadmap.TextState.FROZEN
    assert approved.document_number == "1"
    assert list(Edition.objects.order_by("number").values_list("number", "document_number")) == [(1, "1"), (2, "2")]


def test_an_amendment_of_nothing_is_not_registered(approved, methodist):
    with pytest.raises(NotReady, match="В дорожную карту ещё не внесено ни одного изменения"):
        registered(drawn_up(approved, methodist, kind="amend"))


def test_an_amendment_is_given_up_while_nothing_has_changed(approved, methodist):
    order = drawn_up(approved, methodist, kind="amend")
    RoadmapItem.objects.filter(number="1.").update(phrase="ноябрь")
    with pytest.raises(drawing_up.ChangesPending, match="верните прежний текст или зарегистрируйте приказ"):
        drawing_up.discard(order, by=methodist)
    RoadmapItem.objects.filter(number="1.").update(phrase="октябрь")

    drawing_up.discard(order, by=methodist)

    approved.refresh_from_db()
    assert approved.text_state == Roadmap.TextState.FROZEN
    assert not approved.orders.drafts().exists()


def test_a_roadmap_brought_with_its_document_is_frozen_as_it_was_before_its_first_amendment(roadmap, methodist):
    roadmap.state, roadmap.document_kind = "approved", "приказ"
    roadmap.document_number, roadmap.document_on = "77", date(2025, 9, 1)
    roadmap.save()

    drawn_up(roadmap, methodist, kind="amend")

    edition = Edition.objects.get()
    assert (edition.number, edition.document_number, edition.document_on) == (1, "77", date(2025, 9, 1))


def test_a_draft_roadmap_is_not_amended(roadmap, methodist):
    with pytest.raises(drawing_up.NotToBeAmended, match="Изменения вносят в действующую дорожную карту"):
        drawn_up(roadmap, methodist, kind="amend")

    assert not Order.objects.exists()


# The paper


def test_the_paper_says_what_the_order_and_the_roadmap_say(roadmap, methodist):
    order = drawn_up(roadmap, methodist)

    paper = paper_of(order, site=SITE, today=TODAY)

    assert (paper.kind, paper.command, paper.command_word) == ("ПРИКАЗ", Command.LINE, "ПРИКАЗЫВАЮ")
    assert (paper.head.full_title, paper.head.short_title, paper.head.place) == (
        "МКУ «Методический центр»",
        "МКУ «МЦ»",
        "Заречинск",
    )
    assert [clause.number for clause in paper.clauses] == ["1.", "2."]
    assert (paper.dated, paper.number) == ("", "")
    assert paper.code == f"{SITE}/check/{order.code}/"
    [annex] = paper.annexes
    assert [line.replace(NBSP, " ") for line in annex.mark] == [
        "Приложение",
        "",
        "УТВЕРЖДЕНА",
        "приказом МКУ «МЦ»",
        "от ____________ № ________",
    ]
    assert annex.passages == (
        Passage("Цель", ("Помогать новичкам",)),
        Passage("Этап", ("Основной этап (01.09.2026 – 31.05.2027)",)),
    )


def test_the_annex_has_only_the_columns_that_the_roadmap_fills(roadmap):
    plan, indicators = paper_of_roadmap(roadmap, today=TODAY).annexes[0].tables

    assert [column.title for column in plan.columns] == ["№ п/п", "Мероприятия", "Сроки", "Ответственные"]
    assert plan.groups == (
        Group("1. Люди", (("1.", "Собрать сведения", "октябрь", "Методисты"),)),
        Group("2. Дела", (("2.", "Провести конференцию\n– принять заявки\n– издать сборник", "февраль\nмай", ""),)),
    )
    assert indicators.columns[-1] == Column("Показатель", 94)
    assert indicators.groups == (Group("1. Люди", (("1.", "Доля новичков не менее 50 %"),)),)


# The library leaves its colour profile open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_roadmap_alone_begins_on_the_first_sheet(roadmap):
    paper = paper_of_roadmap(roadmap, today=TODAY)

    with pdfplumber.open(io.BytesIO(pdf.draw(paper))) as document:
        assert document.metadata["Title"] == "Дорожная карта развития наставничества"
        assert document.pages[0].extract_text().startswith("Дорожная карта развития наставничества")
    word = Document(io.BytesIO(docx.draw(paper)))
    assert next(paragraph.text for paragraph in word.paragraphs if paragraph.text) == paper.heading
    assert len(word.sections) == 1


@pytest.mark.parametrize("cell", ["form", "participants", "note"])
def test_a_column_appears_as_soon_as_one_row_fills_it(cell, roadmap):
    RoadmapItem.objects.filter(number="1.").update(**{cell: "семинар"})

    plan = paper_of_roadmap(roadmap, today=TODAY).annexes[0].tables[0]

    assert len(plan.columns) == 5
    assert "семинар" in plan.groups[0].rows[0]


def test_a_registered_order_is_filled_from_its_edition(roadmap, methodist):
    order = registered(drawn_up(roadmap, methodist))
    RoadmapItem.objects.update(text="Изменено позже")

    paper = paper_of(order, site=SITE, today=TODAY)

    assert (paper.dated, paper.number) == ("18.11.2026", "1")
    assert paper.annexes[0].mark[-1].replace(NBSP, " ") == "от 18.11.2026 № 1"
    assert paper.annexes[0].tables[0].groups[0].rows[0][1] == "Собрать сведения"


def test_the_letterhead_and_its_layout_are_the_organisations_own(roadmap, methodist, centre):
    directory.letterhead(
        organisation=centre, founder="Администрация города", full_title="Центр", short_title="Центр",
        phone="1-23", inn="0012345673", layout=Letterhead.Layout.GOST_2016,
    )  # fmt: skip

    paper = paper_of(drawn_up(roadmap, methodist), site=SITE, today=TODAY)

    assert paper.layout == Layout.GOST_2016
    assert (paper.head.founder, paper.head.full_title, paper.head.short_title) == ("Администрация города", "Центр", "")
    assert paper.head.contacts == ("тел. 1-23", "ИНН 0012345673")
    assert paper.performer == ("Клёнова Анна", "тел. 1-23")


@pytest.mark.parametrize(("day", "layout"), [(date(2025, 8, 17), "2016"), (date(2025, 8, 18), "2025")])
def test_the_layout_follows_the_day_of_the_document(day, layout, roadmap, methodist):
    order = drawn_up(roadmap, methodist)
    order.dated_on = day

    assert paper_of(order, site=SITE, today=TODAY).layout == layout


def test_parts_of_clauses_are_numbered_below_them(roadmap, methodist):
    order = reports.order(roadmap=roadmap)
    for level in (2, 1, 2, 2, 1):
        reports.clause(order=order, level=level)

    numbers = [clause.number for clause in paper_of(order, site=SITE, today=TODAY).clauses]

    assert numbers == ["1.", "2.", "2.1.", "2.2.", "3."]


def test_a_corrected_word_form_is_used_and_remembered_for_the_municipality(roadmap, methodist, centre):
    reports.wording(municipality=centre.municipality, nominative="МКУ «МЦ»", form="муниципального учреждения «МЦ»")
    reports.wording(nominative="МКУ «МЦ»", form="чужая форма")

    paper = paper_of(drawn_up(roadmap, methodist), site=SITE, today=TODAY)

    assert paper.annexes[0].mark[3] == "приказом муниципального учреждения «МЦ»"
