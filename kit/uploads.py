"""Files people attach: known by what they hold, not by what they are called, and named so that nothing bends."""

import os
import re
import unicodedata
import zipfile
from collections.abc import Collection
from pathlib import PurePath
from typing import IO, Any

#: What may be attached: the content type by the first bytes of the file.
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
#: Office files are archives; the member that tells each kind apart.
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = re.compile(rb"^application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)$")
MACROS = re.compile(r"vbaProject\.bin$", re.IGNORECASE)
ACTIVE = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|body|iframe|object)\b", re.IGNORECASE)

TYPES = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "text/plain": (".txt", ".csv"),
    OFFICE["word/document.xml"]: (".docx",),
    OFFICE["xl/workbook.xml"]: (".xlsx",),
    OFFICE["ppt/presentation.xml"]: (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "application/vnd.oasis.opendocument.presentation": (".odp",),
}
HEAD = 4096
NAME_LENGTH = 120
MANY_MEMBERS = 5000

#: The record that ends every archive stands within so many bytes of the end, unless the archive has a comment.
TAIL = 256

KINDS_IN_WORDS = "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument, JPEG, PNG, WebP или текст"


class UploadRefused(Exception):
    """The file is not taken; the message is one Russian sentence saying why and what to do."""


def check_upload(file: Any, *, max_bytes: int, allowed: Collection[str] = TYPES.keys()) -> str:
    """The content type of an uploaded file, found in its bytes; one of ``allowed``, else raises ``UploadRefused``.

    ``file`` has ``name``, ``size``, ``seek`` and ``read``; it is left at its beginning.
    """
    if not file.size:
        raise UploadRefused("Файл пустой. Выберите другой файл.")
    if file.size > max_bytes:
        raise UploadRefused(f"Файл больше {max_bytes // 2**20} МБ. Сожмите его или приложите ссылку.")
    file.seek(0)
    content_type = _detected(file)
    file.seek(0)
    if content_type not in allowed:
        wanted = ", ".join(suffix for kind in allowed for suffix in TYPES[kind])
        raise UploadRefused(f"Такой файл сюда приложить нельзя. Подойдут {wanted}.")
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in TYPES[content_type]:
        wanted = " или ".join(TYPES[content_type])
        raise UploadRefused(f"Имя файла говорит одно, а внутри другое: ждали {wanted}, а не «{suffix or 'без вида'}».")
    return content_type


def _detected(file: IO[bytes]) -> str:
    head = file.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _detected_archive(file)
    content_type = _signed(head) or ("text/plain" if _is_plain_text(head) else "")
    # A page or an archive hidden in a picture or a document: a file of two kinds is taken as neither.
    if not content_type or ACTIVE.search(head) or _ends_as_archive(file):
        raise UploadRefused(f"Такой файл приложить нельзя. Подойдут {KINDS_IN_WORDS}.")
    return content_type


def _signed(head: bytes) -> str:
    """The content type that the first bytes give away, or nothing."""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return next((content_type for signature, content_type in SIGNATURES if head.startswith(signature)), "")


def _ends_as_archive(file: IO[bytes]) -> bool:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    return b"PK\x05\x06" in file.read(TAIL)


def _detected_archive(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if len(names) > MANY_MEMBERS:
                raise UploadRefused("В файле слишком много частей. Сохраните документ заново и приложите его.")
            if any(MACROS.search(name) for name in names):
                raise UploadRefused("В файле есть макросы. Сохраните его без макросов и приложите снова.")
            for member, content_type in OFFICE.items():
                if member in names:
                    return content_type
            if "mimetype" in names and archive.getinfo("mimetype").file_size < HEAD:
                mimetype = archive.read("mimetype").strip()
                if OPEN_DOCUMENT.match(mimetype):
                    return mimetype.decode()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UploadRefused("Файл повреждён. Откройте его у себя, сохраните заново и приложите снова.") from error
    raise UploadRefused(f"Архивы не принимаются: приложите сам документ. Подойдут {KINDS_IN_WORDS}.")


def _is_plain_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "cp1251"):
        try:
            # The cut may fall inside a letter of two bytes.
            head[:-4].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def safe_name(name: str) -> str:
    r"""A file name without paths, control and direction marks, at most 120 characters, its ending kept.

    >>> safe_name("../../etc/Отчёт\r\n за год.pdf")
    'Отчёт за год.pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    clean = "".join(letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"})
    clean = re.sub(r"\s+", " ", clean).strip(" .") or "файл"
    path = PurePath(clean)
    suffix = path.suffix[:10]
    return path.stem[: NAME_LENGTH - len(suffix)] + suffix
