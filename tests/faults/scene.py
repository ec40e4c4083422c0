"""One run: a person at a page, typing known text, and everything the bench sees meanwhile."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page

from faults.proxy import Proxy
from faults.server import Server
from rebound_widgets.domain.record import answer_id
from rebound_widgets.domain.refused import Refused
from rebound_widgets.history import History
from rebound_widgets.store import Store
from rebound_widgets.workbook import Workbook

PATIENCE_S = 60
GAP_S = 0.1
NOTICES_BUTTON_S = 2.0
FIELDS = (
    ("recall", "debrief/recall", None),
    ("both-sides", "debrief/ready-for", None),
    ("both-sides", "debrief/differently", None),
    ("questions", "debrief/asked-text", 1),
    ("questions", "debrief/asked-said", 1),
)
WORDS = """three people one table the churn report they asked why I left and I said too much about the café then
a silence somebody smiled naïve question Zürich budget I drew the graph again 不 then thanks 🙂 door rain bus"""
LOOK = """([question, item]) => {
  const inside = item === null ? "" : `[data-item='${item}']`;
  const box = document.querySelector(`[data-question='${question}']${inside} textarea`);
  const status = document.querySelector("[data-rebound-status]");
  const button = document.querySelector(".rb-top-status button");
  return {
    state: status ? status.dataset.state : null,
    sentence: status ? status.textContent : null,
    button: button && !button.hidden ? button.textContent : null,
    value: box ? box.value : null,
    focused: box !== null && document.activeElement === box,
    born: performance.timeOrigin,
    drafts: Object.keys(localStorage).filter((name) => name.startsWith("rebound:draft:")).length,
  };
}"""


# What a key changed: which page it is, and what stands in the field.
AFTER = """([question, item]) => {
  const inside = item === null ? "" : `[data-item='${item}']`;
  const box = document.querySelector(`[data-question='${question}']${inside} textarea`);
  return [performance.timeOrigin, box ? box.value : null];
}"""


@dataclass(frozen=True)
class Seen:
    """What the page showed at one moment; all but ``at`` are ``None`` where there was no page to see."""

    at: float
    state: str | None = None
    sentence: str | None = None
    button: str | None = None
    value: str | None = None
    focused: bool = False
    born: float | None = None
    drafts: int = 0


@dataclass
class Place:
    """What several runs share: a folder, its server, the network before it and a browser."""

    server: Server
    proxy: Proxy
    browser: Browser

    @property
    def file(self) -> Path:
        """The workbook."""
        return self.server.home / "workbook.rebound"

    def new_interview(self) -> str:
        """Adds an interview to debrief; returns its id."""
        with contextlib.closing(Workbook.open(self.server.home)) as workbook:
            application = workbook.add_application({"company": "Acme"})
            return workbook.add_interview(application.record_id).record_id


@contextlib.contextmanager
def open_place(home: Path, browser: Browser) -> Iterator[Place]:
    """A place on an empty folder."""
    with Server(home) as server, Proxy(server.port) as proxy:
        yield Place(server, proxy, browser)


@dataclass
class Scene:
    """A person at a page of a place, for one run.

    Attributes:
        place: Where.
        seed: Chooses the field, the words and every moment.
        brisk: Whether the person writes little, and without stopping to think.
        typed: What the person typed so far.
        untrue: How often the page said "saved" of words that were not on disk.
        looks: How often it was looked at while it said so.
        pressed: How often the person pressed the one button beside the status.
        refocused: How often the person had to put the cursor back.
        unheard: How many keys the browser kept from the page, as it does while it asks whether to leave it.
        notes: What was noticed on the way, for whoever looks into a run that failed.
        wrong: What must not be, beside lost words.
        stopped: The kernel that a fault has in its hand.
        holder: The connection that locks the workbook.
    """

    place: Place
    seed: int
    brisk: bool = False
    typed: str = ""
    untrue: int = 0
    looks: int = 0
    pressed: int = 0
    refocused: int = 0
    unheard: int = 0
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    stopped: int | None = None
    holder: sqlite3.Connection | None = None

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311 - moments, no secret
        self.part, self.question, self.item = self.rng.choice(FIELDS)
        self.presses = self.rng.random() < 0.5
        self.interview = self.place.new_interview()
        self.store = Store.open(self.place.file)
        self.context = self.place.browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
        self.context.set_default_timeout(PATIENCE_S * 1000)
        self.page = self._new_page()
        self._ahead: list[str] = []

    def close(self) -> None:
        """The end of the visit."""
        with contextlib.suppress(Error):
            self.context.close()
        self.store.close()

    def anew(self) -> None:
        """Forget what was noticed, for another fault on the same page."""
        self.untrue = self.looks = self.pressed = self.refocused = self.unheard = 0
        self.notes, self.wrong, self.seen = [], [], []

    # The page ----------------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """The page's address."""
        return f"{self.place.server.url}#/debrief/{self.interview}/{self.part}"

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.notes.append(f"page error: {error.message[:200]}"))
        return page

    def open(self, page: Page | None = None) -> None:
        """Open the page and wait for the field."""
        page = page or self.page
        page.goto(self.address)
        if self.item is not None and not self.on_disk():
            page.get_by_role("button", name="Add a question").click()
        self.box(page).wait_for()

    def new_tab(self) -> Page:
        """Another tab of the same browser."""
        return self._new_page()

    def box(self, page: Page | None = None) -> Any:
        """The field."""
        inside = "" if self.item is None else f"[data-item='{self.item}']"
        return (page or self.page).locator(f"[data-question='{self.question}']{inside} textarea").first

    @property
    def kernel_id(self) -> str:
        """The id of the page's kernel."""
        script = "JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"
        return str(self.page.evaluate(script))

    @property
    def kernel(self) -> int:
        """The process id of the page's kernel."""
        return self.place.server.kernel(self.kernel_id)

    # What is seen ------------------------------------------------------------------------------------------

    def on_disk(self) -> str | None:
        """The reply as the workbook's file has it; ``None`` where there is none."""
        found = self.store.get(answer_id(self.question, self.interview, self.item))
        return None if found is None else found.body.get("value")

    def look(self) -> Seen:
        """Look at the page, and hold it to its word when it says that all is saved."""
        try:
            told = self.page.evaluate(LOOK, [self.question, self.item])
        except Error:
            told = {}  # between two pages
        seen = Seen(at=time.monotonic(), **told)
        if seen.state == "saved" and seen.value is not None:
            self.looks += 1
            with contextlib.suppress(Refused):  # the file cannot be read now: a fault of its own
                # Typing may have gone on, and been saved, since the page was looked at.
                if not (self.on_disk() or "").startswith(seen.value.rstrip()):
                    self.untrue += 1
                    self.notes.append(f"untrue: {seen.sentence!r} of {seen.value[-30:]!r}")
        self.seen.append(seen)
        return seen

    def first(self, state: str, since: float) -> float | None:
        """Seconds from ``since`` until the page first showed that state; ``None`` where it did not."""
        return next((one.at - since for one in self.seen if one.at >= since and one.state == state), None)

    def back(self, since: float) -> float | None:
        """Seconds from ``since`` until the page stood there anew, with a new kernel; ``None`` where not."""
        before = next((one.born for one in reversed(self.seen) if one.at < since and one.born), None)
        later = (one for one in self.seen if one.at >= since and one.value is not None)
        return next((one.at - since for one in later if one.born != before), None)

    # What the person does ----------------------------------------------------------------------------------

    def wait(self, seconds: float) -> None:
        """Sit and look."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.look()
            self.page.wait_for_timeout(min(GAP_S, max(0.0, until - time.monotonic())) * 1000)

    def type(self, count: int, *, until: float = float("inf")) -> None:
        """Type that many characters in whole words, with pauses, until a moment at the latest."""
        written = 0
        if self.brisk:
            count = min(count, 12)
        while written < count and time.monotonic() < until:
            if not self._ready_to_type():
                self.page.wait_for_timeout(GAP_S * 1000)
                continue
            written += self._type_one()
            thinks = not self.brisk and self.rng.random() < 0.03
            pause = self.rng.uniform(0.3, 2.5) if thinks else self.rng.uniform(0.01, 0.09)
            self.page.wait_for_timeout(pause * 1000)

    def finish_word(self) -> None:
        """Type to the end of a word, since a space at the end of a reply is not kept."""
        while self._ahead or not self.typed.strip() or self.typed.endswith(" "):
            self.type(1)
            if not self._ahead and not self.typed.endswith(" "):
                return

    def _type_one(self) -> int:
        if not self._ahead:
            word = self.rng.choice(WORDS.split())
            self._ahead = list(f" {word}" if self.typed else word)
        letter = self._ahead.pop(0)
        try:
            self.page.keyboard.type(letter)
        except Error:
            self._ahead.insert(0, letter)  # there was no page to type into
            return 0
        if self._kept_from_the_page():
            self.unheard += 1
            self._ahead.insert(0, letter)
            return 0
        self.typed += letter
        return 1

    def _kept_from_the_page(self) -> bool:
        """Whether the page that was looked at last is still there, and the key wrote nothing in the field.

        Chromium lets a key down and writes nothing while it makes up its mind on a link. Whoever writes sees that.
        """
        with contextlib.suppress(Error):
            born, value = self.page.evaluate(AFTER, [self.question, self.item])
            return (born, value) == (self.seen[-1].born, self.seen[-1].value)
        return False

    def _ready_to_type(self) -> bool:
        seen = self.look()
        if seen.value is None:
            return False  # the page is being loaded: there is nothing to type into
        if not seen.focused:
            self.refocused += 1
            with contextlib.suppress(Error):
                self.box().click(timeout=5000)
                self.box().press("Control+End")
        return True

    def settle(self, since: float, *, patience_s: float = PATIENCE_S) -> float | None:
        """Wait until all that was typed is saved and the page says so, pressing its button where it offers one.

        Returns:
            Seconds from ``since``; ``None`` when it did not come.
        """
        offered: float | None = None
        while time.monotonic() < since + patience_s:
            seen = self.look()
            with contextlib.suppress(Refused):
                if seen.state == "saved" and seen.value == self.typed and self.on_disk() == self.typed:
                    return time.monotonic() - since
            if seen.button is None:
                offered = None
            else:
                offered = offered or seen.at
                if self.presses and seen.at - offered > NOTICES_BUTTON_S:
                    self.press()
                    offered = None
            self.page.wait_for_timeout(GAP_S * 1000)
        return None

    def tidied(self, patience_s: float = 30) -> bool:
        """Whether the browser keeps no copy any more of what is saved, within a while."""
        until = time.monotonic() + patience_s
        while self.look().drafts and time.monotonic() < until:
            self.page.wait_for_timeout(GAP_S * 1000)
        return not self.seen[-1].drafts

    def press(self) -> None:
        """Press the one button beside the status."""
        with contextlib.suppress(Error):
            self.page.locator(".rb-top-status button").click(timeout=1000)
            self.pressed += 1

    # What became of it -------------------------------------------------------------------------------------

    def lost(self) -> int:
        """How many of the characters typed are not in the workbook; at least 1 where they stand otherwise."""
        answers = History.read(self.place.server.home).answers
        mine = answers[(answers["question"] == self.question) & (answers["interview_id"] == self.interview)]
        there = str(mine["value"].iloc[0]) if len(mine) else ""
        if there == self.typed:
            return 0
        self.notes.append(f"typed …{self.typed[-60:]!r}, kept …{there[-60:]!r}")
        return max(1, sum((Counter(self.typed) - Counter(there)).values()))
