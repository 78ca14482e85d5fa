"""How one wants to be reminded: what is kept, what is told, and the address of one's calendar."""

from datetime import date

import pytest
from django.urls import reverse

from deadlines.workdays import Workdays
from directory.roles import Role
from reminders.models import Preference
from reminders.plan import Wish
from reminders.views.preferences import next_letter_on
from tests.factories import directory, reminders

PAGE = reverse("reminders:preferences")
TYPED = {"by_mail": "1", "days_before": ["7", "0"], "away_from": "", "away_until": ""}


@pytest.fixture
def teacher(db, today):
    return directory.reader(Role.TEACHER, directory.organisation())


@pytest.fixture
def desk(teacher, signed_in):
    return signed_in(teacher)


def test_looking_keeps_nothing_and_shows_the_usual_choice(desk):
    form = desk.get(PAGE).context["form"]

    assert form["days_before"].value() == [14, 7, 3, 1, 0]
    assert Preference.objects.count() == 0


def test_a_choice_is_kept_and_shown_again(desk, teacher):
    desk.post(PAGE, TYPED | {"by_mail": "0", "away_from": "2026-12-28", "away_until": "2027-01-08"})

    kept = Preference.objects.get(account=teacher)
    assert (kept.by_mail, kept.wish()) == (False, Wish((7, 0), date(2026, 12, 28), date(2027, 1, 8)))
    assert desk.get(PAGE).context["form"]["by_mail"].value() == 0


def test_saving_again_changes_the_same_choice_and_not_the_calendar(desk, teacher):
    before = reminders.preference(account=teacher)

    desk.post(PAGE, TYPED | {"calendar_key": "чужой", "account": directory.account().pk, "id": "9"})

    after = Preference.objects.get(account=teacher)
    assert (after.pk, after.calendar_key, after.days_before) == (before.pk, before.calendar_key, [7, 0])


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"away_from": "2026-12-10", "away_until": "2026-12-01"}, "away_until", "Окончание раньше начала"),
        ({"away_from": "2026-12-10"}, "away_until", "Укажите оба дня"),
        ({"away_until": "2026-12-10"}, "away_from", "Укажите оба дня"),
        ({"days_before": ["5"]}, "days_before", "5"),
        ({"by_mail": "2"}, "by_mail", "Выберите"),
    ],
)
def test_what_is_typed_wrong_is_told_beside_its_field(typed, field, words, desk):
    errors = desk.post(PAGE, TYPED | typed).context["form"].errors

    assert list(errors) == [field]
    assert words in errors[field][0]
    assert Preference.objects.count() == 0


@pytest.mark.parametrize(
    ("choice", "told_on", "says"),
    [
        ({}, None, "в среду, 18 ноября"),
        ({}, date(2026, 11, 18), "в четверг, 19 ноября"),
        ({"away_from": date(2026, 11, 16), "away_until": date(2026, 11, 20)}, None, "в понедельник, 23 ноября"),
        ({"by_mail": False}, None, ""),
    ],
)
def test_the_day_of_the_next_letter_is_told(choice, told_on, says, desk, teacher):
    reminders.preference(account=teacher, **choice)
    reminders.round_of(municipality=teacher.acting_as.organisation.municipality, told_on=told_on)

    assert desk.get(PAGE).context["next_letter"] == says


def test_no_letter_comes_on_a_day_of_rest():
    """The second to the eighth of January 2027 is the country's holiday, the weekend follows."""
    assert next_letter_on(Wish(), Workdays(), first=date(2027, 1, 1)) == date(2027, 1, 11)


def test_a_new_address_closes_the_old_one_and_is_nobody_elses(desk, teacher):
    own, foreign = reminders.preference(account=teacher), reminders.preference()

    desk.post(reverse("reminders:calendar-renew"))

    keys = dict(Preference.objects.values_list("pk", "calendar_key"))
    assert keys[own.pk] != own.calendar_key
    assert keys[foreign.pk] == foreign.calendar_key


def test_the_first_address_is_given_by_a_press(desk, teacher):
    before = desk.get(PAGE).context["calendar"]

    desk.post(reverse("reminders:calendar-renew"))

    assert before == ""
    assert desk.get(PAGE).context["calendar"].endswith(".ics")
