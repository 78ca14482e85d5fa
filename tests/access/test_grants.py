"""The roles table, as agreed with the centre: who may do what at all."""

import pytest

from directory.roles import GRANTS, Permission, Role

READ = {"directory_view", "roadmap_view", "order_view"}
REGISTRAR = {"organisation_edit", "staff_view", "staff_edit", "staff_merge", "subject_edit"}

AGREED = {
    "administrator": READ
    | REGISTRAR
    | {
        "postponement_decide",
        "calendar_edit",
        "letterhead_edit",
        "personal_data",
        "outbox_view",
        "account_edit",
        "invite",
        "order_register",
    },
    "methodist": READ | REGISTRAR | {"roadmap_edit", "roadmap_complete", "calendar_edit", "order_edit"},
    "manager": READ | {"staff_view", "postponement_decide", "order_register"},
    "deputy": READ | {"invite", "staff_view", "staff_edit", "contacts_edit"},
    "leader": READ,
    "teacher": READ,
    "expert": READ,
}


@pytest.mark.parametrize("role", Role.values)
def test_a_role_may_do_what_was_agreed_and_nothing_else(role):
    assert {str(permission) for permission in GRANTS[role]} == AGREED[role]


def test_no_permission_belongs_to_nobody():
    assert set().union(*GRANTS.values()) == set(Permission)


def test_nobody_both_asks_for_a_postponement_and_decides_on_it():
    assert not any(
        {Permission.ROADMAP_COMPLETE, Permission.POSTPONEMENT_DECIDE} <= grants for grants in GRANTS.values()
    )
