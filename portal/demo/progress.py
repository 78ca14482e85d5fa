"""What had become of the roadmaps by the day of loading: each point closed, late, moved or waiting."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from directory.models import Account
from portal.demo.documents import Source
from roadmaps.actions import execution
from roadmaps.models import ControlPoint, Roadmap

#: Days when nobody reports anything, besides Saturdays and Sundays.
FEASTS = {(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
SATURDAY = 5

#: How many days before its deadline a point is met, taken in turn.
AHEAD = (0, 3, 1, 6, 2, 9, 4)


@dataclass(frozen=True)
class Teller:
    """Tells how the items of a roadmap went up to a day, with the same verbs as the pages."""

    today: date
    zone: ZoneInfo
    methodist: Account
    manager: Account

    def tell(self, roadmap: Roadmap, stories: Iterable[Source]) -> None:
        """Bring the points of a roadmap to where they stand; ``stories`` go by the order of its items."""
        items = (
            roadmap.sections.order_by("position")
            .values_list("items", flat=True)
            .order_by("position", "items__position")
        )
        points: dict[int, list[ControlPoint]] = {pk: [] for pk in items}
        for point in ControlPoint.objects.filter(item__in=points).order_by("due_on", "subitem__position", "pk"):
            points[point.item_id].append(point)
        for story, of_item in zip(stories, points.values(), strict=True):
            self._tell_item(story, of_item)

    def _tell_item(self, story: Source, points: list[ControlPoint]) -> None:
        past = [point for point in points if point.due_on < self.today]
        coming = [point for point in points if point.due_on >= self.today]
        outcome = story.get("outcome", {})
        if past and not outcome.keys().isdisjoint({"late", "declined", "postponed"}):
            last = past.pop()
            if "declined" in outcome:
                self._decline(last, because=outcome["declined"])
            if "postponed" in outcome:
                self._postpone(last, because=outcome["postponed"], days=outcome["days"])
        if coming and "asked" in outcome:
            self._ask(coming[0], because=outcome["asked"], days=outcome["days"])
        for turn, point in enumerate(past):
            self._complete(point, story, turn=turn, is_last=turn == len(past) - 1)

    def _complete(self, point: ControlPoint, story: Source, *, turn: int, is_last: bool) -> None:
        is_one_day = point.starts_on == point.due_on
        ahead = 0 if is_one_day else AHEAD[(turn + point.item_id) % len(AHEAD)]
        day = working_day_up_to(point.due_on - timedelta(days=ahead))
        notes = story.get("notes", [""])
        execution.complete(
            point,
            on=day,
            by=self.methodist,
            at=self._moment(day, hour=15),
            note=notes[turn % len(notes)],
            evidence=list(_evidence(story)) if is_last else (),
        )

    def _decline(self, point: ControlPoint, *, because: str) -> None:
        day = working_day_up_to(min(point.due_on + timedelta(days=3), self.today - timedelta(days=1)))
        execution.decline(point, because=because, by=self.methodist, at=self._moment(day, hour=11))

    def _postpone(self, point: ControlPoint, *, because: str, days: int) -> None:
        """Asked for shortly before the deadline and granted the same day; the new day is still to come."""
        asked_on = working_day_up_to(point.due_on - timedelta(days=5))
        request = execution.request_postponement(
            point,
            to=working_day_up_to(self.today + timedelta(days=days)),
            because=because,
            by=self.methodist,
            at=self._moment(asked_on, hour=10),
        )
        execution.grant(request, by=self.manager, at=self._moment(asked_on, hour=16), reply="Согласовано.")

    def _ask(self, point: ControlPoint, *, because: str, days: int) -> None:
        execution.request_postponement(
            point,
            to=working_day_up_to(point.due_on + timedelta(days=days)),
            because=because,
            by=self.methodist,
            at=self._moment(working_day_up_to(self.today - timedelta(days=1)), hour=14),
        )

    def _moment(self, day: date, *, hour: int) -> datetime:
        return datetime.combine(day, time(hour, 20), tzinfo=self.zone)


def working_day_up_to(day: date) -> date:
    """The day itself or the nearest earlier one on which people work.

    >>> working_day_up_to(date(2026, 1, 4))
    datetime.date(2025, 12, 31)
    """
    while day.weekday() >= SATURDAY or (day.month, day.day) in FEASTS:
        day -= timedelta(days=1)
    return day


def _evidence(story: Source) -> Iterator[execution.Evidence]:
    if link := story.get("link"):
        yield execution.Evidence(link=link)
    if paper := story.get("file"):
        yield execution.Evidence(
            file=SimpleUploadedFile(paper["name"], paper["text"].encode(), content_type="text/plain"),
            filename=paper["name"],
            content_type="text/plain",
        )
