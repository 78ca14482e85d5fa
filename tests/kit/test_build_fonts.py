"""The screen fonts: every sign the centre's papers use is in the cut face."""

import io

from django.core.management import call_command
from fontTools.ttLib import TTFont

PAPERS = "Ёё АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ № « » — – … § ₽ % 0123456789 Ә ҡ XVI"


def test_each_face_is_cut_and_holds_the_signs_of_the_papers(settings, tmp_path):
    settings.BUILT_STATIC_DIR = tmp_path

    call_command("build_fonts", stdout=io.StringIO())

    faces = {path.stem: TTFont(path).getBestCmap() for path in (tmp_path / "fonts").glob("*.woff2")}
    assert set(faces) == {"pt-sans", "pt-sans-italic", "pt-sans-bold", "pt-serif", "pt-serif-bold"}
    assert {name for name, cmap in faces.items() if any(ord(sign) not in cmap for sign in PAPERS)} == set()


def test_a_cut_face_is_kept_until_its_source_changes(settings, tmp_path):
    settings.BUILT_STATIC_DIR = tmp_path
    call_command("build_fonts", stdout=io.StringIO())
    first = (tmp_path / "fonts" / "pt-sans.woff2").stat().st_mtime_ns

    call_command("build_fonts", stdout=io.StringIO())

    assert (tmp_path / "fonts" / "pt-sans.woff2").stat().st_mtime_ns == first
