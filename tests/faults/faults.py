"""Every fault of the bench: how it strikes, how it heals, and what a person may expect meanwhile.

A fault is one entry of ``FAULTS``. Most strike and heal; those that are an act of the person (a reload, a closed
tab) strike only. ``struck`` and ``healed`` are told apart, since what counts is the time from each.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Dialog, Error, expect

from faults.scene import Scene

CLOSED_S = 5.0
"""A closed connection is said within so many seconds."""
SILENT_S = 35.0
"""A connection over which nothing comes is said within so many seconds."""
RECOVERS_S = 10.0
"""So long after it healed everything is saved again."""
OFTEN, SELDOM = 50, 10
Act = Callable[[Scene], None]


def nothing(_scene: Scene) -> None:
    """Nothing is done."""


@dataclass(frozen=True)
class Fault:
    """One kind of fault.

    Attributes:
        strike: Makes it.
        heal: Ends it.
        lasts_s: From how long to how long it lasts.
        banner_s: Within how long the page says that it is not connected; ``None`` where it need not.
        runs: How many runs ``make faults`` makes of it.
        types_on: Whether the person goes on typing while it lasts.
        then_quiet: Whether the person has finished before it ends and touches nothing afterwards, so that the
            page has to try again by itself.
        recovers_s: How long after it healed everything is saved again.
    """

    strike: Act
    heal: Act = nothing
    lasts_s: tuple[float, float] = (0.0, 0.0)
    banner_s: float | None = None
    runs: int = SELDOM
    types_on: bool = True
    then_quiet: bool = False
    recovers_s: float = RECOVERS_S


# The network -----------------------------------------------------------------------------------------------


def close_and_refuse(scene: Scene) -> None:
    """Every connection ends, and no new one is taken."""
    scene.place.proxy.cut(refuse=True)


def close_once(scene: Scene) -> None:
    """Every connection ends; new ones are taken at once."""
    scene.place.proxy.cut(refuse=False)


def dark(*, up: bool, down: bool) -> Act:
    """Packets vanish and nothing is closed."""
    return lambda scene: scene.place.proxy.darken(up=up, down=down)


def dark_and_dead(scene: Scene) -> None:
    """What a router does that forgot the connection: after the silence it is closed."""
    scene.place.proxy.cut(refuse=False)
    scene.place.proxy.heal()


def slow_answers(scene: Scene) -> None:
    """Everything takes long, each way."""
    scene.place.proxy.delay_s = 0.5 if scene.brisk else scene.rng.uniform(0.3, 3.0)


def thin_line(scene: Scene) -> None:
    """Little passes at a time."""
    scene.place.proxy.bytes_per_s = scene.rng.uniform(1_000, 20_000)


def heal_network(scene: Scene) -> None:
    """All passes again."""
    scene.place.proxy.heal()


def go_offline(scene: Scene) -> None:
    """The computer loses its network, and the browser knows."""
    scene.context.set_offline(True)
    scene.place.proxy.darken(up=True, down=True)


def go_online(scene: Scene) -> None:
    """It is back."""
    scene.place.proxy.cut(refuse=False)
    scene.place.proxy.heal()
    scene.context.set_offline(False)


# Processes -------------------------------------------------------------------------------------------------


def kill_kernel(scene: Scene) -> None:
    """The kernel of the page dies."""
    os.kill(scene.kernel, signal.SIGKILL)


def stop_kernel(scene: Scene) -> None:
    """The kernel stands still."""
    scene.stopped = scene.kernel
    os.kill(scene.stopped, signal.SIGSTOP)


def go_on_kernel(scene: Scene) -> None:
    """It goes on."""
    assert scene.stopped is not None
    os.kill(scene.stopped, signal.SIGCONT)


def kill_server(scene: Scene) -> None:
    """The whole server dies, kernels and all, or is stopped in order."""
    scene.place.server.stop(scene.rng.choice((signal.SIGKILL, signal.SIGTERM)))


def start_server(scene: Scene) -> None:
    """It is started again on the same port and the same folder."""
    scene.place.server.start()


# The disk --------------------------------------------------------------------------------------------------


def forbid_writing(scene: Scene) -> None:
    """The workbook and its folder can be read only."""
    scene.place.file.chmod(0o444)
    scene.place.server.home.chmod(0o555)


def allow_writing(scene: Scene) -> None:
    """They can be written again."""
    scene.place.server.home.chmod(0o700)
    scene.place.file.chmod(0o600)


def fill_disk(scene: Scene) -> None:
    """No file of the kernel can grow: what it writes fails in the middle."""
    scene.stopped = scene.kernel
    room = scene.rng.choice((0, 1_000, 10_000))
    resource.prlimit(scene.stopped, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))


def empty_disk(scene: Scene) -> None:
    """There is room again."""
    assert scene.stopped is not None
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(scene.stopped, resource.RLIMIT_FSIZE, unlimited)


def lock_file(scene: Scene) -> None:
    """Another program holds the workbook and lets nobody in."""
    scene.holder = sqlite3.connect(scene.place.file, isolation_level=None, timeout=10)
    scene.holder.execute("BEGIN EXCLUSIVE")


def unlock_file(scene: Scene) -> None:
    """It lets go."""
    assert scene.holder is not None
    scene.holder.execute("ROLLBACK")
    scene.holder.close()


# What the person does --------------------------------------------------------------------------------------


def reload_page(scene: Scene) -> None:
    """The person loads the page anew, in the middle of a word."""
    scene.page.reload()
    scene.box().wait_for()


def reload_in_the_dark(scene: Scene) -> None:
    """The person loads the page anew while nothing passes to the kernel, which is then there again."""
    scene.place.proxy.darken(up=True, down=True)
    scene.type(10)
    scene.place.proxy.cut(refuse=False)
    scene.place.proxy.heal()
    reload_page(scene)


def close_and_open_tab(scene: Scene) -> None:
    """The tab is closed in the middle of a word, and the page opened in another."""
    scene.page.close(run_before_unload=False)
    time.sleep(0.0 if scene.brisk else scene.rng.choice((0.0, 0.5, 3.0, 15.0)))
    scene.page = scene.new_tab()
    scene.open()


def duplicate_tab(scene: Scene) -> None:
    """The same page is opened a second time beside the first, which is used on and closed; then the second is."""
    other = scene.new_tab()
    scene.open(other)
    scene.page.bring_to_front()
    scene.type(15)
    scene.page.close(run_before_unload=False)
    scene.page = other
    other.bring_to_front()
    # A headless browser shows every page at once and tells none that it came to the front.
    other.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    try:
        expect(scene.box()).to_have_value(scene.typed, timeout=RECOVERS_S * 1000)
    except AssertionError:
        scene.wrong.append("the second page did not show the words of the first")


LINK = """([href, download]) => {
  const link = document.createElement("a");
  link.href = href ?? URL.createObjectURL(new Blob(["hello"], { type: "text/plain" }));
  if (download) link.download = "hello.txt";
  link.textContent = "a link";
  document.body.append(link);
  link.click();
  link.remove();
}"""


def click_mailto(scene: Scene) -> None:
    """A mailto link is clicked, which fires what fires when a page is left."""
    scene.page.evaluate(LINK, ["mailto:someone@example.org", False])


def click_download(scene: Scene) -> None:
    """A download link is clicked."""
    with scene.page.expect_download() as taken:
        scene.page.evaluate(LINK, [None, True])
    taken.value.cancel()


FILL = """() => {
  for (let size = 1 << 20; size >= 1; size = size >> 1) {
    try {
      for (let n = 0; ; n++) localStorage.setItem(`full:${size}:${n}`, "x".repeat(size));
    } catch { /* full at this size */ }
  }
}"""
EMPTY = """() => {
  for (const name of Object.keys(localStorage)) if (name.startsWith("full:")) localStorage.removeItem(name);
}"""


def cancel_leaving(scene: Scene) -> None:
    """The browser can keep no copy, the person is about to leave, is asked, and stays."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    scene.page.evaluate(FILL)
    scene.place.proxy.darken(up=True, down=True)
    scene.type(8)
    scene.page.on("dialog", stay)
    with contextlib.suppress(Error):
        scene.page.evaluate("() => { location.href = '/elsewhere'; }")
    scene.wait(1.0)
    scene.page.remove_listener("dialog", stay)
    scene.place.proxy.heal()
    scene.page.evaluate(EMPTY)
    if asked != ["beforeunload"]:
        scene.wrong.append(f"leaving asked {asked}")


