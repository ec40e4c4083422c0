"""Widgets in a page that is not ours: its looks stay its own, and ours stay ours."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from rebound_widgets.app.components import COMPONENTS
from rebound_widgets.widgets.exercise import Exercise

from .views_support import Stage, staged

TAGS = (
    *("a", "article", "aside", "blockquote", "button", "caption", "dd", "details", "div", "dl", "dt", "em"),
    *("fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "input", "label", "legend", "li", "ol"),
    *(
        "option",
        "p",
        "section",
        "select",
        "small",
        "span",
        "strong",
        "summary",
        "table",
        "td",
        "textarea",
        "th",
    ),
    "ul",
)
LOUD = """color: red; background: yellow; border: 5px dashed lime; border-radius: 0; margin: 13px; padding: 17px;
  font: italic 700 31px/3 monospace; text-transform: uppercase; letter-spacing: 4px; box-shadow: 0 0 9px red;
  text-decoration: line-through; min-height: 99px; max-width: 50px; box-sizing: content-box; display: inline-block;"""
HOST = (
    "body.jp-Notebook.host { text-transform: uppercase; letter-spacing: 3px; word-spacing: 9px;"
    " font: italic 30px/3 serif; text-indent: 9px; text-align: end; white-space: nowrap; color: red; }\n"
    + "\n".join(f".jp-Notebook.host {tag} {{ {LOUD} }}" for tag in TAGS)
    + "\n.jp-Notebook.host button:hover, .jp-Notebook.host :focus-visible { outline: 9px solid red; }"
)
"""What a notebook around us may say about plain elements; JupyterLab says such things in its own quieter way."""

LOOKS = (
    *(
        "color",
        "background-color",
        "border-top-color",
        "border-top-style",
        "border-top-width",
        "border-top-left-radius",
    ),
    *(
        "box-shadow",
        "box-sizing",
        "cursor",
        "display",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
    ),
    *(
        "letter-spacing",
        "line-height",
        "list-style-type",
        "margin-left",
        "margin-top",
        "max-width",
        "min-height",
    ),
    *("padding-left", "padding-top", "text-align", "text-decoration-line", "text-indent", "text-transform"),
    *("white-space-collapse", "text-wrap-mode", "width", "word-spacing"),
)
"""What is compared of an element."""

STYLES = """([selector, names]) => {
  const drawn = [...document.querySelectorAll(selector)].filter((one) => !(one instanceof SVGElement));
  return drawn.map((one) => {
    const look = getComputedStyle(one);
    const said = Object.fromEntries(names.map((name) => [name, look.getPropertyValue(name)]));
    return [`${one.tagName} ${one.className}`, said];
  });
}"""


def looks(page: Page, selector: str) -> list[Any]:
    """The computed style of every element that a selector finds."""
    found: list[Any] = page.evaluate(STYLES, [selector, list(LOOKS)])
    return found


def changed(before: list[Any], after: list[Any]) -> dict[str, dict[str, tuple[str, str]]]:
    """What is otherwise, by element."""
    assert [name for name, _ in before] == [name for name, _ in after]
    return {
        name: {key: (look[key], other[key]) for key in look if look[key] != other[key]}
        for (name, look), (_, other) in zip(before, after, strict=True)
        if look != other
    }


def fill(stage: Stage, name: str) -> None:
    """Every state of one component."""
    for specimen in COMPONENTS[name][2]():
        if not hasattr(specimen.widget, "children"):
            stage.show(specimen.widget, width=700)


def test_nothing_gets_in(chromium: Browser) -> None:
    """Every component looks the same in a page that says loud things about every plain element."""
    found = []
    for css in ("", HOST):
        with staged(chromium, locale="en-GB", timezone_id="UTC") as stage:
            stage.page.evaluate(
                """css => { document.body.className = "jp-Notebook host";
                  document.head.append(Object.assign(document.createElement("style"), { textContent: css })); }""",
                css,
            )
            # The page's own boxes around ours are as wide as before.
            own = "body main, body main > div { all: revert !important; width: 700px !important; }"
            stage.page.add_style_tag(content=own)
            for name in COMPONENTS:
                fill(stage, name)
            stage.page.wait_for_timeout(500)
            found.append(looks(stage.page, ".rb, .rb *"))
    assert len(found[0]) > 1000
    assert {} == changed(*found)


def test_nothing_gets_out(chromium: Browser) -> None:
    """A notebook with our widgets in it looks as it did without them."""
    with staged(chromium, locale="en-GB") as stage:
        stage.page.evaluate(
            """tags => { const host = document.body.appendChild(document.createElement("div"));
              host.id = "host"; host.className = "jp-Notebook";
              for (const tag of tags)
                host.append(Object.assign(document.createElement(tag), { textContent: "words" })); }""",
            list(TAGS),
        )
        before = looks(stage.page, "#host, #host *, body, html")
        for name in COMPONENTS:
            fill(stage, name)
        stage.page.wait_for_timeout(300)
        after = looks(stage.page, "#host, #host *, body, html")
    left = {
        name: {k: v for k, v in what.items() if k != "width"} for name, what in changed(before, after).items()
    }
    assert {} == {name: what for name, what in left.items() if what}
    assert len(before) > len(TAGS)


def test_a_narrow_output_looks_as_a_phone_does(chromium: Browser) -> None:
    """In a narrow output of a wide window a form is one column, and nothing sticks out of any component."""
    with staged(chromium, locale="en-GB") as stage:
        labels = [["name", "Name"], ["role", "What they do"]]
        people = [{"kind": "people", "id": "my/people", "ask": "Who was there?", "labels": labels}]
        wide = stage.show(Exercise(people), width=900)
        narrow = stage.show(Exercise(people), width=320)
        columns = [
            one.locator(".rb-form-people").evaluate(
                "form => getComputedStyle(form).gridTemplateColumns.split(' ').length"
            )
            for one in (wide, narrow)
        ]
        assert [2, 1] == columns
        wrong = {}
        for name, (_, _, make) in COMPONENTS.items():
            for specimen in make():
                if hasattr(specimen.widget, "children"):
                    continue
                shown = stage.show(specimen.widget, width=320)
                out = shown.evaluate(
                    """one => [...one.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().width &&
                      part.getBoundingClientRect().right > one.getBoundingClientRect().right + 1 &&
                      !part.closest(".rb-hidden, .rb-grid-scroll, .rb-scroll-x, .rb-numbers, svg, .rb-board"))
                      .map((part) => part.outerHTML.slice(0, 100))"""
                )
                if out:
                    wrong[f"{name}, {specimen.state}"] = out[:3]
        assert {} == wrong


@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_widget_is_as_light_or_dark_as_the_notebook_around_it(chromium: Browser, system: str) -> None:
    """JupyterLab and other editors choose their own theme, whatever the system says; words stay readable on it."""
    with staged(chromium, locale="en-GB", color_scheme=system) as stage:
        shown = stage.show(Exercise([{"kind": "line", "id": "my/line", "ask": "Which post was it?"}]))
        label = shown.locator(".rb-label")

        def ink(mark: str, value: str) -> str:
            stage.page.evaluate("([mark, value]) => document.body.setAttribute(mark, value)", [mark, value])
            found: str = label.evaluate("one => getComputedStyle(one).color")
            stage.page.evaluate("mark => document.body.removeAttribute(mark)", mark)
            return found

        light, dark = "rgb(31, 42, 48)", "rgb(232, 230, 225)"
        assert [light, dark] == [ink("data-jp-theme-light", "true"), ink("data-jp-theme-light", "false")]
        assert [light, dark] == [ink("class", "vscode-light"), ink("class", "vscode-dark")]
        assert {"light": light, "dark": dark}[system] == ink("data-other", "")
