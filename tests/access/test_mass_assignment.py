"""A form changes what it shows: every other field of the record, sent along, changes nothing."""

import pytest
from django.db import models
from django.urls import reverse

from directory.models import Account, Appointment, CalendarDay, Invitation, Organisation, StaffMember
from reports.models import Register
from roadmaps.models import (
    ControlPoint,
    Indicator,
    Postponement,
    Roadmap,
    RoadmapItem,
    Schedule,
    ScheduleWindow,
    Section,
)
from tests.factories import directory

#: address: whose form it is, the model, the columns it may change
FORMS = {
    "roadmaps:roadmap-edit": (
        "methodist", Roadmap,
        {"title", "kind", "state", "starts_on", "ends_on", "basis", "watched_from", "document_kind", "document_number",
         "document_on", "issuer", "signatory", "goal", "search_text"},
    ),
    "roadmaps:section-edit": ("methodist", Section, {"title"}),
    "roadmaps:indicator-edit": ("methodist", Indicator, {"text", "target", "unit", "comparison"}),
    "roadmaps:item-edit": (
        "methodist", RoadmapItem,
        {"number", "text", "form", "participants", "phrase", "responsible", "note", "kind", "warnings", "schedule_id"},
    ),
    "roadmaps:item-cell": ("methodist", RoadmapItem, {"note"}),
    "roadmaps:item-follow": ("methodist", RoadmapItem, {"schedule_id"}),
    "roadmaps:schedule-edit": ("methodist", Schedule, {"title"}),
    "roadmaps:window-edit": ("methodist", ScheduleWindow, {"starts_on", "ends_on"}),
    "directory:calendar-day-edit": ("methodist", CalendarDay, {"day", "is_working", "title"}),
    "directory:organisation-shift": ("methodist", Organisation, {"shift"}),
    "directory:organisation-edit": (
        "methodist", Organisation,
        {"kind", "title", "title_genitive", "short_title", "inn", "address", "phone", "email", "site", "sort_key",
         "search_text"},
    ),
    "directory:organisation-contacts": ("methodist", Organisation, {"address", "phone", "email", "site"}),
    "directory:organisation-rename": (
        "methodist", Organisation, {"title", "title_genitive", "short_title", "sort_key", "search_text"},
    ),
    "directory:organisation-close": ("methodist", Organisation, {"closed_on"}),
    "directory:staff-edit": (
        "methodist", StaffMember,
        {"last_name", "first_name", "patronymic", "birth_year", "teaching_from", "has_teaching_load", "category",
         "category_on", "category_until", "calling", "email", "phone", "sort_key", "search_text"},
    ),
    "directory:staff-dismiss": ("methodist", StaffMember, set()),
    "directory:account-close": ("administrator", Account, {"is_active"}),
    "directory:appointment-end": ("administrator", Appointment, {"ends_on"}),
    "directory:invitation-renew": ("administrator", Invitation, {"number", "expires_at"}),
    "directory:invitation-revoke": ("administrator", Invitation, {"revoked_at", "revoked_by_id"}),
    "roadmaps:point-complete": ("methodist", ControlPoint, {"state", "done_on", "note", "closed_by_id", "closed_at"}),
    "roadmaps:point-decline": ("methodist", ControlPoint, {"state", "note", "closed_by_id", "closed_at"}),
    "roadmaps:point-postpone": ("methodist", ControlPoint, set()),
    "roadmaps:postponement-decide": ("manager", Postponement, {"decision", "decided_by_id", "decided_at", "reply"}),
    "reports:register-edit": ("manager", Register, {"pattern", "last_on_paper"}),
}  # fmt: skip

#: What passes every form's own checks.
TYPED = {
    "title": "Новое название", "kind": "plan", "state": "approved", "starts_on": "2026-09-02", "ends_on": "2027-08-30",
    "basis": "calendar", "watched_from": "2026-10-01", "comparison": "at_most", "target": "7", "text": "Новый текст",
    "was": "", "was_text": "Дело Канарейка", "done_on": "2026-11-01", "because": "Болезнь", "new_due_on": "2027-03-01", "decision": "grant",
    "document_on": "2026-08-30", "document_kind": "приказ", "schedule": "",
    "pattern": "{number}-п", "last_on_paper": "12", "is_working": "True", "shift": "forward",
}  # fmt: skip

#: What only one form takes so.
TYPED_THERE = {
    "directory:organisation-edit": {"kind": "school", "inn": "7707083893", "email": "school@example.org"},
    "directory:organisation-contacts": {"email": "school@example.org"},
    "directory:organisation-rename": {"on": "2026-11-10"},
    "directory:organisation-close": {"on": "2026-11-10"},
    "directory:staff-dismiss": {"on": "2026-11-10"},
    "directory:staff-edit": {
        "category": "highest", "calling": "mentor", "birth_year": "1990", "email": "person@example.org",
    },
}  # fmt: skip


def smuggled(model, world):
    """A value for every column of the model, foreign wherever it names another record."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.is_relation:
            foreign = world.elsewhere.pk if field.name == "municipality" else 987_654
            values |= {field.name: foreign, field.attname: foreign}
        elif isinstance(field, models.DateTimeField):
            values[field.name] = "2020-01-01 00:00"
        elif isinstance(field, models.DateField):
            values[field.name] = "2026-11-10"
        elif isinstance(field, models.BooleanField):
            values[field.name] = "on"
        elif isinstance(field, models.JSONField):
            values[field.name] = "[]"
        elif not field.primary_key:
            values[field.name] = "5"
    return values | {"id": "1", "pk": "1"}


@pytest.mark.parametrize("address", FORMS)
def test_a_form_changes_its_own_fields_only(address, world, signed_in):
    name, model, own = FORMS[address]
    account = world.readers[name]
    pk = world.records[address]["pk"]
    before = model._default_manager.filter(pk=pk).values().get()

    answer = signed_in(account).post(
        reverse(address, kwargs=world.records[address]),
        smuggled(model, world) | TYPED | {"was_text": before.get("text", "")} | TYPED_THERE.get(address, {}),
    )

    after = model._default_manager.filter(pk=pk).values().get()
    changed = {column for column in before if before[column] != after[column]}
    assert (answer.status_code, changed - own) == (302 if address != "roadmaps:item-cell" else 200, set())
    assert bool(changed) == bool(own)
    assert after.get("closed_by_id") in {None, account.pk}


def test_a_new_roadmap_is_of_the_reader_and_of_nobody_else(world, signed_in):
    methodist = world.readers["methodist"]
    foreign = directory.account()

    signed_in(methodist).post(
        reverse("roadmaps:roadmap-add"),
        TYPED | {"municipality": world.elsewhere.pk, "created_by": foreign.pk, "id": 1, "remarks": "[1]"},
    )

    added = Roadmap.objects.get(title="Новое название")
    assert (added.municipality, added.created_by, added.remarks) == (world.here, methodist, [])


def test_no_page_outside_the_own_appointments_changes_rights(world, signed_in):
    teacher = world.readers["teacher"]
    client = signed_in(teacher)
    before = Account.objects.filter(pk=teacher.pk).values().get()

    for address in ("reminders:agenda", "directory:signin", "kit:appearance"):
        client.post(reverse(address), {"acting_as": world.readers["methodist"].acting_as_id, "is_active": ""})

    assert Account.objects.filter(pk=teacher.pk).values().get() == before
