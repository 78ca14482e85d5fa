"""The personal calendar: one's own open deadlines as iCalendar, behind an address that cannot be guessed."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from icalendar import Calendar, Event, vDuration

from directory.models import Account
from reminders import agenda
from reminders.models import Preference
from roadmaps.models import ControlPoint, RoadmapItem

#: What the database holds gives no address: the signature takes the portal's secret key.
TOKENS = Signer(salt="reminders.feed", sep=".")
#: How often a calendar is asked to look again.
REFRESH = timedelta(hours=4)


def address(preference: Preference) -> str:
    """Where a calendar app finds the deadlines of this account."""
    return settings.SITE_URL + reverse("reminders:feed", args=[token_of(preference)])


def token_of(preference: Preference) -> str:
    token: str = TOKENS.sign_object([preference.account_id, preference.calendar_key])
    return token


def preference_behind(token: str) -> Preference | None:
    """Whose calendar the address opens, or None for one that was made up or given up."""
    try:
        account, key = TOKENS.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    acting = "account__acting_as__organisation__municipality"
    found = Preference.objects.select_related(acting, "account__staff_member")
    return found.filter(account=account, calendar_key=key, account__is_active=True).first()


def points_of(account: Account, today: date) -> QuerySet[ControlPoint]:
    """The account's own open points with when and how often each was changed."""
    points = agenda.in_order(agenda.points_of(account, today))
    versions = ControlPoint.history.filter(id=OuterRef("pk")).order_by().values("id")
    texts = RoadmapItem.history.filter(id=OuterRef("item")).order_by().values("id")
    return points.annotate(
        changed_at=Subquery(versions.annotate(at=Max("history_date")).values("at")),
        versions=Subquery(versions.annotate(count=Count("pk")).values("count")),
        reworded_at=Subquery(texts.annotate(at=Max("history_date")).values("at")),
    )


def calendar_of(points: Iterable[ControlPoint]) -> bytes:
    """The calendar as a file; the same points make the same bytes, whenever it is asked for."""
    calendar = Calendar()
    calendar.add("prodid", "-//Methodical portal//Deadlines//RU")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Мои сроки")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for point in points:
        calendar.add_component(_event(point))
    return bytes(calendar.to_ical())


def _event(point: ControlPoint) -> Event:
    item, link = point.item, settings.SITE_URL + point.get_absolute_url()
    roadmap = item.section.roadmap.title + (f", п. {item.bare_number}" if item.number else "")
    moments = [moment for moment in (point.changed_at, point.reworded_at) if moment]  # type: ignore[attr-defined]
    # Rows written before anything was remembered have no version; they are as old as their roadmap.
    changed_at = max(moments, default=item.section.roadmap.created_at)
    event = Event()
    event.add("uid", f"controlpoint-{point.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("summary", f"{item.text}: {point.subitem.text}" if point.subitem else item.text)
    event.add("description", f"{roadmap}\n{link}")
    event.add("url", link)
    event.add("dtstart", point.due_on)
    event.add("dtend", point.due_on + timedelta(days=1))
    event.add("dtstamp", _whole_second(changed_at))
    event.add("last-modified", _whole_second(changed_at))
    event.add("sequence", max(0, (point.versions or 0) - 1))  # type: ignore[attr-defined]
    event.add("transp", "TRANSPARENT")
    return event


def _whole_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
