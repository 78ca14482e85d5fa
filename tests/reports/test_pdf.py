"""Papers drawn as PDF: what is read, how it is laid out, what a reader's tools find in the file."""

import io
import os
import subprocess
import sys
from dataclasses import replace

import pdfplumber
import pikepdf
import pytest
from django.conf import settings

from reports import pdf
from reports.paper import Clause, Command, Layout, Signature
from tests.reports.papers import CLAUSES, PASSAGES, WIDE, annex, order, rows, table

MM = 72 / 25.4


def pages(paper):
    with pdfplumber.open(io.BytesIO(pdf.draw(paper))) as document:
        yield from document.pages


def words(page):
    return page.extract_words(x_tolerance=2)


def texts(paper):
    return [(page.extract_text() or "").replace("\u00a0", " ") for page in pages(paper)]


def where(page, word):
    """The first place of a word on a sheet, in millimetres from its upper left corner: x, y, right edge."""
    found = next(one for one in words(page) if word in one["text"])
    return found["x0"] / MM, found["top"] / MM, found["x1"] / MM


def test_every_text_of_the_order_and_of_its_annex_is_read():
    paper = order(60)
    read = " ".join(" ".join(texts(paper)).split())

    for number, *_ in rows(60, 5):
        assert f" {number} " in read
    assert read.count("Семинар-практикум") == 60
    assert read.count("Ответственные") == len(texts(paper)) - 1
    assert [read.count(f"Раздел {place}.") for place in range(1, 7)] == [1] * 6
    for text in (
        paper.head.founder,
        "МКУ «ИМЦ»",
        "ПРИКАЗ",
        "01.09.2026 № 73-од",
        "г. Заречный",
        "И. О. Соколова",
        "2-34-57",
    ):
        assert text in read


def test_the_sheet_is_laid_out_as_the_standard_asks():
    first = next(pages(order()))
    edges = [word["x0"] / MM for word in words(first)], [word["x1"] / MM for word in words(first)]

    assert (round(first.width / MM), round(first.height / MM)) == (210, 297)
    assert min(edges[0]) == pytest.approx(30, abs=0.5)
    assert max(edges[1]) == pytest.approx(200, abs=1)
    assert where(first, "Управление")[1] == pytest.approx(20, abs=1.5)
    assert where(first, "01.09.2026")[0] == pytest.approx(30, abs=0.5)
    assert where(first, "73-од")[2] == pytest.approx(200, abs=1)
    assert where(first, "01.09.2026")[1] == pytest.approx(where(first, "73-од")[1], abs=0.1)
    assert where(first, "2.1.")[0] == pytest.approx(42.5, abs=0.5)
    assert {char["fontname"].partition("+")[2] for char in first.chars} == {"PT-Serif", "PT-Serif-Bold"}


@pytest.mark.parametrize(("layout", "corner"), [(Layout.GOST_2016, 75), (Layout.GOST_2025, 80)])
def test_what_stands_in_a_corner_is_as_wide_as_its_edition_allows(layout, corner):
    first, second = pages(order(1, layout=layout))
    left = where(first, "Об")
    heading = [word for word in words(first) if left[1] - 1 < word["top"] / MM < left[1] + 24 and word["x0"] / MM < 125]

    assert max(word["x1"] / MM for word in heading) <= 30 + corner
    assert where(second, "УТВЕРЖДЕНА")[0] == pytest.approx(200 - corner, abs=0.5)


def test_post_and_name_stand_on_the_level_of_the_posts_last_line():
    post = "Начальник Управления образования администрации Заречного городского округа"
    *_, sheet = pages(order(signature=Signature(post, "И. О. Соколова")))

    assert where(sheet, "Соколова")[1] == pytest.approx(
        [w["top"] / MM for w in words(sheet) if w["text"] == "округа"][-1], abs=0.3
    )
    assert where(sheet, "Соколова")[2] == pytest.approx(200, abs=1)


def test_sheets_are_numbered_from_the_second_and_each_annex_by_itself():
    upper = [
        [word["text"] for word in words(page) if word["bottom"] / MM < 19]
        for page in pages(order(annexes=(annex(20), annex(9, WIDE, PASSAGES), annex(1))))
    ]

    assert upper == [[], [], ["2"], ["3"], [], ["2"], ["3"], []]


def test_a_wide_table_lies_on_its_side_and_the_text_before_it_stands():
    sizes = [(page.width < page.height) for page in pages(order(annexes=(annex(3, WIDE, PASSAGES),)))]

    assert sizes == [True, True, False]
    assert not annex(3).is_wide


