"""Orders, clauses and registers: who sees which, what the database refuses, what a person edits."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from directory.roles import Role
from reports.actions import clauses
from reports.models import Clause, Order, Register
from tests.factories import directory, reports, roadmaps

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)
AT = reports.A_MOMENT


@pytest.fixture
def centre():
    return directory.organisation(kind="centre")


def reader(role, centre):
    return directory.reader(role, centre).act(TODAY)


@pytest.fixture
def methodist(centre):
    return reader(Role.METHODIST, centre)


@pytest.fixture
def order(centre):
    return reports.order(roadmap=roadmaps.roadmap(municipality=centre.municipality), issuer=centre)


@pytest.mark.parametrize(
    ("role", "sees_drafts"),
    [
        (Role.METHODIST, True),
        (Role.MANAGER, True),
        (Role.ADMINISTRATOR, True),
        (Role.DEPUTY, False),
        (Role.TEACHER, False),
    ],
)
def test_drafts_are_seen_by_those_who_compose_or_register(role, sees_drafts, centre, order):
    registered = reports.registered_order(roadmap=roadmaps.roadmap(municipality=centre.municipality), issuer=centre)
    reports.registered_order()
    account = reader(role, centre)

    seen = set(Order.objects.visible_to(account))

    assert seen == ({order, registered} if sees_drafts else {registered})
    clause = reports.clause(order=order)
    assert list(Clause.objects.visible_to(account)) == ([clause] if sees_drafts else [])


def test_whoever_has_no_role_sees_no_order(order):
    assert not Order.objects.visible_to(directory.account().act(TODAY)).exists()


def test_registers_are_seen_by_those_who_register(centre, methodist):
    register = reports.register(organisation=centre)
    reports.register()

    assert list(Register.objects.visible_to(reader(Role.MANAGER, centre))) == [register]
    assert not Register.objects.visible_to(methodist).exists()


def test_codes_are_long_and_never_the_same(order):
    other = reports.order()

    assert len(order.code) >= 22  # 128 bits
    assert order.code != other.code


def test_an_order_is_found_by_its_words_and_number(order):
    order.heading, order.number = "Об утверждении карты Ёлочка", ""
    order.save()

    assert list(Order.objects.found_by("елочка")) == [order]
    assert not Order.objects.found_by("сосна").exists()


@pytest.mark.parametrize(
    "missing", ["number", "digest", "sequence", "register", "edition", "dated_on", "registered_at"]
)
def test_half_a_registration_is_refused_by_the_database(missing):
    order = reports.registered_order()
    setattr(order, missing, "" if missing in ("number", "digest") else None)

    with pytest.raises(IntegrityError), transaction.atomic():
        order.save()


def test_one_draft_of_a_kind_for_a_roadmap(order):
    with pytest.raises(IntegrityError), transaction.atomic():
        reports.order(roadmap=order.roadmap, issuer=order.issuer)

    reports.order(roadmap=order.roadmap, issuer=order.issuer, kind=Order.Kind.AMEND)
    assert order.roadmap.orders.count() == 2


@pytest.mark.parametrize("pattern", ["", "од", "{number}{number}", "{number}{", "{0}", "{number.real}", "a" * 50])
def test_a_pattern_names_the_number_once_and_nothing_strange(pattern, centre):
    register = reports.register(organisation=centre)
    register.pattern = pattern

    with pytest.raises(ValidationError):
        register.full_clean()


def test_the_start_on_paper_is_where_the_portal_goes_on(centre):
    register = reports.register(organisation=centre, last_on_paper=37)

    assert (register.next_number, register.last_number) == ("38-од", "")


# Clauses


def texts(order):
    return [clause.text for clause in order.clauses.living().in_order()]


def test_clauses_are_added_moved_removed_and_brought_back(order, methodist):
    first, last = reports.clause(order=order, text="Утвердить."), reports.clause(order=order, text="Контроль.")

    between = clauses.add_clause(order, after=first, by=methodist)
    clauses.write_clause(between, to=" Разместить на сайте. ", was="", by=methodist)
    clauses.move_clause(last, step=-1, by=methodist)
    clauses.remove_clause(first, by=methodist, at=AT)
    without = texts(order)
    clauses.restore_clause(first, by=methodist)

    assert without == ["Контроль.", "Разместить на сайте."]
    assert texts(order) == ["Утвердить.", "Контроль.", "Разместить на сайте."]


def test_an_empty_clause_is_added_once(order, methodist):
    pressed = [clauses.add_clause(order, after=None, by=methodist) for _ in range(2)]

    assert pressed[0] == pressed[1]
    assert order.clauses.count() == 1


def test_a_clause_at_the_end_stays_where_it_is(order, methodist):
    only = reports.clause(order=order, text="Утвердить.")

    clauses.move_clause(only, step=1, by=methodist)
    clauses.move_clause(only, step=-1, by=methodist)

    assert texts(order) == ["Утвердить."]


def test_a_clause_changed_meanwhile_is_shown_and_not_overwritten(order, methodist):
    clause = reports.clause(order=order, text="Утвердить.")
    clauses.write_clause(clause, to="Утвердить карту.", was="Утвердить.", by=methodist)

    with pytest.raises(clauses.WrittenMeanwhile) as clash:
        clauses.write_clause(clause, to="Одобрить.", was="Утвердить.", by=methodist)

    assert clash.value.theirs == "Утвердить карту."
    assert texts(order) == ["Утвердить карту."]
    assert clause.history.latest().history_user == methodist


def test_a_clause_sinks_under_the_one_above(order, methodist):
    clause = reports.clause(order=order)

    clauses.set_level(clause, level=2, by=methodist)

    assert Clause.objects.get().level == Clause.Level.PART


def test_a_registered_order_is_not_changed_by_any_verb(methodist):
    order = reports.registered_order()
    clause = reports.clause(order=order, text="Утвердить.")
    verbs = [
        lambda: clauses.add_clause(order, after=None, by=methodist),
        lambda: clauses.write_clause(clause, to="Отменить.", was="Утвердить.", by=methodist),
        lambda: clauses.move_clause(clause, step=1, by=methodist),
        lambda: clauses.set_level(clause, level=2, by=methodist),
        lambda: clauses.remove_clause(clause, by=methodist, at=AT),
        lambda: clauses.restore_clause(clause, by=methodist),
    ]

    for verb in verbs:
        with pytest.raises(clauses.NotADraft, match="Приказ уже зарегистрирован"):
            verb()

    assert texts(order) == ["Утвердить."]
