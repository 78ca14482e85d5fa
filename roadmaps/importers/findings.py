"""What is doubtful about a plan as a whole: doubles, numbers out of order, stages, and papers that disagree."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import pairwise

from roadmaps.importers.understood import Annex, Document, Item, Problem, Section, Span, Stage
from roadmaps.importers.wording import letters, morphology

NEAR = 0.85
ALIKE = 0.5  # less than that, and two titles are about different things
FEWEST_WORDS_TO_BE_NEAR = 5
COMMONEST = 60  # a word of more rows than this tells nothing, and comparing all of them would take minutes


def with_findings(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with doubles and broken numbering noted beside their rows."""
    found = _doubles(sections)
    noted: list[Section] = []
    numbers = _Numbers(sections)
    for section in sections:
        opening = numbers.open_section(section)
        items = tuple(
            replace(item, problems=(*item.problems, *numbers.take(item), *found[id(item)])) for item in section.items
        )
        noted.append(replace(section, items=items, problems=(*section.problems, *opening)))
    return tuple(noted)


# -- doubles -----------------------------------------------------------------------------------------------------


def _doubles(sections: Sequence[Section]) -> defaultdict[int, list[Problem]]:
    """For each item the earlier or later one that says the same; none is dropped, a person decides."""
    found: defaultdict[int, list[Problem]] = defaultdict(list)
    placed = [(section, item, letters(_whole_text(item))) for section in sections for item in section.items]
    first: dict[str, tuple[Section, Item]] = {}
    for section, item, key in placed:
        if key and key in first:
            other_section, other_item = first[key]
            is_same_section = section is other_section
            found[id(item)].append(_double("duplicate", other_section, other_item, is_same_section=is_same_section))
            found[id(other_item)].append(_double("duplicate", section, item, is_same_section=is_same_section))
        else:
            first[key] = (section, item)
    for one, another in _near_pairs(list(first)):
        (section, item), (other_section, other_item) = first[one], first[another]
        is_same_section = section is other_section
        found[id(item)].append(_double("near_duplicate", other_section, other_item, is_same_section=is_same_section))
        found[id(other_item)].append(_double("near_duplicate", section, item, is_same_section=is_same_section))
    return found


def _whole_text(item: Item) -> str:
    return " ".join([item.text, *(part.text for part in item.subitems)])


def _double(code: str, section: Section, other: Item, *, is_same_section: bool) -> Problem:
    sameness = "Повторяет" if code == "duplicate" else "Почти повторяет"
    place = "" if is_same_section or not section.title else f" раздела «{section.title}»"
    return Problem(code, f"{sameness} мероприятие {_name(other)}{place}: оставлены оба, решите, нужны ли они.")


def _name(item: Item) -> str:
    return f"№ {item.number.rstrip('.)')}" if item.number else f"в строке {item.line}"


