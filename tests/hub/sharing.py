"""A student who shares and takes back by their page, and others who do so all the time, while things die."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import itertools
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Error, Page

from faults.run import Outcome

from ..service.conftest import share_body
from .campus import Campus, wait_for
from .strikes import ENDS, HUB_SEES_S
from .writing import HubPlace

READER = "Dr Sorel"
GIVEN = f"{READER} has it on their desk now."
PATIENCE_MS = 60_000
PRESSES_AGAIN_S = 4.0
GAP_S = 0.05


@dataclass
class Shared(Outcome):
    """What became of one round of sharing.

    Attributes:
        asked: Writes and readings that others sent all the time.
        acknowledged: Of those, how many were acknowledged.
        forgotten: Of the acknowledged, how many the database does not know.
        presses: How often the person pressed until the page said that it was done.
        twice: How often the same words were shared once more than asked for.
    """

    asked: int = 0
    acknowledged: int = 0
    forgotten: int = 0
    presses: int = 0
    twice: int = 0


@dataclass
class Traffic:
    """Shares, readings and takings back of a class, one after the other, straight at the service's address.

    Attributes:
        campus: The hub.
        mine: The token of whoever shares.
        theirs: The token of whoever reads.
        reader: The id of the reader.
        mark: Part of every share's id.
    """

    campus: Campus
    mine: str
    theirs: str
    reader: str
    mark: str
    asked: int = 0
    given: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)

    def __enter__(self) -> Traffic:
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join(120)

    def _go_on(self) -> None:
        today = dt.datetime.now().astimezone().date()
        for number in itertools.count():
            if self._end.is_set():
                return
            share = share_body(f"{self.mark}-{number}", today)
            name, path = share["share"], f"/v1/shares/{share['share']}"
            if self._ask(self.mine, path, "PUT", {"reader": self.reader, "share": share}):
                self.given.add(name)
                if self._ask(self.theirs, f"/v1/received/{name}"):
                    self.read.add(name)
            if number % 2 or len(self.given) - len(self.taken) > 60:
                # A taking back that was cut off may have been done.
                self.unsure.add(name)
                if name in self.given and self._ask(self.mine, path, "DELETE"):
                    self.taken.add(name)

    def _ask(self, token: str, path: str, method: str = "GET", body: Any = None) -> bool:
        """Whether it was acknowledged; asks again now and then for a second, as a page would."""
        for pause in (0.1, 0.3, 0.6):
            self.asked += 1
            with contextlib.suppress(OSError, http.client.HTTPException):
                answer = self.campus.ask(
                    f"/services/centre{path}", method, body, token=token, port=self.campus.centre_port
                )
                if answer.status < 300:
                    time.sleep(GAP_S)
                    return True
            if self._end.wait(pause):
                break
        return False

    def acknowledged(self) -> int:
        """How many were."""
        return len(self.given) + len(self.read) + len(self.taken)

    def forgotten(self) -> set[str]:
        """What was acknowledged and is not in the database."""
        ask = self.campus.database.ask  # type: ignore[union-attr]
        mine = f"LIKE 'share-{self.mark}-%'"
        whole = set(ask(f"SELECT share_id FROM items WHERE share_id {mine}").split())
        logged = set(ask(f"SELECT share_id FROM readings WHERE share_id {mine}").split())
        return (
            {f"given {name}" for name in self.given - self.unsure - whole}
            | {f"read {name}" for name in self.read - logged}
            | {f"taken {name}" for name in self.taken & whole}
        )


class Sharer:
    """A student at the page where one shares, and a counsellor with a name.

    Args:
        campus: The hub.
        browser: A Chromium.
        mark: Part of the accounts' names.
    """

    def __init__(self, campus: Campus, browser: Browser, mark: str = "s") -> None:
        self.campus = campus
        reader, self.name = campus.person(f"{mark}sorel", "counsellors"), campus.person(f"{mark}fay")
        other = campus.person(f"{mark}gus")
        self._theirs, self._mine = campus.token(reader), campus.token(other)
        wait_for(
            "the counsellor's name",
            lambda: campus.centre("/v1/me", self._theirs, "PUT", {"name": READER}).status == 200,
        )
        self._reader = campus.centre("/v1/me", self._theirs).json["id"]
        campus.centre("/v1/me/consent", self._mine, "PUT", {"words": "centre-1"})
        self.place = HubPlace(campus, self.name, browser)
        self.place.new_interview()
        self.context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self._begin()

    def _begin(self) -> None:
        campus, page = self.campus, self.page
        campus.sign_in(page, self.name)
        page.locator("main h1").wait_for()
        self._go("share/with-somebody")
        self._write("share/with-as", "Fay")
        page.get_by_label("My search in numbers, without names").check()
        page.get_by_role("button", name="I agree").click()
        page.get_by_role("button", name=f"Share with {READER} now").wait_for()

    def close(self) -> None:
        """The end of the visit."""
        self.context.close()

    def _go(self, where: str) -> None:
        self.page.evaluate("(where) => { location.hash = `#/${where}`; }", where)
        self.page.locator("main h1").wait_for()

    def _write(self, question: str, words: str) -> None:
        field_ = self.page.locator(f"[data-question='{question}'] :is(input, textarea)").first
        field_.fill(words)
        field_.blur()

    # One round ---------------------------------------------------------------------------------------------

    def round(self, name: str, seed: int, *, brisk: bool = False) -> Shared:
        """One death while the student shares, or takes back, and others do so all the time.

        Args:
            name: One of ``ENDS``.
            seed: Chooses every moment, and which of both.
            brisk: Whether it lasts briefly.
        """
        rng = random.Random(seed)  # noqa: S311 - moments, no secret
        outcome = Shared(f"{name}, sharing", seed)
        words = f"Words of round {seed} with the {name} {rng.getrandbits(32):x}"
        outcome.typed = len(words)
        self._words = words
        button = self.page.get_by_role("button", name=f"Share with {READER} now")
        self._go("start")  # what was said of the last round is not said again
        button.wait_for(state="detached")
        self._go("share/with-somebody")
        button.wait_for()
        self.page.get_by_text(GIVEN).first.wait_for(state="detached")
        self._write("share/with-why", words)
        takes = bool(seed % 2)
        if takes:
            self._until_done(self._gives, outcome, PATIENCE_MS / 1000)
            outcome.presses = 0
            if not self._standing():
                outcome.wrong.append("shared in peace, and not there")
            self._go("share/shared")
        mark = f"{name}{seed}-{rng.getrandbits(24):x}"
        with Traffic(self.campus, self._mine, self._theirs, self._reader, mark) as traffic:
            time.sleep(0.5 if brisk else rng.uniform(0.3, 1.5))
            self._struck(name, rng, outcome, self._takes if takes else self._gives, brisk=brisk)
            time.sleep(0.5)
        outcome.asked, outcome.acknowledged = traffic.asked, traffic.acknowledged()
        self._count(outcome, words, traffic, takes=takes)
        return outcome

    def _struck(self, name: str, rng: random.Random, outcome: Shared, act: Any, *, brisk: bool) -> None:
        kill, start = ENDS[name]
        first = rng.random() < 0.5
        if first:
            kill(self.campus, self.name)
        act(press=True)
        outcome.presses += 1
        if not first:
            time.sleep(rng.uniform(0, 0.15))
            kill(self.campus, self.name)
        struck = time.monotonic()
        lasts = 1.0 if brisk else rng.uniform(1, 6)
        while time.monotonic() < struck + lasts:
            self.page.wait_for_timeout(100)
        start(self.campus, self.name)
        healed = time.monotonic()
        if not self._until_done(act, outcome, 2 * HUB_SEES_S):
            outcome.wrong.append("the page did not say that it was done")
        outcome.lasted_s = round(healed - struck, 2)
        outcome.recovered_s = round(time.monotonic() - healed, 2)
        if outcome.recovered_s > HUB_SEES_S:
            outcome.wrong.append(f"done after {outcome.recovered_s} s")

    def _until_done(self, act: Any, outcome: Shared, patience_s: float) -> bool:
        """Press, and again where nothing came of it, until the page says that it is done."""
        until, pressed = time.monotonic() + patience_s, 0.0
        while time.monotonic() < until:
            with contextlib.suppress(Error):
                if act():
                    return True
                if time.monotonic() - pressed > PRESSES_AGAIN_S and act(press=True):
                    pressed = time.monotonic()
                    outcome.presses += 1
            self.page.wait_for_timeout(100)
        return False

    def _gives(self, *, press: bool = False) -> bool:
        if press:
            return self._press(f"Share with {READER} now")
        return self.page.get_by_text(GIVEN).count() > 0

    def _takes(self, *, press: bool = False) -> bool:
        mine = self.page.locator(".rb-panel").filter(has_text=self._words)
        if press:
            return self._press("Take it back now", mine)
        return mine.filter(has_text="Taken back on").count() > 0

    def _press(self, label: str, inside: Any = None) -> bool:
        """Press a button if it is there and can be pressed."""
        button = (inside or self.page).get_by_role("button", name=label).first
        try:
            button.click(timeout=1500)
        except Error:
            return False
        return True

    def _count(self, outcome: Shared, words: str, traffic: Traffic, *, takes: bool) -> None:
        """What the database has."""
        wait_for("the database", lambda: self._asked("SELECT 1") == "1")
        rows = self._standing()
        left = int(self._asked(f"SELECT count(*) FROM shares WHERE rest LIKE '%{words}%'"))
        outcome.lost = left if takes else int(rows == 0)
        outcome.twice = 0 if takes else max(0, rows - 1)
        if outcome.lost:
            outcome.wrong.append("taken back, and still there" if takes else "shared, and not there")
        forgotten = traffic.forgotten()
        outcome.forgotten = len(forgotten)
        if forgotten:
            outcome.wrong.append(f"{len(forgotten)} acknowledged and forgotten: {sorted(forgotten)[:3]}")
        if not traffic.given or not traffic.taken or not traffic.read:
            outcome.wrong.append("nobody else was heard")
        self._tidy(traffic)

    def _standing(self) -> int:
        """How many shares with this round's words stand, each with what is in it."""
        return int(
            self._asked(
                "SELECT count(DISTINCT shares.id) FROM shares JOIN items ON items.share_id = shares.id "
                f"WHERE rest LIKE '%{self._words}%' AND taken_back_at IS NULL"
            )
        )

    def _asked(self, question: str) -> str:
        return str(self.campus.database.ask(question)).strip()  # type: ignore[union-attr]

    def _tidy(self, traffic: Traffic) -> None:
        """Take the others' shares back: a hundred may stand."""
        for name in traffic.given | traffic.unsure:
            self.campus.centre(f"/v1/shares/{name}", self._mine, "DELETE")
            time.sleep(GAP_S)
