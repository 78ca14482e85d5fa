"""Roadmap → annex: the text part, the table of the plan, the table of indicators, as an order prints them."""

from collections.abc import Mapping
from typing import Any

from reports.paper import Annex, Column, Group, Passage, Table
from roadmaps.models import Passage as Statement

#: A roadmap as ``roadmaps.actions.editions.content_of`` collects it.
Content = Mapping[str, Any]

NUMBER, NUMBER_WEIGHT = "№ п/п", 7
#: Cells of the plan with their titles and shares of the width; the optional ones are left out where no row fills them.
CELLS = {
    "number": (NUMBER, NUMBER_WEIGHT),
    "text": ("Мероприятия", 40),
    "form": ("Форма проведения", 14),
    "participants": ("Участники", 14),
    "phrase": ("Сроки", 18),
    "responsible": ("Ответственные", 22),
    "note": ("Примечание", 14),
}
OPTIONAL = ("number", "form", "participants", "note")


def annex_of(content: Content, *, mark: tuple[str, ...] = ()) -> Annex:
    return Annex(
        mark=mark,
        title=content["title"],
        passages=_passages(content),
        tables=tuple(filter(None, (_plan(content), _indicators(content)))),
    )


def _passages(content: Content) -> tuple[Passage, ...]:
    goal = (Passage("Цель", (content["goal"],)),) if content["goal"] else ()
    return goal + tuple(
        Passage(_heading(kind, statements), tuple(_statement(kind, statement) for statement in statements))
        for kind, statements in content["passages"].items()
    )


def _heading(kind: str, statements: list[str]) -> str:
    known = Statement.Kind(kind)
    return Statement.PLURALS[known] if len(statements) > 1 else known.label.capitalize()


def _statement(kind: str, statement: str) -> str:
    """A stage is kept with its days behind a bar, and printed with them in brackets."""
    text, bar, days = statement.rpartition(" | ")
    return f"{text} ({days})" if bar and kind == Statement.Kind.STAGE else statement


def _plan(content: Content) -> Table | None:
    rows = [item for section in content["sections"] for item in section["items"]]
    if not rows:
        return None
    cells = [cell for cell in CELLS if cell not in OPTIONAL or any(row[cell] for row in rows)]
    return Table(
        columns=tuple(Column(*CELLS[cell]) for cell in cells),
        groups=tuple(
            Group(section["title"], tuple(tuple(_cell(item, cell) for cell in cells) for item in items))
            for section in content["sections"]
            if (items := section["items"])
        ),
    )


def _cell(item: Content, cell: str) -> str:
    """A printed cell; parts of an item stand below its text, their deadlines where the row names none."""
    text, parts = str(item[cell]), item["subitems"]
    if cell == "text" and parts:
        return "\n".join([text, *(f"– {part['text']}" for part in parts)])
    if cell == "phrase" and not text:
        return "\n".join(part["phrase"] for part in parts if part["phrase"])
    return text


def _indicators(content: Content) -> Table | None:
    groups = tuple(
        Group(
            section["title"],
            tuple((f"{place}.", indicator["text"]) for place, indicator in enumerate(section["indicators"], start=1)),
        )
        for section in content["sections"]
        if section["indicators"]
    )
    columns = (Column(NUMBER, NUMBER_WEIGHT), Column("Показатель", 94))
    return Table(columns, groups, title="Целевые показатели") if groups else None


def is_dated(item: Content) -> bool:
    """Whether the printed row names a deadline at all."""
    return bool(_cell(item, "phrase"))
