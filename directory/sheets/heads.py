"""The row of heads: found among the first rows, in any order, case and spacing; a misspelt head is answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.sheets.cells import folded, printed
from directory.sheets.columns import Sheet
from directory.sheets.files import letter_of
from kit.confined import Unreadable

#: A title and a date may stand above the heads.
SEARCHED_ROWS = 20
MOST_COLUMNS = 60
_TOLD = 5


@dataclass(frozen=True)
class Heads:
    """Where each column stands, by its key; ``notes`` name the columns that are not read."""

    line: int
    places: dict[str, int]
    notes: tuple[str, ...] = ()


def find_heads(rows: Sequence[tuple[int, list[object]]], sheet: Sheet) -> Heads:
    """The heads among the first rows; raises ``Unreadable`` with everything that is wrong with them."""
    counted = [sum(folded(printed(cell)) in sheet.by_head for cell in cells if cell != "") for _, cells in rows]
    best = max(range(len(rows)), key=lambda index: counted[index], default=0)
    if not rows or not counted[best]:
        first = ", ".join(f"«{column.head}»" for column in sheet.columns[:3])
        raise Unreadable(f"Не нашлась строка с названиями столбцов. Она должна стоять над таблицей, например: {first}.")
    line, cells = rows[best]
    titles = {place: printed(cell) for place, cell in enumerate(cells) if printed(cell)}
    if len(titles) > MOST_COLUMNS:
        raise Unreadable(f"В таблице столбцов: {len(titles)}, а портал читает до {MOST_COLUMNS}. Удалите лишние.")
    return _placed(line, titles, sheet)


def _placed(line: int, titles: dict[int, str], sheet: Sheet) -> Heads:
    places: dict[str, int] = {}
    strange: dict[int, str] = {}
    complaints = []
    for place, title in titles.items():
        column = sheet.by_head.get(folded(title))
        if column is None:
            strange[place] = title
        elif column.key in places:
            first = letter_of(places[column.key])
            complaints.append(f"Столбец «{column.head}» стоит дважды: {first} и {letter_of(place)}. Оставьте один.")
        else:
            places[column.key] = place
    notes = []
    for place, title in strange.items():
        near = sheet.nearest_to(title)
        if near and near.key not in places:
            complaints.append(
                f"Столбец {letter_of(place)} назван «{title}». Вероятно, «{near.head}»: исправьте название."
            )
        else:
            notes.append(f"Столбец {letter_of(place)} «{title}» портал не знает и не читает.")
    meant = {near.key for title in strange.values() if (near := sheet.nearest_to(title))}
    there = places.keys() | meant
    missing = [column.head for column in sheet.columns if column.must_be_there and column.key not in there]
    if missing:
        named = ", ".join(f"«{head}»" for head in missing)
        complaints.append(f"Нет {'столбца' if len(missing) == 1 else 'столбцов'} {named}. Добавьте и загрузите снова.")
    if complaints:
        raise Unreadable("\n".join(complaints))
    return Heads(line, places, tuple(notes[:_TOLD]))
