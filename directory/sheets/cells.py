"""What a cell of a spreadsheet says, brought to one plain text: days as ISO, choices as codes, answers as 1 and 0."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import partial
from typing import Any

from directory.requisites import RequisiteWrong, check_inn

#: What a typed text comes to; raises ``ValueError`` with a Russian sentence that also says what to do.
Reader = Callable[[str], str]

YEARS = range(1930, 2100)
_NOT_A_WORD = re.compile(r"[\W_]+")
_DAY = re.compile(r"(\d{1,2})[.,/-](\d{1,2})[.,/-](\d{4}|\d{2})(?: ?г\.?)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_WORDED_DAY = re.compile(r"(\d{1,2}) ([а-я]+) (\d{4})(?: ?г(?:ода|\.)?)?", re.IGNORECASE)
_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_NAME = re.compile(r"(?:[^\W\d_]|[ –’'`.-])+")
_NUMBER = re.compile(r"[\w/.-]+")
_SHORT_YEAR = 2
_INN_WITHOUT_ZERO = 9
_NEAR = 0.7


def folded(text: str) -> str:
    r"""A head or a word for comparing: case, ё and е, blanks and punctuation do not matter.

    >>> folded(" Принят\nс: ")
    'принят с'
    """
    return _NOT_A_WORD.sub(" ", text.casefold().replace("ё", "е")).strip()


def printed(value: Any) -> str:
    r"""A cell as a person reads it: 287.0 is «287», a day is «01.09.2020», blanks and line breaks are single blanks.

    >>> printed(287.0), printed(" 12\n34 ")
    ('287', '12 34')
    """
    if isinstance(value, str):
        return value if value.isalnum() else _in_one_line(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return _printed_day(value)
    return str(value)


def _in_one_line(text: str) -> str:
    """To ``split``, blanks without a width are no blanks."""
    return " ".join(text.replace("\0", "").replace("\u200b", " ").replace("\ufeff", " ").split())


def _printed_day(value: date) -> str:
    day = f"{value:%d.%m.%Y}"
    is_midnight = not isinstance(value, datetime) or value.time() == value.time().min
    return day if is_midnight else f"{day} {value:%H:%M}"


def read_text(length: int) -> Reader:
    return partial(_within, length=length)


def _within(text: str, *, length: int) -> str:
    if len(text) > length:
        raise ValueError(f"Знаков {len(text)}, а помещается {length}. Сократите.")
    return text


def read_name(text: str) -> str:
    """A surname or a name: letters with hyphens, apostrophes and blanks, as the papers write them."""
    if text and not text.isalpha() and not _NAME.fullmatch(text):
        raise ValueError("В имени бывают только буквы, дефис и пробел. Уберите остальное.")
    return _within(text, length=100)


def read_day(text: str) -> str:
    """A day in any of the ways people write it: 01.09.2020, 1/9/2020, 2020-09-01, 1 сентября 2020 г."""
    if not text:
        return ""
    day = _day_in(text)
    if day is None:
        raise ValueError("День не прочитан. Напишите так: 01.09.2020.")
    if day.year not in YEARS:
        raise ValueError(f"Проверьте год: {day.year}.")
    return day.isoformat()


def _day_in(text: str) -> date | None:
    if found := _ISO_DAY.fullmatch(text):
        parts = found[1], found[2], found[3]
    elif found := _DAY.fullmatch(text):
        if len(found[3]) == _SHORT_YEAR:
            raise ValueError("Год записан двумя цифрами. Напишите его целиком, например 01.09.2020.")
        parts = found[3], found[2], found[1]
    elif found := _WORDED_DAY.fullmatch(text):
        month = _month_in(found[2])
        if month is None:
            return None
        parts = found[3], month, found[1]
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        raise ValueError("Такого дня в календаре нет. Проверьте день и месяц.") from None


def _month_in(word: str) -> str | None:
    begun = word.casefold()[:3].replace("май", "мая")
    return str(_MONTHS.index(begun) + 1) if begun in _MONTHS else None


def read_year(text: str) -> str:
    compact = text.replace(" ", "").removesuffix("г.").removesuffix("г")
    if not compact:
        return ""
    if not compact.isascii() or not compact.isdigit() or int(compact[:5]) not in YEARS:
        raise ValueError("Нужен год четырьмя цифрами, например 1985.")
    return compact


def read_answer(text: str) -> str:
    """«Да» and «нет» in the words people use; an empty cell is «нет»."""
    answer = _ANSWERS.get(folded(text) or text)
    if answer is None:
        raise ValueError("Нужно «да» или «нет».")
    return answer


_ANSWERS = {
    **dict.fromkeys(("да", "д", "1", "есть", "ведет", "истина", "true", "yes", "v", "х", "x", "+"), "1"),
    **dict.fromkeys(("", "нет", "н", "0", "не ведет", "ложь", "false", "no", "-", "–", "—"), "0"),
}


def read_number(text: str) -> str:
    """A payroll number: digits, letters, hyphens; blanks between digits are how spreadsheets show thousands."""
    compact = text.replace(" ", "")
    if compact and not _NUMBER.fullmatch(compact):
        raise ValueError("В табельном номере бывают цифры, буквы и дефис. Уберите остальное.")
    return _within(compact, length=20)


def read_inn(text: str) -> str:
    """ИНН with its check digit; a spreadsheet takes the leading zero away, which comes back."""
    compact = text.replace(" ", "")
    if not compact:
        return ""
    if len(compact) == _INN_WITHOUT_ZERO:
        compact = f"0{compact}"
    try:
        check_inn(compact)
    except RequisiteWrong as wrong:
        raise ValueError(str(wrong)) from wrong
    return compact


def read_email(text: str) -> str:
    compact = text.replace(" ", "")
    if compact and (len(compact) > 254 or not _EMAIL.fullmatch(compact)):  # noqa: PLR2004 - as long as mail allows
        raise ValueError("Не похоже на адрес почты. Например: school9@example.ru.")
    return compact


def read_list(text: str) -> str:
    """Several titles in one cell, separated by semicolons or commas, in one order and each once."""
    titles = {folded(title): title.strip() for title in re.split(r"[;,]", text) if title.strip()}
    return "; ".join(sorted(titles.values(), key=folded))


@dataclass(frozen=True)
class Choice:
    """One of several words: ``words`` shows each code, ``also`` are other wordings of it."""

    words: Mapping[str, str]
    also: Mapping[str, str]

    def read(self, text: str) -> str:
        known = self._known()
        code = known.get(folded(text) or text)
        if code is None:
            raise ValueError(f"Такого значения нет. {self._advice(text, known)}")
        return code

    def show(self, code: str) -> str:
        return self.words[code]

    def _known(self) -> dict[str, str]:
        return {folded(word): code for code, word in self.words.items()} | {
            folded(word): code for word, code in self.also.items()
        }

    def _advice(self, text: str, known: Mapping[str, str]) -> str:
        near = nearest(folded(text), known)
        if near:
            return f"Вероятно, «{self.words[known[near]]}»."
        return f"Подойдут: {', '.join(word for word in self.words.values() if word)}."


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of the known words that was probably meant."""
    found = get_close_matches(word, list(known), n=1, cutoff=_NEAR)
    return found[0] if found else None


def show_day(iso: str) -> str:
    return f"{iso[8:]}.{iso[5:7]}.{iso[:4]}" if iso else ""


def show_answer(code: str) -> str:
    return "да" if code == "1" else "нет"
