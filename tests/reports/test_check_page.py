"""The public check: what it tells whoever holds a paper, and what it keeps to itself."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from directory.models import Account
from reports.models import Order
from tests.factories import reports, roadmaps

FILE = b"%PDF-1.7 one and only"


@pytest.fixture
def order(centre):
    order = reports.registered_order(
        roadmap=roadmaps.approved(municipality=centre.municipality),
        issuer=centre,
        heading="О плане",
        signatory_name="Д.С. Липова",
        performer_name="Рябова Анна",
        digest=hashlib.sha256(FILE).hexdigest(),
    )
    order.pdf.save("order.pdf", ContentFile(FILE))
    return order


def check(order):
    return reverse("reports:order-check", args=[order.code])


def upload(content, name="приказ.pdf"):
    return {"file": SimpleUploadedFile(name, content)}


def test_a_stranger_learns_that_the_order_is_in_force(order):
    page = Client().get(check(order)).content.decode()

    for told in (order.document_words(), "О плане", order.issuer.title, order.digest, "зарегистрирован", "действует"):
        assert told in page


def test_nobodys_name_is_told(order):
    page = Client().get(check(order)).content.decode()

    assert Account.objects.exists() is False
    assert "Липова" not in page
    assert "Рябова" not in page


def test_an_amended_order_names_what_amended_it(order):
    edition = roadmaps.edition(roadmap=order.roadmap, number=order.edition.number + 1)
    amending = reports.registered_order(
        roadmap=order.roadmap, issuer=order.issuer, edition=edition, register=order.register
    )
    Order.objects.filter(pk=amending.pk).update(kind=Order.Kind.AMEND)

    page = Client().get(check(order)).content.decode()

    assert "действует с изменениями" in page
    assert f"приказом {amending.document_words()}" in page
    assert "действует с изменениями" not in Client().get(check(amending)).content.decode()


@pytest.mark.parametrize(
    ("content", "told"), [(FILE, "Файл подлинный."), (FILE + b" ", "Файл не совпадает с зарегистрированным.")]
)
def test_a_file_is_compared_and_kept_nowhere(content, told, order, settings):
    before = sorted(path for path in settings.MEDIA_ROOT.rglob("*"))

    page = Client().post(check(order), upload(content)).content.decode()

    assert told in page
    assert sorted(path for path in settings.MEDIA_ROOT.rglob("*")) == before


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "пусто.pdf"), (b"<html>", "страница.pdf"), (b"%PDF-1.7" + b" " * (21 * 2**20), "большой.pdf")],
)
def test_what_is_no_order_is_refused_beside_the_field(content, name, order):
    answer = Client().post(check(order), upload(content, name))

    assert answer.context["form"].errors["file"]
    assert "Файл подлинный" not in answer.content.decode()


def test_drafts_and_unknown_codes_look_alike(order):
    draft = reports.order()

    answers = [Client().get(reverse("reports:order-check", args=[code])) for code in (draft.code, "x" * 22)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Страницы нет" in answers[0].content.decode()
    assert draft.heading not in answers[0].content.decode()
