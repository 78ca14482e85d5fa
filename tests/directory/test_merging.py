"""Two records of one person: everything moves, what was chosen stays, and undoing restores both exactly."""

from datetime import date, datetime, timezone

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from simple_history.models import HistoricalChanges

from directory.actions import merging
from directory.actions.changes import ChangedSince
from directory.models import Account, Merge, StaffMember
from directory.roles import Role
from tests.factories import directory, reports, roadmaps

AT = datetime(2026, 11, 18, 12, tzinfo=timezone.utc)


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


def point_everything_at(person):
    """A record in every column of the portal that names a person; the columns by their records."""
    city = person.municipality
    roadmap = roadmaps.approved(municipality=city, controller=person)
    item = roadmaps.item(section=roadmaps.section(roadmap=roadmap))
    subject = directory.subject(municipality=city)
    person.subjects.add(subject)
    order = reports.order(roadmap=roadmap, signatory=person, controller=person)
    return {
        "directory.position.staff_member": directory.position(staff_member=person),
        "directory.account.staff_member": directory.account(staff_member=person),
        "directory.invitation.staff_member": directory.invitation(staff_member=person),
        "directory.dismissal.staff_member": directory.dismissal(staff_member=person),
        "directory.merge.kept": directory.merge(kept=person),
        "directory.staffmember_subjects.staffmember": person.subjects.through.objects.get(staffmember=person),
        "roadmaps.party.staff_member": roadmaps.party(item=item, staff_member=person),
        "roadmaps.roadmap.controller": roadmap,
        "reports.order.signatory": order,
        "reports.order.controller": order,
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
    before = set(records)

    merge(kept, swallowed, methodist)

    assert before == {name_of(link) for link in merging.links()}, "a new column that names a person is proved here too"
    for link in merging.links():
        record = link.model._base_manager.get(pk=records[name_of(link)].pk)
        assert (name_of(link), getattr(record, link.attname)) == (name_of(link), kept.pk)
    assert not StaffMember.objects.filter(pk=swallowed.pk).exists()


def test_the_preview_names_all_that_will_move(swallowed):
    point_everything_at(swallowed)

    shown = merging.pointing_at(swallowed)

    assert sorted(each.what for each in shown) == sorted(
        ["должности", "учётные записи", "приглашения", "увольнения", "объединения записей", "предметы", "ответственные",
         "дорожные карты", "приказы", "приказы"]
    )  # fmt: skip


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
    point_everything_at(kept)
    kept.invitations.all().delete()
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
