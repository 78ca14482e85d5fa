"""The nouns of roadmaps."""

from roadmaps.models.editions import Edition
from roadmaps.models.imports import RoadmapImport
from roadmaps.models.indicators import Indicator
from roadmaps.models.items import Party, RoadmapItem, SubItem
from roadmaps.models.points import ControlPoint, Postponement
from roadmaps.models.proofs import Proof
from roadmaps.models.roadmaps import Passage, Roadmap, Section
from roadmaps.models.schedules import Schedule, ScheduleDay, ScheduleWindow

__all__ = [
    "ControlPoint",
    "Edition",
    "Indicator",
    "Party",
    "Passage",
    "Postponement",
    "Proof",
    "Roadmap",
    "RoadmapImport",
    "RoadmapItem",
    "Schedule",
    "ScheduleDay",
    "ScheduleWindow",
    "Section",
    "SubItem",
]
