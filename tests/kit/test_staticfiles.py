"""Static files as they are collected."""

import pytest
from django.core.files.storage import FileSystemStorage

from kit.staticfiles import inlined


@pytest.fixture
def paths(tmp_path):
    (tmp_path / "css" / "components").mkdir(parents=True)
    (tmp_path / "css" / "portal.css").write_text(
        '@layer base;\n@import url("base.css");\n@import url("components/badge.css");\n'
    )
    (tmp_path / "css" / "base.css").write_text("p { margin: 0; }\n")
    (tmp_path / "css" / "components" / "badge.css").write_text(".badge { color: red; }\n")
    storage = FileSystemStorage(tmp_path)
    return {name: (storage, name) for name in ("css/portal.css", "css/base.css", "css/components/badge.css")}


def test_imported_sheets_stand_in_the_one_that_imports_them_in_order(paths):
    assert inlined(paths) == "@layer base;\np { margin: 0; }\n.badge { color: red; }\n"


def test_a_missing_sheet_fails_the_collection(paths):
    del paths["css/base.css"]

    with pytest.raises(KeyError, match=r"css/base\.css"):
        inlined(paths)
