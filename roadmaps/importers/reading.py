"""Which reader a file wants: decided by what it holds, its name only helps where the content is silent."""

import importlib
import re
import zipfile
from pathlib import PurePath

from kit.archives import DAMAGED, open_archive
from kit.confined import Unreadable
from roadmaps.importers.sheet import Sheet, Table
from roadmaps.importers.text import is_utf_16

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 40

_ASKED_FOR = "сохраните дорожную карту как .docx, .xlsx или .pdf и загрузите снова."
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What a file begins with, and what to say about it; the first that fits.
_FOREIGN = (
    (b"{\\rtf", f"Это документ .rtf: {_ASKED_FOR}"),
    (b"\x89PNG", "Это картинка, а не документ: нужен файл, в котором текст набран, – .docx, .xlsx или .pdf."),
    (b"\xff\xd8\xff", "Это фотография, а не документ: нужен файл, в котором текст набран, – .docx, .xlsx или .pdf."),
    (b"GIF8", "Это картинка, а не документ: нужен файл, в котором текст набран, – .docx, .xlsx или .pdf."),
    (b"BM", "Это картинка, а не документ: нужен файл, в котором текст набран, – .docx, .xlsx или .pdf."),
    (b"II*\x00", "Это картинка, а не документ: нужен файл, в котором текст набран, – .docx, .xlsx или .pdf."),
    (b"MZ", f"Это программа, а не документ: {_ASKED_FOR}"),
    (b"\x7fELF", f"Это программа, а не документ: {_ASKED_FOR}"),
    (b"Rar!", f"Это архив: распакуйте его, {_ASKED_FOR}"),
    (b"7z\xbc\xaf", f"Это архив: распакуйте его, {_ASKED_FOR}"),
    (b"\x1f\x8b", f"Это архив: распакуйте его, {_ASKED_FOR}"),
)
_HTML = re.compile(rb"<(!doctype html|html|table|meta|body)[\s>]", re.IGNORECASE)
_CONTENTS = "[Content_Types].xml"
_RELATIONS = "_rels/.rels"
_OFFICE = {b"wordprocessingml.document.main+xml": "docx", b"spreadsheetml.sheet.main+xml": "xlsx"}
#: Excel puts a cell of several lines between quotes when it is copied as text.
_QUOTED_CELL = re.compile(rb'(?:^|\t)"(?:[^"\t\n]|"")*\n(?:[^"\t]|"")*"(?=\t|\r?$)', re.MULTILINE)
_LOOKED_THROUGH = 4096


def read(data: bytes, filename: str) -> Sheet:
    """The document in ``data``. Raises ``Unreadable`` for everything that is not one, whatever it is."""
    if len(data) > MOST_BYTES:
        raise Unreadable("Файл больше 20 МБ: уберите из него фотографии или оставьте только дорожную карту.")
    if not data.strip(b"\x00\t\n\r "):
        raise Unreadable("Файл пуст: проверьте, тот ли файл выбран.")
    reader = importlib.import_module(f"roadmaps.importers.{_kind(data, filename)}")  # only what this file needs
    try:
        sheet: Sheet = reader.read(data)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        # A library given a damaged file raises whatever it stumbles over.
        raise Unreadable(
            "Файл повреждён или загружен не целиком: откройте его, сохраните заново и загрузите."
        ) from error
    _check_size(sheet)
    return sheet


def _check_size(sheet: Sheet) -> None:
    rows = [row for block in sheet.blocks if isinstance(block, Table) for row in block.rows]
    if not sheet.blocks:
        raise Unreadable("В файле нет ни таблицы, ни текста: проверьте, тот ли файл выбран.")
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"В таблице больше {MOST_ROWS} строк: оставьте в файле только дорожную карту.")
    if max((row.width for row in rows), default=0) > MOST_COLUMNS:
        raise Unreadable(f"В таблице больше {MOST_COLUMNS} столбцов: оставьте столбцы дорожной карты.")


def _kind(data: bytes, filename: str) -> str:
    """The name of the reader's module."""
    beginning = data[:_LOOKED_THROUGH]
    if b"%PDF-" in beginning[:1024]:
        return "pdf"
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(data)
    if beginning.startswith(_OLD_OFFICE):
        raise Unreadable(_about_old_office(data, filename))
    for signature, sentence in _FOREIGN:
        if beginning.startswith(signature):
            raise Unreadable(sentence)
    if b"<?mso-application" in beginning:
        raise Unreadable("Это документ Word или Excel в виде XML: сохраните его как .docx или .xlsx и загрузите снова.")
    if _HTML.search(beginning) or (b"\t" in data and _QUOTED_CELL.search(data)):
        return "paste"
    if b"\x00" in beginning and not beginning.startswith((b"\xff\xfe", b"\xfe\xff")) and not is_utf_16(beginning):
        raise Unreadable(f"Портал не знает такого вида файлов: {_ASKED_FOR}")
    return "text"


def _kind_of_archive(data: bytes) -> str:
    archive = open_archive(data)
    names = set(archive.namelist())
    # The list of contents names the kind; the parts themselves may lie under other names than usual.
    contents = archive.read(_CONTENTS) if _CONTENTS in names else b""
    if b"macroEnabled" in contents or any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable("В файле есть макросы: сохраните его как обычный документ .docx или книгу .xlsx без макросов.")
    for main_part, kind in _OFFICE.items():
        if main_part in contents and not (kind == "docx" and _is_strict(archive, names)):
            return kind
    raise Unreadable(_about_archive(archive, names))


def _is_strict(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether Word saved it as «Strict Open XML», whose names of parts and elements are others."""
    return _RELATIONS in names and b"http://purl.oclc.org/ooxml/" in archive.read(_RELATIONS)


def _about_archive(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
        return f"Это документ OpenDocument (.odt, .ods): {_ASKED_FOR}"
    if _is_strict(archive, names):
        return (
            "Это строгий формат Open XML: в Word выберите «Сохранить как» – «Документ Word (.docx)» и загрузите снова."
        )
    if "xl/workbook.bin" in names:
        return "Это двоичная книга .xlsb: сохраните её как .xlsx и загрузите снова."
    if any(name.startswith("ppt/") for name in names):
        return f"Это презентация: {_ASKED_FOR}"
    if _CONTENTS in names:
        return DAMAGED
    return f"Это архив: распакуйте его, {_ASKED_FOR}"


def _about_old_office(data: bytes, filename: str) -> str:
    """The old container also wraps documents locked with a password; stream names stand in it as UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "Файл защищён паролем: снимите пароль в Word или Excel и загрузите снова."
    workbook = "Workbook".encode("utf-16-le") in data or PurePath(filename).suffix.lower() == ".xls"
    if workbook and "WordDocument".encode("utf-16-le") not in data:
        return "Это книга старого Excel (.xls): откройте её, сохраните как .xlsx и загрузите снова."
    return "Это документ старого Word (.doc): откройте его, сохраните как .docx и загрузите снова."
