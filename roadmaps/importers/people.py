"""People and posts in a document: «Фамилия И.О.», «И.О. Фамилия», and the words a post begins with."""

import re

INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
PERSON = re.compile(rf"(?:{INITIALS}\s*{SURNAME}|{SURNAME}\s+{INITIALS})")
POST = re.compile(
    r"^(?:и\.?\s?о\.?\s+|врио\s+)?(?:главн\w+\s+|старш\w+\s+|ведущ\w+\s+)?"
    r"(?:начальник|директор|заведующ|руководител|председател|заместител|зам\b|глав[аы]\b|ректор|методист|специалист|консультант)",
    re.IGNORECASE,
)


def is_person(text: str) -> bool:
    """Whether the text is one person's name and nothing else.

    >>> is_person("Иванова А. П.") and not is_person("методист Иванова А.П.")
    True
    """
    return PERSON.fullmatch(text.strip(" ,;.") + ("." if text.rstrip(" ,;").endswith(".") else "")) is not None


def names_in(text: str) -> list[str]:
    """All names with initials in a text, as printed."""
    return [" ".join(match.group().split()) for match in PERSON.finditer(text)]


def opens_with_a_post(text: str) -> bool:
    """Whether a line begins with a post, as a signature does."""
    return POST.match(text.strip()) is not None
