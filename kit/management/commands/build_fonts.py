"""Cuts the screen subset of the portal's faces, one woff2 a face, before static files are collected."""

from pathlib import Path
from typing import Any

import fontpkg
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

#: Name of the file, family, weight, style: what static/css/fonts.css asks for.
FACES = (
    ("pt-sans", "pt-sans", 400, "normal"),
    ("pt-sans-italic", "pt-sans", 400, "italic"),
    ("pt-sans-bold", "pt-sans", 700, "normal"),
    ("pt-serif", "pt-serif", 400, "normal"),
    ("pt-serif-bold", "pt-serif", 700, "normal"),
)

#: Whole blocks, so that a surname or a sign nobody thought of never falls into another face.
BLOCKS = (
    range(0x0020, 0x0180),  # Latin with its accents
    range(0x0400, 0x0530),  # Cyrillic, the alphabets of Russia's peoples included
    range(0x2000, 0x2070),  # dashes, quotes, ellipsis, spaces
    range(0x20A0, 0x20C0),  # currencies, ₽ among them
    range(0x2100, 0x2150),  # №, ™
    range(0x2200, 0x2300),  # ≤, ≥, −, ≈
)


class Command(BaseCommand):
    help = "Собирает шрифты экрана (woff2) из полных шрифтов. Запускается перед collectstatic."

    def handle(self, *_args: Any, **_options: Any) -> None:
        folder = settings.BUILT_STATIC_DIR / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
        for name, family, weight, style in FACES:
            source = fontpkg.path(family, weight, style)
            target = folder / f"{name}.woff2"
            if is_stale(target, source, Path(__file__)):
                cut(source, target)
            self.stdout.write(f"{target.name}: {target.stat().st_size // 1024} КБ")


def is_stale(target: Path, *sources: Path) -> bool:
    """Whether any of the sources is newer than what was made of them."""
    return not target.exists() or target.stat().st_mtime < max(source.stat().st_mtime for source in sources)


def cut(source: Path, target: Path) -> None:
    """Write the screen subset of one face, with its kerning and its licence.

    Hints go: they are three quarters of the file, and screens have smoothed text without them since Windows 8.
    """
    options = Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, hinting=False)
    with TTFont(source) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[code for block in BLOCKS for code in block])
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(target)
