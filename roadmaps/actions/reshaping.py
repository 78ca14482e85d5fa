"""Larger edits of the table: one row made two, two made one, many rows changed at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from directory.models import Account
from roadmaps.actions import editing
from roadmaps.actions.understanding import lay_points, name_parties, understand_phrase
from roadmaps.models import ControlPoint, Roadmap, RoadmapItem

#: What a new row takes over from the row it was split from.
SHARED = ("form", "participants", "phrase", "responsible", "schedule")


class NothingBelow(Exception):
    """The row is the last of its section; the message is Russian."""


class NeighbourIsMarked(Exception):
    """The row to be taken in has marks of execution; the message is Russian."""


@transaction.atomic
def split_item(item: RoadmapItem, *, stays: str, moves: str, by: Account) -> RoadmapItem:
    """Leave one text in the row and put the other into a new row below it, with the same deadline and parties."""
    editing.edit_cell(item.pk, cell="text", to=stays, was=item.text, by=by)
    new = editing.add_item(item.section, after=item, by=by)
    new.text = moves
    for cell in SHARED:
        setattr(new, cell, getattr(item, cell))
    roadmap = item.section.roadmap
    schedule = item.schedule
    understand_phrase(new, roadmap)
    new.schedule = schedule
    new.sign(by=by, because="Выделено из соседнего мероприятия")
    new.save()
    name_parties([new], roadmap=roadmap)
    lay_points([new], roadmap=roadmap)
    return new


@transaction.atomic
def join_next(item: RoadmapItem, *, by: Account, at: datetime) -> RoadmapItem:
    """Take the next row of the section into this one; the taken row is removed and can be brought back.

    Raises ``NothingBelow`` or ``NeighbourIsMarked``.
    """
    rows = list(item.section.items.living().in_order())
    below = rows[rows.index(item) + 1 : rows.index(item) + 2]
    if not below:
        raise NothingBelow("Ниже в этом разделе нет мероприятия, которое можно присоединить.")
    neighbour = below[0]
    if neighbour.points.exclude(state=ControlPoint.State.OPEN).exists():
        raise NeighbourIsMarked("У нижнего мероприятия уже есть отметки об исполнении: сначала снимите их.")
    joined = f"{item.text}\n{neighbour.text}".strip()
    editing.edit_cell(item.pk, cell="text", to=joined, was=item.text, by=by)
    neighbour.remove(by=by, at=at)
    return neighbour


@transaction.atomic
def edit_many(roadmap: Roadmap, items: Sequence[RoadmapItem], *, cells: Mapping[str, str], by: Account) -> int:
    """Write the same cells into many rows; returns how many rows changed."""
    changed = []
    for item in items:
        new = {cell: text for cell, text in cells.items() if getattr(item, cell) != text}
        if not new:
            continue
        for cell, text in new.items():
            setattr(item, cell, text)
        fields = list(new)
        if "phrase" in new:
            understand_phrase(item, roadmap)
            fields += ["kind", "warnings", "schedule"]
        item.sign(by=by, because="Изменено вместе с другими")
        item.save(update_fields=fields)
        changed.append(item)
    if "phrase" in cells:
        lay_points(changed, roadmap=roadmap)
    if "responsible" in cells:
        name_parties(changed, roadmap=roadmap)
    return len(changed)
