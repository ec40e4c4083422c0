"""The page of components: every state is there, axe finds nothing, and each looks as it did."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from rebound_widgets.app.components import COMPONENTS, show
from rebound_widgets.app.components.questions import KINDS as SHOWN
from rebound_widgets.domain.kinds import KINDS

from .component_pictures import drawn, picture, unlike
from .views_support import Stage

SNAPSHOTS = Path(__file__).parent / "snapshots"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# No rule about a page as a whole: this is a list of pieces.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS: dict[str, dict[str, Any]] = {
    "wide-light": {"width": 1000, "dark": False},
    "narrow-dark": {"width": 375, "dark": True},
}
SHARE = 0.006
"""How much of a picture may differ: what another version of a browser draws otherwise, and no more."""
HEIGHT_PX = 3
RENEW = os.environ.get("REBOUND_SNAPSHOTS") == "renew"

STATES = {
    "question": {"empty", "filled", "with an error"},
    "scale": {"empty", "filled"},
    "sorting": {"empty", "filled"},
    "table": {"empty", "filled", "with an error"},
    "road": {"empty", "filled"},
    "chart": {"empty", "filled"},
    "status": {"saved", "saving", "offline", "refused"},
    "notice": {"calm", "warm", "alarm"},
    "letter": {"empty", "filled"},
    "menu": {"closed", "open"},
    "actions": {"plain", "disabled", "with an error"},
    "line": {"empty", "filled", "with an error"},
}
"""States that a component must have; those it has besides are its own affair."""


@pytest.fixture(scope="module", params=LOOKS)
def stage(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Stage]:
    """The page wide and light, then narrow and dark."""
    with drawn(chromium, **LOOKS[request.param]) as stage:
        stage.look = request.param  # type: ignore[attr-defined]
        yield stage


def test_every_component_is_shown_in_every_state_it_has() -> None:
    """Each component of the design system is there with its states, and so is each kind of question."""
    shown = {name: set(show(name).states) for name in COMPONENTS}
    assert {} == {name: states - shown[name] for name, states in STATES.items() if states - shown[name]}
    assert set(KINDS) == {question["kind"] for question in SHOWN}


def test_every_component_looks_as_it_did(stage: Stage) -> None:
    """Each component is drawn as in its kept picture; `make snapshots` renews those that were changed on purpose."""
    look = stage.look  # type: ignore[attr-defined]
    wrong = {}
    for name in COMPONENTS:
        now, kept = picture(stage.page, name), SNAPSHOTS / f"{name}-{look}.png"
        if RENEW:
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(now)
        found = unlike(stage.page, kept.read_bytes(), now)
        width, height, now_width, now_height = found["sizes"]
        if found["share"] > SHARE or width != now_width or abs(height - now_height) > HEIGHT_PX:
            wrong[name] = found
    assert {} == wrong
    assert {path.stem for path in SNAPSHOTS.glob(f"*-{look}.png")} == {
        f"{name}-{look}" for name in COMPONENTS
    }


def test_axe_finds_nothing_in_any_component(stage: Stage) -> None:
    """Every component in every state has no violation of WCAG 2.2 AA, wide and light, narrow and dark."""
    stage.page.evaluate(AXE)
    found = stage.page.evaluate(
        """async (rules) => {
          const found = await axe.run(document, {runOnly: rules, rules: {"target-size": {enabled: true}}});
          const words = (one, node) => `${one.id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}`;
          const wrong = found.violations.flatMap((one) => one.nodes.map((node) => words(one, node)));
          return { checked: found.passes.length, wrong };
        }""",
        RULES,
    )
    assert found["checked"] > 15
    assert [] == found["wrong"]


def test_nothing_sticks_out_of_any_component(stage: Stage) -> None:
    """No component makes the page scroll sideways."""
    window, document = stage.page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    assert window == document


def test_the_dialog_has_the_focus_on_the_harmless_answer(stage: Stage) -> None:
    """A dialog opens with the focus on no, closes with Escape, and gives the focus back; yes does it."""
    page = stage.page
    section = page.locator('[data-component="dialog"]')
    opener = section.get_by_role("button", name="Erase everything")
    opener.click()
    dialog = page.get_by_role("dialog", name="Erase everything?")
    expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    expect(section.get_by_role("status")).to_have_text("")
    opener.click()
    dialog.get_by_role("button", name="Erase everything").click()
    expect(section.get_by_role("status")).to_have_text("Done.")


def test_the_comparison_sees_a_change(stage: Stage) -> None:
    """The check itself works: another accent or a lost border is more than two pictures of one page differ."""
    page = stage.page
    before = {name: picture(page, name) for name in ("card", "scale")}
    again = {name: picture(page, name) for name in before}
    page.evaluate(
        """css => { const other = new CSSStyleSheet(); other.replaceSync(css);
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, other]; }""",
        ".rb { --accent: #C00000 !important; } .rb-card { border-width: 4px !important; }",
    )
    after = {name: picture(page, name) for name in before}
    same = [unlike(page, before[name], again[name])["share"] for name in before]
    other = [unlike(page, before[name], after[name])["share"] for name in before]
    assert [0, 0] == [round(share, 4) for share in same]
    assert all(share > SHARE for share in other), other
