"""Past versions: whichever way a record is written, its version says the same."""

import pytest
from django.db import DatabaseError
from django.db.models.signals import post_save, pre_save
from simple_history.signals import post_create_historical_record

from directory.roles import Role
from roadmaps.models import RoadmapItem
from tests.factories import directory, roadmaps


@pytest.fixture
def methodist(db, today):
    return directory.reader(Role.METHODIST, directory.organisation())


@pytest.fixture
def heard():
    """Names of the signals that were sent about a row while a test ran."""
    told = []
    listeners = {
        pre_save: lambda sender, **_: told.append(f"before {sender.__name__}"),
        post_save: lambda sender, created, **_: told.append(f"after {sender.__name__}, created: {created}"),
        post_create_historical_record: lambda history_instance, **_: told.append(
            f"version {history_instance}".partition(" as of")[0]
        ),
    }
    for signal, listener in listeners.items():
        signal.connect(listener, weak=False)
    yield told
    for signal, listener in listeners.items():
        signal.disconnect(listener)


def version(item):
    """The newest version without what tells one moment from another."""
    newest = item.history.order_by("-history_id").values().first()
    return {name: value for name, value in newest.items() if name not in {"history_id", "history_date", "id"}}


def test_a_rewritten_record_leaves_the_version_that_saving_leaves(methodist):
    section = roadmaps.section()
    saved, rewritten = roadmaps.item(section=section, position=1), roadmaps.item(section=section, position=1)
    for item in (saved, rewritten):
        item.text, item.note, item.warnings = "Провести два семинара", "в апреле", ["рано"]
        item.sign(by=methodist, because="Уточнено")

    saved.save(update_fields=["text", "warnings"])
    rewritten.rewrite("text", "warnings")

    assert version(rewritten) == version(saved)
    rows = RoadmapItem.objects.filter(section=section).order_by("pk").values("text", "note", "warnings")
    assert rows[0] == rows[1] == {"text": "Провести два семинара", "note": "", "warnings": ["рано"]}


def test_whoever_listens_to_a_record_hears_of_its_rewriting_too(methodist, heard):
    item = roadmaps.item(text="Провести семинар")
    item.text = "Провести два семинара"
    heard.clear()

    item.rewrite("text")
    rewritten = heard.copy()
    heard.clear()
    item.save(update_fields=["text"])

    assert rewritten == heard
    assert "version Провести два семинара" in rewritten


def test_a_record_that_is_gone_is_not_rewritten(methodist):
    item = roadmaps.item()
    RoadmapItem.objects.filter(pk=item.pk).delete()

    with pytest.raises(DatabaseError):
        item.rewrite("text")
