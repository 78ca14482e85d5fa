"""Texts kept line by line: the statements of a roadmap's text part, the sub-items of a row."""

from collections.abc import Mapping

from django.db import transaction

from directory.models import Account
from kit.texts import tidy
from roadmaps.actions.understanding import lay_points
from roadmaps.models import ControlPoint, Passage, Roadmap, RoadmapItem, SubItem


class LinesChangedMeanwhile(Exception):
    """Somebody else has changed these texts since they were opened; ``theirs`` is what stands there now, by field."""

    def __init__(self, theirs: dict[str, str]) -> None:
        super().__init__()
        self.theirs = theirs


class PartIsMarked(Exception):
    """A sub-item with a mark cannot be dropped; the message is Russian."""


def passages_as_lines(roadmap: Roadmap) -> dict[str, str]:
    """The text part by kind, a statement a line."""
    passages = list(roadmap.passages.order_by("position", "pk"))
    return {
        kind: "\n".join(passage.as_line() for passage in passages if passage.kind == kind)
        for kind in Passage.Kind.values
    }


@transaction.atomic
def write_passages(roadmap: Roadmap, *, to: Mapping[str, str], was: Mapping[str, str], by: Account) -> None:
    """Write the kinds whose lines were changed, each against what its editor saw; raises ``LinesChangedMeanwhile``."""
    locked = Roadmap.objects.select_for_update(of=("self",)).get(pk=roadmap.pk)
    now = passages_as_lines(locked)
    changed = [kind for kind, text in to.items() if tidy(text) != tidy(was.get(kind, ""))]
    if clashes := {kind: now[kind] for kind in changed if now[kind] != tidy(was.get(kind, ""))}:
        raise LinesChangedMeanwhile(clashes)
    for kind in changed:
        for passage in locked.passages.filter(kind=kind):
            passage.sign(by=by)
            passage.delete()
        lines = filter(None, (line.strip() for line in to[kind].splitlines()))
        for position, line in enumerate(lines, start=1):
            passage = Passage.parse_line(kind, line)
            passage.roadmap, passage.position = locked, position
            passage.sign(by=by)
            passage.save()


def parts_as_lines(item: RoadmapItem) -> str:
    """The sub-items of a row, one a line; a deadline of its own stands after a bar."""
    parts = item.subitems.order_by("position", "pk")
    return "\n".join(f"{part.text} | {part.phrase}" if part.phrase else part.text for part in parts)


@transaction.atomic
def write_parts(item: RoadmapItem, *, to: str, was: str, by: Account) -> None:
    """Make the sub-items these lines; one whose text stays keeps its points and marks.

    Raises ``LinesChangedMeanwhile`` or ``PartIsMarked``.
    """
    locked = RoadmapItem.objects.select_for_update(of=("self",)).select_related("section__roadmap").get(pk=item.pk)
    if (now := parts_as_lines(locked)) != tidy(was):
        raise LinesChangedMeanwhile({"parts": now})
    standing = {part.text: part for part in locked.subitems.all()}
    lines = filter(None, (line.strip() for line in to.splitlines()))
    for position, line in enumerate(lines, start=1):
        text, _, phrase = (cell.strip() for cell in line.partition("|"))
        part = standing.pop(text, None) or SubItem(item=locked, text=text)
        part.position, part.phrase = position, phrase
        part.sign(by=by)
        part.save()
    for part in standing.values():
        if part.points.exclude(state=ControlPoint.State.OPEN).exists():
            raise PartIsMarked(f"Подпункт «{part.text}» уже отмечен: снимите отметку, чтобы убрать его.")
        part.sign(by=by)
        part.delete()
    lay_points([locked], roadmap=locked.section.roadmap)
