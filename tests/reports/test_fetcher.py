"""A paper opens its own fonts and nothing else, whatever is typed into it; without the guard it would."""

import http.server
import sys
import threading
from dataclasses import replace

import pytest
import weasyprint

from reports import docx, pdf
from reports.typesetting import each_text, texts_of
from tests.reports.papers import order
from tests.reports.vectors import vectors

CANARIES = "canaries-of-the-paper"


class Canary(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.touched.add(self.path.partition("?")[0].strip("/"))
        if self.path.startswith("/away?"):
            self.send_response(302)
            self.send_header("Location", "/redirect")
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if "style" in self.path or "link" in self.path else "image/png")
        self.end_headers()

    def log_message(self, *_):
        """The tests read what was touched."""


@pytest.fixture(scope="module")
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary) as canary:
        canary.touched = set()
        threading.Thread(target=canary.serve_forever, daemon=True).start()
        yield canary
        canary.shutdown()


@pytest.fixture(scope="module")
def opened():
    """Names of canary files that this process opens: asked of the interpreter, for reading leaves no trace on disk."""
    names = set()

    def listen(event, arguments):
        if event == "open" and CANARIES in str(arguments[0]):
            names.add(str(arguments[0]).rpartition("/")[2])

    sys.addaudithook(listen)
    return names


@pytest.fixture
def canaries(server, opened, tmp_path):
    """The vectors by name, and a function that tells which of them have touched anything since."""
    folder = tmp_path / CANARIES
    folder.mkdir()
    ways = vectors(f"http://127.0.0.1:{server.server_port}", folder.as_uri())
    for name in ways:
        (folder / name).write_text("canary")
    server.touched.clear()
    opened.clear()
    return ways, lambda: (server.touched | opened) & set(ways)


def test_without_the_guard_raw_markup_opens_files_and_addresses(canaries):
    ways, touched = canaries

    for markup in ways.values():
        weasyprint.HTML(string=markup).write_pdf()

    assert len(ways) == 20
    assert len(touched()) >= 15


def test_the_guard_opens_nothing_even_for_raw_markup(canaries):
    ways, touched = canaries

    for markup in ways.values():
        pdf.printed(f"<html lang=ru><title>x</title><body>{markup}")

    assert touched() == set()


def test_no_text_of_a_paper_opens_anything(canaries):
    ways, touched = canaries
    paper = order(2)

    for markup in ways.values():
        hostile = replace(each_text(paper, lambda text, markup=markup: markup), code=markup[:200])
        assert set(texts_of(replace(hostile, code=markup))) == {markup}
        pdf.draw(hostile)
        docx.draw(hostile)

    assert touched() == set()


def test_the_fetcher_opens_its_own_fonts_by_exact_name():
    fetcher = pdf.OnlyOurs()

    assert {fetcher.fetch(name).read()[:4] for name in pdf.OURS} == {b"\0\1\0\0"}
    for other in (
        "paper:pt-serif-400-normal/../x",
        "PAPER:pt-serif-400-normal",
        "paper:",
        "data:text/css,a{}",
        "file:///etc/hosts",
    ):
        with pytest.raises(pdf.NotOurs):
            fetcher.fetch(other)
