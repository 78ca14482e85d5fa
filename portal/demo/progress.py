"""What had become of the roadmaps by the day of loading: each point closed, late, moved or waiting."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from deadlines.workdays import Workdays
from directory.models import Account
from portal.demo.documents import Source
from roadmaps.actions import execution
from roadmaps.models import ControlPoint, Postponement, Roadmap, RoadmapItem

#: How many days before its deadline a point is met, taken in turn; what falls on one day is met on that day.
AHEAD = (0, 3, 1, 6, 2, 9, 4)


@dataclass(frozen=True)
class Teller:
    """Tells how the items of a roadmap went up to a day, with the same verbs as the pages."""

    today: date
    zone: ZoneInfo
    methodist: Account
    manager: Account

    def moment(self, day: date, *, hour: int) -> datetime:
        return datetime.combine(day, time(hour, 20), tzinfo=self.zone)

    def tell(self, roadmap: Roadmap, stories: Iterable[Source]) -> None:
        """Bring the points of a roadmap to where they stand; ``stories`` go by the order of its items."""
        items = RoadmapItem.objects.filter(section__roadmap=roadmap).in_order()
        for item, story in zip(items, stories, strict=True):
            points = list(item.points.order_by("due_on", "subitem__position", "pk"))
            past = [point for point in points if point.due_on < self.today]
            coming = [point for point in points if point.due_on >= self.today]
            if "outcome" in story:
                self._tell_outcome(story["outcome"], past, coming)
            self._tell_success(story, past)

    def _tell_outcome(self, outcome: Source, past: list[ControlPoint], coming: list[ControlPoint]) -> None:
        """What went otherwise than planned; a point that has found its end so is taken out of ``past``."""
        match outcome["kind"]:
            case "late":
                past.pop()
            case "declined":
                self._decline(past.pop(), because=outcome["because"])
            case "dismissed":
                self._dismiss(past.pop(), because=outcome["because"])
            case "postponed":
                self._postpone(past.pop(), because=outcome["because"], days=outcome["days"])
            case "refused":
                self._refuse(past[-1], because=outcome["because"], days=outcome["days"], reply=outcome["reply"])
            case "asked":
                yesterday = Workdays().shifted(self.today - timedelta(days=1))
                self._ask(
                    coming[0], on=yesterday, to=self._after(coming[0], outcome["days"]), because=outcome["because"]
                )

    def _tell_success(self, story: Source, points: list[ControlPoint]) -> None:
        """Each point done with one of the story's notes; the evidence stands at the newest."""
        notes = story.get("notes", [""])
        for turn, point in enumerate(points):
            ahead = 0 if point.starts_on == point.due_on else AHEAD[(turn + point.item_id) % len(AHEAD)]
            day = Workdays().shifted(point.due_on - timedelta(days=ahead))
            execution.complete(
                point,
                on=day,
                by=self.methodist,
                at=self.moment(day, hour=15),
                note=notes[turn % len(notes)],
                evidence=list(_evidence(story)) if point == points[-1] else (),
            )

    def _decline(self, point: ControlPoint, *, because: str) -> None:
        execution.decline(point, because=because, by=self.methodist, at=self._soon_after(point))

    def _dismiss(self, point: ControlPoint, *, because: str) -> None:
        execution.dismiss(point, because=because, by=self.methodist, at=self._soon_after(point))

    def _postpone(self, point: ControlPoint, *, because: str, days: int) -> None:
        """Granted on the day it was asked for, shortly before the deadline; the new day is still to come."""
        day = Workdays().shifted(point.due_on - timedelta(days=5))
        new_day = Workdays().shifted(self.today + timedelta(days=days))
        request = self._ask(point, on=day, to=new_day, because=because)
        execution.grant(request, by=self.manager, at=self.moment(day, hour=16), reply="Согласовано.")

    def _refuse(self, point: ControlPoint, *, because: str, days: int, reply: str) -> None:
        """Refused a good while before the deadline, which was then kept."""
        day = Workdays().shifted(point.due_on - timedelta(days=20))
        request = self._ask(point, on=day, to=self._after(point, days), because=because)
        execution.refuse(request, by=self.manager, at=self.moment(day, hour=17), reply=reply)

    def _ask(self, point: ControlPoint, *, on: date, to: date, because: str) -> Postponement:
        return execution.request_postponement(
            point, to=to, because=because, by=self.methodist, at=self.moment(on, hour=10)
        )

    def _after(self, point: ControlPoint, days: int) -> date:
        return Workdays().shifted(point.due_on + timedelta(days=days))

    def _soon_after(self, point: ControlPoint) -> datetime:
        """Some days after the deadline, but before the day of loading."""
        day = min(point.due_on + timedelta(days=3), self.today - timedelta(days=1))
        return self.moment(Workdays().shifted(day), hour=11)


def _evidence(story: Source) -> Iterator[execution.Evidence]:
    if link := story.get("link"):
        yield execution.Evidence(link=link)
    if paper := story.get("file"):
        yield execution.Evidence(
            file=SimpleUploadedFile(paper["name"], paper["text"].encode(), content_type="text/plain"),
            filename=paper["name"],
            content_type="text/plain",
        )
