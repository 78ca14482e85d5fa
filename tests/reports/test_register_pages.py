"""Registers on the pages: opened before their first number, fixed after it, read in the order of numbers."""

import re
from datetime import date

import pytest
from django.urls import reverse

from reports.models import Register
from tests.factories import reports, roadmaps


@pytest.fixture
def register(centre):
    return reports.register(organisation=centre)


def page_of(answer):
    return answer.content.decode()


def test_a_register_is_opened_where_the_paper_one_stopped(bench, centre):
    told = {"organisation": centre.pk, "year": 2026, "pattern": "{number}-од", "last_on_paper": 37}

    page = page_of(bench.post(reverse("reports:register-add"), told, follow=True))

    assert Register.objects.get().next_number == "38-од"
    assert "Следующий номер: 38-од." in page


def test_a_second_register_of_the_year_is_refused_beside_the_year(bench, centre, register):
    told = {"organisation": centre.pk, "year": 2026, "pattern": "{number}", "last_on_paper": 0}

    answer = bench.post(reverse("reports:register-add"), told)

    assert answer.context["form"].errors["year"] == ["Журнал этого года у организации уже есть: откройте его в списке."]
    assert Register.objects.get().pattern == "{number}-од"


@pytest.mark.parametrize("pattern", ["од", "{number}{number}", "{number.__class__}", "{0}", "{numbers}"])
def test_a_pattern_that_makes_no_numbers_is_told(pattern, bench, register):
    answer = bench.post(reverse("reports:register-edit", args=[register.pk]), {"pattern": pattern, "last_on_paper": 0})

    register.refresh_from_db()
    assert register.pattern == "{number}-од"
    assert answer.context["form"].errors["pattern"]


def test_two_editors_of_a_register_see_both(bench, register):
    Register.objects.update(pattern="{number}/их")
    told = {"pattern": "{number}/мой", "was_pattern": "{number}-од", "last_on_paper": 0, "was_last_on_paper": 0}

    answer = bench.post(reverse("reports:register-edit", args=[register.pk]), told)

    register.refresh_from_db()
    assert register.pattern == "{number}/их"
    assert "{number}/их" in answer.context["form"].errors["pattern"][0]


def test_after_the_first_number_the_pattern_stays_and_says_why(bench, register):
    Register.objects.update(last_sequence=3, last_dated_on=date(2026, 11, 2))

    page = page_of(bench.get(register.get_absolute_url()))
    refused = bench.post(
        reverse("reports:register-edit", args=[register.pk]), {"pattern": "{number}", "last_on_paper": 0}
    )

    assert "В журнале уже есть номера до 3-од" in page
    assert refused.status_code == 403


def test_entries_stand_in_the_order_of_numbers(bench, centre, register):
    for sequence in (2, 10, 1):
        roadmap = roadmaps.roadmap(municipality=centre.municipality)
        reports.registered_order(roadmap=roadmap, issuer=centre, register=register, sequence=sequence)

    page = page_of(bench.get(register.get_absolute_url()))

    assert re.findall(r">(\d+-од)</a>", page) == ["1-од", "2-од", "10-од"]


def test_registers_are_not_the_methodists_business(desk, register):
    refused = desk.get(reverse("reports:register-list"))

    assert refused.context["reason"] == "Приказы регистрируют руководитель и администратор."
    assert desk.get(register.get_absolute_url()).status_code == 404
