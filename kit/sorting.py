"""Cyrillic text prepared for search and natural order, alike on SQLite and PostgreSQL."""

import re

from django.db.models import Q

NUMBER = re.compile(r"\d+")
NOT_A_WORD = re.compile(r"[\W_]+")


def searchable(*texts: str) -> str:
    """Texts folded for search: case and ё/е do not matter, punctuation is a space.

    >>> searchable("Школа № 2", "Берёзка")
    'школа 2 березка'
    """
    folded = " ".join(texts).casefold().replace("ё", "е")
    return NOT_A_WORD.sub(" ", folded).strip()


def holds_all(words: str) -> Q:
    """The condition that ``search_text`` of a record holds every one of the words."""
    return Q(*(("search_text__contains", word) for word in searchable(words).split()))


def sort_key(text: str) -> str:
    """A key in whose order «Школа № 2» stands before «Школа № 10».

    >>> sort_key("Школа № 2") < sort_key("школа № 10")
    True
    """
    return NUMBER.sub(lambda found: found.group().zfill(8), searchable(text))
