"""Shows real widgets in a real browser, with this process as their kernel and nothing in between."""

from __future__ import annotations

import base64
import dataclasses
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Playwright

HARNESS = (Path(__file__).parent / "views_harness.html").read_text(encoding="utf-8")
ADDRESS = "http://localhost:1/"
"""Answered by the test itself; an address of this machine, so that the page counts as a safe one."""

HOSTILE = '<img src=x onerror="window.hurt=1"> $52k vs $60k & </script><b>bold</b> \u202e{name}'
"""Words that must stay words."""


@dataclasses.dataclass
class Stage:
    """A page with widgets on it.

    Attributes:
        page: The browser's page.
        errors: What the browser complained about, and addresses it asked for that are not the page's own.
        heard: Every message the widgets were sent, as ``(id, content)``.
        cut: Whether the connection is cut: messages vanish in both directions.
        mute: Whether only the kernel's answers vanish.
    """

    page: Page
    errors: list[str] = dataclasses.field(default_factory=list)
    heard: list[tuple[str, dict[str, Any]]] = dataclasses.field(default_factory=list)
    cut: bool = False
    mute: bool = False
    _losing: tuple[str, str] | None = None
    _widgets: dict[str, Any] = dataclasses.field(default_factory=dict)
    _out: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def open(self) -> None:
        """Opens the empty page; called again it is a reload, with new models of the same widgets."""
        self.page.goto(ADDRESS)
        for name in list(self._widgets):
            self._draw(name, None)

    def show(self, widget: Any, *, width: int | None = None, wait: bool = True) -> Locator:
        """Draws a widget under the others and returns the element it is in."""
        name = self._name(widget)
        self._draw(name, width)
        if wait:
            self.settle()
        return self.page.locator(f"#{name}")

    def show_page(self, page: Any) -> Locator:
        """Draws a page of widgets, which looks its children up; ``arrange`` tells it of others later."""
        self._offer(page)
        shown = self.show(page, wait=False)
        self.settle()
        return shown

    def arrange(self, page: Any) -> None:
        """Tells a drawn page which children it has now, as their synced references do."""
        self._offer(page)
        name = next(name for name, widget in self._widgets.items() if widget is page)
        self.page.evaluate("([id, state]) => window.set(id, state)", [name, _state(page)])
        self.settle()

    def _offer(self, page: Any) -> None:
        for widget in (*page.children, *getattr(page, "margin", ())):
            if widget in self._widgets.values():
                continue
            if hasattr(widget, "children"):
                self._offer(widget)
            name = self._name(widget)
            given = {"id": name, "esm": str(widget._esm), "css": str(widget._css), "state": _state(widget)}
            reference = f"anywidget:{widget.model_id}"
            self.page.evaluate("([ref, given]) => window.offer(ref, given)", [reference, given])

    def _name(self, widget: Any) -> str:
        name = f"w{len(self._widgets) + 1}"
        self._widgets[name] = widget

        def send(content: dict[str, Any], buffers: Any = None) -> None:
            packed = [base64.b64encode(bytes(buffer)).decode() for buffer in buffers or ()]
            self._out.append({"id": name, "content": content, "buffers": packed})

        widget.send = send
        return name

    def _draw(self, name: str, width: int | None) -> None:
        widget = self._widgets[name]
        given = {"id": name, "esm": str(widget._esm), "css": str(widget._css), "width": width}
        self.page.evaluate("given => window.mount(given)", {**given, "state": _state(widget)})

    def settle(self) -> None:
        """Hands over what the kernel said by itself and waits until every message is answered."""
        self.page.evaluate("messages => window.deliver(messages)", self._take())
        self.page.evaluate("() => window.settled()")

    def _take(self) -> list[dict[str, Any]]:
        out, self._out[:] = list(self._out), []
        return [] if self.cut or self.mute else out

    def _kernel(self, name: str, content: dict[str, Any], buffers: list[str]) -> list[dict[str, Any]]:
        lost = self._losing if self._losing and self._losing[0] == content.get("type") else None
        if lost:
            self._losing = None
        if self.cut or (lost and lost[1] == "message"):
            return []
        self.heard.append((name, content))
        self._widgets[name]._handle_custom_msg(content, [base64.b64decode(buffer) for buffer in buffers])
        answers = self._take()
        return [] if lost else answers

    def lose(self, kind: str, what: str) -> None:
        """Loses the next message of that kind on its way: the ``"message"`` itself, or its ``"answer"``."""
        self._losing = (kind, what)

    def wait_until_lost(self) -> None:
        """Waits until what was to be lost is lost; the browser reads a file in its own time."""
        for _ in range(500):
            if self._losing is None:
                break
            self.page.wait_for_timeout(10)
        assert self._losing is None, f"No message came that could be lost: {self._losing}"

    def sent(self, kind: str) -> list[dict[str, Any]]:
        """The messages of one kind the browser sent."""
        return [content for _, content in self.heard if content.get("type") == kind]


def _state(widget: Any) -> dict[str, Any]:
    """What of a widget's state its browser part reads: the references to other widgets."""
    names = [name for name in ("children", "margin") if hasattr(widget, name)]
    return {name: [f"anywidget:{child.model_id}" for child in getattr(widget, name)] for name in names}


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium."""
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium") or "/usr/bin/chromium",
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    )
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def staged(browser: Browser, **context: Any) -> Iterator[Stage]:
    """A page of its own; on leaving it without an error the browser must have nothing to complain about."""
    held = browser.new_context(viewport={"width": 1280, "height": 900}, **context)
    page = held.new_page()
    stage = Stage(page)
    page.on("console", lambda message: message.type == "error" and stage.errors.append(message.text))
    page.on("pageerror", lambda error: stage.errors.append(str(error)))
    page.on(
        "request",
        lambda request: request.url.startswith((ADDRESS, "blob:")) or stage.errors.append(request.url),
    )
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.route(ADDRESS, lambda route: route.fulfill(content_type="text/html", body=HARNESS))
    page.expose_function("kernel", stage._kernel)
    stage.open()
    yield stage
    assert stage.errors == [], stage.errors
    held.close()
