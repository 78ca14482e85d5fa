"""Job titles and other phrases: the nominative head declines, adjectives with their noun, and the rest stays."""

import re
from collections.abc import Sequence

from pymorphy3.analyzer import Parse

from reports.declension.cases import LONGEST, Case, Form, as_cased
from roadmaps.importers.wording import morphology

#: They stand in for a whole head and never change; the rest is in the genitive already.
_FIXED_HEAD = re.compile(r"(?:и\.\s?о\.|вр\.?\s?и\.?\s?о\b\.?|врид\b|(?:зам|зав|нач|рук|пом)\.)", re.IGNORECASE)
#: They stand for an adjective and are passed over.
_SHORT_ADJECTIVE = re.compile(r"(?:ст|мл|гл|вед)\.\s?", re.IGNORECASE)
#: After one of these a second head may follow: «директор, учитель физики», «учитель – логопед».
_JOINT = re.compile(r"(,\s|\s[–—-]\s|\sи\s)")
#: From here on the words are somebody's own name, a number or an aside.
_OPAQUE = re.compile(r"[«»“”„\"'(№\d]")
_WORD = re.compile(r"\s*([А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+){0,2})(?![\w.-])")
_LONGEST_ABBREVIATION = 6
_LONGEST_WORD = 40
#: A head is seldom longer: «временно исполняющий обязанности» is three words.
_MOST_WORDS = 8
_UNCHANGED_IN_COMPOUND = {"генерал", "премьер", "шеф"}
_GRAMMEMES = dict(zip(Case, ("gent", "datv", "accs", "ablt", "loct"), strict=True))

#: A word of the head with the reading of each of its hyphenated pieces; ``None`` stays as it is.
_Read = tuple[str, tuple[Parse | None, ...]]


def declined_post(title: str, case: Case) -> Form:
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


def declined_thing(text: str, case: Case) -> Form:
    return Form(text, sure=True) if _opens_with_abbreviation(text) else Form(*_phrase(text, case))


def _further_head(part: str, case: Case) -> str:
    """A second title, or a participle about the first; things and plain genitives stay."""
    head = _head(_words(part))
    readings = [reading for _, pieces in head for reading in pieces if reading]
    nouns = [reading for reading in readings if reading.tag.POS == "NOUN"]
    return _phrase(part, case)[0] if readings and all(map(_lives, nouns)) else part


def _opens_with_abbreviation(text: str) -> bool:
    opening = _WORD.match(text)
    return opening is not None and len(opening[1]) <= _LONGEST_ABBREVIATION and _is_abbreviation(opening[1])


def _is_abbreviation(word: str) -> bool:
    """«МКУ», «МАНОУ»: in capitals, and no word of the language, so it has no cases."""
    return len(word) > 1 and word.isupper() and not morphology().word_is_known(word.casefold())


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
        if len(word) > _LONGEST_WORD or (not text.isupper() and _is_abbreviation(word)):
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
    return as_cased(result, text)


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
