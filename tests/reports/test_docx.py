"""The Word twin: what Word finds in it, and that LibreOffice breaks it into the sheets of the PDF."""

import io
import os
import shutil
import subprocess
from dataclasses import replace

import fontpkg
import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from reports import docx, pdf
from reports.paper import Clause, Command, Layout, Signature
from reports.typesetting import set_text
from tests.reports.papers import CLAUSES, PASSAGES, WIDE, annex, order

MANY = tuple(Clause(f"{number}.", "Провести семинар для руководителей объединений.") for number in range(1, 25))

PAPERS = {
    "annex": order(60),
    "wide": order(60, WIDE),
    "text": order(annexes=(annex(12, WIDE, PASSAGES), annex(2))),
    "2016": order(3, layout=Layout.GOST_2016, command=Command.SPACED),
    "directive": order(
        kind="РАСПОРЯЖЕНИЕ",
        command=Command.NONE,
        signature=Signature("Начальник Управления образования Заречного городского округа", "И. О. Соколова"),
    ),
    "draft": order(1, number="", dated=""),
    "long": order(clauses=MANY),
    "plain": order(performer=(), code=""),
}


def opened(paper):
    return Document(io.BytesIO(docx.draw(paper)))


def test_properties_language_and_face_are_the_papers():
    document = opened(order(1))
    normal = document.styles["Normal"]

    assert document.core_properties.title.startswith("Приказ от 01.09.2026 №")
    assert document.core_properties.author == ""
    assert {mark.get(qn("w:val")) for mark in document.styles.element.iter(qn("w:lang"))} == {"ru-RU"}
    assert normal.font.name == "PT Serif"
    fonts = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    assert 'w:name="PT Serif"><w:altName w:val="Times New Roman"/>' in fonts.blob.decode()


def test_sections_have_the_margins_and_turn_for_a_wide_table():
    sections = opened(PAPERS["text"]).sections

    assert [section.page_width < section.page_height for section in sections] == [True, True, False, True]
    assert {
        (s.left_margin.twips, s.right_margin.twips, s.top_margin.twips, s.bottom_margin.twips) for s in sections
    } == {tuple(Mm(side).twips for side in (30, 10, 20, 20))}


def test_the_tables_grid_has_the_papers_widths_and_its_rows_hold_together():
    table = opened(order(12)).tables[-1]
    head, section, row = (table.rows[place]._tr for place in (0, 1, 2))
    keeps = [p.paragraph_format.keep_with_next for p in table.rows[1].cells[0].paragraphs]

    assert [round(column.width.mm) for column in table.columns] == [
        round(170 * part / 96) for part in (6, 32, 16, 22, 20)
    ]
    assert all(tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for tr in (head, section, row))
    assert head.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert row.find(qn("w:trPr")).find(qn("w:tblHeader")) is None
    assert len(section.tc_lst) == 1
    assert keeps == [True]


def test_clauses_are_numbered_by_word_where_it_would_print_the_same():
    def numbered(clauses):
        return [
            p.text
            for p in opened(order(clauses=clauses)).paragraphs
            if p._p.pPr is not None and p._p.pPr.numPr is not None
        ]

    assert numbered(CLAUSES) == [set_text(clause.text) for clause in CLAUSES]
    assert numbered((Clause("2.", "Изложить в новой редакции."),)) == []
    assert numbered((Clause("1.", "Внести изменения."), Clause("1.2.", "Исключить."))) == []


def test_only_the_edition_of_2025_carries_the_square_code():
    def pictures(paper):
        footer = opened(paper).sections[0].first_page_footer
        return len(footer._element.findall(f".//{qn('w:drawing')}"))

    assert [pictures(order()), pictures(order(layout=Layout.GOST_2016)), pictures(order(code=""))] == [1, 0, 0]


def test_a_text_that_looks_like_a_template_is_text():
    typed = "{{ 7*7 }} {% for x in y %} <w:br/> &lt;"
    document = opened(order(heading=typed, clauses=(Clause("3.", typed),)))

    assert [paragraph.text for paragraph in document.paragraphs].count(typed) == 1
    assert f"3.\u00a0{typed}" in [paragraph.text for paragraph in document.paragraphs]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    """The twins as LibreOffice prints them, all in one start of it; it is told where our fonts are."""
    folder = tmp_path_factory.mktemp("word")
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<include>/etc/fonts/fonts.conf</include><dir>{fontpkg.path('pt-serif', 400, 'normal').parent}</dir></fontconfig>"
    )
    for name, paper in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(docx.draw(paper))
    subprocess.run(
        [
            shutil.which("soffice"),
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *sorted(folder.glob("*.docx")),
        ],
        env=os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: (folder / f"{name}.pdf").read_bytes() for name in PAPERS}


def read(content):
    """The words of each sheet, in no order: two programs place them in the file as they like, and rule lines by own means."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        sheets = [(page.extract_text(x_tolerance=2) or "").replace("_", "") for page in document.pages]
    return [sorted(sheet.split()) for sheet in sheets]


@pytest.mark.parametrize("name", PAPERS)
def test_libreoffice_opens_the_twin_with_the_sheets_of_the_pdf(name, sheets):
    twin, paper = read(sheets[name]), read(pdf.draw(PAPERS[name]))

    assert len(twin) == len(paper)
    if not any(annex.is_tight for annex in PAPERS[name].annexes):
        assert twin == paper


def test_the_performer_is_missing_where_none_is_named():
    with_one, without = (opened(replace(order(), performer=lines)) for lines in (("Берёзова Анна Павловна",), ()))

    assert "Берёзова Анна Павловна" in [paragraph.text for paragraph in with_one.paragraphs]
    assert len(without.tables) == 1
