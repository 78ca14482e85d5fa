"""How a phrase is written, evened out: signs, scripts and spaces, but not the words themselves."""

import re
import unicodedata

#: Longer texts are not deadlines; what lies beyond is not read, so any text is answered in time.
LIMIT = 320

_DASHES = re.compile(r"[\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\uff0d~-]+")
_QUOTES = str.maketrans(dict.fromkeys("«»\"„“”‟'`‘’‚‹›*_", " "))
_LATIN_TO_CYRILLIC = str.maketrans("ABCEËHKMOPTXYabceëhkmoptxy", "АВСЕЕНКМОРТХУавсеенкмортху")
_ALIKE = frozenset(map(chr, _LATIN_TO_CYRILLIC))
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)")
_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me"})


def clean(text: str) -> str:
    """The first ``LIMIT`` characters of ``text`` with one kind of dash, space and script; line breaks and case stay.

    >>> clean("«1» ceнтября —  2025 г.")
    '1 сентября - 2025 г.'
    """
    # «№» would become «No», and schedules are kept as written.
    text = "№".join(unicodedata.normalize("NFKC", part) for part in text.strip()[:LIMIT].split("№"))[:LIMIT]
    lines = ("".join(map(_visible, line)).split() for line in text.splitlines())
    text = "\n".join(" ".join(words) for words in lines)
    text = _DASHES.sub("-", text).translate(_QUOTES)
    text = _WORD.sub(lambda match: _one_script(match.group()), text)
    text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    return _SPACED.sub(lambda match: match.group().replace(" ", ""), text)


def _visible(sign: str) -> str:
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign) in _INVISIBLE else sign


def _one_script(word: str) -> str:
    """``word`` with Latin look-alikes turned Cyrillic, unless it is Latin for certain (a Roman figure, a name)."""
    if _CYRILLIC.search(word) or _ALIKE.issuperset(word):
        return word.translate(_LATIN_TO_CYRILLIC)
    return word
