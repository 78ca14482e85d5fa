"""The pages of an order: its beginning at a roadmap, its parts in place, its review, its registration, its files."""

import io
import re
import zipfile

import pdfplumber
import pytest
from django.urls import reverse

from directory.models import Organisation
from directory.roles import Role
from reports.models import Order, Register, Wording
from roadmaps.models import Roadmap
from tests.factories import directory, reports, roadmaps


def part(order, name="heading"):
    return reverse("reports:order-part", args=[order.pk, name])


def page_of(answer):
    return answer.content.decode()


def body_of(answer):
    return b"".join(answer.streaming_content)


def test_an_order_begins_at_a_roadmap_and_its_second_press_finds_it(desk, draft_roadmap):
    url = reverse("reports:approval-draw-up", args=[draft_roadmap.pk])

    first, second = desk.post(url), desk.post(url)

    order = Order.objects.get()
    assert (first.url, second.url) == (order.get_absolute_url(), order.get_absolute_url())
    assert "Составить приказ" in page_of(desk.get(draft_roadmap.get_absolute_url()))


def test_a_roadmap_without_its_document_says_why_it_cannot_be_amended(desk, centre):
    roadmap = roadmaps.approved(municipality=centre.municipality, document_kind=Roadmap.DocumentKind.ORDER)

    page = page_of(desk.get(roadmap.get_absolute_url()))

    assert "Укажите в карточке дорожной карты документ" in page
    assert reverse("reports:amendment-draw-up", args=[roadmap.pk]) not in page


def test_a_part_is_saved_at_once_and_shown_as_text(desk, order):
    answer = desk.post(
        part(order), {"text": " О <b>плане</b>\r\n", "was": order.heading}, headers={"HX-Request": "true"}
    )

    order.refresh_from_db()
    assert (page_of(answer), answer["HX-Trigger"], order.heading) == (
        "О &lt;b&gt;плане&lt;/b&gt;",
        "saved",
        "О <b>плане</b>",
    )


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_two_editors_of_a_part_see_both_texts(headers, desk, order):
    Order.objects.update(heading="Их заголовок")

    answer = desk.post(part(order), {"text": "Мой заголовок", "was": "О плане"}, headers=headers)

    order.refresh_from_db()
    assert (answer.status_code, order.heading) == (409, "Их заголовок")
    assert re.search(r"<textarea[^>]*>Мой заголовок</textarea>", page_of(answer))
    assert "Их заголовок" in page_of(answer)


def test_without_scripts_a_part_is_a_page_that_leads_back(desk, order):
    page = page_of(desk.get(part(order, "preamble")))
    answer = desk.post(part(order, "preamble"), {"text": "В целях", "was": ""})

    order.refresh_from_db()
    assert "<h1>Преамбула</h1>" in page
    assert (answer.url, order.preamble) == (order.get_absolute_url(), "В целях")


