"""Builds the demo municipality in an empty portal: organisations, people, accounts, roadmaps and their history."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F

from deadlines.workdays import Workdays
from directory.actions import versions
from directory.actions.staff import dismiss
from directory.models import (
    Account,
    Appointment,
    CalendarDay,
    FormerName,
    Letterhead,
    Municipality,
    Organisation,
    Position,
    StaffMember,
    Subject,
)
from directory.models.calendars import workdays_of
from portal.demo.documents import Document, documents, window_in
from portal.demo.logins import LOGINS, PASSWORD
from portal.demo.orders import Desk
from portal.demo.papers import PAPERS
from portal.demo.people import CAST, Person, staff
from portal.demo.places import CITY, CITY_DAY, CITY_GENITIVE, city_day, places
from portal.demo.progress import Teller
from portal.demo.registry import (
    FORMER_GENITIVE,
    FORMER_SHORT_TITLE,
    FORMER_TITLE,
    LEFT_DAYS,
    RENAMED,
    RENAMED_YEARS,
    SECOND_JOBS,
    card_of,
    subject_of,
)
from reminders.actions import rounds
from reports import pdf
from reports.models import Order
from reports.paper import Paper
from roadmaps.actions import imports, schedules
from roadmaps.models import (
    ControlPoint,
    Postponement,
    Roadmap,
    RoadmapItem,
    Schedule,
    ScheduleDay,
    ScheduleWindow,
    Section,
)

SCHOOL_YEAR_BEGINS = (9, 1)

#: Days between the days that neighbouring schools name in a window.
STRIDE = 4


class PortalInUse(Exception):
    """The database already holds data; the message is Russian."""


def is_empty() -> bool:
    return not Organisation.objects.exists() and not Account.objects.exists()


def is_demo() -> bool:
    """Whether the portal holds the demo: every one of its logins."""
    emails = [login.email for login in LOGINS]
    return Account.objects.filter(email__in=emails).count() == len(emails)


@transaction.atomic
def build(*, today: date, draw: Callable[[Paper], bytes] = pdf.draw) -> Municipality:
    """Fill an empty portal, ``draw`` making the file of its one order; raises ``PortalInUse`` when it is not empty."""
    if not is_empty():
        raise PortalInUse(
            "В базе уже есть организации или учётные записи: демонстрационный город в неё не загружается."
        )
    municipality = Municipality.objects.create(title=CITY, title_genitive=CITY_GENITIVE)
    organisations = _open_organisations(municipality)
    people = _hire(municipality, organisations, today=today)
    _teach(municipality, people)
    _take_second_jobs(organisations, people, today=today)
    _name_formerly(organisations, today=today)
    accounts = _open_accounts(organisations, people)
    _let_go(list(people.values())[-1], today=today, by=accounts["methodist"])
    _keep_letterheads(organisations, by=accounts["administrator"])
    _keep_city_days(municipality, today=today, by=accounts["methodist"])
    teller = Teller(
        today=today,
        zone=ZoneInfo(municipality.time_zone),
        methodist=accounts["methodist"],
        manager=accounts["manager"],
    )
    desk = Desk(teller, registrar=accounts["manager"], draw=draw)
    for document in documents(today):
        roadmap = _bring(document, municipality, teller)
        if document.controller:
            _control(roadmap, people[CAST[document.controller]], by=teller.methodist)
        if document.amendment:
            desk.amend(roadmap, document.amendment)
        elif roadmap.state == Roadmap.State.DRAFT:
            desk.draft(roadmap, kind=Order.Kind.APPROVE)
    desk.date_history()
    _remind(municipality, today=today)
    return municipality


def _open_organisations(municipality: Municipality) -> dict[str, Organisation]:
    """Organisations by their short titles."""
    return {
        place.short_title: Organisation.objects.create(
            municipality=municipality, kind=place.kind, title=place.title, short_title=place.short_title
        )
        for place in places()
    }


def _hire(
    municipality: Municipality, organisations: dict[str, Organisation], *, today: date
) -> dict[Person, StaffMember]:
    hired = {
        person: StaffMember.objects.create(
            municipality=municipality,
            last_name=person.last_name,
            first_name=person.first_name,
            patronymic=person.patronymic,
            **card_of(person, turn, today),
        )
        for turn, person in enumerate(staff())
    }
    Position.objects.bulk_create(
        Position(
            staff_member=staff_member,
            organisation=organisations[person.place],
            title=person.position,
            starts_on=date(today.year - person.years, *SCHOOL_YEAR_BEGINS),
        )
        for person, staff_member in hired.items()
    )
    return hired


def _teach(municipality: Municipality, people: dict[Person, StaffMember]) -> None:
    """Tie each teacher to the subject of the post."""
    taught = {person: subject_of(person) for person in people}
    subjects = {
        title: Subject.objects.create(municipality=municipality, title=title)
        for title in sorted(set(filter(None, taught.values())))
    }
    links = StaffMember.subjects.through
    links.objects.bulk_create(
        links(staffmember=people[person], subject=subjects[title]) for person, title in taught.items() if title
    )


def _take_second_jobs(
    organisations: dict[str, Organisation], people: dict[Person, StaffMember], *, today: date
) -> None:
    Position.objects.bulk_create(
        Position(
            staff_member=people[CAST[job.cast]],
            organisation=organisations[job.place],
            title=job.position,
            engagement=Position.Engagement.EXTERNAL,
            starts_on=date(today.year - 1, *SCHOOL_YEAR_BEGINS),
        )
        for job in SECOND_JOBS
    )


def _name_formerly(organisations: dict[str, Organisation], *, today: date) -> None:
    FormerName.objects.create(
        organisation=organisations[RENAMED],
        title=FORMER_TITLE,
        title_genitive=FORMER_GENITIVE,
        short_title=FORMER_SHORT_TITLE,
        ends_on=date(today.year - RENAMED_YEARS, 8, 31),
    )


def _let_go(person: StaffMember, *, today: date, by: Account) -> None:
    now = datetime.combine(today, rounds.MORNING, ZoneInfo(person.municipality.time_zone))
    day = today - timedelta(days=LEFT_DAYS)
    dismiss(person, on=day, because="по собственному желанию", by=by, today=today, now=now)


def _open_accounts(organisations: dict[str, Organisation], people: dict[Person, StaffMember]) -> dict[str, Account]:
    """An account for each login, by role; the slow hash of the one password is made once."""
    encoded = make_password(PASSWORD)
    accounts = {}
    for login in LOGINS:
        account = Account.objects.create(email=login.email, staff_member=people[CAST[login.cast]], password=encoded)
        first, *_ = [
            Appointment.objects.create(account=account, role=role, organisation=organisations[place])
            for role, place in [(login.role, login.place), *login.further]
        ]
        account.acting_as = first
        account.save(update_fields=["acting_as"])
        accounts[login.role.value] = account
    return accounts


def _keep_letterheads(organisations: dict[str, Organisation], *, by: Account) -> None:
    for paper in PAPERS:
        letterhead = Letterhead(organisation=organisations[paper.place], **paper.requisites)
        letterhead.sign(by=by)
        letterhead.save()


def _keep_city_days(municipality: Municipality, *, today: date, by: Account) -> None:
    """The day of the city in this year and the next."""
    for year in (today.year, today.year + 1):
        day = CalendarDay(municipality=municipality, day=city_day(year), is_working=False, title=CITY_DAY)
        versions.keep(day, by=by)


def _control(roadmap: Roadmap, controller: StaffMember, *, by: Account) -> None:
    roadmap.controller = controller
    roadmap.sign(by=by)
    roadmap.save(update_fields=["controller"])


def _bring(document: Document, municipality: Municipality, teller: Teller) -> Roadmap:
    """Import a document on the day it was approved, a draft today, and tell how its items went since."""
    day, by = document.roadmap.document.date or teller.today, teller.methodist
    at = teller.moment(day, hour=9)
    brought, _ = imports.bring(
        document.roadmap.as_json(), filename=document.filename, municipality=municipality, by=by, at=at
    )
    roadmap = imports.confirm(brought, by=by, at=at, today=day)
    _keep_schedules(document, roadmap, by=by)
    if roadmap.state == Roadmap.State.APPROVED:
        teller.tell(roadmap, document.stories)
    _date_history(roadmap, at=at)
    return roadmap


def _remind(municipality: Municipality, *, today: date) -> None:
    """Go the round of the last working morning, so that the first sweep has letters to send on any day of the week."""
    day = workdays_of(municipality).shifted(today)
    rounds.go(municipality, day=day, now=datetime.combine(day, rounds.MORNING, ZoneInfo(municipality.time_zone)))


def _keep_schedules(document: Document, roadmap: Roadmap, *, by: Account) -> None:
    """Write the external schedules with a window each year and let the items that name them follow."""
    for source in document.schedules:
        schedule = Schedule(municipality=roadmap.municipality, title=source["title"])
        schedule.sign(by=by)
        schedule.save()
        for year in range(roadmap.starts_on.year, roadmap.ends_on.year + 1):
            for bounds in source["windows"]:
                period = window_in(year, bounds)
                window = ScheduleWindow(schedule=schedule, starts_on=period.starts_on, ends_on=period.ends_on)
                schedules.keep_window(window, by=by)
                _name_days(window)
        following = [item["text"] for item in document.stories if item.get("schedule") == source["title"]]
        for item in RoadmapItem.objects.filter(section__roadmap=roadmap, text__in=following):
            schedules.follow(item, schedule, by=by)


def _name_days(window: ScheduleWindow) -> None:
    """The day each school has named, spread evenly over the window, weekends left out."""
    schools = Organisation.objects.filter(municipality=window.schedule.municipality, kind=Organisation.Kind.SCHOOL)
    span = (window.ends_on - window.starts_on).days + 1
    ScheduleDay.objects.bulk_create(
        ScheduleDay(
            window=window,
            organisation=school,
            day=max(window.starts_on, Workdays().shifted(window.starts_on + timedelta(days=place * STRIDE % span))),
        )
        for place, school in enumerate(schools.in_natural_order())
    )


def _date_history(roadmap: Roadmap, *, at: datetime) -> None:
    """Records of the history bear the moment of loading; give them the moments of what they tell."""
    Roadmap.objects.filter(pk=roadmap.pk).update(created_at=at)
    items = RoadmapItem.objects.filter(section__roadmap=roadmap)
    Roadmap.history.filter(id=roadmap.pk).update(history_date=at)
    Section.history.filter(roadmap=roadmap).update(history_date=at)
    RoadmapItem.history.filter(id__in=items.values("pk")).update(history_date=at)
    Schedule.history.filter(id__in=items.values("schedule")).update(history_date=at)
    ScheduleWindow.history.filter(schedule__in=items.values("schedule")).update(history_date=at)
    points = ControlPoint.history.filter(item__in=items)
    points.exclude(closed_at=None).update(history_date=F("closed_at"))
    for request in Postponement.objects.filter(point__item__in=items).exclude(decided_at=None):
        points.filter(id=request.point_id, closed_at=None).update(history_date=request.decided_at)
    points.filter(history_type="+").update(history_date=at)
