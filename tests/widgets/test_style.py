"""The design system's rules: one place for each size and colour, and nothing that leaks out of a widget."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from rebound_widgets.widgets import frontend

THEME = "theme.css"
SIZES = re.compile(r"(?:var\(--t-[a-z-]+\)|1em|0|inherit)(?:/[\d.]+)?$")
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\b(?:rgb|hsl)a?\(")
OUTSIDE = {":root:has(.rb-shell)", "body[data-rebound] .rb-shell"}
"""What a page of ours says about the document it is: where it is scrolled to, and how tall it is."""


def plain(css: str) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def selectors(css: str) -> list[str]:
    """Every selector of a style sheet, those in at-rules too."""
    found = []
    for prelude in re.findall(r"(?:^|[{};])([^{};@]+)(?=\{)", plain(css)):
        depth, parts = 0, [""]
        for letter in prelude:
            depth += {"(": 1, ")": -1}.get(letter, 0)
            if letter == "," and not depth:  # in brackets it parts nothing
                parts.append("")
            else:
                parts[-1] += letter
        found += [part.strip() for part in parts]
    return found


@pytest.fixture
def sheets(root: Path) -> dict[str, str]:
    """Every style sheet of the widgets and of the app, by name."""
    folders = (root / "rebound_widgets/widgets/static", root / "rebound_widgets/app/static")
    found = {path.name: path.read_text("utf-8") for folder in folders for path in folder.glob("*.css")}
    assert THEME in found
    assert len(found) > 10
    return found


def test_every_size_of_type_is_one_of_the_scale(sheets: dict[str, str]) -> None:
    """Type has the sizes of the theme and no others."""
    wrong = []
    for name, css in sheets.items():
        given = re.findall(r"font-size: ([^;}]+)", plain(css))
        given += re.findall(r"font: (?:italic )?\d00 ([^ ;]+)", plain(css))
        wrong += [f"{name}: {size.strip()}" for size in given if not SIZES.match(size.strip())]
    assert [] == wrong


def test_every_colour_is_a_token_of_the_theme(sheets: dict[str, str]) -> None:
    """No sheet but the theme names a colour, so light, dark and print change in one place."""
    named = {name: COLOUR.findall(plain(css)) for name, css in sheets.items() if name != THEME}
    assert {} == {name: colours for name, colours in named.items() if colours}


def test_every_corner_is_a_token_of_the_theme(sheets: dict[str, str]) -> None:
    """Corners are round by one of a few measures; dots and bars are as round as they are small."""
    allowed = re.compile(r"(?:var\(--(?:radius(?:-small|-tiny)?|round)\)|50%|0|[235]px)$")
    corners = {name: re.findall(r"border-radius: ([^;}]+)", plain(css)) for name, css in sheets.items()}
    assert [] == [
        f"{n}: {c}" for n, all_of in corners.items() for c in all_of if not allowed.match(c.strip())
    ]


def test_widgets_go_by_their_container_and_not_by_the_window(sheets: dict[str, str]) -> None:
    """A widget in a narrow output looks as on a phone: nothing but the app's own frame asks for the window's width."""
    asked = {
        name: re.findall(r"@media[^{]*(?:width|orientation)[^{]*\{", plain(css))
        for name, css in sheets.items()
    }
    asked.pop("shell.css")
    assert {} == {name: queries for name, queries in asked.items() if queries}


def test_every_rule_is_about_something_of_ours(sheets: dict[str, str]) -> None:
    """Each selector names a class of ours, so that a notebook around a widget looks as it did."""
    ours = re.compile(r"\.rb(?![a-z])|\[class~=\"rb\"\]")
    wrong = [
        f"{name}: {one}" for name, css in sheets.items() for one in selectors(css) if not ours.search(one)
    ]
    assert [] == wrong
    about_all = re.compile(r"^(?::root|html|body)")
    document = {one for css in sheets.values() for one in selectors(css) if about_all.match(one)}
    assert OUTSIDE == {one for one in document if "data-theme" not in one}


def test_no_two_sheets_give_one_class_its_looks(sheets: dict[str, str]) -> None:
    """A class has its looks from one sheet: two widgets on a page do not change each other."""
    places: dict[str, set[str]] = defaultdict(set)
    for name, css in sheets.items():
        for one in selectors(css):
            if found := re.match(r"\.(rb-[\w-]+)(?:::?[a-z-]+(?:\([^)]*\))?|\[[^\]]*\])*$", one):
                places[found.group(1)].add(name)
    assert {} == {name: sorted(where) for name, where in places.items() if len(where) > 1}


def test_every_class_of_ours_weighs_as_much_as_an_id() -> None:
    """What a page says about its buttons does not get into ours, however many classes it names."""
    css = frontend.style("exercise")
    bare = [one for one in selectors(css) if re.search(r"(?<!:is\()\.rb(?:-[\w-]+)?", one)]
    assert [] == bare
    assert ":is(.rb-button, #rb):hover" in css
    assert "@container (max-width: 560px)" in css


def test_the_opening_words_stand_on_the_same_paper(root: Path) -> None:
    """What is on screen before the workbook has the theme's colours, light and dark."""
    theme = (root / "rebound_widgets/widgets/static/theme.css").read_text("utf-8")
    opening = (root / "rebound_widgets/serve/template/page.css").read_text("utf-8")
    blocks = [re.findall(r"\{([^{}]*--paper:[^{}]*)\}", css)[:3] for css in (theme, opening)]
    assert [3, 3] == [len(one) for one in blocks]
    for ours, theirs in zip(*blocks, strict=True):
        tokens, shown = (dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", block)) for block in (ours, theirs))
        assert {name: tokens[name] for name in shown} == shown
