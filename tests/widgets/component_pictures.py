"""Draws the page of components and takes its pictures with letters that are the same everywhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, Page

from rebound_widgets.app.components import COMPONENTS, show

from .views_support import Stage, staged

FONTS = files("matplotlib") / "mpl-data" / "fonts" / "ttf"
"""Fonts that come with a locked package: the same letters, and so the same lines, on every machine."""
FACES = (
    ("sans", "400", "DejaVuSans.ttf"),
    ("sans", "600", "DejaVuSans-Bold.ttf"),
    ("serif", "600", "DejaVuSerif-Bold.ttf"),
)
SCALE = 1 / 3
"""Pictures are a third as large as the page: small in the tree, and blind to how an edge is smoothed."""

DRESS = """async (faces) => {
  for (const [name, weight, bytes] of faces) {
    const raw = Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
    document.fonts.add(await new FontFace(`Snapshot ${name}`, raw.buffer, { weight }).load());
  }
  const dress = new CSSStyleSheet();
  dress.replaceSync(`.rb { --sans: "Snapshot sans" !important; --serif: "Snapshot serif" !important; }
    .rb-version-when { visibility: hidden !important; }
    body { padding: 0; } main { max-width: none; } main > div { margin: 0; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, dress];
}"""
"""Also hides when a version was written, which is now."""

ON_A_PIXEL = """(component, every) => {
  component.style.marginTop = "0";
  const top = component.getBoundingClientRect().top + scrollY;
  component.style.marginTop = `${Math.ceil(top / every) * every - top}px`;
}"""
"""Begins a component where a pixel of its picture begins, however high those above it are."""

UNLIKE = """async ([one, other]) => {
  const read = (bytes) =>
    createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (at) => at.charCodeAt(0))], { type: "image/png" }));
  const [a, b] = [await read(one), await read(other)];
  const [width, height] = [Math.ceil(a.width / 2), Math.ceil(Math.max(a.height, b.height) / 2)];
  const pixels = (image) => {
    const paper = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    paper.imageSmoothingQuality = "high";
    paper.drawImage(image, 0, 0, width, Math.ceil(image.height / 2));
    return paper.getImageData(0, 0, width, height).data;
  };
  const [left, right] = [pixels(a), pixels(b)];
  let unlike = 0;
  for (let at = 0; at < left.length; at += 4) {
    const off = Math.max(...[0, 1, 2].map((part) => Math.abs(left[at + part] - right[at + part])));
    if (off > 28) unlike += 1;
  }
  return { sizes: [a.width, a.height, b.width, b.height], share: unlike / (width * height) };
}"""
"""How much of two pictures is different, after each is made so small that letters are a grey."""


@contextmanager
def drawn(browser: Browser, *, width: int, dark: bool = False, **context: Any) -> Iterator[Stage]:
    """The page of components, with every state brought about."""
    looks = {"color_scheme": "dark" if dark else "light", "device_scale_factor": SCALE} | context
    options = {"reduced_motion": "reduce", "locale": "en-GB", "timezone_id": "UTC"} | looks
    with staged(browser, **options) as stage:
        stage.page.set_viewport_size({"width": width, "height": 900})
        faces = [
            [name, weight, base64.b64encode((FONTS / file).read_bytes()).decode()]
            for name, weight, file in FACES
        ]
        stage.page.evaluate(DRESS, faces)
        for name in COMPONENTS:
            stage.show_page(show(name))
        for _ in range(240):
            if _ready(stage.page):
                break
            stage.page.wait_for_timeout(250)
        assert _ready(stage.page), "not every component came to its state"
        stage.page.wait_for_timeout(800)
        yield stage


def _ready(page: Page) -> bool:
    states, brought = (page.locator(which).count() for which in (".rb-specimen", "[data-ready]"))
    return states == sum(len(show(name).states) for name in COMPONENTS) == brought


def picture(page: Page, name: str) -> bytes:
    """One component as a PNG."""
    component = page.locator(f'[data-component="{name}"]')
    component.evaluate(ON_A_PIXEL, round(1 / SCALE))
    return component.screenshot(animations="disabled")


def unlike(page: Page, one: bytes, other: bytes) -> dict[str, Any]:
    """What is different in two pictures: ``share`` of their area, and their ``sizes``."""
    pair = [base64.b64encode(each).decode() for each in (one, other)]
    found: dict[str, Any] = page.evaluate(UNLIKE, pair)
    return found
