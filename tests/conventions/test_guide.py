"""The guide calls buttons, links and sections what the pages call them, and every page of it is reached."""

import re

import pytest
from django.conf import settings

GUIDE = settings.BASE_DIR / "docs" / "guide"
PAGES = {path.name: path.read_text() for path in sorted(GUIDE.glob("*.md"))}

NAMED = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINKED = re.compile(r"\]\(([\w-]+\.md)")


def whole(words):
    """The words as all of a label, from one border to the other; a label may begin with a capital on its page only."""
    return rf"""[>"'«}}+] ?(?i:{re.escape(words[0])}){re.escape(words[1:])} ?[<"'»{{:]"""


@pytest.fixture(scope="module")
def said():
    """Every word that the portal's templates and code can say."""
    templates = (path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    code = (
        path.read_text() for app in sorted(settings.BASE_DIR.glob("*/apps.py")) for path in app.parent.rglob("*.py")
    )
    return "\n".join([*templates, *code, (settings.BASE_DIR / "config" / "navigation.py").read_text()])


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_of_the_guide_names_stands_on_a_page_of_the_portal(name, said):
    named = {" ".join(words.split()) for words in NAMED.findall(PAGES[name])} - {"Жирным"}

    assert [words for words in sorted(named) if not re.search(whole(words), said)] == []


def test_every_page_of_the_guide_is_in_its_contents():
    assert set(LINKED.findall(PAGES["README.md"])) == set(PAGES) - {"README.md"}