def _near_pairs(keys: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Pairs of texts that share nearly all words and all figures.

    Two such texts share at least one of their rarest words, so only rows that do are compared.
    """
    words = {key: frozenset(key.split()) for key in keys}
    rows_with = Counter(word for own in words.values() for word in own)
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        own = sorted(words[key], key=lambda word: (rows_with[word], word))
        if len(own) < FEWEST_WORDS_TO_BE_NEAR:
            continue
        candidates: set[str] = set()
        for word in own[: len(own) - int(NEAR * len(own)) + 1]:
            if rows_with[word] <= COMMONEST:
                candidates.update(by_word[word])
                by_word[word].append(key)
        yield from ((other, key) for other in sorted(candidates) if _is_near(words[other], words[key]))


def _is_near(one: frozenset[str], other: frozenset[str]) -> bool:
    different = one ^ other
    if any(word.isdigit() for word in different):
        return False
    return len(one & other) >= NEAR * len(one | other)


# -- numbers as printed ------------------------------------------------------------------------------------------


class _Numbers:
    """Follows plain numbers from row to row; those of several levels are followed within their parent."""

    def __init__(self, sections: Sequence[Section]) -> None:
        firsts = [_levels(section.items[0].number) for section in sections if section.items]
        self._each_begins_anew = all(first == (1,) for first in firsts)
        self._last: tuple[int, ...] = ()
        self._is_numbered = False

    def open_section(self, section: Section) -> list[Problem]:
        """What to say about the first number of a section."""
        first = _levels(section.items[0].number) if section.items else ()
        last, self._is_numbered = self._last, any(item.number for item in section.items)
        if first == (1,) and last > (1,):
            self._last = ()
            if self._each_begins_anew:
                return []
            return [
                Problem(
                    "numbering_restarts",
                    "Нумерация в этом разделе начинается заново: номера оставлены как в документе.",
                )
            ]
        return []

    def take(self, item: Item) -> list[Problem]:
        """What to say about the number of the next item."""
        number = _levels(item.number)
        if not number:
            return (
                [Problem("no_number", "Строка без номера среди пронумерованных: проверьте.")]
                if self._is_numbered
                else []
            )
        last, self._last = self._last, number
        if not last or number[:-1] != last[:-1] or number[-1] == last[-1] + 1:
            return []
        if number == last:
            return [Problem("number_repeated", f"Номер {item.number} стоит дважды подряд: проверьте.")]
        expected = ".".join(map(str, (*last[:-1], last[-1] + 1)))
        return [
            Problem(
                "number_gap",
                f"После № {'.'.join(map(str, last))} ожидался № {expected}, а стоит № {item.number.rstrip('.)')}.",
            )
        ]


def _levels(number: str) -> tuple[int, ...]:
    parts = re.findall(r"\d+", number)
    return tuple(int(part) for part in parts) if re.fullmatch(r"[\d.\s)]+", number) else ()


# -- the document around the plan --------------------------------------------------------------------------------


def about_document(document: Document, annex: Annex | None) -> list[Problem]:
    """What is missing from the order, and where the order and the mark of its annex disagree."""
    problems = []
    if not (document.number or document.date):
        problems.append(
            Problem(
                "not_approved", "Реквизиты утверждающего документа не найдены: план считается проектом, укажите их."
            )
        )
    if annex and annex.number and document.number and annex.number != document.number:
        problems.append(
            Problem(
                "number_mismatch",
                f"Номер приказа в заголовке – № {document.number}, в приложении – № {annex.number}: "
                "взят номер из заголовка, сверьте с подлинником.",
            )
        )
    if annex and annex.date and document.date and annex.date != document.date:
        problems.append(
            Problem(
                "date_mismatch",
                f"Дата документа в заголовке – {document.date:%d.%m.%Y}, в приложении – {annex.date:%d.%m.%Y}: "
                "взята дата из заголовка, сверьте с подлинником.",
            )
        )
    return problems


def about_titles(title: str, title_of_order: str) -> list[Problem]:
    """Words in which the title of the annex and that of the order differ, cases aside."""
    own, ordered = _lemmas(title), _lemmas(re.sub(r"^\W*Об?\s+утверждении\s+", "", title_of_order))
    if not own or not ordered:
        return []
    matcher = SequenceMatcher(None, [lemma for _, lemma in own], [lemma for _, lemma in ordered], autojunk=False)
    changes = [
        (" ".join(word for word, _ in own[a:b]), " ".join(word for word, _ in ordered[c:d]))
        for what, a, b, c, d in matcher.get_opcodes()
        if what == "replace"
    ]
    if not changes or matcher.ratio() < ALIKE:
        return []
    named = "; ".join(f"«{annexed}» и «{in_order}»" for annexed, in_order in changes)
    return [Problem("title_differs", f"Название в приложении и в приказе расходится: {named}. Взято из приложения.")]


def _lemmas(text: str) -> list[tuple[str, str]]:
    return [(word, morphology().parse(word.casefold())[0].normal_form) for word in re.findall(r"[А-Яа-яЁё]+|\d+", text)]


def about_stages(stages: Sequence[Stage], period: Span) -> list[Problem]:
    """Stages that overlap, and the days of the period that no stage covers."""
    dated = sorted((stage.start, stage.end, stage.title) for stage in stages if stage.start and stage.end)
    problems = []
    for (_, ended, before), (began, _, title) in pairwise(dated):
        if began <= ended:
            problems.append(
                Problem(
                    "stages_overlap",
                    f"Этапы «{before}» и «{title}» перекрываются с {began:%d.%m.%Y} по {ended:%d.%m.%Y}: "
                    "уточните границу.",
                )
            )
        elif began > ended + timedelta(days=1):
            problems.append(_uncovered(ended + timedelta(days=1), began - timedelta(days=1)))
    if dated and period.start and period.start < dated[0][0]:
        problems.append(_uncovered(period.start, dated[0][0] - timedelta(days=1)))
    last = max((ended for _, ended, _ in dated), default=None)
    if last and period.end and last < period.end:
        problems.append(_uncovered(last + timedelta(days=1), period.end))
    return problems


def _uncovered(start: date, end: date) -> Problem:
    return Problem(
        "stages_gap",
        f"Время с {start:%d.%m.%Y} по {end:%d.%m.%Y} не охватывает ни один этап: уточните этапы или период.",
    )


def about_sections(titles: Sequence[str], directions: Sequence[str]) -> dict[int, Problem]:
    """Sections that the text before the table names otherwise, when it lists as many directions as sections."""
    if len(titles) != len(directions):
        return {}
    found = {}
    for index, (title, direction) in enumerate(zip(titles, directions, strict=True)):
        named = re.split(r"\s[-–—]\s", direction)[0].strip()
        own, other = letters(re.sub(r"^[\d.\s]+", "", title)), letters(named)
        if own != other and SequenceMatcher(None, own, other).ratio() > ALIKE:
            found[index] = Problem(
                "section_differs", f"В тексте документа этот раздел назван «{named}»: проверьте название."
            )
    return found
