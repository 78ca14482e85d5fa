"""An act of destruction is kept for three years and then goes too: the file, the commission, not the fact."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from directory.models import Destruction
from reports.actions import destructions
from reports.store import keep
from reports.tasks import forget_acts
from tests.factories import directory

NOW = datetime(2029, 11, 19, 1, tzinfo=UTC)
LAST_DAY = date(2029, 11, 18)


@pytest.fixture
def act(centre):
    person = directory.staff_member(municipality=centre.municipality, last_name="Сотрудник № 7", first_name="")
    return directory.destruction(
        staff_member=person, keep_until=LAST_DAY, commission=["Осина В. Л., директор"], erased=[["почта", 1]],
        act=ContentFile(b"%PDF-1.7", name="act.pdf"),
    )  # fmt: skip


def test_the_day_after_its_last_the_act_is_gone_and_the_fact_stays(act, administrator, signed_in):
    file = act.act.name

    assert destructions.forget(today=LAST_DAY, now=NOW) == 0
    assert default_storage.exists(file)
    assert destructions.forget(today=LAST_DAY + timedelta(days=1), now=NOW) == 1

    act.refresh_from_db()
    assert (act.act.name, act.commission, act.act_removed_at) == ("", [], NOW)
    assert act.erased == [["почта", 1]]
    assert not default_storage.exists(file)
    desk = signed_in(administrator)
    page = desk.get(act.get_absolute_url()).content.decode()
    assert "Срок хранения акта истёк, файл уничтожен" in page
    for verb in ("pdf", "log"):
        assert desk.get(reverse(f"reports:destruction-{verb}", args=[act.pk])).status_code == 404


def test_twice_is_once(act):
    counts = [destructions.forget(today=LAST_DAY + timedelta(days=days), now=NOW) for days in (1, 2)]

    assert counts == [1, 0]
    assert Destruction.objects.get().act_removed_at == NOW


def test_one_whose_file_went_before_the_row_was_written_is_finished(act):
    default_storage.delete(act.act.name)

    assert destructions.forget(today=LAST_DAY + timedelta(days=1), now=NOW) == 1
    assert Destruction.objects.get().act_removed_at == NOW


def test_the_log_names_the_number_and_nobody(act, caplog):
    caplog.set_level("INFO")

    destructions.forget(today=LAST_DAY + timedelta(days=1), now=NOW)

    [told] = [record.getMessage() for record in caplog.records if record.name == "reports.actions.destructions"]
    assert told == f"reports.act_removed destruction={act.pk} kept_until=2029-11-18"


def test_an_act_that_no_record_leads_to_goes_after_a_day(act):
    lost = keep(b"%PDF-1.7 lost", folder="destructions", suffix=".pdf")
    fresh = keep(b"%PDF-1.7 fresh", folder="destructions", suffix=".pdf")
    kept = keep(b"%PDF-1.7 kept", folder="destructions", suffix=".pdf")
    Destruction.objects.update(act=kept.name)
    two_days_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for file in (lost, kept):
        os.utime(default_storage.path(file.name), (two_days_ago, two_days_ago))

    forget_acts()

    assert [default_storage.exists(file.name) for file in (lost, fresh, kept)] == [False, True, True]
