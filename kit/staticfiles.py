"""How static files are collected: one sheet instead of twenty, every file and module under a hashed name."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/portal.css"
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\);\n')

Paths = dict[str, tuple[Storage, str]]


class PortalStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts the imported sheets into ``portal.css``: twenty requests to the same workers become one."""

    # Django can rewrite imports of modules in every script or in none; those of vendors import what they do not ship.
    _, _module_imports = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns  # noqa: SLF001
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _module_imports))

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if SHEET in paths and not dry_run:
            whole = InMemoryStorage()
            whole.save(SHEET, ContentFile(inlined(paths)))
            paths = {**paths, SHEET: (whole, SHEET)}
        yield from super().post_process(paths, dry_run, **options)


def inlined(paths: Paths) -> str:
    """The text of the sheet with every import replaced by what it imports; a missing one fails the collection."""

    def text_of(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read().decode()

    return IMPORT.sub(lambda found: text_of(f"css/{found['path']}"), text_of(SHEET))
