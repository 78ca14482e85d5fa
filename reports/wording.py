"""The words of an order, from plain data: what somebody would otherwise type from last year's order.

``Subject`` is what an order approves or amends, ``Act`` the document that approved it, ``Document`` whether an order or
a directive is written. From them:

- ``heading_approving``, ``heading_amending``: «Об утверждении …», «О внесении изменений в …»;
- ``preamble_approving``, ``preamble_amending``: why, in words that are true of any roadmap;
- ``approve``, ``make_responsible``, ``instruct``, ``inform``, ``publish``, ``control``: clauses without numbers;
- ``annex_mark``: the lines upper right on the annex;
- ``period``, ``day_in_words``, ``day_in_figures``, ``quoted``: the small change of it all.

The clauses of an amendment stand in ``reports.amending``, the numbers of a register in ``reports.numbering``.
A user's words stay as typed; people and organisations arrive in the case that the parameter names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deadlines import wording as dates
from deadlines.year import AcademicYear
from reports.declension import Case, Declension, Form

NBSP = "\u00a0"


class Document(StrEnum):
    """What is written: its own name in a sentence is a word of the language, so it comes in cases."""

    ORDER = "приказ"
    DIRECTIVE = "распоряжение"

    @property
    def this(self) -> str:
        """«настоящий приказ»: in the nominative and in the accusative."""
        return {Document.ORDER: "настоящий приказ", Document.DIRECTIVE: "настоящее распоряжение"}[self]

    @property
    def of_this(self) -> str:
        return {Document.ORDER: "настоящего приказа", Document.DIRECTIVE: "настоящего распоряжения"}[self]

    @property
    def command_word(self) -> str:
        return {Document.ORDER: "ПРИКАЗЫВАЮ", Document.DIRECTIVE: "ОБЯЗЫВАЮ"}[self]


class Kind(StrEnum):
    """What a roadmap calls itself."""

    ROADMAP = "roadmap"
    PLAN = "plan"
    PROGRAMME = "programme"


@dataclass(frozen=True)
class Noun:
    """How a document of a kind is called, and what agrees with it."""

    name: str
    feminine: bool

    @property
    def approved(self) -> str:
        """For the mark of the annex, where capitals go without «ё»."""
        return "УТВЕРЖДЕНА" if self.feminine else "УТВЕРЖДЕН"

    @property
    def approved_before(self) -> str:
        """In the accusative."""
        return "утверждённую" if self.feminine else "утверждённый"

    @property
    def attached(self) -> str:
        """In the accusative."""
        return "прилагаемую" if self.feminine else "прилагаемый"


NOUNS = {
    Kind.ROADMAP: Noun("дорожная карта", feminine=True),
    Kind.PLAN: Noun("план мероприятий", feminine=False),
    Kind.PROGRAMME: Noun("программа", feminine=True),
}
_NAME = r"(?:[а-яё-]+(?:ый|ий|ой|ая|яя)\s+){0,2}(?P<noun>дорожная\s+карта|план|программа)(?![\w-])"
#: A title that names its document itself, with up to two adjectives: «Муниципальная программа поддержки …».
_NAMED_IN_TITLE = re.compile(_NAME, re.IGNORECASE)
_ALTERNATIVE = re.compile(rf"\s*/\s*(?={_NAME.replace('?P<noun>', '?:')})", re.IGNORECASE)
_IN_QUOTES = re.compile(r"«([^«»]*)»")
_FULL_STOP = re.compile(r"(?<!г)\.$")
#: A title goes on after the name of the document: «по развитию …», «(«дорожная карта») развития».
_GOES_ON = re.compile(r"(?:по|о|об|для|в|на|с|со|к|при)\s", re.IGNORECASE)
_SAYS_YEARS = re.compile(
    r"(?<!\d)20\d\d\s*(?:[-–—/]\s*(?:20)?\d\d|учебн|уч\.|год|гг?\b)|\bна\s+20\d\d\b", re.IGNORECASE
)


def day_in_words(day: date) -> str:
    """«30 декабря 2026 г.», unbroken."""
    return f"{dates.day(day)} г.".replace(" ", NBSP)


def day_in_figures(day: date) -> str:
    """The day as the head of a paper has it.

    >>> day_in_figures(date(2026, 9, 1))
    '01.09.2026'
    """
    return f"{day.day:02}.{day.month:02}.{day.year}"


def period(starts_on: date, ends_on: date, *, academic: bool) -> str:
    """The years of a roadmap as its title says them, unbroken.

    >>> period(date(2026, 1, 1), date(2028, 12, 31), academic=False).replace(NBSP, "~")
    'на 2026–2028~годы'
    >>> period(date(2026, 9, 1), date(2027, 6, 30), academic=True)
    'на 2026/2027 учебный год'
    """
    if academic:
        first, last = AcademicYear.of(starts_on).september, AcademicYear.of(ends_on).september
        years = [f"{year}/{year + 1}" for year in (first, last)]
        return f"на {years[0]} учебный год" if first == last else f"на {'–'.join(years)} учебные годы"
    first, last = starts_on.year, ends_on.year
    return f"на {first}{NBSP}год" if first == last else f"на {first}–{last}{NBSP}годы"


def quoted(text: str) -> str:
    """In quotation marks, those inside changed to the inner ones.

    >>> quoted("МКУ «ИМЦ»")
    '«МКУ „ИМЦ“»'
    """
    return f"«{text.replace('«', '„').replace('»', '“')}»"


@dataclass(frozen=True)
class Subject:
    """What an order is about: a roadmap, a plan or a programme, by its title and its years."""

    kind: Kind
    title: str
    starts_on: date
    ends_on: date
    academic: bool = False

    @property
    def noun(self) -> Noun:
        """A title that names its document wins over the kind: «План мероприятий («дорожная карта»)» is a plan."""
        named = _NAMED_IN_TITLE.match(self._title)
        if named is None:
            return NOUNS[self.kind]
        first = named["noun"].split()[0].casefold()
        return next(noun for noun in NOUNS.values() if noun.name.startswith(first))

    def in_case(self, case: Case) -> str:
        """The document with its title and years, ready to stand in a sentence."""
        years = (
            ""
            if _SAYS_YEARS.search(self._title)
            else f" {period(self.starts_on, self.ends_on, academic=self.academic)}"
        )
        return self._named(case) + years

    def _named(self, case: Case) -> str:
        if _NAMED_IN_TITLE.match(self._title):
            return _declined_title(self._title, case)
        noun = Declension().thing(self.noun.name, case).text
        if _GOES_ON.match(self._title):
            return f"{noun} {_small(self._title)}"
        in_quotes = _IN_QUOTES.fullmatch(self._title)
        own = in_quotes[1] if in_quotes else self._title
        return f"{noun} {quoted(own)}" if own else noun

    @property
    def _title(self) -> str:
        return _FULL_STOP.sub("", " ".join(self.title.split()))


def _declined_title(title: str, case: Case) -> str:
    """Every name of the document that a bar offers is declined: «программа / дорожная карта по развитию …»."""
    first, *others = _ALTERNATIVE.split(title, maxsplit=2)
    names = [_small(first), *others]
    return " / ".join(Declension().thing(name, case).text if _NAMED_IN_TITLE.match(name) else name for name in names)


def _small(text: str) -> str:
    """With a small first letter, unless the word is an abbreviation."""
    word = text.split(maxsplit=1)[0] if text else ""
    return text if len(word) > 1 and word.isupper() else text[:1].lower() + text[1:]


@dataclass(frozen=True)
class Act:
    """A document by which something was approved; ``issuer`` in the genitive, what is unknown left empty."""

    kind: str  # «приказ», «распоряжение», «постановление», «решение»
    on: date | None = None
    number: str = ""
    issuer: str = ""

    @property
    def by(self) -> str:
        """«приказом МКУ «ИМЦ» от 30.12.2026 № 73-од», as much of it as is known."""
        dated = f"от {day_in_figures(self.on)}" if self.on else ""
        number = f"№{NBSP}{self.number}" if self.number else ""
        return " ".join(filter(None, (self._declined(Case.INSTRUMENTAL), self.issuer, dated, number)))

    def _declined(self, case: Case) -> str:
        return Declension().thing(self.kind or "документ", case).text

    @property
    def mark(self) -> tuple[str, str]:
        """Two lines of a mark; ruled lines stand for a date and a number that are still to come."""
        dated = day_in_figures(self.on) if self.on else "_" * 12
        return " ".join(filter(None, (self._declined(Case.INSTRUMENTAL), self.issuer))), (
            f"от {dated} №{NBSP}{self.number or '_' * 8}"
        )

    @property
    def edition(self) -> str:
        """«в редакции приказа от 15.03.2027 № 12-од»."""
        first, second = self._declined(Case.GENITIVE), self.mark[1]
        return " ".join(filter(None, ("в редакции", first, self.issuer, second)))


def heading_approving(subject: Subject) -> str:
    return f"Об утверждении {subject.in_case(Case.GENITIVE)}"


def heading_amending(subject: Subject, approved_by: Act | None = None) -> str:
    return f"О внесении изменений в {_amended(subject, approved_by)}"


def _amended(subject: Subject, approved_by: Act | None) -> str:
    named = subject.in_case(Case.ACCUSATIVE)
    return f"{named}, {subject.noun.approved_before} {approved_by.by}" if approved_by else named


#: Acts are written small inside a sentence, other documents keep the capital of their title.
_ACTS = re.compile(
    r"(?:приказ|распоряжение|постановление|решение|письмо|указ|статья|часть|пункт|устав)\b", re.IGNORECASE
)
_HISSING = re.compile(r"[сзшжСЗШЖ][бвгджзклмнпрстфхцчшщ]|[щЩ]")
_MARK_OF_LIST = re.compile(r"^(?:[-–—•*]|\d{1,2}[.)])\s+")


def preamble_approving(bases: Sequence[str] = ()) -> Form:
    """Why a roadmap is approved: by its legal bases; without any, in words that promise nothing.

    >>> preamble_approving(["Указ Президента Российской Федерации от 07.05.2024 № 309"]).text.replace(NBSP, " ")
    'В соответствии с указом Президента Российской Федерации от 07.05.2024 № 309'
    """
    return _by_bases(bases) or Form("В целях планирования методической работы", sure=True)


def preamble_amending(subject: Subject, bases: Sequence[str] = ()) -> Form:
    noun = Declension().thing(subject.noun.name, Case.GENITIVE).text
    what = noun if noun.endswith("мероприятий") else f"мероприятий {noun}"
    return _by_bases(bases) or Form(f"В связи с уточнением {what}", sure=True)


def _by_bases(bases: Sequence[str]) -> Form | None:
    """A basis that cannot be declined takes them all behind a bar of brackets, as they were typed."""
    named = [name for basis in bases if (name := _basis(basis))]
    if not named:
        return None
    declined = [Declension().thing(name, Case.INSTRUMENTAL) for name in named]
    if not all(form.sure for form in declined):
        return Form(f"На основании нормативных правовых актов ({'; '.join(named)})", sure=False)
    listed = ", ".join(form.text for form in declined)
    return Form(f"В соответствии {'со' if _HISSING.match(listed) else 'с'} {listed}", sure=True)


def _basis(text: str) -> str:
    bare = _MARK_OF_LIST.sub("", " ".join(text.split())).rstrip(" ;.,")
    return _small(bare) if _ACTS.match(bare) else bare


def approve(subject: Subject, annex: str = "приложение") -> str:
    """``annex`` as the order refers to it: «приложение», «приложение 1»."""
    return f"Утвердить {subject.noun.attached} {subject.in_case(Case.ACCUSATIVE)} ({annex})."


def make_responsible(subject: Subject, people: Sequence[str]) -> str:
    """``people`` in the accusative with their posts: «методиста Иванову А. П.»."""
    role = "ответственным" if len(people) == 1 else "ответственными"
    noun = Declension().thing(subject.noun.name, Case.GENITIVE).text
    return _ended(f"Назначить {role} за реализацию {noun} {_listed(people)}")


def instruct(whom: str, what: str) -> str:
    """``whom`` in the dative, ``what`` from its verb on: «обеспечить сопровождение …»."""
    return _ended(f"{_capital(whom)} {_small(' '.join(what.split()))}")


def inform(document: Document, whom: str = "руководителей образовательных организаций") -> str:
    """``whom`` in the genitive."""
    return _ended(f"Довести {document.this} до сведения {whom}")


def publish(document: Document, site_of: str = "") -> str:
    """``site_of`` is whose site it is, in the genitive."""
    return _ended(" ".join(filter(None, ("Разместить", document.this, "на официальном сайте", site_of))))


def control(document: Document, whom: str = "") -> str:
    """``whom`` in the accusative: «заместителя начальника Петрову Е. Н.»; nobody means the signatory.

    >>> control(Document.DIRECTIVE)
    'Контроль за исполнением настоящего распоряжения оставляю за собой.'
    """
    charge = f"возложить на {whom}" if whom else "оставляю за собой"
    return _ended(f"Контроль за исполнением {document.of_this} {charge}")


def annex_mark(subject: Subject, act: Act, *, number: int | None = None, edition: Act | None = None) -> tuple[str, ...]:
    """The mark of an approved annex; ``number`` when there are several, ``edition`` by what it was amended."""
    annex = f"Приложение №{NBSP}{number}" if number else "Приложение"
    amended = (f"({edition.edition})",) if edition else ()
    return (annex, "", subject.noun.approved, *act.mark, *amended)


def _listed(names: Sequence[str]) -> str:
    *most, last = names or ("",)
    return f"{', '.join(most)} и {last}" if most else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(sentence: str) -> str:
    """With its full stop, which initials or an abbreviation at the end may already give."""
    return sentence if sentence.endswith(".") else f"{sentence}."
