"""Shows a real Exercise in a real Chromium, with the test's own process as its kernel."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from rebound_widgets.widgets import Clash, Exercise, Kept, Reply

HARNESS = (Path(__file__).parent / "harness.html").read_text(encoding="utf-8")
ADDRESS = "http://localhost:1/"
"""Answered by the test itself; an address of this machine counts as a safe one, so the page has locks."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
expect.set_options(timeout=20_000)  # A busy machine is slow and not wrong.

NOON = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)
"""Where a stopped clock stands: a Thursday."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for a file of tests; not longer, since asyncio.run is refused while it is there."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)
    assert found is not None, "Browser tests need a Chromium on this machine."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@dataclasses.dataclass
class Desk:
    """A browser with pages of one workbook.

    Attributes:
        context: Its pages share storage.
        errors: What the browser complained about, and addresses it asked for that are not the page's own.
        heard: Every message the kernel was sent.
        deaf: Whether messages vanish on the way to the kernel.
        mute: Whether the kernel's answers vanish on the way to the page.
        widgets: The kernel's widgets by name.
    """

    context: BrowserContext
    errors: list[str] = dataclasses.field(default_factory=list)
    heard: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    deaf: bool = False
    mute: bool = False
    widgets: dict[str, Any] = dataclasses.field(default_factory=dict)
    _out: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def open(
        self, *widgets: Any, clock: bool = False, visible: bool = True, width: int | None = None
    ) -> Page:
        """Opens a page with these widgets, named w1, w2 and so on.

        Args:
            widgets: Widgets of this process; none shows those of the page before again.
            clock: Whether the page's clock stands still until the test moves it.
            visible: Whether the page can see the state of its connection.
            width: The width of the container, in CSS pixels.
        """
        for at, widget in enumerate(widgets, start=1):
            self.widgets[f"w{at}"] = widget
            widget.send = self._sender(f"w{at}")
        page = self.context.new_page()
        page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._watch(request.url))
        if clock:
            page.clock.install(time=NOON - dt.timedelta(hours=1))
        page.goto(ADDRESS)
        if clock:
            page.clock.pause_at(NOON)
        self.draw(page, visible=visible, width=width)
        return page

    def draw(self, page: Page, *, visible: bool = True, width: int | None = None) -> None:
        """Draws the widgets on a page: also what a reload does."""
        for name, widget in self.widgets.items():
            given = {"name": name, "esm": widget._esm, "css": widget._css, "visible": visible, "width": width}
            page.evaluate("given => window.mount(given)", given)
        self.settle(page)

    def reload(self, page: Page, **how: Any) -> None:
        """Loads a page again: new models of the same widgets."""
        page.reload()
        self.draw(page, **how)

    def settle(self, page: Page) -> None:
        """Hands over what the kernel said by itself and waits until every message is answered."""
        page.evaluate("messages => window.deliver(messages)", self._take())
        page.evaluate("() => window.settled()")

    def sent(self, page: Page, kind: str = "reply") -> list[dict[str, Any]]:
        """The messages of one kind a page has sent since it was loaded."""
        told: list[dict[str, Any]] = page.evaluate("() => window.sent")
        return [message for message in told if message["type"] == kind]

    def state(self, page: Page) -> str:
        """The save state the page broadcast last."""
        return str(page.evaluate("() => window.statuses.at(-1)?.state"))

    def sentence(self, page: Page) -> str:
        """The sentence the page broadcast last."""
        return str(page.evaluate("() => window.statuses.at(-1)?.sentence"))

    def drafts(self, page: Page) -> list[str]:
        """The names of the drafts in the browser's storage."""
        names: list[str] = page.evaluate("() => Object.keys(localStorage)")
        return [name for name in names if name.startswith("rebound:draft:")]

    def kernel(self, name: str, content: dict[str, Any]) -> list[dict[str, Any]]:
        """What the page's models call."""
        if self.deaf:
            return []
        self.heard.append(content)
        self.widgets[name]._handle_custom_msg(content, [])
        answers = self._take()
        return [] if self.mute else answers

    def _sender(self, name: str) -> Callable[..., None]:
        def send(content: dict[str, Any], buffers: Any = None) -> None:
            assert buffers is None
            self._out.append({"name": name, "content": content})

        return send

    def _take(self) -> list[dict[str, Any]]:
        out, self._out[:] = list(self._out), []
        return out

    def _watch(self, url: str) -> None:
        if not url.startswith((ADDRESS, "blob:")):
            self.errors.append(url)


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Desk]:
    """A browser without a past; at the end of the test it must have nothing to complain about."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, timezone_id="UTC")
    desk = Desk(context)
    context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    context.route(ADDRESS, lambda route: route.fulfill(content_type="text/html", body=HARNESS))
    context.expose_function("kernel", desk.kernel)
    yield desk
    context.close()
    assert [] == desk.errors


class Book:
    """A workbook on disk, as the widget's caller sees it; outlives the kernels that write it."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.number = 0

    def keep(self, reply: Reply) -> Kept:
        """Keeps a reply, or tells what is there."""
        there = self.kept.get(reply.key, Kept(None))
        if there.revision != reply.base_revision:
            raise Clash(there)
        return self.write(reply.key, reply.value)

    def write(self, key: str, value: Any) -> Kept:
        """Writes as another window would."""
        self.number += 1
        self.kept[key] = Kept(value, self.number, "2026-11-05T12:00:00+00:00")
        return self.kept[key]

    def exercise(self, *questions: dict[str, Any]) -> Exercise:
        """An Exercise of a new kernel on this workbook; it asks what somebody remembers."""
        given = questions or ({"kind": "prose", "id": "my/notes", "ask": "What do you remember?"},)
        return Exercise(given, replies=self.kept, workbook="book-1", on_reply=self.keep)

    def value(self, key: str = "my/notes") -> Any:
        """What is on disk."""
        return self.kept.get(key, Kept(None)).value


@pytest.fixture
def book() -> Book:
    """An empty workbook."""
    return Book()


def question(page: Page, name: str, item: int | None = None) -> Locator:
    """The element of one question."""
    which = f'[data-question="{name}"]' + ("" if item is None else f'[data-item="{item}"]')
    return page.locator(which)


@pytest.fixture
def find() -> Callable[..., Locator]:
    """The element of one question: ``find(page, "debrief/asked", item=None)``."""
    return question
