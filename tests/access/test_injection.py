"""What people type is shown as text on every page, and never as a part of it."""

import pytest
from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import escape

from directory.models import Organisation, StaffMember
from reminders.models import Letter, Reminder
from reports.models import Clause, Order, Wording
from roadmaps.actions.editions import content_of
from roadmaps.models import (
    ControlPoint,
    Edition,
    Indicator,
    Party,
    Passage,
    Postponement,
    Proof,
    Roadmap,
    RoadmapImport,
    RoadmapItem,
    Schedule,
    Section,
    SubItem,
)
from tests.access.addresses import addresses
from tests.factories import roadmaps

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><iframe src=javascript:alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '" autofocus onfocus="alert(1)',
)
#: Models that hold what people type, with the fields that are free text.
TYPED = (
    Organisation, StaffMember, Roadmap, Section, Passage, Indicator, RoadmapItem, SubItem, Party, ControlPoint,
    Postponement, Proof, Schedule, Letter, Reminder, Order, Clause, Wording,
)  # fmt: skip
#: A text field that holds one of our own words and not what somebody typed.
OURS = {
    "sort_key",
    "search_text",
    "key",
    "holder",
    "source",
    "url",
    "content_type",
    "basis",
    "kind",
    "document_kind",
    "state",
    "decision",
    "comparison",
    "code",
    "digest",
    "inn",
}


def fill(payload):
    """Write the payload into every free text of every record, and into what was understood of documents."""
    for model in TYPED:
        for number, record in enumerate(model._default_manager.all()):
            texts = {
                field.attname: f"{payload} {number}"[: field.max_length]
                for field in model._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField)
                and not isinstance(field, models.FileField | models.URLField)
                and field.attname not in OURS
                and not field.choices
                # A draft has no number, and that of an order comes from its register.
                and (model, field.attname) != (Order, "number")
            }
            model._default_manager.filter(pk=record.pk).update(**texts)
    remark = [{"code": "doubt", "message": payload}]
    RoadmapItem.objects.update(remarks=remark, warnings=[payload])
    Roadmap.objects.update(remarks=remark)
    row = roadmaps.understood_row(
        text=payload, deadline=payload, form=payload, participants=payload, responsible_text=payload
    )
    row |= {"number": payload, "problems": remark, "responsible": [{"kind": "role", "label": payload}], "note": payload}
    row["subitems"] = [{"text": payload, "deadline": payload, "points": []}]
    understood = roadmaps.understood(row, title=payload, problems=remark)
    understood["sections"][0]["title"] = payload
    RoadmapImport.objects.update(understood=understood, filename=payload[:120])
    for edition in Edition.objects.select_related("roadmap"):
        # An edition is frozen for good; only behind its back does it say something else.
        QuerySet(Edition).filter(pk=edition.pk).update(
            content=content_of(edition.roadmap) | {"goal": f"{payload} {edition.number}"}, document_number=payload[:50]
        )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_page_lets_what_was_typed_become_a_part_of_it(payload, world, signed_in):
    item = RoadmapItem.objects.get(pk=world.records["roadmaps:item-detail"]["pk"])
    roadmaps.subitem(item=item)
    roadmaps.passage(roadmap=item.section.roadmap)
    roadmaps.proof(point=item.points.first())
    fill(payload)
    for record in (item, item.section, item.section.roadmap, item.points.first(), item.schedule):
        record.refresh_from_db()
        record._change_reason = payload[:100]
        record.save()
    methodist, manager = (signed_in(world.readers[name]) for name in ("methodist", "manager"))
    pages = [(methodist, address) for address in addresses()]
    pages += [(manager, address) for address in ("reminders:agenda", "roadmaps:postponement-decide")]
    pages += [(manager, address) for address in addresses() if address.startswith("reports:register")]
    administrator = signed_in(world.readers["administrator"])
    pages += [(administrator, address) for address in ("reminders:letter-list", "reminders:letter-detail")]
    shown = 0

    for client, address in pages:
        answer = client.get(reverse(address, kwargs=world.records.get(address)))
        if answer.streaming:
            list(answer.streaming_content)  # read to its end the file closes
            continue
        if not answer["Content-Type"].startswith("text/html"):
            continue  # papers and pictures are read by tests of their own
        page = answer.content.decode()
        shown += escape(payload) in page

        assert (address, payload in page) == (address, False)

    assert shown >= 10


def test_a_refusal_and_a_conflict_show_what_was_typed_as_text(world, signed_in):
    payload = PAYLOADS[4]
    client = signed_in(world.readers["methodist"])
    cell = world.records["roadmaps:item-cell"] | {"cell": "text"}

    conflict = client.post(
        reverse("roadmaps:item-cell", kwargs=cell), {"text": payload, "was": payload}
    ).content.decode()
    refusal = client.post(
        reverse("roadmaps:item-cell", kwargs=cell | {"cell": "number"}), {"text": payload, "was": ""}
    ).content.decode()
    search = client.get(reverse("roadmaps:roadmap-list"), {"q": payload}).content.decode()
    preview = client.get(
        reverse("roadmaps:deadline-preview", kwargs=world.records["roadmaps:deadline-preview"]), {"text": payload}
    ).content.decode()

    for page in (conflict, refusal, search):
        assert "&lt;/textarea&gt;" in page
    for page in (conflict, refusal, search, preview):
        assert payload not in page
