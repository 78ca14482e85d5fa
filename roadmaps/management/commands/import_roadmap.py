"""`manage.py import_roadmap FILE`: what a document is understood to say, shown or made a roadmap."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from directory.models import Municipality
from kit.confined import Unreadable
from roadmaps.actions import imports
from roadmaps.importers import reading
from roadmaps.importers.sheet import Sheet
from roadmaps.importers.summary import summary
from roadmaps.importers.understanding import understand
from roadmaps.importers.understood import UnderstoodRoadmap

NOT_A_DOCUMENT = 2


class Command(BaseCommand):
    help = "Прочитать дорожную карту из .docx, .xlsx, .pdf или текста, показать, как она понята, и сохранить."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="файл документа")
        parser.add_argument("--dry-run", action="store_true", help="только показать, ничего не сохранять")
        parser.add_argument("--json", action="store_true", help="показать одним объектом JSON")
        parser.add_argument("--municipality", default="", help="чья дорожная карта, если муниципалитетов несколько")

    def handle(self, **options: Any) -> None:
        try:
            roadmap = understand(_sheet(options["file"]))
            self._show(roadmap, as_json=options["json"])
            if not options["dry_run"]:
                self._save(roadmap, options["file"].name, _municipality(options["municipality"]))
        except (Unreadable, imports.NothingToImport, imports.PeriodUnknown) as refusal:
            raise CommandError(" ".join(str(refusal).split()), returncode=NOT_A_DOCUMENT) from refusal

    def _show(self, roadmap: UnderstoodRoadmap, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(roadmap.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(summary(roadmap))

    def _save(self, understood: UnderstoodRoadmap, filename: str, municipality: Municipality) -> None:
        """Bring and confirm at once; a document brought before changes nothing."""
        now = timezone.now()
        brought, _ = imports.bring(understood.as_json(), filename=filename, municipality=municipality, by=None, at=now)
        if brought.roadmap:
            self.stderr.write(f"Этот документ уже загружен: {brought.roadmap.get_absolute_url()}. Ничего не изменено.")
            return
        roadmap = imports.confirm(brought, by=None, at=now, today=timezone.localdate())
        self.stderr.write(f"Сохранено: {roadmap.get_absolute_url()}")


def _municipality(title: str) -> Municipality:
    """The municipality named, or the only one there is."""
    found = list(Municipality.objects.filter(title=title) if title else Municipality.objects.order_by("pk")[:2])
    if len(found) == 1:
        return found[0]
    if title:
        raise CommandError(f"Муниципалитет «{title}» не найден.")
    if found:
        raise CommandError("Назовите муниципалитет: --municipality НАЗВАНИЕ.")
    raise CommandError("В портале ещё нет ни одного муниципалитета: сохранять дорожную карту некуда.")


def _sheet(path: Path) -> Sheet:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"Файл «{path}» не открывается: проверьте имя и права на чтение.") from error
    return reading.read(content, path.name)
