"""Saved views: one's own, shared ones, the one that opens first."""

import pytest
from django.urls import reverse

from directory.models import SavedView
from directory.roles import Role
from tests.factories import directory


@pytest.fixture
def school(db):
    return directory.organisation()


@pytest.fixture
def browser(school, signed_in, today):
    return signed_in(directory.reader(Role.METHODIST, school))


def save(browser, query, **typed):
    return browser.post(f"{reverse('directory:view-add')}?list=staff&query={query}", typed)


def test_a_view_is_the_address_without_what_is_empty(browser):
    answer = save(browser, "q%3D%26work%3Dnow%26page%3D7%26columns%3Dphone", title="Работают")

    assert SavedView.objects.get().query == "work=now&columns=phone"
    assert answer.url == f"{reverse('directory:staff-list')}?work=now&columns=phone"


def test_the_default_opens_the_bare_list_and_gives_way_to_another(browser):
    save(browser, "work%3Dnow", title="Работают", is_default="on")
    save(browser, "work%3Dleft", title="Уволены", is_default="on")

    assert browser.get(reverse("directory:staff-list")).url == "?work=left"
    assert browser.get(reverse("directory:staff-list"), {"view": ""}).status_code == 200
    assert SavedView.objects.get(is_default=True).title == "Уволены"


def test_only_the_administrator_shares(school, browser, signed_in):
    save(browser, "work%3Dnow", title="Свой", is_shared="on")
    save(signed_in(directory.reader(Role.ADMINISTRATOR, school)), "work%3Dnow", title="Общий", is_shared="on")

    deputy = signed_in(directory.reader(Role.DEPUTY, school))
    page = deputy.get(reverse("directory:staff-list"))

    assert page.context["views"] == [("Общий", "?work=now")]


def test_a_shared_default_opens_nobody_else_s_list(school, browser):
    directory.saved_view(municipality=school.municipality, is_shared=True, is_default=True)

    assert browser.get(reverse("directory:staff-list")).status_code == 200


def test_a_title_is_taken_once(browser):
    save(browser, "work%3Dnow", title="Работают")
    again = save(browser, "work%3Dleft", title="Работают")

    assert "Вид с таким названием у вас уже есть" in again.content.decode()
    assert SavedView.objects.count() == 1


def test_a_query_too_long_is_refused_in_words(browser):
    again = save(browser, "q%3D" + "a" * 1000, title="Длинный")

    assert "Отбор слишком длинный" in again.content.decode()


def test_one_s_own_view_opens_first_by_a_press_and_is_removed(browser):
    save(browser, "work%3Dnow", title="Работают")
    view = SavedView.objects.get()

    browser.post(reverse("directory:view-open-first", args=[view.pk]))
    assert browser.get(reverse("directory:staff-list")).url == "?work=now"

    browser.post(reverse("directory:view-open-first", args=[view.pk]))
    assert browser.get(reverse("directory:staff-list")).status_code == 200

    browser.post(reverse("directory:view-remove", args=[view.pk]))
    assert not SavedView.objects.exists()
