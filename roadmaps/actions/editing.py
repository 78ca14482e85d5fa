"""Edits of the roadmap's table: a cell, a new row, its place, what is removed and brought back."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max

from directory.models import Account
from kit.texts import tidy
from roadmaps.actions.understanding import lay_points, name_parties, understand_phrase
from roadmaps.models import RoadmapItem, Section

#: The cells of a row that are edited in place, in the order of the table.
CELLS = ("number", "text", "form", "participants", "phrase", "responsible", "note")


@dataclass
class EditedMeanwhile(Exception):
    """Somebody else has changed the cell since it was opened; ``theirs`` is what stands there now."""

    theirs: str


class TooLong(Exception):
    """The text does not fit into its cell; the message is Russian."""


@transaction.atomic
def edit_cell(item_id: int, *, cell: str, to: str, was: str, by: Account) -> None:
    """Write one cell of a row that nobody has locked yet; raises as ``write_cell`` does."""
    item = RoadmapItem.objects.select_for_update(of=("self",)).select_related("section__roadmap").get(pk=item_id)
    write_cell(item, cell=cell, to=to, was=was, by=by)


def write_cell(item: RoadmapItem, *, cell: str, to: str, was: str, by: Account) -> None:
    """Write one cell of a locked row that still holds what the editor saw; else ``EditedMeanwhile``, or ``TooLong``."""
    to = tidy(to)
    now = getattr(item, cell)
    if to == now:
        return
    if tidy(now) != tidy(was):
        raise EditedMeanwhile(now)
    limit = RoadmapItem.cell(cell).max_length
    if limit and len(to) > limit:
        raise TooLong(f"Слишком длинно: знаков {len(to)}, помещается {limit}. Сократите текст.")
    setattr(item, cell, to)
    roadmap = item.section.roadmap
    fields = [cell]
    if cell == "phrase":
        understand_phrase(item, roadmap)
        fields += ["kind", "warnings", "schedule"]
    item.sign(by=by)
    item.rewrite(*fields)
    if cell == "phrase":
        lay_points([item], roadmap=roadmap)
    if cell == "responsible":
        name_parties([item], roadmap=roadmap)


@transaction.atomic
def add_item(section: Section, *, after: RoadmapItem | None, by: Account) -> RoadmapItem:
    """An empty row after another, or at the end of the section; pressed twice, it is the same empty row."""
    Section.objects.select_for_update().get(pk=section.pk)  # the second press waits for the first
    rows = list(section.items.filter(removed_at=None).order_by("position", "pk"))
    place = rows.index(after) + 1 if after else len(rows)
    following = rows[place : place + 1] if after else rows[-1:]
    if following and following[0].is_blank:
        return following[0]
    if after is None:
        last = section.items.aggregate(last=Max("position"))["last"]
        position = 1 if last is None else last + 1
    else:
        position = after.position + 1
        section.items.filter(position__gte=position).update(position=F("position") + 1)
    item = RoadmapItem(section=section, position=position)
    understand_phrase(item, section.roadmap)
    item.sign(by=by)
    item.save()
    return item


@transaction.atomic
def move_item(item: RoadmapItem, *, to: Section, before: RoadmapItem | None, by: Account) -> None:
    """Put a row before another row of a section of the same roadmap, or at its end."""
    rows = list(to.items.exclude(pk=item.pk).order_by("position", "pk"))
    place = rows.index(before) if before else len(rows)
    rows.insert(place, item)
    item.section = to
    item.position = place + 1
    item.sign(by=by, because="Перемещено")
    item.save(update_fields=["section", "position"])
    for position, row in enumerate(rows, start=1):
        row.position = position
    RoadmapItem.objects.bulk_update(rows, ["position"])


@transaction.atomic
def move_item_by_one(item: RoadmapItem, *, step: int, by: Account) -> None:
    """Move a row one place up (-1) or down (+1) among the living rows, over the border of its section too."""
    rows = list(RoadmapItem.objects.filter(section__roadmap=item.section.roadmap_id).living().in_order())
    place = rows.index(item)
    other = place + step
    if not 0 <= other < len(rows):
        return _cross_into_empty_section(item, step=step, by=by)
    neighbour = rows[other]
    if neighbour.section_id != item.section_id:
        return _cross_border(item, neighbour, step=step, by=by)
    if step > 0:
        following = rows[other + 1] if other + 1 < len(rows) and rows[other + 1].section_id == item.section_id else None
        return move_item(item, to=item.section, before=following, by=by)
    return move_item(item, to=item.section, before=neighbour, by=by)


def _cross_border(item: RoadmapItem, neighbour: RoadmapItem, *, step: int, by: Account) -> None:
    """Step into the nearest section above or below, which may be an empty one between the two rows."""
    section = _next_section(item.section, step)
    if section is None:
        return
    before = neighbour if step > 0 and neighbour.section_id == section.pk else None
    move_item(item, to=section, before=before, by=by)


def _cross_into_empty_section(item: RoadmapItem, *, step: int, by: Account) -> None:
    section = _next_section(item.section, step)
    if section is not None:
        move_item(item, to=section, before=None, by=by)


def _next_section(section: Section, step: int) -> Section | None:
    sections = list(Section.objects.filter(roadmap=section.roadmap_id).living().order_by("position", "pk"))
    place = sections.index(section) + step
    return sections[place] if 0 <= place < len(sections) else None


@transaction.atomic
def renumber(section_items: list[RoadmapItem], *, by: Account) -> int:
    """Number rows through from 1 with a dot, as papers do; returns how many numbers changed."""
    changed = 0
    for place, item in enumerate(section_items, start=1):
        number = f"{place}."
        if item.number != number:
            item.number = number
            item.sign(by=by, because="Перенумеровано")
            item.save(update_fields=["number"])
            changed += 1
    return changed


@transaction.atomic
def add_section(roadmap_id: int, *, title: str, by: Account) -> Section:
    last = Section.objects.filter(roadmap=roadmap_id).aggregate(last=Max("position"))["last"]
    section = Section(roadmap_id=roadmap_id, position=1 if last is None else last + 1, title=title)
    section.sign(by=by)
    section.save()
    return section
