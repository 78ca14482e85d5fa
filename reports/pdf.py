"""An order as PDF: the only place that knows WeasyPrint, which opens nothing here but our own style and fonts.

Drawing takes about 4 ms of processor time a row of the annex on top of 0.1 s: an order with 60 rows may be drawn while
a reader waits, a batch or an annex of hundreds of rows belongs to a task.
"""

import io
from functools import cache
from pathlib import Path
from threading import Lock

import fontpkg
import pikepdf
import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.paper import Layout, Paper
from reports.typesetting import typeset

STYLE = settings.BASE_DIR / "static/css/paper/order.css"

#: All that a paper may open, by the exact address its style names it with. Full TrueType: from subsets of one family
#: WeasyPrint sets wrong letters without a word.
OURS: dict[str, Path] = {
    f"paper:pt-serif-{weight}-normal": fontpkg.path("pt-serif", weight, "normal") for weight in (400, 700)
}

#: Threads of the web server share the fonts, and Pango's map of fonts is not made for two at once.
ONE_AT_A_TIME = Lock()


class NotOurs(ValueError):
    """An address that no paper of ours names."""


class OnlyOurs(URLFetcher):
    """Opens the files of the list and nothing else: no address, no other file, no data of anybody's making."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url not in OURS:
            raise NotOurs(url[:100])
        return URLFetcherResponse(url, OURS[url].read_bytes(), {"Content-Type": "font/ttf"})


def draw(paper: Paper) -> bytes:
    """The paper as PDF/A-3a with the mark of PDF/UA; the same bytes for the same paper. Raises ``PaperTooLong``."""
    return marked_accessible(printed(page_of(paper)))


def page_of(paper: Paper) -> str:
    """The paper as the page that is printed. Every text is escaped: it is data, never a template."""
    paper = typeset(paper)
    return render_to_string("reports/print/order.html", {"paper": paper, "code": code_of(paper)})


def printed(page: str) -> bytes:
    with ONE_AT_A_TIME:
        fonts, style = dress()
        pdf: bytes = HTML(string=page, url_fetcher=OnlyOurs()).write_pdf(
            stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-3a"
        )
    return pdf


@cache
def dress() -> tuple[FontConfiguration, CSS]:
    """Fonts and style, read once a process: they cost more than a short order."""
    fonts = FontConfiguration()
    return fonts, CSS(string=STYLE.read_text(), url_fetcher=OnlyOurs(), font_config=fonts)


def marked_accessible(pdf: bytes) -> bytes:
    """The same document with the mark of PDF/UA-1, which WeasyPrint cannot put beside that of PDF/A."""
    drawn = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["{http://www.aiim.org/pdfua/ns/id/}part"] = "1"
        document.save(drawn, deterministic_id=True)
    return drawn.getvalue()


def code_of(paper: Paper) -> SafeString | None:
    """The square code of the 2025 edition, drawn by our own hand from the address alone."""
    if not paper.code or paper.layout is Layout.GOST_2016:
        return None
    drawn = segno.make(paper.code, error="m", micro=False).svg_inline(
        title="Код документа", border=0, omitsize=True, unit=""
    )
    return mark_safe(drawn)  # noqa: S308  # segno draws modules; the address never becomes markup
