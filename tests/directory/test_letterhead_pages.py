"""The letterhead of an organisation: shown, begun, changed, checked, guarded and remembered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Letterhead
from directory.roles import Role
from tests.factories import directory

TYPED = {"full_title": "Муниципальное учреждение «Центр»", "short_title": "МУ «Центр»"}


@pytest.fixture
def centre(db, today):
    return directory.organisation()


@pytest.fixture
def administrator(centre):
    return directory.reader(Role.ADMINISTRATOR, centre)


@pytest.fixture
def visitor(administrator, signed_in):
    return signed_in(administrator)


def edit(visitor, centre, **typed):
    return visitor.post(reverse("directory:letterhead-edit", args=[centre.pk]), TYPED | typed, follow=True)


def was(letterhead):
    return {f"was_{name}": getattr(letterhead, name) for name in ("full_title", "short_title", "place", "inn")}


def test_the_first_letterhead_begins_with_the_names_of_the_organisation(visitor, centre):
    form = visitor.get(reverse("directory:letterhead-edit", args=[centre.pk])).context["form"]

    assert (form["full_title"].value(), form["short_title"].value()) == (centre.title, centre.short_title)


def test_a_letterhead_is_begun_and_shown(visitor, centre, administrator):
    page = edit(visitor, centre, inn="7707 083893", kpp="773601001", place="г. Заречинск")

    letterhead = Letterhead.objects.get(organisation=centre)
    assert (letterhead.inn, letterhead.kpp, letterhead.place) == ("7707083893", "773601001", "г. Заречинск")
    assert letterhead.history.get().history_user == administrator
    assert "7707083893" in page.content.decode()


def test_wrong_numbers_are_told_beside_their_fields(visitor, centre):
    page = edit(visitor, centre, inn="7707083894", kpp="1", ogrn="1", okpo="00032538")

    assert page.context["form"].errors == {
        "inn": ["Контрольная цифра ИНН не сходится: в одной из цифр опечатка. Сверьте с документом."],
        "kpp": ["В КПП 9 знаков, здесь: 1. Например: 770701001."],
        "ogrn": ["В ОГРН организации 13 цифр (у предпринимателя 15), здесь знаков: 1."],
        "okpo": ["Контрольная цифра ОКПО не сходится: в одной из цифр опечатка. Сверьте с документом."],
    }
    assert not Letterhead.objects.exists()


def test_two_editors_see_each_other(visitor, centre):
    letterhead = directory.letterhead(organisation=centre, place="г. Прежний", **TYPED)
    seen = was(letterhead)
    Letterhead.objects.filter(pk=letterhead.pk).update(place="г. Их", inn="7707083893")

    page = edit(visitor, centre, place="г. Мой", inn="", **seen)

    assert "г. Их" in page.context["form"].errors["place"][0]

    edit(visitor, centre, place="г. Мой", inn="", **seen | {"was_place": "г. Их"})
    letterhead.refresh_from_db()
    assert (letterhead.place, letterhead.inn) == ("г. Мой", "7707083893")


def test_a_letterhead_begun_meanwhile_is_not_begun_twice(visitor, centre, monkeypatch):
    page = visitor.get(reverse("directory:letterhead-edit", args=[centre.pk]))
    form_class, instance = type(page.context["form"]), page.context["form"].instance
    directory.letterhead(organisation=centre, short_title="Их бланк")

    form = form_class(TYPED, instance=instance)

    assert form.errors == {
        "__all__": ["Пока вы заполняли бланк, его завёл кто-то другой. Откройте страницу организации."]
    }


def test_the_history_tells_who_changed_what(visitor, centre):
    edit(visitor, centre, place="г. Прежний")
    letterhead = Letterhead.objects.get()
    edit(visitor, centre, place="г. Новый", **was(letterhead))

    entries = visitor.get(reverse("directory:letterhead-history", args=[letterhead.pk])).context["entries"]

    assert [(entry.what, entry.changes) for entry in entries] == [
        ("изменено", (("место составления", "г. Прежний", "г. Новый"),)),
        ("запись создана", ()),
    ]


@pytest.mark.parametrize(("role", "may"), [(Role.ADMINISTRATOR, True), (Role.METHODIST, False), (Role.TEACHER, False)])
def test_the_way_to_edit_is_offered_to_those_who_may(role, may, centre, signed_in):
    directory.letterhead(organisation=centre, inn="7707083893")
    visitor = signed_in(directory.reader(role, centre))

    page = visitor.get(centre.get_absolute_url()).content.decode()

    assert "7707083893" in page
    assert (reverse("directory:letterhead-edit", args=[centre.pk]) in page) is may


def test_the_page_of_an_organisation_asks_no_more_with_a_letterhead(visitor, centre):
    with CaptureQueriesContext(connection) as without:
        visitor.get(centre.get_absolute_url())
    directory.letterhead(organisation=centre)

    with CaptureQueriesContext(connection) as with_one:
        visitor.get(centre.get_absolute_url())

    assert len(with_one) == len(without) == 5
