"""Attached files: known by their bytes, refused in words, named so that nothing bends."""

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.uploads import TYPES, UploadRefused, check_upload, safe_name

MAX = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(64)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(64)


class Upload(io.BytesIO):
    """As much of an uploaded file as is looked at."""

    def __init__(self, content: bytes, name: str):
        super().__init__(content)
        self.name = name
        self.size = len(content)


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as written:
        for name, content in members.items():
            written.writestr(name, content)
    return stream.getvalue()


DOCX = archive(**{"[Content_Types].xml": b"", "word/document.xml": b""})
XLSX = archive(**{"[Content_Types].xml": b"", "xl/workbook.xml": b""})
ODT = archive(mimetype=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (PDF, "Приказ.pdf", "application/pdf"),
        (JPEG, "Фото.JPG", "image/jpeg"),
        (PNG, "Снимок.png", "image/png"),
        (WEBP, "Снимок.webp", "image/webp"),
        (DOCX, "Справка.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (XLSX, "Сводка.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (ODT, "Справка.odt", "application/vnd.oasis.opendocument.text"),
        ("Протокол № 1: 5 < 7".encode(), "Протокол.txt", "text/plain"),
        ("Протокол № 1".encode("cp1251"), "Протокол.txt", "text/plain"),
    ],
)
def test_a_good_file_is_known_by_its_bytes_and_left_at_its_beginning(content, name, content_type):
    upload = Upload(content, name)

    assert check_upload(upload, max_bytes=MAX) == content_type
    assert upload.tell() == 0


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "Пусто.pdf", "Файл пустой"),
        (PDF + bytes(MAX), "Большой.pdf", "больше 1 МБ"),
        (b"<!DOCTYPE html><html><script>alert(1)</script>", "Отчёт.txt", "приложить нельзя"),
        (b"\xef\xbb\xbf  <HTML>", "Отчёт.txt", "приложить нельзя"),
        (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "Схема.svg", "приложить нельзя"),
        (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "Схема.png", "приложить нельзя"),
        (b"MZ\x90\x00" + bytes(64), "Отчёт.pdf", "приложить нельзя"),
        (b"GIF89a/*" + b"<script>alert(1)</script>", "Фото.gif", "приложить нельзя"),
        (JPEG + b"<script>alert(1)</script>", "Фото.jpg", "приложить нельзя"),
        (PNG + archive(**{"a.class": b"x"}), "Снимок.png", "приложить нельзя"),
        (PDF + archive(**{"a.class": b"x"}), "Приказ.pdf", "приложить нельзя"),
        (b"\n" + PDF + b"\x00", "Приказ.pdf", "приложить нельзя"),
        (archive(**{"a.txt": b"x"}), "Архив.zip", "Архивы не принимаются"),
        (DOCX[:-30], "Справка.docx", "повреждён"),
        (archive(**{"word/document.xml": b"", "word/vbaProject.bin": b""}), "Справка.docx", "макросы"),
        (PDF, "Приказ.docx", "ждали .pdf"),
        (PDF, "Приказ", "ждали .pdf"),
        (XLSX, "Справка.docx", "ждали .xlsx"),
    ],
)
def test_a_bad_file_is_refused_in_words(content, name, words):
    with pytest.raises(UploadRefused, match=words) as refusal:
        check_upload(Upload(content, name), max_bytes=MAX)

    assert str(refusal.value).endswith(".")


def test_only_the_allowed_kinds_are_taken():
    assert check_upload(Upload(PDF, "Скан.pdf"), max_bytes=MAX, allowed={"application/pdf"}) == "application/pdf"

    with pytest.raises(UploadRefused, match=r"Подойдут \.pdf\."):
        check_upload(Upload(PNG, "Скан.png"), max_bytes=MAX, allowed={"application/pdf"})


@given(st.binary(max_size=300), st.sampled_from([suffix for kind in TYPES.values() for suffix in kind]))
def test_any_bytes_are_known_or_refused(content, suffix):
    try:
        found = check_upload(Upload(content, f"Файл{suffix}"), max_bytes=MAX)
    except UploadRefused:
        return

    assert suffix in TYPES[found]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Отчёт.pdf", "Отчёт.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Documents\\Отчёт.docx", "Отчёт.docx"),
        ("Отчёт\r\nSet-Cookie: a=b.pdf", "ОтчётSet-Cookie: a=b.pdf"),
        ("Приказ\u202efdp.exe", "Приказfdp.exe"),
        ("  .  ", "файл"),
        ("", "файл"),
        (".htaccess", "htaccess"),
        ("а\x00б.pdf", "аб.pdf"),
    ],
)
def test_a_name_is_made_safe(name, safe):
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending():
    assert safe_name("Я" * 300 + ".docx") == "Я" * 115 + ".docx"


@given(st.text(max_size=400))
def test_any_name_is_made_safe(name):
    safe = safe_name(name)

    assert 0 < len(safe) <= 120
    assert not set(safe) & set("/\\\r\n")
    assert not any(unicodedata.category(letter) in {"Cc", "Cf"} for letter in safe)
    assert safe == safe_name(safe)
