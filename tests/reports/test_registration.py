"""Registration: one number, one file, one frozen roadmap; no gap and no double, whatever happens at once."""

import hashlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pdfplumber
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models

from directory.roles import Role
from reports.actions import registers, registration
from reports.actions.clauses import NotADraft
from reports.actions.registration import DayRefused, NotReady, register
from reports.models import Order, Register
from roadmaps.models import Edition, Roadmap
from tests.factories import directory, reports, roadmaps

HANDS = 20
DAY = date(2026, 11, 18)
AT = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)
SITE = "https://portal.example.org"


def drawn(paper):
    """A file that says what it is of, quickly."""
    return f"{paper.number} {paper.dated} {paper.code}".encode()


def registered(order, *, on=DAY, draw=drawn, by=None):
    return register(order, on=on, by=by, at=AT, site=SITE, draw=draw)


@pytest.fixture
def centre(db):
    return directory.organisation(kind="centre", short_title="МКУ «ЦМС»", title="Центр методической службы")


@pytest.fixture
def manager(centre):
    return directory.reader(Role.MANAGER, centre)


def draft(centre, **fields):
    roadmap = roadmaps.roadmap(municipality=centre.municipality)
    return reports.ready_order(roadmap=roadmap, issuer=centre, **fields)


def test_the_order_gets_number_file_edition_and_moment(centre, manager):
    reports.register(organisation=centre, pattern="{number}-од", last_on_paper=37)

    order = registered(draft(centre), by=manager)

    order.refresh_from_db()
    assert (order.state, order.number, order.sequence, order.dated_on) == ("registered", "38-од", 38, DAY)
    assert (order.registered_by, order.registered_at) == (manager, AT)
    with default_storage.open(order.pdf.name) as file:
        kept = file.read()
    assert kept == f"38-од 18.11.2026 {SITE}/check/{order.code}/".encode()
    assert (order.digest, order.size) == (hashlib.sha256(kept).hexdigest(), len(kept))
    assert order.pdf.name == f"orders/{order.digest[:2]}/{order.digest}.pdf"
    assert order.history.latest().history_change_reason == "Зарегистрирован: от 18.11.2026 № 38-од"


def test_the_roadmap_is_approved_and_frozen_as_the_order_says(centre, manager):
    person = directory.staff_member(municipality=centre.municipality)
    order = registered(draft(centre, signatory=person), by=manager)

    roadmap = Roadmap.objects.get()
    edition = Edition.objects.get()
    assert roadmap.document_words() == "приказ от 18.11.2026 № 1"
    assert (roadmap.state, roadmap.text_state) == ("approved", "frozen")
    assert (roadmap.issuer, roadmap.signatory) == ("Центр методической службы", "Директор Д.С. Липова")
    assert roadmap.controller == person
    assert (order.edition, edition.number, edition.document_number) == (edition, 1, "1")
    assert edition.content["sections"][0]["items"][0]["phrase"] == "март"


def test_the_controller_named_in_the_order_controls_the_roadmap(centre, manager):
    deputy = directory.staff_member(municipality=centre.municipality, last_name="Рябинина")

    registered(draft(centre, controller=deputy), by=manager)

    assert Roadmap.objects.get().controller == deputy


def test_numbers_of_a_year_go_on_without_gaps(centre):
    numbers = [registered(draft(centre)).number for _ in range(3)]

    assert numbers == ["1", "2", "3"]
    assert Register.objects.get().last_sequence == 3


def test_a_new_year_counts_from_one_by_the_last_pattern(centre):
    reports.register(organisation=centre, year=2025, pattern="{number}-од", last_sequence=211)

    assert registered(draft(centre)).number == "1-од"


