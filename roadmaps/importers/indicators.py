"""Target indicators: a cell of them told apart, and what each one is to reach."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from roadmaps.importers.understood import Comparison, Indicator, Problem
from roadmaps.importers.wording import cyrillic, ends_open, joined

LIST_MARK = re.compile(r"^(?:[-–—•*·▪]\s*(?!\d+\s*[-–—])|\d{1,2}[.)]\s+(?!%))")
VALUE = r"(?P<value>\d{1,6}(?:[.,]\d{1,2})?)"
PERCENT = re.compile(rf"{VALUE}\s*(?:%|процент\w*)")
SHARE_HEAD = re.compile(
    r"(?<!\S)(?:(?:не\s+(?:менее|более|ниже|выше)|до|от|более|свыше|менее|к\s+20\d\d\s+году)\s+)*\d{1,3}(?:[.,]\d+)?\s?%\s",
    re.IGNORECASE,
)
COUNTED = re.compile(
    rf"{VALUE}\s*(?P<unit>чел(?:\.|овек\w*)|шт\.?|ед(?:\.|иниц\w*)|балл\w*|раз\w?|педагог\w*|школ\w*|организаци\w*|мероприяти\w*|"
    r"семинар\w*|заседани\w*|публикаци\w*|команд\w*|участник\w*|работник\w*|учител\w*|проект\w*|руб\w*\.?|час\w*)(?![а-яё])",
    re.IGNORECASE,
)
AFTER_COMPARISON = re.compile(rf"(?<=менее |более ){VALUE}\s+(?P<unit>[а-яё]{{3,}})(?<!года)(?<!году)", re.IGNORECASE)
UNITS = {"чел": "чел.", "шт": "шт.", "ед": "ед.", "балл": "балл", "раз": "раз", "руб": "руб.", "час": "ч"}
BY_YEAR = re.compile(r"\b(?:к|до)\s+(?:концу\s+)?(?P<year>20\d\d)\s*г", re.IGNORECASE)
AT_MOST = re.compile(r"не (?:более|выше|превы)|снижени|сокращени|уменьшени|менее чем у|не свыше", re.IGNORECASE)
UP_TO = re.compile(r"\bдо\s*$", re.IGNORECASE)
GROWTH = re.compile(r"увеличени|рост\w*\b|повышени|прирост|расширени|положительн\w+ динамик", re.IGNORECASE)


def read_indicators(cells: Iterable[str]) -> tuple[Indicator, ...]:
    """All indicators in the cells of one task, in their order."""
    return tuple(read_indicator(text) for cell in cells for text in split(cell))


def split(cell: str) -> list[str]:
    """The indicators of one cell: by list marks, by semicolons at a line's end, and before each share run together.

    >>> split("100% школ участвуют 50% педагогов обучены")
    ['100% школ участвуют', '50% педагогов обучены']
    """
    entries: list[str] = []
    is_finished = True
    for line in cell.split("\n"):
        opens = LIST_MARK.match(line) or (SHARE_HEAD.match(f"{line} ") and not ends_open("\n".join(entries[-1:])))
        if opens or is_finished or not entries:
            entries.append(line)
        else:
            entries[-1] += f"\n{line}"
        is_finished = line.endswith(";")
    parts = (part for entry in entries for clause in _clauses(joined(entry)) for part in _shares(clause))
    cleaned = (LIST_MARK.sub("", cyrillic(part).strip()).strip(" ;") for part in parts)
    return [part for part in cleaned if re.search(r"\w", part)]


def read_indicator(text: str) -> Indicator:
    """What one indicator says: its target with the unit, and how a value is held against it.

    «До 15 %» is to be reached, not a ceiling; since it reads both ways, it is flagged.
    """
    until = _until(text)
    share = PERCENT.search(text)
    found = share or COUNTED.search(text) or AFTER_COMPARISON.search(text)
    if found is None:
        comparison = Comparison.GROWTH if GROWTH.search(text) else Comparison.PRESENCE
        return Indicator(text, comparison=comparison, until=until)
    target = _number(found["value"])
    unit = "%" if share else _unit(found["unit"])
    before = text[: found.start()].rstrip()
    if UP_TO.search(before):
        return Indicator(text, target, unit, Comparison.REACH, until, (_ambiguous(found.group()),))
    return Indicator(text, target, unit, _comparison(before), until)


def _clauses(text: str) -> list[str]:
    """The text cut at semicolons outside brackets."""
    return re.split(r";\s*(?![^(]*\))", text)


def _shares(clause: str) -> list[str]:
    """A clause that opens with a share, cut before each further one that does not belong to the words before it."""
    heads = [match.start() for match in SHARE_HEAD.finditer(f"{clause} ")]
    if not heads or heads[0] != 0:
        return [clause]
    cuts = [
        0,
        *(at for at in heads[1:] if not ends_open(clause[:at]) and not clause[:at].endswith("из них ")),
        len(clause),
    ]
    return [clause[start:end] for start, end in pairwise(cuts)]


def _comparison(before: str) -> Comparison:
    if AT_MOST.search(before):
        return Comparison.AT_MOST
    return Comparison.AT_LEAST


def _until(text: str) -> date | None:
    """«К 2024 году» and «до 2024 года» are due when that year ends."""
    year = BY_YEAR.search(text)
    return date(int(year["year"]), 12, 31) if year else None


def _number(text: str) -> int | float:
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _unit(text: str) -> str:
    return next((unit for stem, unit in UNITS.items() if text.casefold().startswith(stem)), text)


def _ambiguous(value: str) -> Problem:
    return Problem(
        "ambiguous_target",
        f"«До {value}» читается двояко: взято как значение, которого надо достичь. Если это предел, исправьте.",
    )
