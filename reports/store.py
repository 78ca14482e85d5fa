"""Files kept for good under their own fingerprint: the same paper is the same file, a torn one has no name."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage


@dataclass(frozen=True)
class Kept:
    """A file in the store; ``digest`` is its SHA-256, hexadecimal."""

    name: str
    digest: str
    size: int


def keep(content: bytes, *, folder: str, suffix: str) -> Kept:
    """Write the file and wait for the disk before it gets its name; kept again, it is left as it lies."""
    digest = hashlib.sha256(content).hexdigest()
    name = f"{folder}/{digest[:2]}/{digest}{suffix}"
    path = Path(default_storage.path(name))
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    return Kept(name, digest, len(content))


def _write(path: Path, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), default_storage.file_permissions_mode or 0o640)  # type: ignore[attr-defined]
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name, too, must outlive a power cut
    finally:
        os.close(folder)
