"""`manage.py import_roadmap FILE`: what a document is understood to say, for a person or as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from roadmaps.importers import reading
from roadmaps.importers.sheet import Sheet, Unreadable
from roadmaps.importers.summary import summary
from roadmaps.importers.understanding import understand
from roadmaps.importers.understood import UnderstoodRoadmap

NOT_A_DOCUMENT = 2


class Command(BaseCommand):
    help = "Прочитать дорожную карту из .docx, .xlsx, .pdf или текста и показать, как она понята."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="файл документа")
        parser.add_argument("--dry-run", action="store_true", help="только показать, ничего не сохранять")
        parser.add_argument("--json", action="store_true", help="показать одним объектом JSON")

    def handle(self, **options: Any) -> None:
        try:
            roadmap = understand(_sheet(options["file"]))
        except Unreadable as refusal:
            raise CommandError(" ".join(str(refusal).split()), returncode=NOT_A_DOCUMENT) from refusal
        if not options["dry_run"]:
            raise CommandError("Сохранение доступно на портале: добавьте --dry-run, чтобы увидеть, как документ понят.")
        self._show(roadmap, as_json=options["json"])

    def _show(self, roadmap: UnderstoodRoadmap, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(roadmap.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(summary(roadmap))


def _sheet(path: Path) -> Sheet:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"Файл «{path}» не открывается: проверьте имя и права на чтение.") from error
    return reading.read(content, path.name)
