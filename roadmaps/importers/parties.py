"""Who is responsible: a cell of roles, units, organisations, classes, groups and people told apart."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from roadmaps.importers.people import INITIALS, PERSON, SURNAME, is_person
from roadmaps.importers.understood import Party, PartyKind, Problem
from roadmaps.importers.wording import cyrillic, ends_open, joined, morphology

ASSOCIATIONS = {"ШМО", "ГМО", "РМО", "МО", "ММО", "ОМО", "УМО", "ТМО", "МС"}
ORGANISATIONS = {
    "ОО",
    "ОУ",
    "ДОУ",
    "ДОО",
    "СОШ",
    "УДО",
    "ООО",
    "ОДО",
    "ДОП",
    "УДОД",
    "ОУО",
    "СПО",
    "ПОО",
    "МДОУ",
    "НОО",
}
CLASSES = ASSOCIATIONS | ORGANISATIONS
CLASS_WORDS = re.compile(
    r"^(?:все\s+)?(?:обще|дошкольные\s+|муниципальные\s+)*(?:образовательные\s+)?"
    r"(?:организации|учреждения|школы|детские\s+сады)(?:\s+дополнительного\s+образования|\s+(?:города|района|округа))?$",
    re.IGNORECASE,
)
LEGAL_FORM = r"[МГФЧО]?[КБАГ]?(?:ОУ|НОУ|ДОУ|У)(?:\s+(?:СОШ|ДПО|ДО|СО|ООШ|НШ|ДС))*"
ADJECTIVES = r"(?:[а-яё-]+(?:ая|ые|ий|ый|ие|ой)\s+){0,3}"
ORGANISATION_WORDS = (
    r"УО|[А-ЯЁ]*ИРО|ИМЦ|ЦРО|РУО|ГУО|МОУО|управлени\w+|министерств\w+|департамент\w*|комитет\w*|центр\w*|институт\w*",
    r"администраци\w+ (?:город|муницип|район|округ)\w*|школа|гимназия|лицей|детский сад|колледж|библиотека|музей",
)
UNIT_WORDS = r"отдел(?:ение)?|сектор|кафедра|служба|кабинет|методслужба|лаборатория"
GROUP_WORDS = (
    r"групп[аы]|совет[ы]?|комисси[яи]|жюри|оргкомитет\w*|команд[аы]|сообществ[оа]|объединени[ея]|педсовет\w*|актив",
    r"ассоциаци[яи]",
)
ROLE_WORDS = (
    r"и\.\s?о\.\s+|зам\b|завуч|директор|заместител|руководител|методист|специалист|начальник|заведующ|педагог|учител",
    r"воспитател|психолог|логопед|тьютор|наставник|куратор|координатор|эксперт[ыа]?\b|член[ыа]?\b|председател",
    r"администраци|библиотекар|преподавател|мастер|секретар|инспектор|консультант|инженер",
)
ORGANISATION = re.compile(rf"^(?:{LEGAL_FORM}|{'|'.join(ORGANISATION_WORDS)})(?![а-яё])", re.IGNORECASE)
# «оИМиПР» is «отдел ИМиПР»: a small «о» before capitals.
UNIT = re.compile(rf"^(?:о[А-ЯЁ]{{2,}}\w*|(?i:{ADJECTIVES}(?:{UNIT_WORDS})))(?![а-яё])")
GROUP = re.compile(rf"^{ADJECTIVES}(?:{'|'.join(GROUP_WORDS)})(?![а-яё])", re.IGNORECASE)
ROLE = re.compile(rf"^{ADJECTIVES}(?:{'|'.join(ROLE_WORDS)})", re.IGNORECASE)
QUOTED_ORGANISATION_THEN_MORE = re.compile(r"^(?P<first>[^«»]*«(?:[^«»]|«[^«»]*»)*»)\s+(?P<rest>\S.*)$")
WORDS_BEFORE_THE_NOUN = 5
SEPARATOR = re.compile(r"[,;/]|\s\+\s")
STARTS_A_PARTY = re.compile(rf"^(?:{SURNAME}\s+{INITIALS}|{INITIALS}\s*{SURNAME})")


@dataclass(frozen=True)
class Parties:
    """The parties of one cell in their order, and what was noticed in it."""

    parties: tuple[Party, ...]
    problems: tuple[Problem, ...] = ()


def read_parties(text: str) -> Parties:
    """The parties that a cell names; line breaks inside a party are no separators, stray commas mean nothing."""
    problems: list[Problem] = []
    labels: list[str] = []
    for fragment in _fragments(text):
        pieces = _split_where_a_comma_is_missing(fragment)
        if len(pieces) > 1:
            problems.append(_comma_missing(fragment, pieces))
        for piece in pieces:
            labels.append(_with_shared_head(piece, labels[-1] if labels else ""))
    return Parties(tuple(Party(kind_of(label), label) for label in labels), tuple(problems))


def reads_as_parties(text: str) -> bool:
    """Whether each party in the text is of a kind told by its own words."""
    parties = read_parties(text).parties
    return bool(parties) and all(_telling_kind(party.label) is not None for party in parties)


def kind_of(label: str) -> PartyKind:
    """The kind of a party by its first words, for words nobody listed by whether they name living beings.

    >>> kind_of("МБОУ «СОШ № 5»").value, kind_of("руководители ШМО").value, kind_of("все школы").value
    ('organisation', 'role', 'class')
    """
    return _telling_kind(label) or _kind_by_its_noun(label)


def _fragments(text: str) -> list[str]:
    """The text cut at separators outside brackets and quotes, and at lines that open another party."""
    whole = joined(cyrillic(_with_commas_between_lines(text)))
    depth, start, fragments = 0, 0, []
    for at, sign in enumerate(whole):
        depth = max(0, depth + (sign in "(«") - (sign in ")»"))
        if depth == 0 and SEPARATOR.match(whole, at) and not _is_inside_a_fraction(whole, at):
            fragments.append(whole[start:at])
            start = at + 1
    fragments.append(whole[start:])
    cleaned = (fragment.strip(" ,;-–—+") for fragment in fragments)
    return [_without_full_stop(fragment) for fragment in cleaned if re.search(r"\w", fragment)]


def _with_commas_between_lines(text: str) -> str:
    """A line that opens a party of its own, a person or a role, ends the party before it."""
    lines = text.split("\n")
    result = lines[0]
    for before, line in pairwise(lines):
        is_person_over = is_person(before)
        opens = STARTS_A_PARTY.match(line) or (ROLE.match(line) and line[0].isupper())
        breaks = (opens or is_person_over) and not ends_open(before)
        result += f",\n{line}" if breaks else f"\n{line}"
    return result


def _is_inside_a_fraction(text: str, at: int) -> bool:
    """«педагог-психолог/логопед» is two parties, «1/2» is not."""
    return text[at] == "/" and text[at - 1 : at].isdigit()


def _without_full_stop(fragment: str) -> str:
    return fragment if PERSON.search(fragment[-16:]) or not fragment.endswith(".") else fragment[:-1].rstrip()


def _split_where_a_comma_is_missing(fragment: str) -> list[str]:
    """«МКУ «ИМЦ» ОО» are two parties: after a quoted name comes another class, role or group; «ШМО ОО» are two too."""
    words = fragment.split()
    if len(words) > 1 and all(word in CLASSES for word in words):
        return words
    people = PERSON.findall(fragment)
    if len(people) > 1 and re.sub(r"[\s,;]+", "", "".join(people)) == re.sub(r"[\s,;]+", "", fragment):
        return [" ".join(person.split()) for person in people]
    found = QUOTED_ORGANISATION_THEN_MORE.match(fragment)
    if found and ORGANISATION.match(fragment) and _is_a_party_of_its_own(found["rest"]):
        return [found["first"], *_split_where_a_comma_is_missing(found["rest"])]
    return [fragment]


def _is_a_party_of_its_own(text: str) -> bool:
    words = text.split()
    if words[0] in CLASSES:
        return len(words) == 1 or words[1] in CLASSES
    return bool(ROLE.match(text) or GROUP.match(text) or STARTS_A_PARTY.match(text))


def _comma_missing(fragment: str, pieces: list[str]) -> Problem:
    named = ", ".join(f"«{piece}»" for piece in pieces)
    return Problem(
        "comma_missing", f"В «{fragment}» между ответственными нет запятой: прочитано как {named}. Проверьте список."
    )


def _with_shared_head(label: str, before: str) -> str:
    """«руководители ШМО, ГМО»: the second is «руководители ГМО», for both are associations of the same head."""
    head, _, last = before.rpartition(" ")
    family = next((family for family in (ASSOCIATIONS, ORGANISATIONS) if label in family), None)
    if family is None or not head or last not in family or not ROLE.match(head):
        return label
    first_word, *rest = head.split(" ")
    return " ".join([first_word if first_word.isupper() else first_word.lower(), *rest, label])


def _telling_kind(label: str) -> PartyKind | None:
    if PERSON.search(label):
        return PartyKind.PERSON
    if label in CLASSES or CLASS_WORDS.match(label) or label.removeprefix("все ").removeprefix("Все ") in CLASSES:
        return PartyKind.CLASS
    for pattern, kind in _BY_FIRST_WORDS:
        if pattern.match(label):
            return kind
    return None


_BY_FIRST_WORDS = (
    (UNIT, PartyKind.UNIT),
    (ORGANISATION, PartyKind.ORGANISATION),
    (GROUP, PartyKind.GROUP),
    (ROLE, PartyKind.ROLE),
)


@lru_cache(maxsize=10_000)
def _kind_by_its_noun(label: str) -> PartyKind:
    for word in re.findall(r"[А-Яа-яЁё-]+", label)[:WORDS_BEFORE_THE_NOUN]:
        tag = morphology().parse(word)[0].tag
        if "NOUN" in tag:
            return PartyKind.ROLE if "anim" in tag else PartyKind.ORGANISATION
    return PartyKind.ORGANISATION
