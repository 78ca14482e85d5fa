"""The sheets of an order as pictures, drawn once for the same words: the preview asks for them after every save."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from reports import pdf, pictures
from reports.paper import Paper

#: Dots across a sheet: a preview column is about 400 wide, and screens have two dots a pixel.
WIDTH = 840


def opening(paper: Paper) -> Paper:
    """The order without what it approves: drawn in a twentieth of a second, an annex takes many times that."""
    return replace(paper, annexes=())


def key_of(paper: Paper) -> str:
    """The same for the same words and no others; it stands in the addresses of pictures."""
    return hashlib.sha256(repr(paper).encode()).hexdigest()


@lru_cache(maxsize=16)
def printed(paper: Paper) -> bytes:
    """The PDF of a draft."""
    return pdf.draw(paper)


@lru_cache(maxsize=64)
def pages(paper: Paper) -> int:
    return pictures.page_count(printed(paper))


@lru_cache(maxsize=64)
def picture(paper: Paper, page: int) -> bytes:
    """A sheet of a draft as PNG; sheets count from 1. Raises ``pictures.NoSuchPage``."""
    return pictures.page_picture(printed(paper), page, WIDTH)


@dataclass(frozen=True)
class File:
    """A registered file; two of the same fingerprint are the same, whoever opens them."""

    digest: str
    read: Callable[[], bytes] = field(compare=False)


@lru_cache(maxsize=256)
def pages_of_file(file: File) -> int:
    return pictures.page_count(file.read())


@lru_cache(maxsize=64)
def picture_of_file(file: File, page: int) -> bytes:
    """A sheet of a registered file as PNG. Raises ``pictures.NoSuchPage``."""
    return pictures.page_picture(file.read(), page, WIDTH)
