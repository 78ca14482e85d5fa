"""The text of a cell as one reads it: marks taken off, lines joined, words broken by a hyphen made whole."""

import logging
import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import takewhile

from pymorphy3 import MorphAnalyzer

MARKS = re.compile(r"</?(?:b|i|u|em|strong|span|p)>|\*\*|(?<!\w)_{2}(?=\w)|(?<=\w)_{2}(?!\w)", re.IGNORECASE)
LINE_BREAK_MARK = re.compile(r"<br\s*/?>", re.IGNORECASE)
BOLD = re.compile(r"^\s*(?:<(?:b|strong)>|\*\*)", re.IGNORECASE)
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
HYPHEN = re.compile(r"[-\u2010\u2011]\s")
BROKEN_WORD = re.compile(
    # Of eight pieces at most: a bound keeps any text quick to read.
    r"(?<![A-Za-zА-Яа-яЁё])[A-Za-zА-Яа-яЁё]+"
    r"(?:[-\u2010\u2011][ \t]*(?:\n\s*|[ \t])[A-Za-zА-Яа-яЁё]+){1,7}(?![A-Za-zА-Яа-яЁё])"
)
BREAK = re.compile(r"[-\u2010\u2011]\s+")
WORD = re.compile(
    r"(?<![A-Za-zА-Яа-яЁё])([A-Za-zА-Яа-яЁё]+)[-\u2010\u2011][ \t]*(?:\n\s*|[ \t])"
    r"([A-Za-zА-Яа-яЁё]+)(?![A-Za-zА-Яа-яЁё]|[-\u2010\u2011]\s)"
)
WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+")
LATIN = re.compile(r"[A-Za-z]")
CONJUNCTIONS = {"и", "или", "а", "но", "либо"}

LOOK_ALIKES = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")
# Whole words of Latin letters are changed only when the field knows the Cyrillic abbreviation: «MAX» stays.
ABBREVIATIONS_IN_LATIN_LETTERS = {
    "ОО",
    "ОУ",
    "МО",
    "РМО",
    "ТМС",
    "НМС",
    "УО",
    "ОМС",
    "МС",
    "ТОО",
    "УМО",
    "СМО",
    "ВСОКО",
}


@cache
def morphology() -> MorphAnalyzer:
    """The dictionary of Russian, opened once: it takes a tenth of a second, and its log is of no use to anybody."""
    logging.getLogger("pymorphy3").setLevel(logging.WARNING)
    return MorphAnalyzer()


@lru_cache(maxsize=50_000)
def is_word(word: str) -> bool:
    """Whether the dictionary has the word in this very form."""
    return bool(morphology().word_is_known(word.casefold()))


def is_marked(text: str) -> bool:
    """Whether the text opens with a mark of bold type, as section rows of a plain text do."""
    return BOLD.match(text) is not None


def plain(text: str) -> str:
    """The text without marks of type and invisible signs, its lines stripped, empty lines dropped."""
    text = LINE_BREAK_MARK.sub("\n", text).replace("\u00ad\n", "").replace("\u00ad", "").translate(INVISIBLE)
    text = MARKS.sub("", text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(_unstarred(line) for line in lines if line)


def joined(text: str) -> str:
    """The text in one line, words broken at a line's end made whole, real hyphens kept.

    >>> joined("научно- практических и методи- ческих")
    'научно-практических и методических'
    """
    return " ".join(_whole(text, _glue).split())


def joined_phrase(text: str) -> str:
    r"""The same for a deadline, where a dash between two months is a range and stays as it was printed.

    >>> joined_phrase("август- сен-\nтя-\nбрь")
    'август- сентябрь'
    """
    return " ".join(_whole(text, _glue_of_phrase).split())


def cyrillic(text: str) -> str:
    """The text with Latin letters that pose as Cyrillic ones replaced.

    >>> cyrillic("руководители PMO") == "руководители РМО"
    True
    """
    if not LATIN.search(text):  # most texts have none, and the walk through every word is long
        return text
    return WORD.sub(lambda word: _cyrillic_word(word.group()), text)


def letters(text: str) -> str:
    """Only letters and figures, lower case, ё as е: what two texts are compared by."""
    return " ".join(re.findall(r"[0-9a-zа-я]+", cyrillic(joined(text)).casefold().replace("ё", "е")))


def ends_open(text: str) -> bool:
    """Whether a text breaks off in the middle of a sentence, so that what follows belongs to it."""
    text = text.rstrip()
    if not text:
        return False
    if text[-1] in "-–—,:(«/" or text.count("(") > text.count(")") or text.count("«") > text.count("»"):
        return True
    return text.split()[-1].casefold() in _LEADING_ON


# Words after which a sentence cannot end.
_LEADING_ON = frozenset(
    {
        *("а", "без", "в", "во", "для", "до", "за", "и", "из", "или", "к", "ко", "на", "над", "не", "о", "об", "от"),
        *("по", "под", "при", "про", "с", "со", "у", "через", "между", "перед", "также", "их", "числе"),
        *("направленной", "направленных", "направленного", "направленные"),
    }
)


def _unstarred(line: str) -> str:
    return line.strip("*").strip() if line.startswith("*") and line.endswith("*") else line


_Glue = Callable[[str, str, str], str]


def _whole(text: str, glue: _Glue) -> str:
    """The text with each word that line ends or hyphens cut in pieces put together by ``glue``."""
    if not HYPHEN.search(text):  # most texts have none, and the whole pattern tries every word
        return text
    return BROKEN_WORD.sub(lambda broken: _put_together(broken.group(), glue), text)


def _put_together(broken: str, glue: _Glue) -> str:
    """Pieces that make one word of the dictionary, the longest first; between the others what ``glue`` says."""
    pieces, breaks = WORD.findall(broken), BREAK.findall(broken)
    result, left, position = "", "", 0
    while position < len(pieces):
        length = _pieces_of_a_word(pieces[position:])
        right = "".join(pieces[position : position + length])
        between = glue(left, right, breaks[position - 1]) if position else ""
        result, left = (result + between + right, right if between else left + right)
        position += length
    return result


def _pieces_of_a_word(pieces: list[str]) -> int:
    """How many pieces from the first on make one word; a conjunction is none: «педагоги- и психологи»."""
    is_whole = is_word(pieces[0])  # «науч-\nно» is no conjunction
    own = list(takewhile(lambda piece: not is_whole or piece.casefold() not in CONJUNCTIONS, pieces))
    return next((length for length in range(len(own), 1, -1) if is_word("".join(own[:length]))), 1)


def _glue(left: str, right: str, _: str) -> str:
    if right.casefold() in CONJUNCTIONS:
        return "- "
    if left.isupper() != right.isupper() and ((len(left) > 1 and left.isupper()) or right[0].isupper()):
        return "-"
    if is_word(left + right):
        return ""
    return "-" if is_word(right) and (is_word(left) or left[-1] in "оеОЕ") else ""


def _glue_of_phrase(left: str, right: str, broken: str) -> str:
    if is_word(left + right):
        return ""
    return "-" if "\n" in broken else broken


def _cyrillic_word(word: str) -> str:
    changed = word.translate(LOOK_ALIKES)
    if changed == word or not re.fullmatch(r"[А-Яа-яЁё]+", changed):
        return word
    is_mixed = not word.isascii()
    return changed if is_mixed or changed in ABBREVIATIONS_IN_LATIN_LETTERS else word
