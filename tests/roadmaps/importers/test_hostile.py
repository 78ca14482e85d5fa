"""Files that mean harm or mean nothing: each gets one Russian sentence, at once, and the portal does not feel it."""

import base64
import io
import json
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pikepdf
import pytest
import weasyprint

from kit.confined import Unreadable
from roadmaps.importers import confined, reading
from roadmaps.importers.sheet import Cell, Row, Sheet, Table
from tests.roadmaps.importers.test_docx import sheet_of, tbl, tc, tr
from tests.roadmaps.importers.twins import docx_of, html_of, pdf_of, xlsx_of

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 5
GROWTH = 50 * 1024 * 1024

PLAN = Sheet(
    (
        Table(
            tuple(
                Row(tuple(map(Cell, cells)), line)
                for line, cells in enumerate(
                    [
                        ("№", "Мероприятия", "Сроки", "Ответственные"),
                        ("1.", "Подготовка семинара", "ежегодно", "ОО"),
                        ("2.", "Подготовка отчёта", "Июнь", "Руководители ГМО"),
                    ],
                    start=1,
                )
            )
        ),
    )
)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


# -- what comes --------------------------------------------------------------------------------------------------


def old_word() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "WordDocument".encode("utf-16-le")


def old_excel() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "Workbook".encode("utf-16-le")


def locked_office() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le")


def locked_pdf() -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of(PLAN))) as document:
        document.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    return stream.getvalue()


def scan() -> bytes:
    picture = base64.b64encode(PIXEL).decode()
    return weasyprint.HTML(
        string=f"<img style='width:15cm;height:20cm' src='data:image/png;base64,{picture}'>"
    ).write_pdf()


def endless_pdf() -> bytes:
    stream = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(500):
            document.add_blank_page()
        document.save(stream)
    return stream.getvalue()