def test_each_organisation_counts_for_itself(centre):
    other = directory.organisation(kind="authority", municipality=centre.municipality)

    assert [registered(draft(issuer)).number for issuer in (centre, other)] == ["1", "1"]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 11, 16), "Номер 1 уже датирован 17.11.2026: дата не может быть раньше."),
        (date(2026, 11, 19), "19.11.2026 ещё не наступило: приказ датируют днём подписания."),
        (date(2025, 12, 30), "Номер 2025 года сегодня не получить: журнал этого года закрыт."),
    ],
)
def test_a_day_that_does_not_fit_is_refused_and_takes_no_number(on, words, centre):
    registered(draft(centre), on=date(2026, 11, 17))
    late = draft(centre)

    with pytest.raises(DayRefused, match=words):
        registered(late, on=on)

    assert Order.objects.get(pk=late.pk).is_draft
    assert list(Register.objects.values_list("year", "last_sequence")) == [(2026, 1)]
    assert registered(late, on=date(2026, 11, 17)).number == "2"


def test_the_day_is_counted_in_the_municipalitys_own_time(centre):
    """At 20 o'clock in Greenwich the next day has begun in the Urals."""
    order = draft(centre)

    register(order, on=date(2026, 11, 19), by=None, at=datetime(2026, 11, 18, 20, 0, tzinfo=UTC), site=SITE, draw=drawn)

    assert Order.objects.get().dated_on == date(2026, 11, 19)


def test_what_blocks_is_told_and_takes_no_number(centre):
    order = draft(centre, signatory_name="")
    order.clauses.filter(is_control=True).delete()

    with pytest.raises(NotReady) as refusal:
        registered(order)

    assert [problem.text for problem in refusal.value.problems] == [
        "Не указано, кто подписывает: нужны должность и фамилия.",
        "Нет пункта о контроле за исполнением.",
    ]
    assert not Register.objects.exists()


def test_pressed_twice_it_is_registered_once(centre):
    order = draft(centre)
    registered(order)

    with pytest.raises(NotADraft, match=r"Приказ уже зарегистрирован: от 18\.11\.2026 № 1"):
        registered(order)

    assert Register.objects.get().last_sequence == 1
    assert Edition.objects.count() == 1


def test_a_failing_drawing_gives_everything_back(centre):
    order = draft(centre)

    def fail(paper):
        raise OSError("no paper left")

    with pytest.raises(OSError, match="no paper left"):
        registered(order, draw=fail)

    assert Order.objects.get().is_draft
    assert not Edition.objects.exists()
    assert Roadmap.objects.get().state == Roadmap.State.DRAFT
    assert registered(order).number == "1"


def test_killed_after_the_file_is_kept_it_leaves_a_file_that_nobody_names(centre, monkeypatch):
    order = draft(centre)

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(registration, "_put_in_force", killed)
        registered(order)

    assert Order.objects.get().is_draft
    assert not Register.objects.exists()
    again = registered(order)
    assert again.number == "1"
    # The same paper is the same file: what the killed hand left is taken up.
    assert default_storage.listdir(f"orders/{again.digest[:2]}")[1].count(f"{again.digest}.pdf") == 1


def test_a_draft_that_broke_leaves_no_torn_file(centre, monkeypatch):
    order = draft(centre)
    monkeypatch.setattr("reports.store.os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk is full")))

    with pytest.raises(OSError, match="disk is full"):
        registered(order, draw=lambda paper: b"half written")

    digest = hashlib.sha256(b"half written").hexdigest()
    assert not [name for name in default_storage.listdir(f"orders/{digest[:2]}")[1] if name.startswith((".", digest))]
    assert Order.objects.get().is_draft


# The library leaves its colour profile open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_real_paper_is_a_pdf_with_the_number_and_every_row(centre):
    order = register(draft(centre), on=DAY, by=None, at=AT, site=SITE)

    with pdfplumber.open(default_storage.path(order.pdf.name)) as document:
        text = "\n".join(page.extract_text() for page in document.pages)
    assert "№ 1" in text
    assert "Провести семинар" in text
    assert "УТВЕРЖДЕНА" in text


