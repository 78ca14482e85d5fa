"""A round makes the table what follows from the duties, and one letter a person a day."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from directory.roles import Role
from reminders.actions import rounds
from reminders.models import Letter, Reminder, Round
from roadmaps.models import ControlPoint
from tests.factories import directory, reminders, roadmaps

TUESDAY = date(2026, 11, 24)
#: Recalled on Tuesday as seven days ahead.
NEXT_TUESDAY = date(2026, 12, 1)


@pytest.fixture
def go(city):
    """One round on the morning of a day; returns how many letters it wrote."""

    def go(day=TUESDAY, hour=7):
        return rounds.go(city.municipality, day=day, now=city.moment(f"{day}", hour=hour))

    return go


def rows(account=None):
    """The table as {(title, day, occasion, whether a letter tells it)}."""
    table = Reminder.objects.filter(account=account) if account else Reminder.objects.all()
    return {(row.title, row.send_on.isoformat(), row.occasion, row.letter_id is not None) for row in table}


def test_a_mark_becomes_a_row_and_a_letter_with_everything(city, go):
    city.point(city.deputy, due_on=NEXT_TUESDAY, text="Скоро")
    city.point(city.deputy, due_on=date(2026, 11, 12), text="Давно")

    assert go() == 1

    # The late one has no mark of its own on this day but one within the week that a first round looks back.
    assert rows() == {("Скоро", "2026-11-24", "coming", True), ("Давно", "2026-11-19", "late", True)}
    letter = Letter.objects.get()
    assert letter.key == f"digest:2026-11-24:{city.deputy.pk}"
    assert letter.address == city.deputy.email
    assert letter.subject == "Сроки на 24 ноября: просрочено 1, скоро 1"
    assert (letter.state, letter.written_at, letter.try_at) == ("queued", *[city.moment("2026-11-24", 7, 30)] * 2)


def test_a_second_round_of_the_day_writes_nothing(city, go):
    city.point(city.deputy, due_on=NEXT_TUESDAY)
    go()
    before = rows()

    assert go(hour=12) == 0

    assert rows() == before
    assert Letter.objects.count() == 1


def test_what_came_during_the_day_gets_a_row_but_no_second_letter(city, go):
    city.point(city.deputy, due_on=NEXT_TUESDAY)
    go()
    city.point(city.deputy, due_on=TUESDAY, text="Сегодня")

    assert go(hour=12) == 0

    assert rows() == {("Сдать отчёт", "2026-11-24", "coming", True), ("Сегодня", "2026-11-24", "today", False)}


def test_moving_a_deadline_moves_the_untold_and_leaves_the_told(city, go):
    city.deputy.preference = reminders.preference(account=city.deputy, by_mail=False)
    moved = city.point(city.deputy, due_on=NEXT_TUESDAY, text="Перенесут")
    city.point(city.methodist, due_on=NEXT_TUESDAY, text="Сказано")
    go()
    assert rows() == {("Перенесут", "2026-11-24", "coming", False), ("Сказано", "2026-11-24", "coming", True)}

    for point in ControlPoint.objects.all():
        point.move(to=date(2026, 11, 27), by=city.methodist, because="Просили")
    go(hour=9)

    assert {(row.title, row.due_on) for row in Reminder.objects.all()} == {
        ("Перенесут", date(2026, 11, 27)),
        ("Сказано", NEXT_TUESDAY),
        ("Сказано", date(2026, 11, 27)),
    }
    assert moved.pk


def test_what_is_done_or_taken_over_is_not_recalled(city, go):
    reminders.preference(account=city.deputy, by_mail=False)
    done = city.point(city.deputy, due_on=NEXT_TUESDAY, text="Сделают")
    handed = city.point(city.deputy, due_on=NEXT_TUESDAY, text="Передадут")
    go()
    done.complete(on=TUESDAY, by=city.deputy, at=roadmaps.A_MOMENT)
    handed.item.parties.update(staff_member=city.methodist.staff_member)

    go(hour=9)

    assert rows(city.deputy) == set()
    assert rows(city.methodist) == {("Передадут", "2026-11-24", "coming", True)}


def test_what_an_earlier_day_told_in_the_portal_alone_stays(city, go):
    reminders.preference(account=city.deputy, by_mail=False)
    point = city.point(city.deputy, due_on=NEXT_TUESDAY)
    go()
    point.complete(on=TUESDAY, by=city.deputy, at=roadmaps.A_MOMENT)

    go(TUESDAY + timedelta(days=1))

    assert rows() == {("Сдать отчёт", "2026-11-24", "coming", False)}
    assert not Letter.objects.exists()


def test_a_month_of_stoppage_ends_with_one_letter_a_person(city, go):
    go()
    second = city.reader(Role.TEACHER)
    for number in range(12):
        city.point(city.deputy, second, due_on=TUESDAY + timedelta(days=number * 2), text=f"Дело {number}")

    assert go(date(2026, 12, 24)) == 2
    assert go(date(2026, 12, 24), hour=8) == 0

    assert sorted(Letter.objects.values_list("account", flat=True)) == sorted([city.deputy.pk, second.pk])
    assert Reminder.objects.count() == 24
    assert not Reminder.objects.untold().exists()


def test_a_letter_that_could_not_go_for_days_gives_way_to_the_next(city, go):
    city.point(city.deputy, due_on=NEXT_TUESDAY)
    go()
    old = Letter.objects.get()

    go(date(2026, 11, 30))

    new = Letter.objects.exclude(pk=old.pk).get()
    old.refresh_from_db()
    assert (old.state, new.state) == ("failed", "queued")
    assert old.trouble == "Не успело уйти: всё сказанное в нём есть в следующем письме."


def test_a_letter_in_somebody_s_hands_is_left_to_him(city, go):
    city.point(city.deputy, due_on=NEXT_TUESDAY)
    go()
    Letter.objects.update(holder="somebody")

    go(date(2026, 11, 30))

    assert set(Letter.objects.values_list("state", flat=True)) == {"queued"}


def test_a_person_without_an_address_is_noted_and_reminded_in_the_portal(city, go):
    city.point(city.deputy, due_on=NEXT_TUESDAY)
    city.deputy.email = ""
    city.deputy.save()

    go()

    assert rows() == {("Сдать отчёт", "2026-11-24", "coming", True)}
    assert Letter.objects.get().address == ""


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 12, 31), date(2027, 1, 4)])
def test_days_of_rest_are_silent(city, go, day):
    for ahead in (-7, -1, 0, 1):
        city.point(city.deputy, due_on=day + timedelta(days=ahead))

    assert go(day) == 0
    assert rows() == set()
    assert Round.objects.get().told_on is None


def test_the_municipality_s_own_calendar_counts(city, go):
    directory.calendar_day(municipality=city.municipality, day=TUESDAY)
    city.point(city.deputy, due_on=TUESDAY)

    assert go() == 0
    assert go(date(2026, 11, 25)) == 1


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (("2026-11-24", 7, 29), ("2026-11-24", 7, 30)),
        (("2026-11-24", 7, 30), ("2026-11-25", 7, 30)),
        (("2026-11-27", 15, 0), ("2026-11-30", 7, 30)),
        (("2026-12-30", 9, 0), ("2027-01-11", 7, 30)),
        (("2026-11-28", 3, 0), ("2026-11-30", 7, 30)),
    ],
)
def test_the_next_round_is_on_the_morning_of_a_working_day(city, now, morning):
    assert rounds.next_morning(city.municipality, city.moment(*now)) == city.moment(*morning)


def test_each_municipality_has_its_own_morning(city):
    kaliningrad = directory.municipality(time_zone="Europe/Kaliningrad")
    now = city.moment("2026-11-24", 1, 0)

    assert rounds.local_day(city.municipality, now) == TUESDAY
    assert rounds.local_day(kaliningrad, now) == TUESDAY - timedelta(days=1)
    morning = rounds.next_morning(kaliningrad, now)
    assert (morning.hour, morning.minute, morning.tzinfo) == (7, 30, ZoneInfo("Europe/Kaliningrad"))


def test_rounds_are_gone_when_their_hour_has_come(city):
    city.point(city.deputy, due_on=NEXT_TUESDAY)

    assert rounds.go_due(city.moment("2026-11-24", 9)) == 1
    assert rounds.go_due(city.moment("2026-11-24", 15)) == 0

    told = Round.objects.get()
    assert (told.told_on, told.next_at) == (TUESDAY, city.moment("2026-11-25", 7, 30))


def test_a_municipality_with_a_broken_clock_holds_up_nobody(city, caplog):
    first = directory.municipality(time_zone="Нигде")
    reminders.round_of(municipality=first)
    city.point(city.deputy, due_on=NEXT_TUESDAY)

    assert rounds.go_due(city.moment("2026-11-24", 9)) == 1

    assert f"reminders.round_failed municipality={first.pk}" in caplog.text


def test_a_day_told_ahead_of_time_keeps_no_other_day_from_being_told(city):
    city.point(city.deputy, due_on=NEXT_TUESDAY)
    now = city.moment("2026-11-24", 9)

    assert rounds.go(city.municipality, day=NEXT_TUESDAY, now=now) == 1
    assert rounds.go(city.municipality, day=TUESDAY, now=now) == 1
    assert rounds.go(city.municipality, day=NEXT_TUESDAY, now=city.moment(f"{NEXT_TUESDAY}", 9)) == 0

    assert {letter.key.split(":")[1] for letter in Letter.objects.all()} == {"2026-11-24", "2026-12-01"}


def test_whoever_comes_back_from_a_leave_hears_of_what_came_meanwhile(city, go):
    reminders.preference(account=city.deputy, away_from=date(2026, 11, 9), away_until=date(2026, 11, 23))
    go(date(2026, 11, 6))
    city.point(city.deputy, due_on=date(2026, 11, 18), text="Прошло")
    go(date(2026, 11, 20))
    assert rows() == set()
    go(date(2026, 11, 23))

    assert go(TUESDAY) == 1

    assert rows() == {("Прошло", "2026-11-24", "late", True)}


def test_the_controller_is_told_after_a_week(city, go):
    city.roadmap.controller = city.methodist.staff_member
    city.roadmap.save()
    city.point(city.deputy, due_on=date(2026, 11, 17), text="Стоит")

    go()

    assert rows(city.methodist) == {("Стоит", "2026-11-24", "watched", True)}
    letter = Letter.objects.get(account=city.methodist)
    assert letter.subject == "Сроки на 24 ноября: у исполнителей 1"


def test_logs_name_nobody(city, go, caplog):
    caplog.set_level("INFO")
    city.point(city.deputy, due_on=NEXT_TUESDAY)

    go()

    assert caplog.messages == [f"reminders.round municipality={city.municipality.pk} letters=1"]


@pytest.mark.parametrize("people", [1, 3])
def test_any_number_of_people_is_as_many_questions(city, django_assert_max_num_queries, people):
    for _ in range(people):
        city.point(city.reader(Role.TEACHER), due_on=NEXT_TUESDAY)

    with django_assert_max_num_queries(22):
        assert rounds.go(city.municipality, day=TUESDAY, now=city.moment("2026-11-24")) == people