def pdf_bomb() -> bytes:
    """Four hundred megabytes of nothing on one page, packed twice."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(400)) + packer.flush()
    stream = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        content = pikepdf.Stream(document, zlib.compress(packed))
        content.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        document.pages[0].Contents = document.make_indirect(content)
        document.save(stream, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return stream.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one member replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return stream.getvalue()


def member_of(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def with_entities(data: bytes, name: str, declarations: str) -> bytes:
    """The document with entities declared in one part, and used where its first text stands."""
    content = member_of(data, name).decode()
    prologue, root = content.split("?>", 1) if content.startswith("<?xml") else ("<?xml version='1.0'", content)
    used = root.replace("Мероприятия", "&boom;")
    return with_member(data, name, f"{prologue}?><!DOCTYPE x [{declarations}]>{used}".encode())


LAUGHS = '<!ENTITY a "ха">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", [*"bcdefghi", "boom"], strict=True)
)
PASSWORDS = '<!ENTITY boom SYSTEM "file:///etc/passwd">'


def bomb() -> bytes:
    return with_member(docx_of(PLAN), "word/document.xml", bytes(120 * 1024 * 1024))


def lying_bomb() -> bytes:
    """A bomb that declares a hundredth of its size."""
    content = member_of(docx_of(PLAN), "word/document.xml").ljust(3_000_000)
    data = with_member(docx_of(PLAN), "word/document.xml", content)
    return data.replace(len(content).to_bytes(4, "little"), (30_000).to_bytes(4, "little"))


def far_cell(reference: str = "XFD1048576") -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = book.active[reference] = "х"
    return saved(book)


def formulas() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(("№", "Мероприятие", "Срок"))
    book.active.append(("=1+1", "=2+2", "=3+3"))
    return saved(book)


def wide_merge() -> bytes:
    data = xlsx_of(PLAN)
    sheet = member_of(data, "xl/worksheets/sheet1.xml").decode()
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="A9:XFD1048576"/></mergeCells>'
    return with_member(data, "xl/worksheets/sheet1.xml", sheet.replace("</sheetData>", merge, 1).encode())


def saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def many_sheets() -> bytes:
    stream = io.BytesIO(xlsx_of(PLAN))
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(2, 10_002):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", "<worksheet/>")
    return stream.getvalue()


def rows(count: int) -> Sheet:
    (table,) = PLAN.blocks
    more = [Row((Cell(f"{n}."), Cell(f"Семинар {n}"), Cell("май"), Cell("ОО")), n) for n in range(3, count)]
    return Sheet((Table((*table.rows, *more)),))


def columns(count: int) -> Sheet:
    return Sheet((Table(tuple(Row((Cell("1."), *[Cell("май")] * count), line) for line in range(1, 4))),))


def many_rows() -> bytes:
    book = openpyxl.Workbook()
    for row in rows(5_001).blocks[0].rows:
        book.active.append([cell.text for cell in row.cells])
    return saved(book)


def deep_xml() -> bytes:
    return with_member(docx_of(PLAN), "word/document.xml", b"<a>" * 100_000 + b"</a>" * 100_000)


def deep_html() -> bytes:
    return b"<table><tr><td>" * 20_000


def nonsense_text() -> bytes:
    return ("срок, май; ответственные — " * 400 + "\n").encode() * 900


#: The file, what it is called, and the words by which its owner knows what to do.
REFUSED = {
    "old Word": (old_word, "карта.doc", "старого Word"),
    "old Word renamed": (old_word, "карта.docx", "сохраните как .docx"),
    "old Excel": (old_excel, "карта.xls", "сохраните как .xlsx"),
    "locked Word": (locked_office, "карта.docx", "снимите пароль"),
    "locked PDF": (locked_pdf, "карта.pdf", "снимите пароль"),
    "scan": (scan, "карта.pdf", "похоже, это скан"),
    "500 pages": (endless_pdf, "карта.pdf", "больше 120 страниц"),
    "bomb in PDF": (pdf_bomb, "карта.pdf", "слишком сложен"),
    "picture": (lambda: PIXEL, "карта.docx", "картинка"),
    "program": (lambda: b"MZ\x90\x00" + bytes(4096), "карта.docx", "программа"),
    "Word as XML": (
        lambda: b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
        "карта.xml",
        "в виде XML",
    ),
    "RTF": (lambda: b"{\\rtf1\\ansi}", "карта.rtf", ".rtf"),
    "archive": (
        lambda: with_member(with_member(b"PK\x05\x06" + bytes(18), "a.txt", b"a"), "b.txt", b""),
        "к.zip",
        "архив",
    ),
    "OpenDocument": (
        lambda: with_member(b"PK\x05\x06" + bytes(18), "mimetype", b"application/vnd.oasis.opendocument.text"),
        "карта.odt",
        "OpenDocument",
    ),
    "macros in Word": (lambda: with_member(docx_of(PLAN), "word/vbaProject.bin", b"x"), "карта.docm", "макросы"),
    "macros in Excel": (lambda: with_member(xlsx_of(PLAN), "xl/vbaProject.bin", b"x"), "карта.xlsm", "макросы"),
    "nothing": (lambda: b"", "карта.docx", "пуст"),
    "50 MB": (lambda: b"\x01nonsense" * 6_000_000, "карта.docx", "больше 20 МБ"),
    "19 MB of bytes": (lambda: bytes(range(256)) * 74_000, "карта.docx", "не знает такого вида"),
    "broken zip": (lambda: docx_of(PLAN)[:-30] + bytes(30), "карта.docx", "повреждён"),
    "bomb": (bomb, "карта.docx", "слишком велик"),
    "lying bomb": (lying_bomb, "карта.docx", "повреждён"),
    "laughs in Word": (lambda: with_entities(docx_of(PLAN), "word/document.xml", LAUGHS), "к.docx", "устроен не так"),
    "theft in Word": (lambda: with_entities(docx_of(PLAN), "word/document.xml", PASSWORDS), "к.docx", "устроен не так"),
    "laughs in Excel": (
        lambda: with_entities(xlsx_of(PLAN), "xl/worksheets/sheet1.xml", LAUGHS),
        "карта.xlsx",
        "устроен не так",
    ),
    "theft in Excel": (
        lambda: with_entities(xlsx_of(PLAN), "xl/worksheets/sheet1.xml", PASSWORDS),
        "карта.xlsx",
        "устроен не так",
    ),
    "deep XML": (deep_xml, "карта.docx", "повреждён"),
    "far cell": (far_cell, "карта.xlsx", "далеко за таблицей"),
    "formulas": (formulas, "карта.xlsx", "формулы"),
    "10,000 sheets": (many_sheets, "карта.xlsx", "слишком много листов"),
    "5,001 rows": (many_rows, "карта.xlsx", "больше 5000 строк"),
    "200 columns": (lambda: docx_of(columns(200)), "карта.docx", "больше 40 столбцов"),
}
#: Strange, but a person can make something of it: read, or refused in words.
STRANGE = {
    "nonsense in words": (nonsense_text, "карта.txt"),
    "deep HTML": (deep_html, "карта.html"),
    "endless merge": (wide_merge, "карта.xlsx"),
    "no head": (lambda: docx_of(Sheet((Table(PLAN.blocks[0].rows[1:]),))), "карта.docx"),
    "two heads": (lambda: docx_of(Sheet((Table(PLAN.blocks[0].rows * 2),))), "карта.docx"),
    "1,000 rows": (lambda: xlsx_of(rows(1_000)), "карта.xlsx"),
}


# -- how it is borne ---------------------------------------------------------------------------------------------

#: A web worker of its own: what it says, and how much its memory grew at the most.
WORKER = """
import json, resource, sys, time
from pathlib import Path
from roadmaps.importers.confined import understand_confined
from kit.confined import Unreadable

def peak():
    # Of this program alone; the figure of getrusage is inherited from whoever started it.
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024

before = peak()
try:
    said = {"understood": understand_confined(Path(sys.argv[1]), sys.argv[2])["title"]}
except Unreadable as refusal:
    said = {"refusal": str(refusal)}
