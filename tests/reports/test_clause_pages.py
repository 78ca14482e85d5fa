"""Clauses on the pages: written in place, added, moved, sunk, removed and brought back."""

import re

import pytest
from django.urls import reverse

from reports.models import Clause
from tests.factories import reports

IN_PLACE = {"HX-Request": "true"}


@pytest.fixture
def clauses(order):
    return list(order.clauses.in_order())


def url(verb, clause):
    return reverse(f"reports:clause-{verb}", args=[clause.pk])


def texts(order):
    return [clause.text for clause in order.clauses.living().in_order()]


def test_a_clause_is_saved_at_once_and_shown_as_text(desk, clauses):
    answer = desk.post(url("text", clauses[0]), {"text": "Два <b>дела</b>", "was": clauses[0].text}, headers=IN_PLACE)

    clauses[0].refresh_from_db()
    assert (answer.content.decode(), answer["HX-Trigger"]) == ("Два &lt;b&gt;дела&lt;/b&gt;", "saved")
    assert clauses[0].text == "Два <b>дела</b>"


def test_two_editors_see_both_texts_and_either_can_be_kept(desk, clauses):
    Clause.objects.filter(pk=clauses[0].pk).update(text="Их текст")

    conflict = desk.post(url("text", clauses[0]), {"text": "Мой текст", "was": clauses[0].text}, headers=IN_PLACE)
    was = re.search(r'name="was" value="([^"]*)"', conflict.content.decode()).group(1)
    desk.post(url("text", clauses[0]), {"text": "Мой текст", "was": was}, headers=IN_PLACE)

    clauses[0].refresh_from_db()
    assert (conflict.status_code, was, clauses[0].text) == (409, "Их текст", "Мой текст")


def test_a_clause_about_control_written_by_hand_is_no_longer_worded_by_the_portal(desk, order, clauses, deputy_head):
    desk.post(url("text", clauses[1]), {"text": "Контроль – себе.", "was": clauses[1].text})
    desk.post(reverse("reports:order-choose", args=[order.pk, "controller"]), {"text": str(deputy_head.pk), "was": ""})

    assert texts(order)[1] == "Контроль – себе."


def test_an_added_clause_stands_after_its_neighbour_and_opens(desk, order, clauses):
    add = reverse("reports:clause-add", args=[order.pk])

    twice = [desk.post(add, {"after": str(clauses[0].pk)}, headers=IN_PLACE) for _ in range(2)]

    assert texts(order) == [clauses[0].text, "", clauses[1].text]
    assert all(answer.content.decode().count("data-open") == 1 for answer in twice)


def test_without_scripts_a_new_clause_is_a_page(desk, order):
    answer = desk.post(reverse("reports:clause-add", args=[order.pk]))

    added = order.clauses.get(text="")
    assert answer.url == url("text", added)
    assert "<textarea" in desk.get(answer.url).content.decode()


def test_moved_clauses_have_new_numbers(desk, order, clauses):
    page = desk.post(url("move", clauses[1]), {"step": "-1"}, headers=IN_PLACE).content.decode()

    assert texts(order) == [clauses[1].text, clauses[0].text]
    assert re.findall(r'order__number">([\d.]+)', page) == ["1.", "2."]


def test_a_clause_sinks_under_the_one_above_and_rises_again(desk, order, clauses):
    sunk = desk.post(url("level", clauses[1]), {"level": "2"}, headers=IN_PLACE).content.decode()
    risen = desk.post(url("level", clauses[1]), {"level": "1"}, headers=IN_PLACE).content.decode()

    assert re.findall(r'order__number">([\d.]+)', sunk) == ["1.", "1.1."]
    assert re.findall(r'order__number">([\d.]+)', risen) == ["1.", "2."]


@pytest.mark.parametrize(("verb", "sent"), [("move", {"step": "7"}), ("level", {"level": "3"}), ("level", {})])
def test_an_impossible_place_is_refused(verb, sent, desk, order, clauses):
    before = texts(order)

    assert desk.post(url(verb, clauses[0]), sent).status_code == 400
    assert texts(order) == before


@pytest.mark.parametrize("headers", [{}, IN_PLACE])
def test_a_removed_clause_can_be_brought_back(headers, desk, order, clauses):
    removed = desk.post(url("remove", clauses[0]), headers=headers, follow=True).content.decode()
    left = texts(order)
    desk.post(url("restore", clauses[0]), headers=headers)

    assert (left, texts(order)) == ([clauses[1].text], [clauses[0].text, clauses[1].text])
    assert "Пункт удалён." in removed
    assert url("restore", clauses[0]) in removed


def test_clauses_of_a_registered_order_are_refused_with_the_reason(desk):
    clause = reports.clause()
    order = reports.registered_order()
    Clause.objects.update(order=order)

    answer = desk.post(url("text", clause), {"text": "Другое", "was": clause.text})

    assert answer.status_code == 404, "the order is another city's"
    assert Clause.objects.get().text == clause.text
