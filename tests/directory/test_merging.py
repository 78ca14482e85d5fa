"""Two records of one person: everything moves, what was chosen stays, and undoing restores both exactly."""

import inspect
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from simple_history.models import HistoricalChanges

from directory.actions import merging
from directory.actions.changes import ChangedSince
from directory.models import Account, Merge, StaffMember
from directory.roles import Role
from tests.factories import directory, reminders, reports, roadmaps

AT = datetime(2026, 11, 18, 12, tzinfo=UTC)

#: What a person has once: two records that both have it are not merged.
HAD_ONCE = ("directory.invitation.staff_member", "directory.destruction.staff_member")


@pytest.fixture
def city(db):
    return directory.municipality()


@pytest.fixture
def methodist(city):
    return directory.reader(Role.METHODIST, directory.organisation(municipality=city))


@pytest.fixture
def kept(city):
    return directory.staff_member(municipality=city, last_name="Липова", first_name="Дарья", patronymic="")


@pytest.fixture
def swallowed(city):
    return directory.staff_member(
        municipality=city, last_name="Берёзова", first_name="Дарья", patronymic="Ильинична",
        category="first", category_on=date(2024, 3, 1), birth_year=1995,
    )  # fmt: skip


def maker_of(model):
    """The factory of a model, found by what it returns."""
    return next(
        maker
        for module in (directory, roadmaps, reminders, reports)
        for _, maker in inspect.getmembers(module, inspect.isfunction)
        if inspect.signature(maker).return_annotation is model
        and inspect.signature(maker).parameters.keys() == {"fields"}
    )


def point_everything_at(person):
    """A record in every column of the portal that names a person, by that column: a new column is filled by itself."""
    person.subjects.add(directory.subject(municipality=person.municipality))
    return {
        name_of(link): link.model.objects.get(staffmember=person)
        if link.model._meta.auto_created
        else maker_of(link.model)(**{link.name: person})
        for link in merging.links()
    }


def name_of(field):
    return f"{field.model._meta.label_lower}.{field.name}"


def everything():
    """Every row of every table but histories, sessions and the merges themselves."""
    return {
        model: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, HistoricalChanges) and model is not Merge
    }


def merge(kept, swallowed, by, *, taken=()):
    return merging.merge(kept, swallowed, taken=set(taken), by=by, because="Сменила фамилию")


