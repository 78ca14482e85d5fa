"""The same sixty rows over four years for the portal and for the floor, and a session for each."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

YEAR = datetime.now(UTC).year
ROWS, SECTIONS = 60, 4
TEXT = "Организация и проведение семинара для заместителей директоров по вопросам методической работы, занятие {}"


def fill_portal() -> dict[str, Any]:
    """A methodist's roadmap of 60 yearly rows over 4 years; returns the ids and the session key the bench needs."""
    from django.utils import timezone

    from directory.models import Account, Appointment, Municipality, Organisation, StaffMember
    from directory.roles import Role
    from roadmaps.actions import imports
    from roadmaps.models import RoadmapItem

    city = Municipality.objects.create(title="Измеренск", title_genitive="Измеренска")
    centre = Organisation.objects.create(
        municipality=city, kind=Organisation.Kind.CENTRE, title="Методический центр", short_title="Центр"
    )
    person = StaffMember.objects.create(municipality=city, last_name="Мерная", first_name="Анна", patronymic="Павловна")
    account = Account.objects.create_account("methodist@example.org", staff_member=person)
    account.acting_as = Appointment.objects.create(account=account, role=Role.METHODIST, organisation=centre)
    account.save(update_fields=["acting_as"])
    today = timezone.localdate()
    brought, _ = imports.bring(understood(), filename="bench.txt", municipality=city, by=account, at=timezone.now())
    roadmap = imports.confirm(brought, by=account, at=timezone.now(), today=today - timedelta(days=400))
    item = RoadmapItem.objects.filter(section__roadmap=roadmap).order_by("pk").first()
    reader = Account.objects.create_account("expert@example.org")
    reader.acting_as = Appointment.objects.create(account=reader, role=Role.EXPERT, organisation=centre)
    reader.save(update_fields=["acting_as"])
    return {
        "roadmap": roadmap.pk,
        "item": item.pk if item else 0,
        "centre": centre.pk,
        "session": session_of(account),
        "reader": session_of(reader),
    }


def understood() -> dict[str, Any]:
    """A document of 60 rows as the importers would understand it."""
    phrases = ("Май–июнь, ежегодно", "Октябрь, ежегодно", "до 15 сентября, ежегодно", "В течение года")
    rows = [
        {
            "number": f"{place}.",
            "text": TEXT.format(place),
            "form": "семинар",
            "participants": "заместители директоров",
            "deadline": phrases[place % len(phrases)],
            "responsible_text": "Методисты центра, руководители ШМО",
            "subitems": [],
            "problems": [],
        }
        for place in range(1, ROWS + 1)
    ]
    size = ROWS // SECTIONS
    sections = [
        {"title": f"{place + 1}. Направление", "indicators": [], "items": rows[place * size : (place + 1) * size]}
        for place in range(SECTIONS)
    ]
    return {
        "title": "Дорожная карта для измерений",
        "document": {"kind": "приказ", "number": "1", "date": f"{YEAR - 1}-01-10", "issuer": None, "signatory": None},
        "period": {"start": f"{YEAR - 1}-01-01", "end": f"{YEAR + 2}-12-31"},
        "basis": "calendar",
        "sections": sections,
        "problems": [],
    }


def fill_floor() -> dict[str, Any]:
    """A plan of 60 rows; returns its id, that of a row and the session key."""
    from django.contrib.auth.models import User

    from bench.floor.models import Line, Part, Plan

    user = User.objects.create_user("methodist", first_name="Анна", last_name="Мерная")
    plan = Plan.objects.create(title="Дорожная карта для измерений", author=user)
    for place in range(SECTIONS):
        part = Part.objects.create(plan=plan, title=f"{place + 1}. Направление")
        Line.objects.bulk_create(
            Line(
                part=part,
                number=f"{number}.",
                text=TEXT.format(number),
                form="семинар",
                participants="заместители директоров",
                phrase="Май–июнь, ежегодно",
                starts_on=date(YEAR, 5, 1),
                due_on=date(YEAR, 6, 30),
                responsible=user,
                state=Line.State.OPEN,
                note="",
            )
            for number in range(1, ROWS // SECTIONS + 1)
        )
    line = Line.objects.earliest("pk")
    return {"plan": plan.pk, "line": line.pk, "session": session_of(user)}


def session_of(account: Any) -> str:
    """A signed-in session, made as the sign-in page makes it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)