CLOCK = """(shift) => {
  const Plain = Date;
  globalThis.Date = class extends Plain {
    constructor(...given) {
      if (given.length) super(...given);
      else super(Plain.now() + shift);
    }
    static now() { return Plain.now() + shift; }
  };
}"""


def move_clock(scene: Scene) -> None:
    """The browser's clock is set back or forward, the person types on, and it is set right by a reload."""
    hours = scene.rng.choice((-48, -2, 2, 48))
    scene.page.evaluate(CLOCK, hours * 3_600_000)
    scene.type(15)
    reload_page(scene)


def sleep(scene: Scene) -> None:
    """The browser freezes the page, as when a lid is closed."""
    devtools = scene.context.new_cdp_session(scene.page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    time.sleep(2 if scene.brisk else scene.rng.uniform(2, 25))
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    devtools.detach()


FAULTS: dict[str, Fault] = {
    "connection closed": Fault(close_and_refuse, heal_network, (1, 12), CLOSED_S, OFTEN),
    "kernel dead": Fault(kill_kernel, banner_s=CLOSED_S, runs=OFTEN),
    "reload": Fault(reload_page, runs=OFTEN),
    "tab closed": Fault(close_and_open_tab, runs=OFTEN),
    "mailto": Fault(click_mailto, runs=OFTEN),
    "connection closed once": Fault(close_once, heal_network, (0, 1)),
    "dark": Fault(dark(up=True, down=True), heal_network, (3, 50), SILENT_S),
    "dark up": Fault(dark(up=True, down=False), heal_network, (3, 50), SILENT_S),
    "dark down": Fault(dark(up=False, down=True), heal_network, (3, 50), SILENT_S),
    "dark, then closed": Fault(dark(up=True, down=True), dark_and_dead, (3, 50), SILENT_S),
    "slow answers": Fault(slow_answers, heal_network, (5, 20)),
    "thin line": Fault(thin_line, heal_network, (5, 20)),
    "offline": Fault(go_offline, go_online, (2, 45), SILENT_S),
    "kernel stopped": Fault(stop_kernel, go_on_kernel, (2, 50), SILENT_S),
    "server restarted": Fault(kill_server, start_server, (1, 12), CLOSED_S),
    "read-only": Fault(forbid_writing, allow_writing, (3, 15), then_quiet=True),
    "disk full": Fault(fill_disk, empty_disk, (3, 15), then_quiet=True),
    "file locked": Fault(lock_file, unlock_file, (3, 15), then_quiet=True),
    "reload in the dark": Fault(reload_in_the_dark),
    "two tabs": Fault(duplicate_tab),
    "download": Fault(click_download),
    "cancelled leaving": Fault(cancel_leaving),
    "clock moved": Fault(move_clock),
    "asleep": Fault(sleep),
}
