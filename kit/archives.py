"""The zip around Word and Excel documents, opened only when it is what it says and of a bearable size."""

import io
import zipfile
import zlib

from kit.confined import Unreadable

MOST_MEMBERS = 2_000
MOST_BYTES = 100 * 1024 * 1024
#: XML shrinks twenty- to fiftyfold; photographs hardly at all. Only a bomb of a noticeable size shrinks more.
MOST_SHRINKING = 150
NOTICEABLE_BYTES = 4 * 1024 * 1024

DAMAGED = "Файл повреждён или загружен не целиком: откройте его, сохраните заново и загрузите."
_NOT_AN_OFFICE_FILE = "Файл устроен не так, как документы Word и Excel: сохраните его заново и загрузите."
_ENCRYPTED = 0x1
_PROLOGUE = 1024


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive in ``data``; nothing of it has been unpacked yet.

    Sizes are the declared ones: ``zipfile`` never gives more bytes of a member than it declares.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(
            "Файл повреждён или загружен не целиком: откройте его, сохраните заново и загрузите."
        ) from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Unreadable("В файле слишком много листов или вложений: оставьте только нужное и загрузите снова.")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise Unreadable("Файл зашифрован паролем: снимите пароль и загрузите снова.")
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if size > MOST_BYTES or (size > NOTICEABLE_BYTES and size > MOST_SHRINKING * max(packed, 1)):
        raise Unreadable("Файл слишком велик после распаковки: оставьте в нём только нужное и загрузите снова.")
    names = {member.filename for member in members}
    if len(names) != len(members) or any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
        raise Unreadable(_NOT_AN_OFFICE_FILE)
    if any(_declares_entities(archive, name) for name in names if name.endswith((".xml", ".rels"))):
        raise Unreadable(_NOT_AN_OFFICE_FILE)
    return archive


def _declares_entities(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether the XML brings a document type, which Office never writes: its only use is to bring entities.

    The parsers resolve none of them either way; this says so to the owner instead of leaving holes in the text.
    """
    try:
        with archive.open(name) as member:
            beginning = member.read(_PROLOGUE)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise Unreadable(DAMAGED) from error
    return b"<!DOCTYPE" in beginning.replace(b"\x00", b"")
