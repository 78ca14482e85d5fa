"""Names of people: surname, first name and patronymic in a case, and the ways of writing them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case as NameCase
from pytrovich.enums import Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from reports.declension.cases import LONGEST, Case, as_cased, spaced

_CYRILLIC_NAME = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
#: Families differ: «Заяца» or «Зайца», «Бобока» or «Бобка».
_FLEETING_VOWEL = re.compile(r"(?:ец|яц|ок|[её]к|ень|[её]л)$", re.IGNORECASE)
#: «Грачом» or «Грачем»: the stress decides, and it is not written.
_STRESS_DECIDES = re.compile(r"(?<!и)[жшчщц]$", re.IGNORECASE)
_SOFT_FEMININE = dict(zip(Case, ("и", "и", "ь", "ью", "и"), strict=True))


class Written(StrEnum):
    """How much of a name is written, and in what order."""

    FULL = "full"  # «Петрова Елена Николаевна»
    SHORT = "short"  # «Петрова Е. Н.»
    INITIALS_FIRST = "initials_first"  # «Е. Н. Петрова»


@dataclass(frozen=True)
class Name:
    """A person's name in the nominative."""

    last: str
    first: str
    patronymic: str = ""

    @property
    def parts(self) -> tuple[str, str, str]:
        return spaced(self.last), spaced(self.first), spaced(self.patronymic)

    @property
    def full(self) -> str:
        return " ".join(filter(None, self.parts))

    @property
    def signature(self) -> str:
        """«Е.Н. Петрова», as it stands beside the handwritten signature."""
        return "\u00a0".join(filter(None, ("".join(self._initials), self.parts[0])))

    def written(self, way: Written, declined: Sequence[str]) -> str:
        """The name in one of the ways of writing it, out of its three parts already declined."""
        initials = "\u00a0".join(self._initials)
        return {
            Written.FULL: " ".join(filter(None, declined)),
            Written.SHORT: "\u00a0".join(filter(None, (declined[0], initials))),
            Written.INITIALS_FIRST: "\u00a0".join(filter(None, (initials, declined[0]))),
        }[way]

    @property
    def _initials(self) -> list[str]:
        return [f"{part[0]}." for part in self.parts[1:] if part]


@cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


@cache
def _detector() -> PetrovichGenderDetector:
    return PetrovichGenderDetector()


def declined_parts(name: Name, case: Case) -> tuple[tuple[str, str, str], bool]:
    """Surname, first name and patronymic in the case, and whether they are sure."""
    gender = _gender(name.parts[2])
    last, first, patronymic = name.parts
    readable = len(name.full) <= LONGEST and all(map(_CYRILLIC_NAME.fullmatch, filter(None, (last, first))))
    if gender is None or not readable:
        return name.parts, False
    declined = (
        _name_part(NamePart.LASTNAME, last, gender, case),
        _soft_feminine(first, case)
        if gender is Gender.FEMALE and first.endswith("ь")
        else _name_part(NamePart.FIRSTNAME, first, gender, case),
        _name_part(NamePart.MIDDLENAME, patronymic, gender, case),
    )
    return declined, not (gender is Gender.MALE and _doubtful(last, case))


def _gender(patronymic: str) -> Gender | None:
    """Only the patronymic tells: «Женя Ким» is anybody."""
    if len(patronymic) > LONGEST or not all(map(_CYRILLIC_NAME.fullmatch, patronymic.split())):
        return None
    found = _detector().detect(middlename=patronymic)
    return None if found is Gender.ANDROGYNOUS else found


def _name_part(part: NamePart, text: str, gender: Gender, case: Case) -> str:
    return as_cased(_maker().make(part, gender, NameCase[case.name], text), text) if text else ""


def _soft_feminine(first: str, case: Case) -> str:
    """«Гузель», «Любовь»: the library leaves the ones it has no list of, and all of them decline alike."""
    return as_cased(first[:-1] + _SOFT_FEMININE[case], first)


def _doubtful(last: str, case: Case) -> bool:
    return bool(_FLEETING_VOWEL.search(last) or (case is Case.INSTRUMENTAL and _STRESS_DECIDES.search(last)))


def corrected_surname(name: Name, corrected: str) -> tuple[str, bool]:
    """The surname out of a corrected full name: its words before the given names, when their number is the same."""
    words, of_last = corrected.split(), len(name.parts[0].split())
    same = len(words) == len(name.full.split())
    return (" ".join(words[:of_last]), True) if same else (name.parts[0], False)
