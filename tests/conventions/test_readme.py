"""README is whole: its map names every package of the house, its glossary every noun."""

import pytest
from django.conf import settings

from tests.conventions.test_models import OURS

README = (settings.BASE_DIR / "README.md").read_text()
MAP = README.partition("## Map of the house")[2].partition("## ")[0]
GLOSSARY = README.partition("## Glossary")[2]

PACKAGES = sorted(path.name for path in settings.BASE_DIR.iterdir() if (path / "__init__.py").exists())


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_on_the_map(name):
    assert f"`{name}/" in MAP


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_noun_is_in_the_glossary(model):
    assert f"`{model.__name__}`" in GLOSSARY
