"""Who may draw up, edit and register orders, and what a refusal says."""

from datetime import date

import pytest

from directory.roles import Role
from reports import policy
from roadmaps.models import Roadmap
from tests.factories import directory, reports, roadmaps

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)
DOCUMENT = {"document_kind": "приказ", "document_number": "38-од", "document_on": date(2026, 9, 1)}


@pytest.fixture
def centre():
    return directory.organisation(kind="centre")


@pytest.fixture
def methodist(centre):
    return directory.reader(Role.METHODIST, centre).act(TODAY)


@pytest.fixture
def manager(centre):
    return directory.reader(Role.MANAGER, centre).act(TODAY)


@pytest.fixture
def teacher(centre):
    return directory.reader(Role.TEACHER, centre).act(TODAY)


def test_methodists_compose_and_managers_register(methodist, manager, teacher):
    order = reports.order()

    assert [bool(policy.edit_order(reader, order)) for reader in (methodist, manager, teacher)] == [True, False, False]
    assert [bool(policy.register_order(reader, order)) for reader in (methodist, manager, teacher)] == [
        False,
        True,
        False,
    ]
    assert policy.edit_order(teacher, order).reason == "Приказы составляют методисты."
    assert policy.register_order(methodist, order).reason == "Приказы регистрируют руководитель и администратор."


def test_a_registered_order_is_edited_by_nobody(methodist):
    order = reports.registered_order(sequence=38)
    clause = reports.clause(order=order)

    refusals = {
        policy.edit_order(methodist, order),
        policy.discard_order(methodist, order),
        policy.edit_clause(methodist, clause),
    }

    assert {verdict.reason for verdict in refusals} == {
        "Приказ уже зарегистрирован: от 18.11.2026 № 38-од. Изменить его нельзя."
    }


@pytest.mark.parametrize(
    ("fields", "approval", "amendment"),
    [
        ({"state": "draft"}, "", "Дорожная карта ещё не утверждена: правьте её и утверждайте приказом."),
        (
            {"state": "approved"},
            "",
            "Укажите в карточке дорожной карты документ, которым она утверждена: вид, номер и дату.",
        ),
        ({"state": "approved", **DOCUMENT}, "", ""),
        (
            {"state": "approved", "text_state": Roadmap.TextState.FROZEN, **DOCUMENT},
            "Дорожная карта уже утверждена: приказ от 01.09.2026 № 38-од.",
            "",
        ),
        (
            {"state": "closed", **DOCUMENT},
            "Дорожная карта завершена: утверждать её поздно.",
            "Дорожная карта завершена: изменения в неё не вносят.",
        ),
    ],
)
def test_what_can_be_drawn_up_follows_from_the_roadmap(fields, approval, amendment, methodist, teacher):
    roadmap = roadmaps.roadmap(**fields)

    assert policy.draw_up_approval(methodist, roadmap).reason == approval
    assert policy.draw_up_amendment(methodist, roadmap).reason == amendment
    assert not policy.draw_up_approval(teacher, roadmap)
    assert not policy.draw_up_amendment(teacher, roadmap)


def test_a_register_is_set_until_its_first_number(manager, methodist):
    fresh = reports.register()
    used = reports.register(last_sequence=38, last_dated_on=TODAY)

    assert policy.edit_register(manager, fresh)
    assert policy.edit_register(manager, used).reason == ("В журнале уже есть номера до 38-од: счёт идёт дальше сам.")
    assert not policy.edit_register(methodist, fresh)
