"""Windows of external schedules: moving one moves the points that hang on it."""

from datetime import date

from django.db import transaction

from directory.models import Account
from roadmaps.actions.understanding import lay_points
from roadmaps.models import Roadmap, RoadmapItem, Schedule, ScheduleDay, ScheduleWindow


@transaction.atomic
def keep_window(window: ScheduleWindow, *, by: Account) -> None:
    """Save a new or moved window and lay the points of every item that follows its schedule."""
    window.sign(by=by)
    window.save()
    lay_points_of(window.schedule)


@transaction.atomic
def remove_window(window: ScheduleWindow, *, by: Account) -> None:
    window.sign(by=by)
    window.delete()
    lay_points_of(window.schedule)


@transaction.atomic
def name_day(window: ScheduleWindow, *, organisation_id: int, on: date, by: Account) -> None:
    """Set the day of one school inside a window; named again, it moves."""
    held = window.days.select_for_update().filter(organisation_id=organisation_id).first()
    named = held or ScheduleDay(window=window, organisation_id=organisation_id)
    named.day = on
    named.sign(by=by)
    named.save()


@transaction.atomic
def follow(item: RoadmapItem, schedule: Schedule | None, *, by: Account) -> None:
    """Let an item follow a schedule, or none."""
    item.schedule = schedule
    item.sign(by=by, because=f"График: {schedule}" if schedule else "Без графика")
    item.save(update_fields=["schedule"])
    lay_points([item], roadmap=item.section.roadmap)


def lay_points_of(schedule: Schedule) -> None:
    for roadmap in Roadmap.objects.filter(sections__items__schedule=schedule).distinct():
        items = RoadmapItem.objects.filter(section__roadmap=roadmap, schedule=schedule).prefetch_related("subitems")
        lay_points(items, roadmap=roadmap)
