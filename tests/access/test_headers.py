"""What every answer says to the browser besides its page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.addresses import addresses
from tests.factories import directory

INLINE = re.compile(
    r"<script(?![^>]*\b(?:src|nonce)=)[^>]*>|<style|\sstyle=|\son[a-z]+=|href=[\"']?javascript:", re.IGNORECASE
)


@pytest.fixture
def answers(world, signed_in):
    """Pages, refusals, redirects and files: one answer of each address to a methodist and to a stranger."""
    clients = [signed_in(world.readers["methodist"]), signed_in(world.readers["teacher"]), Client()]
    asked = [
        (address, client.get(reverse(address, kwargs=world.records.get(address))))
        for address in addresses()
        for client in clients
    ]
    for _, answer in asked:
        if answer.streaming:
            list(answer.streaming_content)  # read to its end the file closes
    return asked


def policy(answer):
    return {name: values for name, *values in map(str.split, answer["Content-Security-Policy"].split(";"))}


def test_every_answer_bounds_what_the_browser_may_do(answers):
    for address, answer in answers:
        rules = policy(answer)

        assert (address, rules["default-src"]) == (address, ["'none'"])
        assert (address, rules["frame-ancestors"], rules["base-uri"]) == (address, ["'none'"], ["'none'"])
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        assert "unsafe-eval" not in answer["Content-Security-Policy"]
        assert "*" not in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"


def test_no_page_needs_what_the_policy_forbids(answers):
    for address, answer in answers:
        if answer["Content-Type"].startswith("text/html"):
            assert (address, INLINE.findall(answer.content.decode())) == (address, [])


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(world):
    client = Client()
    client.get(reverse("directory:signin"))
    client.post(reverse("kit:appearance"), {"theme": "dark"})
    email = world.readers["methodist"].email
    client.post(reverse("directory:signin"), {"username": email, "password": directory.PASSWORD})

    cookies = {name: (cookie["httponly"], cookie["samesite"]) for name, cookie in client.cookies.items()}

    assert cookies == dict.fromkeys(("sessionid", "csrftoken", "appearance", "known"), (True, "Lax"))


def test_personal_pages_are_kept_by_nobody(answers):
    for address, answer in answers:
        if answer.wsgi_request.user.is_authenticated:
            assert (address, {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))) == (address, True)