def test_a_part_too_long_is_told_and_stays_in_the_field(desk, order):
    answer = desk.post(part(order, "signatory_name"), {"text": "Я" * 121, "was": ""}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "Слишком длинно: знаков 121, помещается 120" in page_of(answer)
    assert "Я" * 121 in page_of(answer)


@pytest.mark.parametrize("name", ["state", "number", "pdf", "code", "delete"])
def test_what_is_no_part_is_not_found(name, desk, order):
    assert desk.post(part(order, name), {"text": "1", "was": ""}).status_code == 404


def test_the_controller_words_the_clause_about_control(desk, order, deputy_head):
    url = reverse("reports:order-choose", args=[order.pk, "controller"])

    answer = desk.post(url, {"text": str(deputy_head.pk), "was": ""}, headers={"HX-Request": "true"})

    assert "возложить на заместителя директора Рябову" in page_of(answer).replace("\xa0", " ")
    assert answer["HX-Trigger"] == "saved"


def test_a_choice_made_meanwhile_by_somebody_else_is_shown(desk, order):
    Order.objects.update(command="none")
    url = reverse("reports:order-choose", args=[order.pk, "command"])

    answer = desk.post(url, {"text": "spaced", "was": "line"}, headers={"HX-Request": "true"})

    order.refresh_from_db()
    assert (answer.status_code, order.command) == (409, "none")
    assert "здесь выбрал кто-то другой" in page_of(answer)


def test_a_person_of_another_city_cannot_be_chosen(desk, order):
    stranger = directory.position(organisation=directory.organisation(kind=Organisation.Kind.CENTRE)).staff_member
    url = reverse("reports:order-choose", args=[order.pk, "signatory"])

    answer = desk.post(url, {"text": str(stranger.pk), "was": ""})

    order.refresh_from_db()
    assert (answer.status_code, order.signatory) == (400, None)


def test_a_corrected_case_is_remembered_and_its_text_worded_anew(desk, order, deputy_head):
    desk.post(reverse("reports:order-choose", args=[order.pk, "controller"]), {"text": str(deputy_head.pk), "was": ""})
    url = reverse("reports:order-wording", args=[order.pk])
    told = {"key": "accusative:заместитель директора", "was": "заместителя директора", "text": "замдиректора"}

    desk.post(url, told)

    assert "возложить на замдиректора" in order.clauses.get(is_control=True).text
    assert Wording.objects.get().form == "замдиректора"


def test_an_emptied_case_goes_back_to_the_portal(desk, order, deputy_head):
    desk.post(reverse("reports:order-choose", args=[order.pk, "controller"]), {"text": str(deputy_head.pk), "was": ""})
    url = reverse("reports:order-wording", args=[order.pk])
    key = "accusative:заместитель директора"
    desk.post(url, {"key": key, "was": "заместителя директора", "text": "замдиректора"})

    desk.post(url, {"key": key, "was": "замдиректора", "text": ""})

    assert "возложить на заместителя директора" in order.clauses.get(is_control=True).text
    assert not Wording.objects.exists()


def test_a_finding_leads_to_its_place(desk, order):
    Order.objects.update(heading="")
    order.clauses.all().delete()

    page = page_of(desk.get(order.get_absolute_url()))

    assert '<a href="#part-heading">Нет заголовка приказа.</a>' in page
    assert 'id="part-heading"' in page
    assert '<a href="#order-clauses">В приказе нет ни одного пункта.</a>' in page


def test_the_sheets_are_drawn_anew_only_when_the_words_are_others(desk, order):
    url = reverse("reports:order-sheets", args=[order.pk])
    key = re.search(r"shown=(\w+)", page_of(desk.get(url))).group(1)

    same = desk.get(url, {"shown": key})
    Order.objects.update(heading="О другом")
    other = desk.get(url, {"shown": key})

    assert (same.status_code, other.status_code) == (204, 200)
    assert key not in page_of(other)


def test_a_sheet_is_a_picture_and_an_old_address_leads_to_the_new_one(desk, order):
    src = re.search(r'<img class="sheets__picture" src="([^"]+)"', page_of(desk.get(order.get_absolute_url()))).group(1)
    picture = body_of(desk.get(src))
    Order.objects.update(heading="О другом")

    moved = desk.get(src)

    assert picture.startswith(b"\x89PNG")
    assert moved.url != src
    assert body_of(desk.get(moved.url)) != picture
    assert desk.get(re.sub(r"/1/$", "/99/", moved.url)).status_code == 404


def test_the_manager_registers_once_and_the_second_press_finds_the_number(bench, order, today):
    url = reverse("reports:order-register", args=[order.pk])

    first = bench.post(url, {"dated_on": today.isoformat()})
    second = bench.post(url, {"dated_on": today.isoformat()}, follow=True)

    order.refresh_from_db()
    assert (first.url, order.number, Register.objects.get().last_sequence) == (order.get_absolute_url(), "1", 1)
    assert "уже зарегистрирован" in page_of(second)


def test_the_page_of_registration_shows_the_number_and_refuses_an_early_day_in_words(bench, order, today):
    reports.register(organisation=order.issuer, last_on_paper=37, last_dated_on=today, last_sequence=37)
    url = reverse("reports:order-register", args=[order.pk])

    page = page_of(bench.get(url))
    refused = bench.post(url, {"dated_on": "2026-11-17"})

    order.refresh_from_db()
    assert "№ 38-од" in page
    assert "дата не может быть раньше" in refused.context["form"].errors["dated_on"][0]
    assert order.is_draft


def test_what_blocks_registration_is_told(bench, order, today):
    order.clauses.all().delete()

    answer = bench.post(reverse("reports:order-register", args=[order.pk]), {"dated_on": today.isoformat()})

    assert "В приказе нет ни одного пункта." in answer.context["form"].non_field_errors()[0]


@pytest.fixture
def registered(bench, order, today):
    bench.post(reverse("reports:order-register", args=[order.pk]), {"dated_on": today.isoformat()})
    order.refresh_from_db()
    return order


def test_a_registered_order_shows_what_makes_it_one_and_is_not_edited(desk, registered):
    page = page_of(desk.get(registered.get_absolute_url()))
    refused = desk.post(part(registered), {"text": "О другом", "was": registered.heading})

    assert registered.digest in page
    assert registered.get_check_url() in page
    assert reverse("reports:edition-detail", args=[registered.edition_id]) in page
    assert "data-edit" not in page
    assert (refused.status_code, refused.context["reason"]) == (
        403,
        f"Приказ уже зарегистрирован: {registered.document_words()}. Изменить его нельзя.",
    )


def test_the_file_is_the_kept_one_under_a_russian_name(desk, registered):
    answer = desk.get(reverse("reports:order-pdf", args=[registered.pk]))

    file = body_of(answer)
    with registered.pdf.open("rb") as kept:
        assert file == kept.read()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9F%D1%80%D0%B8%D0%BA%D0%B0%D0%B7")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_lost_file_is_not_found(desk, registered):
    registered.pdf.storage.delete(registered.pdf.name)

    assert desk.get(reverse("reports:order-pdf", args=[registered.pk])).status_code == 404


@pytest.mark.parametrize("text", ["<b>жирно</b>", "{{ 7|add:7 }}{% now 'Y' %}", "file:///etc/passwd"])
def test_what_looks_like_code_is_printed_as_text(text, desk, order):
    Order.objects.update(heading=text)

    page = page_of(desk.get(order.get_absolute_url()))
    with pdfplumber.open(io.BytesIO(body_of(desk.get(reverse("reports:order-pdf", args=[order.pk]))))) as pdf:
        printed = "".join((pdf.pages[0].extract_text() or "").split())

    assert text not in page or "<" not in text
    assert "".join(text.split()) in printed


def test_the_word_twin_opens_as_an_archive(desk, order):
    answer = desk.get(reverse("reports:order-docx", args=[order.pk]))

    with zipfile.ZipFile(io.BytesIO(body_of(answer))) as twin:
        assert order.heading in twin.read("word/document.xml").decode()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_roadmap_alone_is_a_file_with_its_title(kind, desk, order):
    answer = desk.get(reverse(f"reports:roadmap-{kind}", args=[order.roadmap_id]))

    assert body_of(answer).startswith(b"%PDF" if kind == "pdf" else b"PK")
    assert answer["Content-Disposition"].endswith(f".{kind}")


def test_a_discarded_draft_leaves_its_roadmap(desk, order):
    desk.post(reverse("reports:order-discard", args=[order.pk]))

    assert not Order.objects.exists()
    assert Order.history.filter(history_type="-").count() == 1
    assert Roadmap.objects.get() == order.roadmap


def test_drafts_are_no_readers_business(desk, order, centre, signed_in):
    teacher = signed_in(directory.reader(Role.TEACHER, centre))

    assert order.heading in page_of(desk.get(reverse("reports:order-list")))
    assert order.heading not in page_of(teacher.get(reverse("reports:order-list")))
    assert teacher.get(order.get_absolute_url()).status_code == 404


def test_the_list_is_searched_with_e_for_yo_and_filtered(desk, order):
    Order.objects.filter(pk=order.pk).first().save()
    order.heading = "О берёзе"
    order.save()

    found = page_of(desk.get(reverse("reports:order-list"), {"q": "БЕРЕЗЕ"}))
    registered_only = page_of(desk.get(reverse("reports:order-list"), {"state": "registered"}))

    assert "О берёзе" in found
    assert "Ничего не нашлось" in registered_only


def test_an_empty_list_says_how_an_order_begins(desk):
    assert "Приказ начинается с дорожной карты" in page_of(desk.get(reverse("reports:order-list")))
