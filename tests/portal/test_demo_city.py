"""The demo municipality: whatever the day, somebody is late with something, something is done and more is coming."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from deadlines.span import Kind
from deadlines.workdays import Workdays
from directory.forms.letterheads import LetterheadForm
from directory.models import Account, CalendarDay, Letterhead, Municipality, Organisation, StaffMember
from directory.models.calendars import workdays_of
from directory.roles import Role
from portal.demo import building, logins
from reminders.agenda import points_of
from reports.models import Order
from roadmaps.models import ControlPoint, Indicator, Party, Postponement, Proof, Roadmap, RoadmapItem

DAYS = [date(2026, 1, 1), date(2026, 7, 15), date(2026, 11, 22), date(2028, 2, 29), date(2030, 12, 31)]

#: Draft items left for a methodist to finish: the portal asks about them.
ASKED_ABOUT = {"", "уточняется"}


@pytest.fixture(scope="module", params=DAYS, ids=str)
def today(request, django_db_setup, django_db_blocker):
    """A day on which the demo has just been loaded; loaded once for all tests of that day."""
    with django_db_blocker.unblock(), transaction.atomic():
        building.build(today=request.param, draw=lambda paper: f"%PDF- {paper.number}".encode())
        yield request.param
        transaction.set_rollback(True)


def test_whatever_the_day_points_are_done_late_and_coming(today):
    points = ControlPoint.objects.living()

    late = points.overdue(today)

    assert 3 <= late.count() <= 6
    assert late.filter(due_on__gte=today - timedelta(days=35)).exists()
    assert points.filter(state=ControlPoint.State.DONE, done_on__gte=today - timedelta(days=35)).exists()
    assert points.open().watched().due_between(today, today + timedelta(days=14)).exists()
    assert points.filter(state=ControlPoint.State.NOT_DONE).count() == 2
    assert points.filter(state=ControlPoint.State.NOT_APPLICABLE).count() == 1


def test_nothing_is_done_or_decided_after_the_day_of_loading(today):
    closed = ControlPoint.objects.exclude(closed_at=None)

    assert all(point.closed_at.date() < today for point in closed)
    assert not closed.filter(done_on__gte=today).exists()
    assert all(point.history.latest().history_date == point.closed_at for point in closed[:50])


def test_one_deadline_has_moved_one_has_not_and_one_request_waits_for_the_manager(today):
    moved, refused, waiting = Postponement.objects.order_by("decision")

    assert [request.decision for request in (moved, refused, waiting)] == ["granted", "refused", "waiting"]
    assert moved.point.due_on == moved.new_due_on > today
    assert moved.point.planned_on == moved.was_due_on < today
    assert refused.point.due_on == refused.point.planned_on
    assert waiting.new_due_on > waiting.point.due_on >= today


def test_there_are_files_and_links_for_evidence(today):
    files, links = Proof.objects.exclude(file=""), Proof.objects.exclude(link="")

    assert (files.count(), links.count()) == (2, 3)
    for proof in files:
        with proof.file.open() as paper:
            assert paper.read().decode().startswith("Справка")


def test_the_titles_carry_the_years_of_the_period(today):
    for roadmap in Roadmap.objects.all():
        assert str(roadmap.starts_on.year) in roadmap.title
        assert str(roadmap.ends_on.year) in roadmap.title
        assert "{" not in roadmap.title


def test_each_deadline_is_understood_but_those_left_to_be_asked_about(today):
    unknown = RoadmapItem.objects.filter(kind=Kind.UNKNOWN)

    assert {item.phrase for item in unknown} == ASKED_ABOUT
    assert {item.section.roadmap.state for item in unknown} == {Roadmap.State.DRAFT}


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.LEADER, Role.TEACHER, Role.EXPERT])
def test_each_executor_finds_something_on_the_home_page(today, role):
    account = Account.objects.get(email=f"{role}@example.org")

    mine = points_of(account.act(today), today)

    assert mine.filter(due_on__lte=today + timedelta(days=30)).exists()


def test_the_city_has_the_size_of_a_real_one(today):
    kinds = list(Organisation.objects.values_list("kind", flat=True))

    assert Municipality.objects.get().title == "Заречинск"
    assert kinds.count(Organisation.Kind.SCHOOL) == 25
    assert kinds.count(Organisation.Kind.KINDERGARTEN) == 40
    assert 150 <= StaffMember.objects.count() <= 250


def test_every_person_is_somebody_else(today):
    full_names = [person.full_name for person in StaffMember.objects.all()]

    assert len(set(full_names)) == len(full_names)


def test_each_person_who_is_named_responsible_is_on_the_staff(today):
    named = Party.objects.filter(kind=Party.Kind.PERSON)

    assert named.count() > 30
    assert not named.filter(staff_member=None).exists()


def test_the_three_roadmaps_differ_in_shape(today):
    directive, plan, programme = Roadmap.objects.order_by("pk")
    items = RoadmapItem.objects.filter

    assert [roadmap.kind for roadmap in (directive, plan, programme)] == ["roadmap", "plan", "programme"]
    assert [roadmap.state for roadmap in (directive, plan, programme)] == ["approved", "approved", "draft"]
    assert items(section__roadmap=directive, schedule__isnull=False).get().points.count() == 3
    assert set(Indicator.objects.filter(section__roadmap=plan).values_list("comparison", flat=True)) == {
        "at_least", "at_most", "reach", "growth", "presence",
    }  # fmt: skip
    assert sorted(
        item.subitems.count() for item in items(section__roadmap=plan, subitems__isnull=False).distinct()
    ) == [3, 4]
    assert items(section__roadmap=programme).exclude(form="").exclude(participants="").count() > 20
    assert set(RoadmapItem.objects.values_list("kind", flat=True)) >= {
        "once", "period", "yearly", "half_yearly", "quarterly", "monthly", "ongoing", "on_request", "by_schedule",
    }  # fmt: skip


@pytest.mark.parametrize("login", logins.LOGINS, ids=lambda login: login.role.value)
def test_each_login_signs_in_and_holds_its_role(today, login):
    client = Client()

    answer = client.post(reverse("directory:signin"), {"username": login.email, "password": logins.PASSWORD})

    assert answer.status_code == 302
    account = Account.objects.get(pk=client.session["_auth_user_id"]).act(today)
    assert (account.email, account.role) == (login.email, login.role)
    assert account.staff_member.positions.exists()


def test_the_methodist_may_also_act_as_a_leader(today):
    account = Account.objects.get(email="methodist@example.org")

    assert sorted(account.appointments.values_list("role", flat=True)) == ["leader", "methodist"]
    assert account.acting_as.role == "methodist"


@pytest.mark.parametrize("role", [Role.METHODIST, Role.DEPUTY, Role.LEADER, Role.TEACHER])
def test_whatever_the_day_a_letter_has_something_to_say_to_those_who_act(today, role):
    account = Account.objects.get(email=f"{role}@example.org")

    owed = points_of(account.act(today), today)

    assert owed.due_between(today, today + timedelta(days=14)).exists()


def test_each_approved_roadmap_is_controlled_by_somebody_of_the_staff(today):
    controlled = Roadmap.objects.order_by("pk").values_list("state", "controller__last_name")

    assert list(controlled) == [("approved", "Воронцов"), ("approved", "Гордеева"), ("draft", None)]
    assert Account.objects.get(email="manager@example.org").staff_member.last_name == "Воронцов"


def test_the_day_of_the_city_is_a_day_off_that_the_country_does_not_have(today):
    ours = workdays_of(Municipality.objects.get())

    days = [own.day for own in CalendarDay.objects.order_by("day")]

    assert [day.year for day in days] == [today.year, today.year + 1]
    assert all(Workdays().is_working(day) and not ours.is_working(day) for day in days)


def test_the_letterheads_would_pass_the_form_they_are_edited_in(today):
    letterheads = list(Letterhead.objects.order_by("pk"))

    forms = [LetterheadForm(model_to_dict(letterhead), instance=letterhead) for letterhead in letterheads]

    assert [letterhead.organisation.kind for letterhead in letterheads] == ["authority", "centre"]
    assert [form.errors for form in forms] == [{}, {}]


def test_one_order_is_registered_and_one_waits(today):
    registered, waiting = Order.objects.order_by("-state")

    assert (registered.kind, registered.number, registered.issuer.short_title) == ("amend", "1-од", "МКУ «ЦРО»")
    assert registered.dated_on < today
    with registered.pdf.open() as paper:
        assert paper.read().decode() == "%PDF- 1-од"
    assert (waiting.kind, waiting.number, waiting.roadmap.state) == ("approve", "", "draft")
    assert waiting.clauses.filter(is_control=True).count() == 1
