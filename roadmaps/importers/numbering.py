"""Word's automatic numbers and bullets, written out as the page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True)
class Level:
    """How one level of a list counts: where it starts, in which numerals, and the text around them («%1.%2)»)."""

    start: int
    numerals: str
    pattern: str


@dataclass
class Numbering:
    """The lists of one document and how far each has counted.

    Lists that share a definition count on together; one that names its own start begins anew when first met.
    """

    levels: Mapping[str, Mapping[int, Level]]
    definitions: Mapping[str, str]
    restarts: Mapping[str, Mapping[int, int]]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Any) -> "Numbering":
        """The numbering of ``word/numbering.xml``; an absent one (None) numbers nothing."""
        if root is None:
            return cls({}, {}, {})
        levels = {
            definition.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"), 0)): _level(level) for level in definition.iterfind(qn("w:lvl"))
            }
            for definition in root.iterfind(qn("w:abstractNum"))
        }
        definitions, restarts = {}, {}
        for number in root.iterfind(qn("w:num")):
            identifier = number.get(qn("w:numId"))
            definitions[identifier] = _value(number, "w:abstractNumId", "")
            restarts[identifier] = {
                int(override.get(qn("w:ilvl"), 0)): int(_value(override, "w:startOverride", "1"))
                for override in number.iterfind(qn("w:lvlOverride"))
                if override.find(qn("w:startOverride")) is not None
            }
        return cls(levels, definitions, restarts)

    def next_label(self, number: str, depth: int) -> str:
        """The label of the next paragraph of list ``number`` at ``depth``: «3.», «а)», «-», or nothing."""
        definition = self.definitions.get(number, "")
        levels = self.levels.get(definition, {})
        level = levels.get(depth)
        if level is None:
            return ""
        if level.numerals == "bullet":
            return "-"
        counts = self._counts.setdefault(definition, {})
        if number not in self._met:
            self._met.add(number)
            for restarted, start in self.restarts.get(number, {}).items():
                counts[restarted] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        label = level.pattern
        for other, shown in levels.items():
            label = label.replace(f"%{other + 1}", numeral(counts.get(other, shown.start), shown.numerals))
        return label.strip()


def numeral(number: int, numerals: str) -> str:
    """``number`` in Word's ``numerals``; those seldom seen here are written as plain digits.

    >>> [numeral(4, kind) for kind in ("decimal", "lowerLetter", "russianUpper", "upperRoman", "decimalZero", "none")]
    ['4', 'd', 'Г', 'IV', '04', '']
    """
    if numerals == "none" or number < 0:
        return ""
    if numerals == "decimalZero":
        return f"{number:02}"
    written = str(number)
    if numerals.endswith("Roman"):
        written = _roman(number)
    elif numerals.endswith("Letter"):
        written = _LATIN[(number - 1) % len(_LATIN)]
    elif numerals.startswith("russian"):
        written = _RUSSIAN[(number - 1) % len(_RUSSIAN)]
    return written.upper() if numerals.lower().startswith("upper") or numerals.endswith("Upper") else written


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _level(level: Any) -> Level:
    return Level(
        start=int(_value(level, "w:start", "1")),
        numerals=_value(level, "w:numFmt", "decimal"),
        pattern=_value(level, "w:lvlText", ""),
    )


def _value(parent: Any, tag: str, default: str) -> str:
    child = parent.find(qn(tag))
    return default if child is None else str(child.get(qn("w:val"), default))
