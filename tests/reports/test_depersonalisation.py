"""A dismissed person becomes nameless in every table, with an act; or nothing happens at all."""

import hashlib
import io
import json
import re
from datetime import date, timedelta

import pdfplumber
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localtime

from directory.actions.personaldata import KEPT_AFTER_WORK
from directory.holdings import holdings
from directory.models import Account, Destruction, Position, SheetImport, StaffMember
from reminders.models import Letter
from roadmaps.models import Roadmap
from tests.factories import directory, reminders, reports, roadmaps

LEFT_ON = date(2026, 8, 31)
#: In every case, in small letters and capitals, and as JSON writes it.
STEMS = ("Брусникин", "брусникин", "brusnika", "8-900-777", "1987", "Т-4417", "Морошкин", "морошкин")
TRACES = STEMS + tuple(json.dumps(stem)[1:-1] for stem in STEMS)
CONFIRMED = {
    "because": "Достигнута цель обработки",
    "commission": "Сосновская Вера Львовна, директор\nОсокин Пётр Ильич, методист",
    "surname": "Брусникина",
}


def standing(traces=TRACES):
    """Table by table, the traces that the database still holds, its own bookkeeping of migrations apart."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text = "\n".join(str(value) for row in cursor.fetchall() for value in row)
            if met := {trace for trace in traces if trace in text}:
                found[table] = met
    return found


def depersonalised(admin, person, **typed):
    return admin.post(reverse("reports:destruction-draw-up", args=[person.pk]), CONFIRMED | typed)


def text_of(file):
    with pdfplumber.open(file) as paper:
        return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in paper.pages))


def test_no_table_and_no_file_names_the_person_any_more(admin, traces, django_capture_on_commit_callbacks):
    admin.get(traces.get_absolute_url())
    scan = traces.consents.get().file.name
    sheet = SheetImport.objects.get().file.name
    before = set(standing())

    with django_capture_on_commit_callbacks(execute=True):
        answer = depersonalised(admin, traces)

    assert answer.url == Destruction.objects.get().get_absolute_url()
    assert len(before) > 20
    assert standing() == {}
    assert not default_storage.exists(scan)
    assert not default_storage.exists(sheet)


def test_what_statistics_need_stays_under_a_number(admin, traces, school):
    depersonalised(admin, traces)

    person = StaffMember.objects.get(pk=traces.pk)
    assert person.full_name == f"Сотрудник № {person.pk}"
    assert (person.category, person.teaching_from) == (StaffMember.Category.FIRST, date(2010, 9, 1))
    assert [(each.organisation, each.title, each.ends_on) for each in Position.objects.filter(staff_member=person)] == [
        (school, "учитель", LEFT_ON)
    ]
    assert [person.pk] == list(StaffMember.objects.found_by("Сотрудник").values_list("pk", flat=True))


def test_nobody_signs_in_any_more(admin, traces, account, signed_in):
    browser = signed_in(account)

    depersonalised(admin, traces)

    account.refresh_from_db()
    assert (account.is_active, account.email, account.has_usable_password()) == (
        False, f"depersonalised-{account.pk}@invalid", False,
    )  # fmt: skip
    assert browser.get(reverse("reminders:agenda")).url.startswith(reverse("directory:signin"))
    assert not Account.objects.filter(email__contains="brusnika").exists()


def test_a_waiting_letter_never_leaves(admin, traces):
    depersonalised(admin, traces)

    own = Letter.objects.get(account__staff_member=traces)
    assert (own.state, own.address) == (Letter.State.FAILED, "")


def test_a_registered_order_and_an_approved_roadmap_keep_the_name(admin, person, centre):
    roadmap = roadmaps.approved(municipality=centre.municipality)
    item = roadmaps.item(section=roadmaps.section(roadmap=roadmap), responsible="Брусникина З. Л.")
    party = roadmaps.party(item=item, label="Брусникина З. Л.", staff_member=person)
    order = reports.registered_order(roadmap=roadmap, signatory=person, signatory_name="З.Л. Брусникина")
    clause = reports.clause(order=order, text="Поручить Брусникиной.")

    depersonalised(admin, person)

    for kept in (item, party, order, clause):
        kept.refresh_from_db()
    assert (item.responsible, party.label, order.signatory_name, clause.text) == (
        "Брусникина З. Л.", "Брусникина З. Л.", "З.Л. Брусникина", "Поручить Брусникиной.",
    )  # fmt: skip
    assert roadmap.state == Roadmap.State.APPROVED
    assert "Росархива" in admin.get(Destruction.objects.get().get_absolute_url()).content.decode()


def test_others_of_nearly_the_same_name_keep_theirs(admin, person, centre):
    namesake = directory.staff_member(municipality=centre.municipality, last_name="Брусникинская", first_name="Злата")
    draft = reports.order(municipality=centre.municipality, preamble="По просьбе Брусникинской Златы")
    letter = reminders.letter(municipality=centre.municipality, text="Не сделала Брусникинская З.")

    depersonalised(admin, person)

    for kept in (namesake, draft, letter):
        kept.refresh_from_db()
    assert (namesake.last_name, draft.preamble, letter.text) == (
        "Брусникинская", "По просьбе Брусникинской Златы", "Не сделала Брусникинская З.",
    )  # fmt: skip


def test_the_act_says_what_the_order_asks_for_and_is_kept_with_its_fingerprint(admin, traces, centre):
    depersonalised(admin, traces)

    destruction = Destruction.objects.get()
    answer = admin.get(reverse("reports:destruction-pdf", args=[destruction.pk]))
    content = b"".join(answer.streaming_content)
    act = text_of(io.BytesIO(content))
    wanted = [
        centre.title, "Брусникина Злата Львовна", "Методический портал", "Программное удаление", CONFIRMED["because"],
        f"{localtime(destruction.done_at):%d.%m.%Y}", "фамилия, имя, отчество, год рождения", "Сосновская Вера Львовна, директор",
        "Осокин Пётр Ильич, методист", "приказ Росархива",
    ]  # fmt: skip
    assert [words for words in wanted if words not in act] == []
    assert destruction.digest == hashlib.sha256(content).hexdigest()
    assert destruction.keep_until.year == destruction.done_at.year + 3


def test_the_export_of_the_log_names_the_record_only(admin, traces):
    depersonalised(admin, traces, because="=1+1")

    destruction = Destruction.objects.get()
    answer = admin.get(reverse("reports:destruction-log", args=[destruction.pk]))
    head, first, *_ = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert head == "чьи данные;что уничтожено;записей;откуда;причина;когда"
    assert first.startswith(f"запись № {traces.pk};фамилия, имя, отчество")
    assert ";'=1+1;" in first


def test_the_preview_says_what_goes_and_what_stays_and_writes_nothing(admin, traces):
    page = admin.get(reverse("reports:destruction-draw-up", args=[traces.pk])).content.decode()

    before = StaffMember.objects.get(pk=traces.pk)
    for holding in holdings():
        for words in filter(None, (holding.erased, holding.stays)):
            assert words[1:] in page
    assert before.last_name == "Брусникина"
    assert not Destruction.objects.exists()


@pytest.mark.parametrize("place", [holding.title for holding in holdings() if holding.erase])
def test_killed_at_any_place_it_has_erased_nothing(place, admin, traces, monkeypatch):
    before = standing()
    cut = next(holding for holding in holdings() if holding.title == place)
    monkeypatch.setattr("directory.actions.personaldata.holdings", lambda: _dying_at(cut))

    with pytest.raises(KeyboardInterrupt):
        depersonalised(admin, traces)

    after = standing()
    after.pop("journal_access", None)
    before.pop("journal_access", None)
    assert after == before
    assert traces.consents.get().file.storage.exists(traces.consents.get().file.name)


def _dying_at(cut):
    """The holdings as they are, but the process ends where this one has just been erased."""

    def die(farewell):
        cut.erase(farewell)
        raise KeyboardInterrupt

    class Dying:
        title, told, erased, stays, erase = cut.title, cut.told, cut.erased, cut.stays, staticmethod(die)

    return tuple(Dying if holding is cut else holding for holding in holdings())


def test_an_act_that_cannot_be_kept_leaves_all_as_it_was(admin, traces, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reports.destruction.keep", full)

    with pytest.raises(OSError, match="No space"):
        depersonalised(admin, traces)

    assert StaffMember.objects.get(pk=traces.pk).last_name == "Брусникина"
    assert not Destruction.objects.exists()


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"surname": "Брусника"}, "Фамилия не совпадает"),
        ({"commission": "Сосновская Вера Львовна"}, "не меньше двух"),
        ({"commission": ""}, "Заполните"),
        ({"because": ""}, "Заполните"),
        ({"because": "Брусникина уволена"}, "Не называйте сотрудника"),
    ],
)
def test_what_is_not_confirmed_in_full_is_refused(typed, refusal, admin, person):
    page = depersonalised(admin, person, **typed).content.decode()

    person.refresh_from_db()
    assert refusal in page
    assert (person.last_name, Destruction.objects.count()) == ("Брусникина", 0)


@pytest.mark.parametrize(
    ("ends_on", "refusal"),
    [
        (None, "Сотрудник работает"),
        (date(2026, 11, 18), "Сотрудник работает"),
        (date(2026, 11, 17), "Срок хранения не истёк: данные можно обезличить с 17.12.2026"),
        (date(2026, 11, 18) - KEPT_AFTER_WORK + timedelta(days=1), "Срок хранения не истёк"),
    ],
)
def test_nobody_is_made_nameless_before_the_time(ends_on, refusal, admin, person):
    Position.objects.update(ends_on=ends_on)

    answer = depersonalised(admin, person)

    person.refresh_from_db()
    assert refusal in answer.context["reason"]
    assert person.last_name == "Брусникина"


def test_the_term_ends_on_its_thirtieth_day(admin, person):
    Position.objects.update(ends_on=date(2026, 11, 18) - KEPT_AFTER_WORK)

    depersonalised(admin, person)

    person.refresh_from_db()
    assert person.last_name == f"Сотрудник № {person.pk}"


def test_what_is_nameless_stays_so(admin, person, administrator):
    depersonalised(admin, person)

    again = depersonalised(admin, person)
    edit = admin.get(reverse("directory:staff-edit", args=[person.pk]))

    assert "уже обезличены" in again.context["reason"]
    assert "больше не правят" in edit.context["reason"]
    assert Destruction.objects.count() == 1


def test_an_administrator_does_not_erase_oneself(administrator, person, admin):
    administrator.staff_member = person
    administrator.save()

    answer = depersonalised(admin, person)

    assert "другой администратор" in answer.context["reason"]
    assert StaffMember.objects.get(pk=person.pk).last_name == "Брусникина"


def test_the_history_tells_that_it_happened_and_not_to_whom(admin, traces):
    depersonalised(admin, traces)

    page = admin.get(reverse("directory:staff-history", args=[traces.pk])).content.decode()

    assert f"обезличено, {Destruction.objects.get()}" in page
    assert not any(stem in page for stem in STEMS)
