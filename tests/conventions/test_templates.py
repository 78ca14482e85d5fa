"""House rules of templates: none unused, none that the content policy would mute, blocks in their layout's order."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = settings.BASE_DIR / "templates"
TEMPLATES = {path.relative_to(ROOT).as_posix(): path.read_text() for path in sorted(ROOT.rglob("*.html"))}
#: Letters and papers are not pages: a letter has no other way than style attributes.
PAGES = {name: text for name, text in TEMPLATES.items() if not name.startswith(("mail/", "reports/print/"))}
LAYOUTS = {name: text for name, text in TEMPLATES.items() if name.startswith("layouts/")}

EXTENDS = re.compile(r'\{% extends "([^"]+)" %\}')
BLOCK = re.compile(r"\{% block (\w+) %\}")
ORDER = re.compile(r"Blocks in order: ([\w, ]+)[.;]")
COMMENT = re.compile(r"\{#.*?#\}")

#: Asked for by Django and by axes under names of their own.
KNOWN_TO_DJANGO = {"400.html", "403.html", "404.html", "500.html", "403_csrf.html"}


@pytest.fixture(scope="module")
def named():
    """Everything that may name a template: the templates themselves and the code."""
    code = (
        path.read_text() for app in sorted(settings.BASE_DIR.glob("*/apps.py")) for path in app.parent.rglob("*.py")
    )
    return "\n".join([*TEMPLATES.values(), *code, (settings.BASE_DIR / "config" / "settings.py").read_text()])


# Crispy builds the names of its pack; components are the vocabulary, proved one by one in tests/kit/test_ui.py.
@pytest.mark.parametrize(
    "name",
    [name for name in TEMPLATES if not name.startswith(("portal/", "components/")) and name not in KNOWN_TO_DJANGO],
)
def test_a_template_is_named_by_somebody(name, named):
    # A view with several parts may put the folder and the ending beside a bare name.
    part = name.rpartition("/")[2].removesuffix(".html")

    assert f'"{name}"' in named or (part.startswith("_") and f'"{part}"' in named)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(name):
    assert get_template(name).template.nodelist


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_nothing_the_content_policy_mutes(name):
    text = COMMENT.sub("", PAGES[name])

    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|javascript:|hx-on", text) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", text) == []
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]+", text) == []


@pytest.mark.parametrize(
    "name", [name for name in TEMPLATES if name.startswith(("components/", "portal/", "layouts/"))]
)
def test_a_shared_part_opens_with_a_comment_of_what_it_is(name):
    opening = (
        TEMPLATES[name].removeprefix('{% extends "base.html" %}').removeprefix('{% extends "layouts/page.html" %}')
    )

    assert re.match(r"\s*(\{% load [\w ]+ %\}\s*)?\{# [А-ЯA-Z]", opening)


@pytest.mark.parametrize("name", [name for name in PAGES if EXTENDS.match(PAGES[name]) and name not in LAYOUTS])
def test_a_page_fills_blocks_in_its_layouts_order(name):
    layout = EXTENDS.match(PAGES[name]).group(1)
    offered = [*ORDER.search(TEMPLATES[layout]).group(1).split(", "), "scripts"]
    filled = BLOCK.findall(PAGES[name])

    assert [block for block in filled if block not in offered] == []
    assert filled == sorted(filled, key=offered.index)


@pytest.mark.parametrize("name", [name for name in PAGES if EXTENDS.match(PAGES[name]) and name not in LAYOUTS])
def test_a_page_has_one_first_heading(name):
    layout = EXTENDS.match(PAGES[name]).group(1)
    headings = PAGES[name].count("<h1")

    assert headings == (1 if layout == "base.html" else 0)
