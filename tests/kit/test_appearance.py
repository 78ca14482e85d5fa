"""The version for the visually impaired: chosen by a plain form, kept in a cookie, drawn by the server."""

import pytest
from django.urls import reverse

from kit.appearance import COOKIE, Appearance


@pytest.mark.parametrize("text", ["", "....", "red.huge.none", "<script>", "dark"])
def test_any_cookie_is_read_as_an_offered_look(text):
    look = Appearance.parse(text)

    assert look == Appearance(theme="dark" if text == "dark" else "auto")


def test_one_press_opens_the_version_for_the_visually_impaired(client):
    answer = client.post(reverse("kit:appearance"), {"low_vision": "1", "next": "/roadmaps/?q=36&page=2"})

    assert answer.headers["Location"] == "/roadmaps/?q=36&page=2"
    assert answer.cookies[COOKIE].value == "black-on-white.large.wide"


def test_a_choice_keeps_the_others(client):
    client.cookies[COOKIE] = "black-on-white.large.wide"

    answer = client.post(reverse("kit:appearance"), {"size": "largest"})

    assert answer.cookies[COOKIE].value == "black-on-white.largest.wide"


def test_the_usual_version_is_one_press_away(client):
    client.cookies[COOKIE] = "white-on-black.largest.wide"

    answer = client.post(reverse("kit:appearance"), {"usual": "1"})

    assert Appearance.parse(answer.cookies[COOKIE].value) == Appearance()


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_it_never_leads_away_from_the_portal(client, address):
    answer = client.post(reverse("kit:appearance"), {"theme": "dark", "next": address})

    assert answer.headers["Location"] == "/"


def test_the_page_is_drawn_as_chosen(client):
    client.cookies[COOKIE] = "white-on-black.large.wide"

    page = client.get(reverse("directory:signin")).content.decode()

    assert '<html lang="ru" data-theme="white-on-black" data-size="large" data-spacing="wide">' in page
    assert "css/themes/white-on-black.css" in page
    assert "css/themes/dark.css" not in page
    assert 'aria-label="Версия для слабовидящих"' in page