# Several hands at once


@pytest.fixture
def _several_connections(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite lives in memory, where writers do not wait: see the test with a file of its own")


@pytest.fixture(params=[True, False], ids=["locked", "unlocked"])
def locked(request, monkeypatch, _several_connections):
    """Whether rows are held; without it the race below must be lost."""
    if not request.param:
        monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, **_: rows)
    return request.param


def together(verbs):
    """What each verb returned or raised, all of them begun at one moment."""
    barrier = Barrier(len(verbs))

    def one(verb):
        try:
            barrier.wait()
            return verb()
        except Exception as refusal:  # noqa: BLE001 - whatever it is, it is what is asked about
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as hands:
        return list(hands.map(one, verbs))


def slow(paper):
    time.sleep(0.05)
    return drawn(paper)


def test_twenty_at_once_take_twenty_numbers_without_a_gap(locked, centre):
    orders = [draft(centre) for _ in range(HANDS)]

    answers = together([lambda order=order: registered(order, draw=slow) for order in orders])

    numbers = sorted(Order.objects.registered().values_list("sequence", flat=True))
    assert (numbers == list(range(1, HANDS + 1))) is locked
    if locked:
        assert sorted(int(order.number) for order in answers) == numbers
        assert Register.objects.get().last_sequence == HANDS


def test_one_order_pressed_by_eight_hands_is_registered_once(locked, centre):
    order = draft(centre)

    answers = together([lambda: registered(order, draw=slow)] * 8)

    once = [isinstance(answer, Order) for answer in answers].count(True) == 1
    refused = [type(answer) for answer in answers].count(NotADraft) == 7
    assert (once and refused) is locked
    if locked:
        assert Edition.objects.count() == 1
        assert Register.objects.get().last_sequence == 1


def test_a_failure_among_twenty_leaves_no_gap(_several_connections, centre):
    orders = [draft(centre) for _ in range(HANDS)]

    def clumsy(paper):
        if paper.code.endswith(f"{orders[7].code}/"):
            raise OSError("no paper left")
        return slow(paper)

    together([lambda order=order: registered(order, draw=clumsy) for order in orders])

    numbers = sorted(Order.objects.registered().values_list("sequence", flat=True))
    assert numbers == list(range(1, HANDS))


def test_twenty_at_once_do_the_same_on_sqlite(tmp_path):
    surroundings = {name: text for name, text in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}

    told = subprocess.run(
        [sys.executable, "-m", "tests.reports.hands"],
        env=surroundings | {"DATA_DIR": str(tmp_path)},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.stdout.split() == [str(number) for number in range(1, HANDS + 1)], told.stderr


# The register


def test_a_number_twice_in_a_year_is_refused_by_the_database_too(centre):
    journal = reports.register(organisation=centre)
    reports.registered_order(issuer=centre, register=journal, sequence=5, number="5-од")

    with pytest.raises(IntegrityError):
        reports.registered_order(issuer=centre, register=journal, sequence=6, number="5-од")


def test_the_start_of_a_register_is_typed_before_its_first_order(centre, manager):
    registers.set_register(centre, year=2026, pattern="{number}-од", last_on_paper=37, by=manager)
    registered(draft(centre))

    with pytest.raises(registers.RegisterInUse, match="В журнале уже есть номера до 38-од"):
        registers.set_register(centre, year=2026, pattern="{number}", last_on_paper=0, by=manager)

    assert Register.objects.get().next_number == "39-од"


def test_problems_are_told_before_anything_is_registered(centre):
    order = draft(centre)
    roadmaps.item(section=order.roadmap.sections.get(), number="2.")

    assert [(problem.severity, problem.text) for problem in registration.problems_of(order)] == [
        ("warning", "Не указан срок в строках: 2."),
        ("warning", "Одинаковые мероприятия в строках: 1, 2."),
    ]
