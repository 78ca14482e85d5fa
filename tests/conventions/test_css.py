"""Colours that can be read in every theme, and the house rules of style sheets."""

import re
from itertools import product

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
SHEETS = sorted(CSS.rglob("*.css"))
THEMES = ("light", *sorted(path.stem for path in (CSS / "themes").glob("*.css")))

DECLARATION = re.compile(r"(--[\w-]+):\s*([^;]+);")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTOR = re.compile(r"([^{};]+)\{")

SURFACES = ("ground", "sheet", "sunk", "hover")
#: What is written on what: text of normal size wants 4.5 : 1.
WRITTEN = [
    *product(("text", "quiet", "accent", "accent-strong", "late", "late-strong", "near", "done", "plain"), SURFACES),
    ("text", "accent-soft"),
    ("quiet", "accent-soft"),
    ("accent", "accent-soft"),
    ("late", "late-soft"),
    ("near", "near-soft"),
    ("done", "done-soft"),
    ("plain", "plain-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-late", "late"),
    ("on-late", "late-strong"),
    *product(("on-bar", "on-bar-quiet"), ("bar", "bar-sunk")),
]
#: What is only drawn, the edge of a field or the ring of focus, wants 3 : 1.
DRAWN = [*product(("edge", "focus", "accent"), SURFACES), *product(("bar-edge", "focus-on-bar"), ("bar",))]


def tokens(theme):
    """Every token of a theme, resolved down to a colour or a size."""
    text = (CSS / "tokens.css").read_text()
    if theme != "light":
        text += (CSS / "themes" / f"{theme}.css").read_text()
    values = dict(DECLARATION.findall(COMMENT.sub("", text)))
    return {name: resolve(value, values) for name, value in values.items()}


def resolve(value, values):
    if value.startswith("var("):
        return resolve(values[value[4:-1]], values)
    return value


def channels(colour):
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return tuple(int(digits[place : place + 2], 16) for place in (0, 2, 4))


def luminance(rgb):
    """As WCAG 2.1 defines relative luminance."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in rgb)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(channels("#777"), channels("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("least", "pairs"), [(4.5, WRITTEN), (3, DRAWN)], ids=["written", "drawn"])
def test_colours_can_be_told_apart(theme, least, pairs):
    colours = tokens(theme)

    faint = {
        (front, back): round(ratio, 2)
        for front, back in pairs
        if (ratio := contrast(channels(colours[f"--color-{front}"]), channels(colours[f"--color-{back}"]))) < least
    }

    assert faint == {}


@pytest.mark.parametrize("theme", THEMES)
def test_counts_can_be_read_in_the_densest_month(theme):
    colours = tokens(theme)
    heat = (CSS / "components" / "heat.css").read_text()
    densest = max(map(float, re.findall(r"\.heat--\d::before \{ opacity: ([\d.]+);", heat)))
    accent, sheet = channels(colours["--color-accent"]), channels(colours["--color-sheet"])
    month = [part * densest + under * (1 - densest) for part, under in zip(accent, sheet, strict=True)]

    assert contrast(channels(colours["--color-text"]), month) >= 4.5


@pytest.mark.parametrize("theme", THEMES[1:])
def test_a_theme_gives_another_value_to_a_known_meaning(theme):
    known = set(DECLARATION.findall((CSS / "tokens.css").read_text()))
    names = {name for name, _ in known}
    themed = dict(DECLARATION.findall((CSS / "themes" / f"{theme}.css").read_text()))

    assert set(themed) <= names


def test_the_two_dark_ways_and_the_two_contrast_ways_speak_of_the_same_meanings():
    meanings = {theme: {name for name in own(theme) if name.startswith("--color-")} for theme in THEMES[1:]}

    assert meanings["black-on-white"] == meanings["white-on-black"]


def own(theme):
    return dict(DECLARATION.findall((CSS / "themes" / f"{theme}.css").read_text()))


def test_every_sheet_is_imported_once():
    portal = (CSS / "portal.css").read_text()
    imported = re.findall(r'@import url\("([^"]+)"\);', portal)

    apart = {"portal.css", "paper/order.css", *(f"themes/{theme}.css" for theme in THEMES[1:])}
    assert sorted(imported) == sorted({path.relative_to(CSS).as_posix() for path in SHEETS} - apart)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.relative_to(CSS).as_posix())
def test_a_sheet_keeps_the_house_rules(sheet):
    text = COMMENT.sub("", sheet.read_text())
    given = set(tokens("light"))

    assert "!important" not in text
    assert set(re.findall(r"font-size:\s*[\d.]+px", text)) == set()
    assert {name for name in re.findall(r"var\((--[\w-]+)", text) if name not in given} == set()
    assert [selector for selector in SELECTOR.findall(text) if re.search(r"#[a-z]", selector)] == []


@pytest.mark.parametrize("sheet", sorted((CSS / "components").glob("*.css")), ids=lambda path: path.stem)
def test_components_take_their_colours_from_meanings(sheet):
    text = COMMENT.sub("", sheet.read_text())

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text) == []
    assert re.findall(r"var\(--(?:ink|paper|teal|brick|ochre|moss)-\d+\)", text) == []
    assert "url(" not in text, "an address would break when the sheets are put into one"