children = resource.getrusage(resource.RUSAGE_CHILDREN)
# Seconds of the processor: the clock would measure what else this machine does.
print(json.dumps(said | {"growth": peak() - before, "seconds": children.ru_utime + children.ru_stime}))
"""


def brought_to_the_portal(content: bytes, name: str, folder: Path, *, worker: str = WORKER) -> dict:
    path = folder / "upload"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", worker, str(path), name], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)


def is_a_sentence(words: str) -> bool:
    return words[0].isupper() and words.endswith(".") and "\n" not in words and "Traceback" not in words


@pytest.mark.parametrize(("make", "name", "telling"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_words(make, name, telling, tmp_path):
    said = brought_to_the_portal(make(), name, tmp_path)

    assert telling in said["refusal"]
    assert is_a_sentence(said["refusal"])
    assert said["growth"] <= GROWTH
    assert said["seconds"] <= SECONDS


def test_a_word_document_of_the_strict_kind_is_refused_in_its_own_words():
    strict = io.BytesIO()
    rows = tuple(Row((Cell("Семинар"), Cell("май")), line) for line in (1, 2))
    plain = zipfile.ZipFile(io.BytesIO(docx_of(Sheet((Table(rows),)))))
    usual, other = (
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
        b"http://purl.oclc.org/ooxml/officeDocument/",
    )

    with zipfile.ZipFile(strict, "w") as archive:
        for name in plain.namelist():
            archive.writestr(name, plain.read(name).replace(usual, other))

    with pytest.raises(Unreadable, match="строгий формат Open XML"):
        reading.read(strict.getvalue(), "план.docx")


@pytest.mark.parametrize(("make", "name"), STRANGE.values(), ids=STRANGE)
def test_what_is_strange_is_read_or_refused_in_words(make, name, tmp_path):
    said = brought_to_the_portal(make(), name, tmp_path)

    assert "understood" in said or is_a_sentence(said["refusal"])
    assert said["growth"] <= GROWTH
    assert said["seconds"] <= SECONDS


@pytest.mark.parametrize("build", [docx_of, xlsx_of, pdf_of], ids=["docx", "xlsx", "pdf"])
def test_half_a_file_is_refused_wherever_it_ends(build):
    whole = build(PLAN)

    for point in range(20):
        half = whole[: len(whole) * point // 20]
        with pytest.raises(Unreadable) as refusal:
            reading.read(half, "карта")
        assert is_a_sentence(str(refusal.value)), point


def test_a_table_inside_a_cell_is_read():
    inner = tbl(tr(tc("август"), tc("план"), tc("")))
    (table,) = sheet_of(tbl(tr(tc("1."), tc(inner + "<w:p/>"), tc("ОО")))).blocks

    assert [cell.text for cell in table.rows[0].cells] == ["1.", "август план", "ОО"]


def test_the_same_document_unharmed_is_understood(tmp_path):
    for build, name in ((docx_of, "к.docx"), (xlsx_of, "к.xlsx"), (pdf_of, "к.pdf"), (html_of, "к.html")):
        assert "understood" in brought_to_the_portal(build(PLAN), name, tmp_path)


# -- and what would happen without ------------------------------------------------------------------------------


def unguarded_python(folder: Path) -> str:
    """A Python that runs the child with the check of a sheet's extents switched off."""
    code = (
        "import runpy, sys; from roadmaps.importers import survey; "
        "survey.MOST_ROWS = survey.MOST_COLUMNS = 10**9; sys.argv = sys.argv[-2:]; "
        'runpy.run_module("roadmaps.importers.confined", run_name="__main__")'
    )
    script = folder / "python"
    script.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{code}' \"$@\"\n")
    script.chmod(0o755)
    return str(script)


def test_without_the_check_of_extents_the_child_dies_and_it_is_said_in_words(tmp_path, monkeypatch, caplog):
    path = tmp_path / "upload"
    path.write_bytes(far_cell("CV1048576"))
    monkeypatch.setattr(sys, "executable", unguarded_python(tmp_path))

    with pytest.raises(Unreadable, match="слишком сложен"):
        confined.understand_confined(path, "карта.xlsx")

    assert "exit -6" in caplog.text


def test_without_the_check_of_entities_nothing_is_fetched(monkeypatch):
    monkeypatch.setattr("kit.archives._declares_entities", lambda *_: False)

    sheet = reading.read(with_entities(docx_of(PLAN), "word/document.xml", PASSWORDS), "карта.docx")

    assert [cell.text for cell in sheet.blocks[0].rows[0].cells] == ["№", "", "Сроки", "Ответственные"]


def test_the_growth_of_memory_is_seen_by_the_measure(tmp_path):
    reads_it_itself = WORKER.replace(
        "understand_confined(Path(sys.argv[1]), sys.argv[2])", "{'title': Path(sys.argv[1]).read_bytes().decode()[:1]}"
    )
    said = brought_to_the_portal(b"x" * 60 * 1024 * 1024, "карта.txt", tmp_path, worker=reads_it_itself)

    assert said["growth"] > GROWTH
