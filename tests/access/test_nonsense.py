"""Whatever is sent, the portal answers: no parameter and no field brings it down."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.addresses import addresses
from tests.access.planting import CANARY

NONSENSE = (
    "'", '"', "\\", "%", "\0", "a\0b", "';--", "../../etc/passwd", "-1", "0", "0000", "9999", "٣٣٣٣", "²", "9" * 30, "1e309",
    "NaN", "2026-13", "2026-02-30", "0000-00-00", "10000-01-01", "[]", "a" * 5000, "\u202e", "\ufffe", "\r\nX: 1", "None",
)  # fmt: skip
#: Those of them that reach further than a parameter does: into days, numbers and columns.
WRITTEN = (
    "\0", "a\0b", "-1", "0000", "٣٣٣٣", "²", "9" * 30, "1e309", "NaN", "0000-00-00", "a" * 5000, "\ufffe", "|", "x | 1 - 2",
)  # fmt: skip

#: What each page reads from its address.
PARAMETERS = {
    "reminders:agenda": ("whose", "party", "group", "page", "after"),
    "reminders:reminder-list": ("page",),
    "reminders:letter-list": ("q", "state", "page"),
    "directory:signin": ("next",),
    "directory:account-list": ("q", "role", "is_active", "page"),
    "directory:invitation-list": ("page",),
    "directory:invitation-add": ("q", "staff_member", "organisation"),
    "directory:invitation-accept": ("key",),
    "directory:password-reset-finish": ("key",),
    "directory:organisation-list": ("q", "kind", "sort", "columns", "view", "page"),
    "directory:staff-list": (
        "q",
        "place",
        "organisation",
        "kind",
        "subject",
        "category",
        "engagement",
        "standing",
        "work",
        "sort",
        "columns",
        "page",
    ),
    "directory:staff-bulk": ("chosen", "all", "found"),
    "directory:view-add": ("list", "query"),
    "portal:search": ("q",),
    "directory:staff-detail": ("on",),
    "directory:staff-add": ("at",),
    "directory:staff-merge": ("q",),
    "reports:order-list": ("q", "state", "year", "page"),
    "reports:order-detail": ("whole",),
    "reports:order-sheets": ("shown", "whole"),
    "reports:order-pdf": ("show",),
    "reports:register-list": ("page",),
    "reports:edition-changes": ("before",),
    "roadmaps:roadmap-list": ("q", "kind", "state", "page"),
    "roadmaps:roadmap-detail": ("party", "month", "state", "year"),
    "roadmaps:schedule-list": ("page",),
    "roadmaps:postponement-list": ("page",),
    "roadmaps:deadline-preview": ("text",),
}

#: Fields that forms and buttons read.
FIELDS = (
    "added", "removed", "category", "category_on", "load", "is_default", "is_shared", "staff_member", "role", "organisation", "code", "new_password1", "new_password2",
    "text", "was", "after", "before", "section", "step", "title", "kind", "state", "starts_on", "ends_on", "basis",
    "watched_from", "document_kind", "document_number", "document_on", "issuer", "signatory", "goal", "number", "form",
    "participants", "phrase", "responsible", "note", "was_number", "was_text", "was_form", "was_participants",
    "was_phrase", "was_responsible", "was_note", "done_on", "link", "because", "new_due_on", "decision", "reply",
    "pasted", "pasted_html", "schedule", "day", "parts", "task", "stage", "comparison", "target", "unit", "deadline",
    "is_working", "shift", "seen", "founder", "full_title", "short_title", "inn", "kpp", "ogrn", "okpo", "layout", "email",
    "title_genitive", "address", "phone", "site", "on", "last_name", "first_name", "patronymic", "birth_year",
    "teaching_from", "category", "category_on", "category_until", "calling", "subjects", "subject_added",
    "was_subjects", "organisation", "engagement", "position-organisation", "position-title", "position-engagement",
    "position-number", "position-starts_on", "by_mail", "days_before", "away_from", "away_until", "username", "password", "theme", "size", "spacing", "next",
)  # fmt: skip

#: What makes the other fields of a form right, so that the wrong one is all that is wrong.
USUAL = {
    "title": "План", "kind": "plan", "state": "approved", "starts_on": "2026-09-01", "ends_on": "2027-08-31",
    "basis": "academic", "watched_from": "2026-09-01", "done_on": "2026-11-01", "because": "Болезнь", "day": "2027-04-06",
    "is_working": "False", "shift": "forward", "full_title": "Центр", "short_title": "Центр",
    "new_due_on": "2027-02-01", "by_mail": "1", "decision": "refuse", "reply": "Нет", "comparison": "at_least", "target": "5",
}  # fmt: skip


@pytest.fixture
def browsers(world, signed_in):
    """Between them these reach every page and form; errors are answers here, not exceptions."""
    readers = {name: world.readers[name] for name in ("methodist", "manager", "deputy", "administrator")}
    clients = {name: signed_in(reader) for name, reader in readers.items()} | {"stranger": Client()}
    for client in clients.values():
        client.raise_request_exception = False
    return clients


#: Who is let in where the methodist is not.
OTHERS = {
    "roadmaps:postponement-decide": "manager",
    "roadmaps:window-day": "deputy",
    "reports:order-register": "manager",
    "reports:register-list": "manager",
    "reports:register-add": "manager",
    "reports:register-edit": "manager",
    "directory:letterhead-edit": "administrator",
    **dict.fromkeys(
        (
            "directory:account-list",
            "directory:account-detail",
            "directory:account-close",
            "directory:account-history",
            "directory:account-second-factor-reset",
            "directory:appointment-give",
            "directory:appointment-end",
            "directory:invitation-list",
            "directory:invitation-add",
        ),
        "administrator",
    ),
    "directory:password-forgotten": "stranger",
    "directory:signin": "stranger",
}


def ask(client, method, url, data):
    with transaction.atomic():
        response = getattr(client, method)(url, data)
        if response.streaming:
            list(response.streaming_content)  # read to its end the file closes
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("text", NONSENSE)
def test_no_parameter_of_an_address_brings_a_page_down(text, world, browsers):
    for address, names in PARAMETERS.items():
        client = browsers[OTHERS.get(address, "methodist")]
        url = reverse(address, kwargs=world.records.get(address))
        for name in names:
            answer = ask(client, "get", url, {name: text})

            assert (address, name, answer.status_code in {200, 404}) == (address, name, True)


def test_no_parameter_given_twice_brings_a_page_down(world, browsers):
    for address, names in PARAMETERS.items():
        client = browsers[OTHERS.get(address, "methodist")]
        url = reverse(address, kwargs=world.records.get(address))
        for name in names:
            answer = ask(client, "get", url, {name: ["-1", "x"]})

            assert (address, name, answer.status_code in {200, 404}) == (address, name, True)


@pytest.mark.parametrize("text", WRITTEN)
def test_no_field_of_a_form_brings_it_down(text, world, browsers):
    for address in addresses():
        if address == "directory:signout":
            continue
        client = browsers[OTHERS.get(address, "methodist")]
        url = reverse(address, kwargs=world.records.get(address))
        for fields in (dict.fromkeys(FIELDS, text), dict.fromkeys(FIELDS, text) | USUAL):
            answer = ask(client, "post", url, fields)

            assert (address, answer.status_code < 500) == (address, True)
            if answer.status_code != 200:
                break  # nothing was refused in a field, so that other fields would make a difference


DAYS = {
    "directory:appointment-give": ("starts_on", "ends_on"),
    "directory:appointment-end": ("ends_on",),
    "reports:order-register": ("dated_on",),
    "directory:organisation-rename": ("on",),
    "directory:organisation-close": ("on",),
    "directory:staff-edit": ("teaching_from", "category_on", "category_until"),
    "directory:staff-dismiss": ("on",),
    "directory:position-add": ("starts_on", "ends_on"),
    "directory:position-edit": ("starts_on", "ends_on"),
    "roadmaps:roadmap-add": ("starts_on", "ends_on", "watched_from", "document_on"),
    "roadmaps:roadmap-edit": ("starts_on", "ends_on", "watched_from", "document_on"),
    "roadmaps:import-head": ("starts_on", "ends_on", "document_on"),
    "roadmaps:point-complete": ("done_on",),
    "roadmaps:point-postpone": ("new_due_on",),
    "roadmaps:window-add": ("starts_on", "ends_on"),
    "roadmaps:window-edit": ("starts_on", "ends_on"),
    "roadmaps:window-day": ("day",),
    "directory:calendar-day-add": ("day",),
    "reminders:preferences": ("away_from", "away_until"),
    "directory:calendar-day-edit": ("day",),
}


@pytest.mark.parametrize("day", ["0001-01-01", "0206-09-01", "9999-12-31"])
def test_a_day_of_another_age_is_told_and_not_kept(day, world, browsers):
    """Kept, it would bring down every page that counts years from it."""
    for address, names in DAYS.items():
        client = browsers[OTHERS.get(address, "methodist")]
        url = reverse(address, kwargs=world.records.get(address))
        for name in names:
            answer = ask(client, "post", url, USUAL | {name: day})

            assert (address, name, answer.status_code) == (address, name, 200)
            assert "Проверьте год" in answer.context["form"].errors[name][0]


@pytest.mark.parametrize("number", ["0", "9223372036854775808", "9" * 40])
def test_an_impossible_number_of_a_record_is_not_found(number, world, browsers):
    # The secrets of a calendar's address and of a paper's are no numbers, nor is the kind of a sheet.
    numbered = {address: arguments for address, arguments in world.records.items() if {"pk", "year"} & arguments.keys()}
    for address, arguments in numbered.items():
        key = "pk" if "pk" in arguments else "year"
        url = reverse(address, kwargs=arguments | {key: int(number)})
        response = ask(browsers["methodist"], "get", url, {})

        assert (address, response.status_code) in {(address, 404), (address, 405)}


@pytest.mark.parametrize("place", ["9" * 40, "5"])
def test_an_impossible_row_of_an_import_is_not_found(place, world, browsers):
    arguments = world.records["roadmaps:import-row"]
    for wrong in ({"section": int(place)}, {"place": int(place)}):
        url = reverse("roadmaps:import-row", kwargs=arguments | wrong)

        assert ask(browsers["methodist"], "get", url, {}).status_code == 404
        assert ask(browsers["methodist"], "post", url, {"text": "Дело"}).status_code == 404


@pytest.mark.parametrize("column", ["staff_member__account__password", "municipality", "search_text"])
def test_a_column_that_is_not_offered_filters_nothing(column, world, browsers):
    for address in ("roadmaps:roadmap-list", "directory:organisation-list", "directory:staff-list"):
        page = ask(browsers["methodist"], "get", reverse(address), {column: "0", "ordering": column}).content.decode()

        assert CANARY in page
