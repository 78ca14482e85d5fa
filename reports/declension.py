"""Names and job titles in the cases of an order, by kept libraries, a person's corrections first.

``Declension(remembered)`` answers ``person(name, case)``, ``post(title, case)``, ``thing(text, case)`` and
``by_hand(text, case)``. Every answer is a ``Form``: the text, and whether it is sure enough to be printed unread.
What nobody can know (the gender of a name without a patronymic) stays nominative and unsure. Any text is answered,
none is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from pymorphy3.analyzer import Parse
from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case as NameCase
from pytrovich.enums import Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from roadmaps.importers.wording import morphology


class Case(StrEnum):
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


class Written(StrEnum):
    """How much of a name is written, and in what order."""

    FULL = "full"  # «Петрова Елена Николаевна»
    SHORT = "short"  # «Петрова Е. Н.»
    INITIALS_FIRST = "initials_first"  # «Е. Н. Петрова»


@dataclass(frozen=True)
class Form:
    """A declined text; unless it is sure, somebody should read it before it is printed."""

    text: str
    sure: bool


@dataclass(frozen=True)
class Name:
    """A person's name in the nominative."""

    last: str
    first: str
    patronymic: str = ""

    @property
    def parts(self) -> tuple[str, str, str]:
        return _spaced(self.last), _spaced(self.first), _spaced(self.patronymic)

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


#: What somebody once corrected, by the nominative (of a person: the full name) and the case.
Remembered = Mapping[tuple[str, Case], str]

#: Longer texts are neither names nor job titles; they stay as they are.
LONGEST = 500


@dataclass(frozen=True)
class Declension:
    """Answers in cases; a remembered correction wins over every library."""

    remembered: Remembered = field(default_factory=dict)

    def person(self, name: Name, case: Case, written: Written = Written.FULL) -> Form:
        """The name in the case.

        >>> Declension().person(Name("Кузьмук", "Анна", "Петровна"), Case.DATIVE).text
        'Кузьмук Анне Петровне'
        """
        parts, sure = _name_parts(name, case)
        corrected = self.remembered.get((name.full, case))
        if corrected is None:
            return Form(name.written(written, parts), sure)
        if written is Written.FULL:
            return Form(corrected, sure=True)
        surname, known = _corrected_surname(name, corrected)
        return Form(name.written(written, (surname, "", "")), known)

    def post(self, title: str, case: Case) -> Form:
        """The title with its head in the case.

        >>> Declension().post("заместитель директора по УВР", Case.GENITIVE).text
        'заместителя директора по УВР'
        """
        corrected = self.remembered.get((_spaced(title), case))
        return _post(_spaced(title), case) if corrected is None else Form(corrected, sure=True)

    def thing(self, text: str, case: Case) -> Form:
        """A document, an act or an office named by its first words; what follows them stays, «МКУ «ИМЦ»» does whole.

        >>> Declension().thing("муниципальная программа поддержки педагогов", Case.ACCUSATIVE).text
        'муниципальную программу поддержки педагогов'
        """
        corrected = self.remembered.get((_spaced(text), case))
        if corrected is not None:
            return Form(corrected, sure=True)
        return Form(_spaced(text), sure=True) if _opens_with_abbreviation(text) else Form(*_phrase(_spaced(text), case))

    def by_hand(self, text: str, case: Case) -> Form:
        """An organisation, or any other phrase: only a person declines it; until then it stays as it is."""
        corrected = self.remembered.get((_spaced(text), case))
        return Form(_spaced(text), sure=False) if corrected is None else Form(corrected, sure=True)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _as_cased(result: str, word: str) -> str:
    """The result in capitals where the word is."""
    if len(word) > 1 and word.isupper():
        return result.upper()
    return result[:1].upper() + result[1:] if word[:1].isupper() else result


# Names

_CYRILLIC_NAME = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
#: Families differ: «Заяца» or «Зайца», «Бобока» or «Бобка».
_FLEETING_VOWEL = re.compile(r"(?:ец|яц|ок|[её]к|ень|[её]л)$", re.IGNORECASE)
#: «Грачом» or «Грачем»: the stress decides, and it is not written.
_STRESS_DECIDES = re.compile(r"(?<!и)[жшчщц]$", re.IGNORECASE)
_SOFT_FEMININE = dict(zip(Case, ("и", "и", "ь", "ью", "и"), strict=True))


@cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


@cache
def _detector() -> PetrovichGenderDetector:
    return PetrovichGenderDetector()


def _name_parts(name: Name, case: Case) -> tuple[tuple[str, str, str], bool]:
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
    return _as_cased(_maker().make(part, gender, NameCase[case.name], text), text) if text else ""


