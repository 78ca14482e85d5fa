"""Marking on the pages: evidence is known by what it holds, and what somebody did meanwhile is told."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory.roles import Role
from roadmaps.actions import execution
from roadmaps.models import ControlPoint, Postponement, Proof
from tests.factories import directory, roadmaps

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def point(item):
    return roadmaps.point(item=item)


def address(verb, point):
    return reverse(f"roadmaps:point-{verb}", args=[point.pk])


def complete(desk, point, today, **fields):
    return desk.post(address("complete", point), {"done_on": today, **fields})


def test_done_with_a_file_and_a_link_it_is_shown_on_the_card(desk, point, today):
    answer = complete(
        desk, point, today, note="Провели", file=SimpleUploadedFile("Отчёт.pdf", PDF), link="https://example.org/news"
    )
    card = desk.get(answer.url).content.decode()

    point.refresh_from_db()
    assert (point.state, point.done_on) == ("done", today)
    assert answer.url == point.get_absolute_url()
    for text in ("Мероприятие отмечено выполненным.", "Отчёт.pdf", "https://example.org/news", "Провели"):
        assert text in card


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/Отчёт.pdf", "Отчёт.pdf"),
        ("Отчёт\u202efdp.pdf", "Отчётfdp.pdf"),
        ("О" * 250 + ".pdf", "О" * 116 + ".pdf"),
    ],
)
def test_a_file_keeps_a_safe_name_and_lies_under_one_nobody_can_guess(typed, kept, desk, point, today):
    file = SimpleUploadedFile("x.pdf", PDF)
    file._name = typed

    complete(desk, point, today, file=file)

    proof = Proof.objects.get()
    assert proof.filename == kept
    assert len(proof.file.name) == len("proofs/") + 32 + len(".pdf")
    assert kept[:4] not in proof.file.name


HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
REFUSED = [
    ("Отчёт.html", HTML, "Такой файл приложить нельзя"),
    ("Отчёт.pdf", HTML, "Такой файл приложить нельзя"),
    ("Отчёт.txt", HTML, "Такой файл приложить нельзя"),
    ("Рисунок.svg", SVG, "Такой файл приложить нельзя"),
    ("Рисунок.png", SVG, "Такой файл приложить нельзя"),
    ("Отчёт.docx", PDF, "внутри другое"),
    ("Отчёт.exe", b"MZ\x90\x00", "Такой файл приложить нельзя"),
    ("Отчёт.pdf", b"", "пуст"),
]


@pytest.mark.parametrize("refused", REFUSED)
def test_a_wrong_file_is_refused_beside_its_field_and_nothing_is_marked(refused, desk, point, today):
    name, content, words = refused

    answer = complete(desk, point, today, note="Провели", file=SimpleUploadedFile(name, content))

    assert words in answer.context["form"].errors["file"][0]
    assert words in answer.content.decode()
    assert "Провели" in answer.content.decode()
    point.refresh_from_db()
    assert (point.state, Proof.objects.count()) == ("open", 0)


def test_a_file_over_the_bound_is_refused_with_the_bound(desk, point, today, monkeypatch):
    monkeypatch.setattr("roadmaps.forms.execution.PROOF_BYTES", 2**20)

    answer = complete(desk, point, today, file=SimpleUploadedFile("Отчёт.pdf", PDF + b" " * 2**20))

    assert "больше 1 МБ" in answer.context["form"].errors["file"][0]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "//evil.example",
        "file:///etc",
    ],
)
def test_a_link_that_is_no_page_is_refused(link, desk, point, today):
    answer = complete(desk, point, today, link=link)

    assert answer.context["form"].errors["link"] == ["Ссылка должна начинаться с http:// или https://"]
    assert Proof.objects.count() == 0


def test_a_day_that_has_not_come_is_refused(desk, point, today):
    answer = complete(desk, point, today + timedelta(days=1))

    assert "ещё не наступил" in answer.context["form"].errors["done_on"][0]


def test_a_proof_is_only_ever_downloaded(desk, point, today):
    complete(desk, point, today, file=SimpleUploadedFile("Отчёт.pdf", PDF))

    answer = desk.get(Proof.objects.get().get_absolute_url())

    assert b"".join(answer.streaming_content) == PDF
    assert {name: answer[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    assert answer["Content-Disposition"].startswith("attachment;")


def test_a_proof_whose_file_is_gone_is_not_found(desk, point):
    proof = roadmaps.file_proof(point=point)
    proof.file.storage.delete(proof.file.name)

    assert desk.get(proof.get_absolute_url()).status_code == 404


def test_a_proof_of_a_foreign_point_is_not_found(desk):
    foreign = roadmaps.section(roadmap=roadmaps.approved())
    proof = roadmaps.file_proof(point=roadmaps.point(item=roadmaps.item(section=foreign)))

    assert desk.get(proof.get_absolute_url()).status_code == 404


def test_a_draft_is_not_marked_and_says_why(desk, centre):
    draft = roadmaps.section(roadmap=roadmaps.roadmap(municipality=centre.municipality))

    answer = desk.get(address("complete", roadmaps.point(item=roadmaps.item(section=draft))))

    assert answer.status_code == 403
    assert "ещё не утверждена" in answer.content.decode()


def test_who_stands_as_responsible_marks_the_own_row_and_no_other(centre, item, section, signed_in, today):
    person = directory.staff_member(municipality=centre.municipality)
    roadmaps.party(item=item, kind="person", staff_member=person)
    own, other = roadmaps.point(item=item), roadmaps.point(item=roadmaps.item(section=section))
    browser = signed_in(directory.reader(Role.TEACHER, centre, staff=person))

    answers = [complete(browser, point, today).status_code for point in (own, other)]

    assert answers == [302, 403]
    assert [ControlPoint.objects.get(pk=point.pk).state for point in (own, other)] == ["done", "open"]


def test_a_point_closed_while_the_form_was_open_is_told_and_left(desk, point, manager, today, monkeypatch):
    """The policy saw an open point; the action finds it closed."""
    monkeypatch.setattr("roadmaps.views.execution.PointComplete.policy", staticmethod(lambda account, point: True))
    point.decline(because="Болезнь", by=manager, at=roadmaps.A_MOMENT)

    answer = desk.post(address("complete", point), {"done_on": today}, follow=True)

    point.refresh_from_db()
    assert "Пока вы писали, срок уже закрыли: не выполнено" in answer.content.decode()
    assert (point.state, point.note) == ("not_done", "Болезнь")


def test_pressed_twice_the_second_press_is_refused_with_its_reason(desk, point, today):
    complete(desk, point, today, link="https://example.org/")
    answer = complete(desk, point, today, link="https://example.org/")

    assert answer.status_code == 403
    assert "Этот срок уже закрыт: выполнено." in answer.content.decode()
    assert Proof.objects.count() == 1


def test_a_request_is_decided_by_the_controller_and_moves_the_day(desk, point, manager, signed_in, today):
    desk.post(address("postpone", point), {"new_due_on": "2027-02-01", "because": "Каникулы"})
    waiting = signed_in(manager).get(reverse("reminders:agenda")).content.decode()
    request = Postponement.objects.get()
    decide = reverse("roadmaps:postponement-decide", args=[request.pk])
    empty = signed_in(manager).post(decide, {"decision": "refuse", "reply": ""})
    answer = signed_in(manager).post(decide, {"decision": "grant", "reply": ""}, follow=True)

    point.refresh_from_db()
    assert "Каникулы" in waiting or decide in waiting
    assert "reply" in empty.context["form"].errors
    assert "Срок перенесён на 01.02.2027." in answer.content.decode()
    assert f"{point.due_on:%Y-%m-%d}" == "2027-02-01"


def test_a_check_in_is_not_postponed(desk, item):
    checkin = roadmaps.point(item=item, is_checkin=True)

    answer = desk.get(address("postpone", checkin))

    assert answer.status_code == 403
    assert "ничего не просрочивает" in answer.content.decode()


def test_the_mark_taken_off_leaves_its_story(desk, point, today):
    complete(desk, point, today, note="Провели")
    desk.post(address("reopen", point))

    story = desk.get(address("history", point)).content.decode()

    point.refresh_from_db()
    assert point.state == "open"
    assert "Отметка снята" in story
    assert "выполнено" in story


def test_a_deadline_rewritten_while_its_mark_was_typed_is_told(desk, point, today, monkeypatch):
    complete_it = execution.complete

    def too_late(marked, **fields):
        ControlPoint.objects.filter(pk=marked.pk).delete()
        complete_it(marked, **fields)

    monkeypatch.setattr(execution, "complete", too_late)

    answer = complete(desk, point, today)

    assert answer.url == point.item.get_absolute_url()
    assert "у мероприятия изменили срок" in desk.get(answer.url).content.decode()
