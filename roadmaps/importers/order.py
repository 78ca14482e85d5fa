"""The order around a roadmap: its kind, number, date, issuer, signatory, control clause, and the mark of the annex."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from roadmaps.importers.dates import find_date
from roadmaps.importers.people import PERSON, is_person, names_in, opens_with_a_post
from roadmaps.importers.understood import Annex, Document
from roadmaps.importers.wording import joined

KINDS = ("приказ", "распоряжение", "постановление", "решение")
KIND_BY_STEM = {"приказ": "приказ", "распоряжени": "распоряжение", "постановлени": "постановление", "решени": "решение"}
KIND_LINE = re.compile(
    "^(?:"
    + "|".join(rf"(?P<{name}>{kind}|{' +'.join(kind)})" for name, kind in zip("abcd", KINDS, strict=True))
    + r")(?=$|\s*[№\d]|\s+от\b|\s+об?\b|\s*[-–—])",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?:№|\bN[oо]?\.?\s|\bN(?=\d))\s*(?P<number>[\w][\w./-]*)")
TITLE_OF_ORDER = re.compile(r"^[«\"]?\s*Об?\s+[а-яё]", re.IGNORECASE)
PREAMBLE = re.compile(
    r"^(?:в целях|на основании|в соответствии|во исполнение|с целью|руководствуясь|в связи|согласно|в рамках)",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"^\d{1,2}\.\s")
COMMAND = re.compile(
    r"(?:п\s*р\s*и\s*к\s*а\s*з\s*ы\s*в\s*а\s*ю|о\s*б\s*я\s*з\s*ы\s*в\s*а\s*ю|постановля|решил|обязываю)", re.IGNORECASE
)
STAMP = re.compile(r"^(?:приложение\b|утвержд[её]н|утверждаю|утверждена|утверждено)", re.IGNORECASE)
STAMP_LINES = 8
MOST_TITLE_LINES = 7
LONGEST_LINE_OF_TITLE = 160
LONGEST_KIND_LINE = 90
AFTER_TITLE = re.compile(r"^(?:[-–—•]|\d|пояснительная|цел[ьи]|задачи|раздел)", re.IGNORECASE)
NO_ISSUER = re.compile(
    r"российская федерация|\bтел\b|тел\.|факс|e-?mail|@|инн|огрн|\d{6}|www\.|https?:|^\W*$", re.IGNORECASE
)
PLACE = re.compile(r"^(?:г|с|п|ст|пос|пгт|д)\.\s?[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё-]+)?$")
PHONE = re.compile(r"\bтел\b|тел\.|\d{2,3}-\d{2}-\d{2}|\bисп(?:\.|олнитель)", re.IGNORECASE)
PLAN_TITLE = re.compile(
    r"^[«\"]?(?:(?:муниципальн|комплексн|единый|годовой|перспективн|сводн|календарн|проект)\w*\s+)*"
    r"(?:программа|«?дорожная\s+карта|план(?:-график)?|циклограмма|сетевой\s+график|комплекс\s+мер|комплекс\s+мероприятий)(?![а-яё])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Front:
    """What was read before the plan itself; ``body`` are the lines of the annex from its title on."""

    document: Document
    title_of_order: str
    annex: Annex | None
    controller: str | None
    body: tuple[str, ...]


def read_front(lines: Sequence[str], after: Sequence[str] = ()) -> Front:
    """The order and the beginning of its annex; ``after`` are the lines under the plan, where a signature may stand."""
    at = next((index for index, line in enumerate(lines[:80]) if _kind(line)), None)
    if at is None:
        return _front_without_an_order(lines, after)
    body_at = _first(
        lines, at + 1, lambda line: bool(PREAMBLE.match(line) or CLAUSE.match(line) or COMMAND.search(line))
    )
    title_at = _first(lines, at, lambda line: bool(TITLE_OF_ORDER.match(line)), before=body_at)
    clauses_end = _end_of_clauses(lines, body_at)
    annex_at = _first(lines, clauses_end, lambda line: bool(STAMP.match(line) or PLAN_TITLE.match(line)))
    title_of_annex_at = _first(lines, annex_at, lambda line: bool(PLAN_TITLE.match(line)))
    requisites = lines[at:title_at]
    signatory, post = _signature(lines[clauses_end:annex_at])
    document = Document(
        kind=_kind(lines[at]),
        number=_number(requisites) or _number(lines[:at]),
        date=_date(requisites) or _date(lines[:at]),
        issuer=_issuer(lines[:at]),
        signatory=signatory,
        post=post,
        place=next((line for line in lines[:body_at] if PLACE.match(line)), None),
    )
    title_end = _first(lines, title_at, lambda line: bool(NUMBER.match(line) or PLACE.match(line)), before=body_at)
    return Front(
        document,
        joined("\n".join(lines[title_at:title_end])),
        _annex(lines[annex_at:title_of_annex_at]),
        _controller(lines[body_at:clauses_end], signatory),
        tuple(lines[title_of_annex_at:]),
    )


def title_of(body: Sequence[str]) -> str:
    """The title that opens the annex: up to the line that names the years, else while lines go on in small letters."""
    if not body or not PLAN_TITLE.match(body[0]):
        return ""
    lines = [body[0], *takewhile(_could_go_on_with_a_title, body[1:MOST_TITLE_LINES])]
    taken = next((index + 1 for index, line in enumerate(lines) if re.search(r"20\d\d", line)), 1)
    rest = takewhile(lambda line: line[0].islower() and not line.endswith("."), lines[taken:])
    return joined("\n".join([*lines[:taken], *rest]))


def _could_go_on_with_a_title(line: str) -> bool:
    return len(line) < LONGEST_LINE_OF_TITLE and not line.endswith((";", ":")) and not AFTER_TITLE.match(line)


def _front_without_an_order(lines: Sequence[str], after: Sequence[str]) -> Front:
    title_at = _first(lines, 0, lambda line: bool(PLAN_TITLE.match(line)))
    stamp_at = _first(lines, 0, lambda line: bool(STAMP.match(line)), before=title_at)
    stamp = lines[stamp_at : min(title_at, stamp_at + STAMP_LINES)]
    signatory, post = _signature(after)
    document = Document(signatory=signatory, post=post)
    if stamp:
        document = _from_stamp(document, stamp)
    return Front(document, "", None, None, tuple(lines[title_at:]))


def _from_stamp(document: Document, stamp: Sequence[str]) -> Document:
    """«УТВЕРЖДЕНО решением совета «1» сентября 2020 года», «УТВЕРЖДАЮ Директор … И.О. Фамилия»."""
    text = joined(" ".join(stamp))
    stem = re.search(r"\b(приказ|распоряжени|постановлени|решени)", text, re.IGNORECASE)
    names = names_in(text)
    post = next((line for line in stamp if opens_with_a_post(line)), None)
    return replace(
        document,
        kind=KIND_BY_STEM[stem.group(1).lower()] if stem else None,
        number=_number(stamp),
        date=_date(stamp),
        signatory=names[0] if names else document.signatory,
        post=PERSON.sub("", post).strip() if post else document.post,
        approval=text,
    )


def _first(lines: Sequence[str], start: int, is_it: Callable[[str], bool], before: int | None = None) -> int:
    """Where the first such line stands, else the end of the search."""
    end = len(lines) if before is None else before
    return next((index for index in range(start, end) if is_it(lines[index])), end)


def _kind(line: str) -> str | None:
    match = KIND_LINE.match(line) if len(line) < LONGEST_KIND_LINE else None
    return next((kind for name, kind in zip("abcd", KINDS, strict=True) if match[name]), None) if match else None


def _number(lines: Sequence[str]) -> str | None:
    found = NUMBER.search("\n".join(lines))
    return found["number"].rstrip(".-_/") if found else None


def _date(lines: Sequence[str]) -> date | None:
    return find_date("\n".join(lines))


def _issuer(lines: Sequence[str]) -> str | None:
    named = [
        line
        for line in lines
        if not (NO_ISSUER.search(line) or NUMBER.search(line) or find_date(line) or PLACE.match(line))
    ]
    return joined("\n".join(named)) or None


def _end_of_clauses(lines: Sequence[str], body_at: int) -> int:
    """One past the last numbered clause of the order, before a signature or an annex."""
    end = body_at
    for index in range(body_at, len(lines)):
        line = lines[index]
        if (
            STAMP.match(line)
            or PLAN_TITLE.match(line)
            or (end > body_at and (is_person(line) or opens_with_a_post(line)))
        ):
            break
        if CLAUSE.match(line) or "контроль" in line.casefold():
            end = index + 1
    return end


def _signature(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Who signed and as what; a name with a telephone under it is the performer's."""
    posts: list[str] = []
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        names = names_in(line)
        if names and not PHONE.search(line) and (names_in(below) or not PHONE.search(below)):
            before_name = PERSON.split(line)[0].strip(" _/")
            if is_person(line.strip(" _/")) or opens_with_a_post(before_name) or posts:
                post = joined("\n".join([*posts, before_name]).strip())
                return names[0], post or None
        elif (
            not names
            and not PHONE.search(line)
            and re.match(r"^[А-ЯЁа-яё«]", line)
            and (posts or opens_with_a_post(line))
        ):
            posts.append(line)
    return None, None


def _annex(lines: Sequence[str]) -> Annex | None:
    """The order that the mark of the annex names; no mark, or a mark that names none, gives nothing."""
    if not lines:
        return None
    text = "\n".join(line for line in lines if not re.fullmatch(r"приложение\s*(?:№|N)?\s*\d*", line, re.IGNORECASE))
    number, day = _number([text]), _date([text])
    return Annex(number, day) if number or day else None


def _controller(clauses: Sequence[str], signatory: str | None) -> str | None:
    control = next((line for line in clauses if re.search(r"контроль", line, re.IGNORECASE)), "")
    if re.search(r"оставляю\s+за\s+собой", control, re.IGNORECASE):
        return signatory
    return next(iter(names_in(control)), None)
