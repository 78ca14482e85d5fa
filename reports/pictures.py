"""The sheets of a drawn paper as pictures, for the preview beside the form."""

import io
from threading import Lock

import pypdfium2

#: Wider than any screen shows a sheet: a request cannot ask for a picture that fills the memory.
WIDEST = 2000

#: The library beneath keeps its state in the process; the web server's threads take turns.
ONE_AT_A_TIME = Lock()


class NoSuchPage(IndexError):
    """The paper has fewer sheets."""


def page_count(pdf: bytes) -> int:
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, page: int, width: int) -> bytes:
    """One sheet, counted from one, as PNG of ``width`` pixels. Raises ``NoSuchPage``."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= page <= len(document):
            raise NoSuchPage(page)
        sheet = document[page - 1]
        picture = io.BytesIO()
        sheet.render(scale=min(width, WIDEST) / sheet.get_width(), grayscale=True).to_pil().save(picture, "PNG")
        return picture.getvalue()