def _soft_feminine(first: str, case: Case) -> str:
    """«Гузель», «Любовь»: the library leaves the ones it has no list of, and all of them decline alike."""
    return _as_cased(first[:-1] + _SOFT_FEMININE[case], first)


def _doubtful(last: str, case: Case) -> bool:
    return bool(_FLEETING_VOWEL.search(last) or (case is Case.INSTRUMENTAL and _STRESS_DECIDES.search(last)))


def _corrected_surname(name: Name, corrected: str) -> tuple[str, bool]:
    """The surname out of a corrected full name: its words before the given names, when their number is the same."""
    words, of_last = corrected.split(), len(name.parts[0].split())
    same = len(words) == len(name.full.split())
    return (" ".join(words[:of_last]), True) if same else (name.parts[0], False)


# Job titles

#: They stand in for a whole head and never change; the rest is in the genitive already.
_FIXED_HEAD = re.compile(r"(?:и\.\s?о\.|вр\.?\s?и\.?\s?о\b\.?|врид\b|(?:зам|зав|нач|рук|пом)\.)", re.IGNORECASE)
#: They stand for an adjective and are passed over.
_SHORT_ADJECTIVE = re.compile(r"(?:ст|мл|гл|вед)\.\s?", re.IGNORECASE)
#: After one of these a second head may follow: «директор, учитель физики», «учитель – логопед».
_JOINT = re.compile(r"(,\s|\s[–—-]\s|\sи\s)")
#: From here on the words are somebody's own name, a number or an aside.
_OPAQUE = re.compile(r"[«»“”„\"'(№\d]")
_WORD = re.compile(r"\s*([А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+){0,2})(?![\w.-])")
_CAPITALS = re.compile(r"\s*([А-ЯЁ]{2,6})(?![\w.-])")
_LONGEST_WORD = 40
#: A head is seldom longer: «временно исполняющий обязанности» is three words.
_MOST_WORDS = 8
_UNCHANGED_IN_COMPOUND = {"генерал", "премьер", "шеф"}
_GRAMMEMES = dict(zip(Case, ("gent", "datv", "accs", "ablt", "loct"), strict=True))

#: A word of the head with the reading of each of its hyphenated pieces; ``None`` stays as it is.
_Read = tuple[str, tuple[Parse | None, ...]]


def _post(title: str, case: Case) -> Form:
    if not title or len(title) > LONGEST:
        return Form(title, sure=False)
    if _FIXED_HEAD.match(title):
        return Form(title, sure=True)
    opaque = _OPAQUE.search(title)
    end = opaque.start() if opaque else len(title)
    first, *others = _JOINT.split(title[:end])
    declined, sure = _phrase(first, case)
    if declined == first and not sure:
        return Form(title, sure=False)
    for joint, part in zip(others[::2], others[1::2], strict=True):
        further = _further_head(part, case)
        sure = sure and further == part
        declined += joint + further
    return Form(declined + title[end:], sure)


def _further_head(part: str, case: Case) -> str:
    """A second title, or a participle about the first; things and plain genitives stay."""
    head = _head(_words(part))
    readings = [reading for _, pieces in head for reading in pieces if reading]
    nouns = [reading for reading in readings if reading.tag.POS == "NOUN"]
    return _phrase(part, case)[0] if readings and all(map(_lives, nouns)) else part


def _opens_with_abbreviation(text: str) -> bool:
    """«МКУ», «МАНОУ»: short, in capitals, and no word of the language, so it has no cases."""
    opening = _CAPITALS.match(text)
    return opening is not None and not morphology().word_is_known(opening[1].casefold())


def _phrase(text: str, case: Case) -> tuple[str, bool]:
    """The phrase with its nominative head declined, and whether the head is known and has but one meaning."""
    start = _SHORT_ADJECTIVE.match(text)
    lead = start.group() if start else ""
    head = _head(_words(text[len(lead) :]))
    rest, declined, sure = text[len(lead) :], lead, bool(head)
    living = not any(reading and "inan" in reading.tag for reading in (head[-1][1] if head else ()))
    for word, pieces in head:
        before, rest = rest.split(word, 1)
        inflected = _inflected(word, pieces, case, living=living)
        declined += before + (inflected or word)
        sure = sure and inflected is not None and all(reading.is_known for reading in pieces if reading)
    return declined + rest, sure and not _is_ambiguous(head)


def _words(text: str) -> list[str]:
    """The words a head may consist of: plain Cyrillic ones from the beginning, up to an abbreviation in capitals."""
    words: list[str] = []
    position = 0
    while len(words) < _MOST_WORDS and (match := _WORD.match(text, position)):
        word, position = match[1], match.end()
        if len(word) > _LONGEST_WORD or (word.isupper() and not text.isupper()):
            break
        words.append(word)
    return words


