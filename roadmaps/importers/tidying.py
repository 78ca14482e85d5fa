"""Text of a cell or paragraph without the typesetting marks that nobody typed."""

import re

_NOT_TYPED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = str.maketrans(dict.fromkeys("\t\u00a0\u2002\u2003\u2007\u2009\u202f", " ") | {"\u2010": "-", "\u2011": "-"})
_LINE_BREAKS = str.maketrans(dict.fromkeys("\r\u0085\u2028\u2029", "\n"))


def tidy(text: str) -> str:
    r"""``text`` with plain spaces and hyphens, without soft hyphens and invisible marks, without blank lines.

    >>> tidy(" Апрель,\u00a0\r\n\r\n еже\u00adгодно ")
    'Апрель,\nежегодно'
    """
    plain = _NOT_TYPED.sub("", text.replace("\r\n", "\n").translate(_LINE_BREAKS).translate(_SPACES))
    return "\n".join(line for line in map(str.strip, plain.split("\n")) if line)
