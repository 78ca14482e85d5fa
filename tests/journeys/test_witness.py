"""The witness of the journeys notices what it is there for."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

SOUND = "<!doctype html><html lang=ru><title>Страница</title><main><h1>Страница</h1>{}</main></html>"


@login_not_required
def calm(request):
    return HttpResponse(SOUND.format('<a href="/faulty/">Дальше</a>'))


@login_not_required
def faulty(request):
    return HttpResponse(SOUND.format('<img src="data:,"><script>document.title = "Чужая"</script>'))


@login_not_required
def curious(request):
    spy = "<script src=https://stranger.example/spy.js></script>"
    return HttpResponse(SOUND.format(spy), headers={"Content-Security-Policy": ""})


urlpatterns = [path("calm/", calm), path("faulty/", faulty), path("curious/", curious)]


@pytest.fixture(autouse=True)
def _pages_of_this_module(settings):
    settings.ROOT_URLCONF = __name__


def test_a_page_without_faults_passes(page, witness):
    page.goto("/calm/")

    assert page.title() == "Страница"
    assert witness.faults == []


def test_barriers_and_breaches_of_the_content_policy_are_written_down(page, witness):
    page.goto("/faulty/")
    page.goto("/calm/")

    policy, barriers = witness.faults
    assert "Content Security Policy" in policy
    assert "image-alt" in barriers
    witness.faults.clear()


def test_a_click_is_followed_like_an_address(page, witness):
    page.goto("/calm/")
    page.get_by_role("link").click()
    page.wait_for_url("**/faulty/")
    page.goto("/calm/")

    assert any("image-alt" in fault for fault in witness.faults)
    witness.faults.clear()


def test_a_request_to_a_stranger_is_refused_and_told(page, witness):
    page.goto("/curious/")

    assert "https://stranger.example/spy.js is asked of a stranger" in witness.faults
    witness.faults.clear()
