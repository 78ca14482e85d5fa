"""`manage.py order_pdf`: the registered file, or the order drawn now; what does not do is told in one sentence."""

from datetime import UTC, date, datetime

import pdfplumber
import pytest
from django.core.management import call_command

from reports.actions.registration import register
from reports.models import Order, Register
from roadmaps.models import Edition, Roadmap
from tests.factories import directory, reports, roadmaps

pytestmark = [
    pytest.mark.django_db,
    # The drawing library leaves its colour profile open.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

AT = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)


@pytest.fixture
def centre():
    return directory.organisation(kind="centre", short_title="МКУ «МЦ»", title="МКУ «Методический центр»")


@pytest.fixture
def roadmap(centre):
    made = roadmaps.roadmap(municipality=centre.municipality, title="План работы с новичками")
    section = roadmaps.section(roadmap=made)
    for number in range(1, 4):
        roadmaps.item(section=section, number=f"{number}.", text=f"Занятие № {number}", phrase="март")
    return made


@pytest.fixture
def output(tmp_path):
    return tmp_path / "order.pdf"


def saved(output, *arguments):
    call_command("order_pdf", *map(str, arguments), "--output", str(output))
    with pdfplumber.open(output) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def refused(output, capsys, *arguments):
    with pytest.raises(SystemExit) as end:
        call_command("order_pdf", *map(str, arguments), "--output", str(output))
    assert end.value.code == 2
    assert not output.is_file()
    return capsys.readouterr().err.strip()


def registered(roadmap, centre):
    order = reports.ready_order(roadmap=roadmap, issuer=centre)
    return register(order, on=date(2026, 11, 18), by=None, at=AT, site="", draw=lambda paper: b"%PDF as registered")


def test_a_roadmap_without_an_order_is_drawn_as_one_and_nothing_is_registered(roadmap, output):
    text = saved(output, roadmap.pk)

    assert "Об утверждении плана работы с новичками" in " ".join(text.split())
    assert [f"Занятие № {number}" in text for number in range(1, 4)] == [True] * 3
    assert not Order.objects.exists()
    assert not Register.objects.exists()


@pytest.mark.parametrize("day", ["18.11.2026", "2026-11-18"])
def test_number_and_date_stand_where_they_belong(day, roadmap, output):
    text = saved(output, roadmap.pk, "--number", "38-од", "--date", day)

    assert "18.11.2026" in text
    assert "от 18.11.2026 № 38-од" in text
    assert not Order.objects.exists()


def test_a_roadmap_of_a_place_without_organisations_is_drawn_under_its_own_names(output):
    roadmap = roadmaps.roadmap(issuer="Управление образования города", signatory="Начальник управления А.Н. Вяземский")
    roadmaps.item(section=roadmaps.section(roadmap=roadmap))

    text = saved(output, roadmap.pk)

    assert "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ГОРОДА" in text.upper()
    assert "А.Н. Вяземский" in text.replace("\u00a0", " ")


def test_a_draft_is_drawn_with_its_own_clauses(roadmap, centre, output):
    order = reports.ready_order(roadmap=roadmap, issuer=centre)
    order.clauses.filter(is_control=False).update(text="Утвердить и разослать школам.")

    assert "1. Утвердить и разослать школам." in saved(output, roadmap.pk)


def test_a_registered_order_is_the_file_that_was_kept(roadmap, centre, output):
    registered(roadmap, centre)

    call_command("order_pdf", str(roadmap.pk), "--output", str(output))

    assert output.read_bytes() == b"%PDF as registered"


def test_its_own_number_is_not_taken_by_another(roadmap, centre, output):
    registered(roadmap, centre)

    call_command("order_pdf", str(roadmap.pk), "--number", "1", "--date", "18.11.2026", "--output", str(output))

    assert output.read_bytes() == b"%PDF as registered"


def test_a_number_of_another_order_is_refused(roadmap, centre, output, capsys):
    other = roadmaps.roadmap(municipality=centre.municipality)
    registered(other, centre)

    assert refused(output, capsys, roadmap.pk, "--number", "1", "--date", "18.11.2026") == (
        "Номер 1 в журнале 2026 года уже занят: приказ от 18.11.2026 № 1."
    )


def test_the_number_of_another_year_is_free(roadmap, centre, output):
    registered(roadmaps.roadmap(municipality=centre.municipality), centre)

    assert "от 18.11.2025 № 1" in saved(output, roadmap.pk, "--number", "1", "--date", "18.11.2025")


@pytest.mark.parametrize("day", ["31.02.2026", "вчера", "2026", "18.11.26"])
def test_a_day_that_is_none_is_refused(day, roadmap, output, capsys):
    assert refused(output, capsys, roadmap.pk, "--date", day) == (
        f"Даты «{day}» нет: напишите день, месяц и год, например 01.09.2026."
    )


@pytest.mark.parametrize("pk", ["0", "404404", "abc", "9" * 30, "-1", "²"])
def test_an_unknown_roadmap_is_refused(pk, output, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("order_pdf", "--output", str(output), "--", pk)

    assert end.value.code == 2
    assert capsys.readouterr().err.strip() == f"Дорожной карты «{pk}» нет: назовите номер из её адреса в портале."


@pytest.mark.parametrize("number", ["38\nод", "3" * 41])
def test_a_number_that_does_not_fit_its_line_is_refused(number, roadmap, output, capsys):
    assert refused(output, capsys, roadmap.pk, "--number", number) == (
        "Номер приказа пишут в одну строку, до 40 знаков, например 38-од."
    )


def test_a_place_that_cannot_be_written_is_told(roadmap, tmp_path, capsys):
    place = tmp_path / "нет" / "order.pdf"

    assert refused(place, capsys, roadmap.pk) == f"Файл «{place}» не записывается: проверьте папку и права."


def test_a_lost_file_is_told_and_not_drawn_again(roadmap, centre, output, capsys):
    order = registered(roadmap, centre)
    order.pdf.storage.delete(order.pdf.name)

    assert refused(output, capsys, roadmap.pk) == (
        "Файла приказа от 18.11.2026 № 1 нет в хранилище: восстановите его из копии."
    )


def test_nothing_in_the_database_changes(roadmap, output):
    before = Roadmap.objects.values().get()

    saved(output, roadmap.pk, "--number", "38-од", "--date", "18.11.2026")

    assert Roadmap.objects.values().get() == before
    assert not Edition.objects.exists()