def test_the_links_are_all_that_the_models_declare():
    """Counted the other way round, from the models' own fields: no list is kept by hand."""
    declared = {
        name_of(field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is StaffMember
        if not issubclass(model, HistoricalChanges)
    }

    assert {name_of(link) for link in merging.links()} == declared


def test_every_link_is_moved(kept, swallowed, methodist):
    records = point_everything_at(swallowed)

    merge(kept, swallowed, methodist)

    for link in merging.links():
        record = link.model._base_manager.get(pk=records[name_of(link)].pk)
        assert (name_of(link), getattr(record, link.attname)) == (name_of(link), kept.pk)
    assert not StaffMember.objects.filter(pk=swallowed.pk).exists()


def test_the_preview_names_all_that_will_move(swallowed):
    records = point_everything_at(swallowed)

    shown = merging.pointing_at(swallowed)

    assert len(shown) == len(records)
    assert {"должности", "предметы", "ответственные", "приказы", "учётные записи"} <= {each.what for each in shown}


def test_what_only_one_says_is_kept_and_what_differs_is_chosen(kept, swallowed, methodist):
    merge(kept, swallowed, methodist, taken={"last_name"})

    kept.refresh_from_db()
    assert (kept.full_name, kept.category, kept.category_on) == ("Берёзова Дарья Ильинична", "first", date(2024, 3, 1))
    assert kept.birth_year == 1995
    assert list(StaffMember.objects.found_by("березова")) == [kept]


def test_a_category_goes_with_its_days(kept, swallowed, methodist):
    StaffMember.objects.filter(pk=kept.pk).update(category="highest", category_until=date(2027, 1, 1), calling="mentor")

    merge(kept, swallowed, methodist, taken={"category"})

    kept.refresh_from_db()
    told = (kept.category, kept.category_on, kept.category_until, kept.calling)
    assert told == ("first", date(2024, 3, 1), None, "")


def test_a_subject_of_both_is_not_doubled(kept, swallowed, methodist, city):
    shared, own = directory.subject(municipality=city), directory.subject(municipality=city)
    kept.subjects.add(shared)
    swallowed.subjects.add(shared, own)

    made = merge(kept, swallowed, methodist)

    assert set(kept.subjects.all()) == {shared, own}
    merging.undo(made, by=methodist, at=AT)
    assert set(kept.subjects.all()) == {shared}
    assert set(StaffMember.objects.get(pk=swallowed.pk).subjects.all()) == {shared, own}


@pytest.mark.parametrize(("taken", "winner"), [(set(), "kept"), ({"account"}, "swallowed")])
def test_of_two_accounts_the_chosen_stays_and_the_other_is_closed(taken, winner, kept, swallowed, methodist):
    accounts = {"kept": directory.account(staff_member=kept), "swallowed": directory.account(staff_member=swallowed)}

    merge(kept, swallowed, methodist, taken=taken)

    for name, account in accounts.items():
        account.refresh_from_db()
        assert (account.staff_member_id, account.is_active) == ((kept.pk, True) if name == winner else (None, False))


def test_undoing_restores_every_row_of_the_portal(kept, swallowed, methodist):
    point_everything_at(swallowed)
    records = point_everything_at(kept)
    for name in HAD_ONCE:
        records[name].delete()
    before = everything()

    made = merge(kept, swallowed, methodist, taken={"account", "last_name"})
    assert everything() != before
    merging.undo(made, by=methodist, at=AT)

    assert everything() == before
    made.refresh_from_db()
    assert (made.undone_by, made.undone_at) == (methodist, AT)


def test_an_account_that_was_closed_before_stays_closed_after_undoing(kept, swallowed, methodist):
    directory.account(staff_member=kept)
    closed = directory.account(staff_member=swallowed, is_active=False)

    merging.undo(merge(kept, swallowed, methodist), by=methodist, at=AT)

    closed.refresh_from_db()
    assert (closed.staff_member, closed.is_active) == (swallowed, False)


def test_undoing_is_refused_after_a_moved_position_has_gone_on(kept, swallowed, methodist):
    position = directory.position(staff_member=swallowed)
    made = merge(kept, swallowed, methodist)
    position.refresh_from_db()
    position.staff_member = directory.staff_member(municipality=kept.municipality)
    position.save()
    before = everything()

    with pytest.raises(ChangedSince, match="должность"):
        merging.undo(made, by=methodist, at=AT)

    assert everything() == before


def test_undoing_is_refused_after_a_taken_field_was_edited(kept, swallowed, methodist):
    made = merge(kept, swallowed, methodist, taken={"last_name"})
    kept.refresh_from_db()
    kept.last_name = "Третьякова"
    kept.save()

    with pytest.raises(ChangedSince, match="сотрудник"):
        merging.undo(made, by=methodist, at=AT)


def test_undoing_leaves_alone_what_was_edited_elsewhere(kept, swallowed, methodist):
    made = merge(kept, swallowed, methodist)
    StaffMember.objects.filter(pk=kept.pk).update(phone="12-34")

    merging.undo(made, by=methodist, at=AT)

    kept.refresh_from_db()
    assert kept.phone == "12-34"


def test_a_second_undoing_is_refused(kept, swallowed, methodist):
    made = merge(kept, swallowed, methodist)
    merging.undo(made, by=methodist, at=AT)

    with pytest.raises(ChangedSince, match="уже разъединены"):
        merging.undo(made, by=methodist, at=AT)


def test_merges_of_a_chain_are_undone_from_the_last(city, kept, swallowed, methodist):
    third = directory.staff_member(municipality=city)
    first = merge(kept, swallowed, methodist)
    second = merge(third, kept, methodist)

    merging.undo(second, by=methodist, at=AT)
    merging.undo(first, by=methodist, at=AT)

    assert set(StaffMember.objects.all()) == {third, kept, swallowed}


def test_a_record_that_is_gone_cannot_be_merged(kept, swallowed, methodist):
    swallowed_once = StaffMember.objects.get(pk=swallowed.pk)
    merge(kept, swallowed, methodist)

    with pytest.raises(merging.CannotMerge, match="уже нет"):
        merge(kept, swallowed_once, methodist)


def test_what_a_person_has_once_is_not_merged_into_two(kept, swallowed, methodist):
    for person in (kept, swallowed):
        directory.invitation(staff_member=person)
    before = everything()

    with pytest.raises(merging.CannotMerge, match="У обеих записей есть приглашение"):
        merge(kept, swallowed, methodist)

    assert everything() == before


def test_nobody_is_merged_with_a_record_of_another_municipality(kept, methodist):
    with pytest.raises(merging.CannotMerge):
        merge(kept, directory.staff_member(), methodist)


def test_the_journal_tells_of_the_merge(kept, swallowed, methodist):
    position = directory.position(staff_member=swallowed)

    merge(kept, swallowed, methodist, taken={"last_name"})

    told = [
        (record.history_user, record.history_change_reason)
        for record in (
            kept.history.latest(), position.history.latest(), StaffMember.history.filter(id=swallowed.pk).latest(),
        )
    ]  # fmt: skip
    assert told == [(methodist, "объединение: Сменила фамилию")] * 3


def test_past_versions_are_never_rewritten(kept, swallowed, methodist):
    position = directory.position(staff_member=swallowed)
    before = list(position.history.order_by("history_id").values())

    merge(kept, swallowed, methodist)

    assert list(position.history.order_by("history_id").values())[: len(before)] == before


def test_accounts_act_on_with_the_record_that_stays(kept, swallowed, methodist):
    account = directory.account(staff_member=swallowed)

    merge(kept, swallowed, methodist)

    assert Account.objects.get(pk=account.pk).staff_member == kept