def _head(words: Sequence[str], like: Parse | None = None) -> list[_Read]:
    """Adjectives that agree, and the first noun; without a noun the last adjective is the head («заведующий отделом»).

    An adverb before them («временно исполняющий») is kept.
    """
    if not words:
        return []
    word, *rest = words
    adjective = _adjective(word, like)
    if adjective and (further := _head(rest, adjective)):
        return [(word, (adjective,)), *further]
    if noun := _noun(word, like):
        return [(word, noun)]
    if adjective:
        return [(word, (adjective,))]
    if like is None and rest and any(reading.tag.POS == "ADVB" for reading in _readings(word)):
        further = _head(rest)
        return [(word, (None,)), *further] if further else []
    return []


def _readings(word: str) -> list[Parse]:
    return morphology().parse(word.casefold())


def _adjective(word: str, like: Parse | None) -> Parse | None:
    found = (
        reading
        for reading in _readings(word)
        if reading.tag.POS in {"ADJF", "PRTF"} and "nomn" in reading.tag and _agree(reading, like)
    )
    return next(found, None)


def _noun(word: str, like: Parse | None) -> tuple[Parse | None, ...]:
    """The reading of a noun and of each noun joined to it by a hyphen; empty when it is none."""
    *joined, last = word.split("-")
    main = _nominative(last, like)
    if main is None or (like and last.casefold() == "обязанности"):
        return ()
    return (*(_companion(piece, main) for piece in joined), main)


def _companion(piece: str, main: Parse) -> Parse | None:
    """«учитель-» of «учитель-логопед» declines, «пресс-» of «пресс-секретарь» does not: it names no person."""
    reading = _nominative(piece, None)
    alike = reading is not None and _lives(reading) == _lives(main) and reading.tag.number == main.tag.number
    return reading if alike and piece.casefold() not in _UNCHANGED_IN_COMPOUND else None


def _lives(noun: Parse) -> bool:
    return "anim" in noun.tag


def _nominative(word: str, like: Parse | None) -> Parse | None:
    """The likeliest nominative reading of a noun, of a living being first: a job title names a person."""
    nouns = [
        reading
        for reading in _readings(word)
        if reading.tag.POS == "NOUN" and "nomn" in reading.tag and _agree(reading, like)
    ]
    return next((noun for noun in nouns if _lives(noun)), nouns[0] if nouns else None)


def _agree(reading: Parse, like: Parse | None) -> bool:
    if like is None:
        return True
    tag, other = reading.tag, like.tag
    same_gender = tag.gender is None or other.gender is None or tag.gender == other.gender
    return bool(tag.number == other.number and (tag.number == "plur" or same_gender))


def _is_ambiguous(head: Sequence[_Read]) -> bool:
    """«школа-интернат» declines otherwise than «интернет-портал»; «учителя» are many, or one in the genitive."""
    pieces = head[-1][1] if head else ()
    nouns = [reading for reading in pieces if reading]
    compound_thing = len(pieces) > 1 and not any(map(_lives, nouns))
    return compound_thing or (
        len(head) == 1
        and any(
            noun.tag.number == "plur" and any({"sing", "gent"} in other.tag for other in _readings(noun.word))
            for noun in nouns
        )
    )


def _inflected(word: str, pieces: Sequence[Parse | None], case: Case, *, living: bool) -> str | None:
    """The word in the case; ``None`` when the dictionary has no such form."""
    texts = word.split("-") if len(pieces) > 1 else [word]
    declined = [_piece(text, reading, case, living=living) for text, reading in zip(texts, pieces, strict=True)]
    return None if None in declined else "-".join(filter(None, declined))


def _piece(text: str, reading: Parse | None, case: Case, *, living: bool) -> str | None:
    if reading is None:
        return text
    inflected = reading.inflect(_wanted(reading, case, living=living))
    if inflected is None:
        return None
    # The dictionary writes «ё» where people write «е»: what was typed without it stays without it.
    result = inflected.word.replace("ё", "е") if "ё" in reading.word and "ё" not in text.casefold() else inflected.word
    return _as_cased(result, text)


def _wanted(reading: Parse, case: Case, *, living: bool) -> set[str]:
    """The grammemes of the form; an adjective's accusative follows whether its noun lives («методический совет»)."""
    tag = reading.tag
    wanted = {_GRAMMEMES[case], tag.number}
    if tag.POS == "NOUN":
        return wanted
    if tag.number == "sing":
        wanted.add(tag.gender)
    if case is Case.ACCUSATIVE and (tag.number == "plur" or tag.gender == "masc"):
        wanted.add("anim" if living else "inan")
    return wanted
