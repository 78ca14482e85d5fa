"""What every answer about a case is made of."""

from dataclasses import dataclass
from enum import StrEnum

#: Longer texts are neither names nor job titles; they stay as they are.
LONGEST = 500


class Case(StrEnum):
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


@dataclass(frozen=True)
class Form:
    """A declined text; unless it is sure, somebody should read it before it is printed."""

    text: str
    sure: bool


def spaced(text: str) -> str:
    return " ".join(text.split())


def as_cased(result: str, word: str) -> str:
    """The result in capitals where the word is."""
    if len(word) > 1 and word.isupper():
        return result.upper()
    return result[:1].upper() + result[1:] if word[:1].isupper() else result