@pytest.mark.parametrize("count", range(11, 61, 7))
@pytest.mark.parametrize("a_section", [3, 4])
def test_a_section_is_never_the_last_line_of_a_sheet(count, a_section):
    paper = order(annexes=(replace(annex(1), tables=(table(count, a_section=a_section),)),))

    for text in texts(paper):
        assert not text.strip().splitlines()[-1].startswith(("Раздел", "педагогов"))


def test_the_signature_is_never_alone_on_a_sheet():
    alone = 0
    for count in range(8, 22):
        clauses = tuple(Clause(f"{n}.", f"Провести семинар номер {n} до 15 сентября.") for n in range(1, count))
        *_, last = texts(order(clauses=clauses))
        before, _, _ = last.partition("Директор")
        alone += "Провести семинар" not in before

    assert alone == 0


@pytest.mark.parametrize("count", range(10, 22))
def test_the_performer_is_on_the_sheet_of_the_signature(count):
    clauses = tuple(Clause(f"{n}.", f"Провести семинар номер {n} до 15 сентября.") for n in range(1, count))
    *_, last = texts(order(clauses=clauses))

    assert last.index("Соколова") < last.index("Берёзова Анна Павловна")


def test_only_the_edition_of_2025_has_the_square_code_and_only_on_the_first_sheet():
    def squares(layout, **changes):
        paper = order(layout=layout, clauses=CLAUSES * 4, **changes)
        return [
            len([r for r in page.curves + page.rects + page.lines if r["x0"] / MM > 170 and r["top"] / MM > 240]) > 0
            for page in pages(paper)
        ]

    assert squares(Layout.GOST_2025)[0]
    assert not any(squares(Layout.GOST_2025)[1:])
    assert not any(squares(Layout.GOST_2016))
    assert not any(squares(Layout.GOST_2025, code=""))


def test_a_draft_has_lines_instead_of_date_and_number_and_says_that_it_is_one():
    draft, registered = order(number="", dated=""), order()
    lines = [line for line in next(pages(draft)).rects + next(pages(draft)).lines if line["width"] / MM > 30]

    assert "ПРОЕКТ" in texts(draft)[0]
    assert {round(line["x0"] / MM) for line in lines} == {30, 160}
    assert "ПРОЕКТ" not in texts(registered)[0]


@pytest.mark.parametrize(
    ("command", "shown"), [(Command.LINE, "ПРИКАЗЫВАЮ:"), (Command.SPACED, "приказываю:"), (Command.NONE, None)]
)
def test_the_commanding_word_is_set_by_its_style(command, shown):
    page = next(pages(order(command=command)))
    letters = "".join(char["text"] for char in page.chars)

    assert ("приказываю:" in letters.lower()) == bool(shown)
    assert shown is None or shown in letters


def test_text_is_data_and_never_a_template_or_markup():
    typed = "<b>{{ paper.number }}</b> {% now 'Y' %} &amp; ${7*7}"
    paper = order(heading=typed, clauses=(Clause("1.", typed),))

    assert " ".join(texts(paper)[0].split()).count(typed) == 2


def test_the_file_has_what_archives_and_screen_readers_ask_for():
    with pikepdf.open(io.BytesIO(pdf.draw(order(3)))) as document:
        root = document.Root
        with document.open_metadata() as metadata:
            marks = (
                metadata["pdfaid:part"],
                metadata["pdfaid:conformance"],
                metadata["{http://www.aiim.org/pdfua/ns/id/}part"],
                metadata["dc:title"].replace("\u00a0", " "),
            )
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        roles = set(roles_of(root.StructTreeRoot))

        assert root.Lang == "ru"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert marks == (
            "3",
            "A",
            "1",
            "Приказ от 01.09.2026 № 73-од «Об утверждении дорожной карты развития школьных методических объединений на 2026–2029 годы»",
        )
        assert all(
            "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            or "/FontFile3" in font.DescendantFonts[0].FontDescriptor
            for font in fonts
        )
        assert all("/ToUnicode" in font for font in fonts)
        assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= roles


def roles_of(element):
    if isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from roles_of(element.K)
    elif isinstance(element, pikepdf.Array):
        for part in element:
            yield from roles_of(part)


def test_the_same_paper_is_the_same_file_in_any_process():
    script = (
        "import django, hashlib; django.setup();"
        "from reports import pdf; from tests.reports.papers import order;"
        "print(hashlib.sha256(pdf.draw(order(3))).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=settings.BASE_DIR,
            env=os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "config.settings"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(told) == 1
    assert pdf.draw(order(3)) != pdf.draw(order(3, number="74-од"))
