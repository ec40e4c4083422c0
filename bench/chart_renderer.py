"""Our own chart beside Vega-Lite's, for the decision on what draws: `python bench/chart_renderer.py`.

Fetches the published builds of vega, vega-lite and vega-embed with `npm pack` into a throw-away folder (npm is needed
here and nowhere else), and draws the same bars with intervals in Chromium with each. Printed: what each adds to a page,
compressed; the time from the script's text to the first picture, the middle of ten; and whether it draws under the
content security policy of our pages.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from rebound_widgets.widgets.chart import Chart

PACKAGES = {"vega": "6.4.0", "vega-lite": "6.4.3", "vega-embed": "7.3.0"}
RUNS = 10
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
POLICY = "default-src 'none'; script-src 'self' blob: 'nonce-bench'; style-src 'unsafe-inline'"
ROWS = [
    {"what": "Referral", "share": 0.44, "low": 0.28, "high": 0.62},
    {"what": "Job board", "share": 0.09, "low": 0.05, "high": 0.16},
    {"what": "Careers page", "share": 0.2, "low": 0.06, "high": 0.5},
]
SPEC: dict[str, Any] = {
    "data": {"values": ROWS},
    "encoding": {"y": {"field": "what", "type": "nominal"}},
    "layer": [
        {
            "mark": "bar",
            "encoding": {"x": {"field": "share", "type": "quantitative", "axis": {"format": ".0%"}}},
        },
        {
            "mark": "rule",
            "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
        },
    ],
}
OURS = """async ([text, shown]) => {
  const began = performance.now();
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const widget = (await import(address)).default;
  const model = { get: () => undefined, off: () => {}, send: () => {}, on: (_name, hear) => (model.hear = hear) };
  const el = document.body.appendChild(document.createElement("div"));
  widget.render({ model, el, signal: new AbortController().signal });
  model.hear(shown, []);
  if (!el.querySelector("svg rect")) throw new Error("no picture");
  return performance.now() - began;
}"""
THEIRS = """async ([texts, spec]) => {
  const began = performance.now();
  for (const text of texts) {
    const script = document.createElement("script");
    script.src = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    await new Promise((done) => { script.onload = done; document.head.append(script); });
  }
  const el = document.body.appendChild(document.createElement("div"));
  await vegaEmbed(el, spec, { renderer: "svg", actions: false });
  if (!el.querySelector("svg path")) throw new Error("no picture");
  return performance.now() - began;
}"""


def fetch(folder: Path) -> list[str]:
    """The published builds, in the order in which a page loads them."""
    texts = []
    for name, version in PACKAGES.items():
        subprocess.run(
            ["npm", "pack", f"{name}@{version}", "--silent"], cwd=folder, check=True, capture_output=True
        )
        with tarfile.open(folder / f"{name}-{version}.tgz") as packed:
            file = packed.extractfile(f"package/build/{name}.min.js")
            assert file is not None
            texts.append(file.read().decode())
    return texts


def open_page(browser: Browser, policy: str = "") -> Page:
    """An empty page of this machine, with our policy or without."""
    page = browser.new_page()
    head = {"content-security-policy": policy} if policy else {}
    page.route(
        "**/*", lambda route: route.fulfill(content_type="text/html", body="<!doctype html>", headers=head)
    )
    page.goto("http://localhost:1/")
    return page


def measure(browser: Browser, script: str, given: list[Any]) -> float:
    """Milliseconds to the first picture, the middle of several runs, each on a new page."""
    taken = []
    for _ in range(RUNS):
        page = open_page(browser)
        taken.append(page.evaluate(script, given))
        page.close()
    return statistics.median(taken)


def draws_under_our_policy(browser: Browser, script: str, given: list[Any]) -> bool:
    """Whether it draws where a page may not make code from text."""
    page = open_page(browser, POLICY)
    try:
        page.evaluate(script, given)
    except Error:
        return False
    finally:
        page.close()
    return True


def main() -> None:
    """Measure both and print a table."""
    values = [{"y": row["what"], "x": row["share"], "low": row["low"], "high": row["high"]} for row in ROWS]
    marks = [{"mark": "bar", "values": values}]
    chart = Chart(
        {"x": {"kind": "share"}, "y": {"kind": "category"}, "marks": marks}, title="Referrals answered"
    )
    shown = {"type": "show", "words": dict(Chart.WORDS), **chart.shown()}
    ours = [str(Chart._esm), json.loads(json.dumps(shown))]
    named = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        texts = fetch(Path(folder))
        browser = playwright.chromium.launch(executable_path=named, args=FLAGS)
        print(f"{'':24}{'compressed':>12}{'first picture':>16}   under our policy")
        for name, script, given, parts in (
            ("our Chart", OURS, ours, [str(Chart._esm), str(Chart._css)]),
            ("Vega, Vega-Lite, Embed", THEIRS, [texts, SPEC], texts),
        ):
            size = sum(len(gzip.compress(part.encode())) for part in parts) / 1000
            time = measure(browser, script, given)
            draws = "draws" if draws_under_our_policy(browser, script, given) else "draws nothing"
            print(f"{name:24}{size:9.0f} kB{time:13.0f} ms   {draws}")
        browser.close()


if __name__ == "__main__":
    main()
