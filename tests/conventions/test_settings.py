"""Whatever the portal reads from its surroundings stands in README."""

import re

import pytest
from django.conf import settings

#: How config and bin ask for a variable.
ASKED = re.compile(r"""(?:env\.\w+|environ\.get)\("([A-Z_]+)"|environ\["([A-Z_]+)"\]""")


def variables():
    asked = set()
    for folder in ("config", "bin"):
        for module in (settings.BASE_DIR / folder).glob("*.py"):
            for pair in ASKED.findall(module.read_text()):
                asked.update(filter(None, pair))
    return sorted(asked)


def test_the_search_finds_what_is_surely_read():
    assert {"PORT", "DATA_DIR", "DATABASE_URL", "REDIS_URL", "SECRET_KEY"} <= set(variables())


@pytest.mark.parametrize("name", variables())
def test_a_variable_is_explained_in_readme(name):
    assert f"`{name}`" in (settings.BASE_DIR / "README.md").read_text()
