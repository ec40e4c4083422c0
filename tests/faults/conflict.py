"""Two who write one answer: both versions stay, both are shown, and one press joins them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from playwright.sync_api import Error, expect

from faults.scene import Scene
from rebound_widgets.domain.record import answer_id
from rebound_widgets.workbook import Workbook


def two_writers(scene: Scene) -> None:
    """Two tabs with a kernel each write the same answer at the same time."""
    scene.type(scene.rng.randint(5, 30))
    scene.finish_word()
    scene.settle(time.monotonic())
    other = scene.new_tab()
    scene.open(other)
    expect(scene.box(other)).to_have_value(scene.typed)
    # The first cannot send while the second writes: then both stand on the same revision.
    theirs = f"{scene.typed} and the other tab says {scene.seed}"
    scene.box(other).fill(theirs)
    scene.page.bring_to_front()
    scene.type(scene.rng.randint(10, 40))
    scene.finish_word()
    _join(scene, theirs)
    other.close()


def written_elsewhere(scene: Scene) -> None:
    """The command line writes the answer while the page holds words that it could not send."""
    scene.type(scene.rng.randint(5, 30))
    scene.finish_word()
    scene.settle(time.monotonic())
    scene.place.proxy.cut(refuse=True)
    scene.type(scene.rng.randint(10, 40))
    scene.finish_word()
    theirs = f"Written elsewhere {scene.seed}"
    with contextlib.closing(Workbook.open(scene.place.server.home)) as workbook:
        workbook.record(scene.question, theirs, record_id=scene.interview, item=scene.item)
    scene.place.proxy.heal()
    _join(scene, theirs)


def _join(scene: Scene, theirs: str) -> None:
    """Wait until one of both pages shows both versions, press its button, and look for both on disk."""
    mine = scene.typed
    clashing = _clashing(scene)
    if clashing is None:
        scene.wrong.append("no two versions were shown")
        return
    texts = clashing.locator(".rb-version-text").all_inner_texts()
    for version in (mine, theirs):
        if version not in texts:
            scene.wrong.append(f"a version was not shown: {version[-40:]!r} among {texts!r}")
    clashing.locator("[data-choice=both]").click()
    until = time.monotonic() + 15
    while time.monotonic() < until and not _has_both(scene, mine, theirs):
        scene.page.wait_for_timeout(100)
    if not _has_both(scene, mine, theirs):
        scene.wrong.append(f"not both are on disk: {scene.on_disk()!r}")
    ever = {r.body.get("value") for r in scene.store.history_of(_record(scene))}
    if theirs not in ever:
        scene.wrong.append("the other version is not in the history")
    expect(clashing.locator("[data-rebound-status]")).to_have_attribute("data-state", "saved")
    scene.typed = scene.on_disk() or ""
    scene.look()


def _clashing(scene: Scene):  # type: ignore[no-untyped-def]
    """The page that shows two versions, whichever it is."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for page in scene.context.pages:
            with contextlib.suppress(Error):
                if page.locator("[data-choice=both]").count():
                    return page
        scene.look()
        scene.page.wait_for_timeout(100)
    return None


def _record(scene: Scene) -> str:
    return answer_id(scene.question, scene.interview, scene.item)


def _has_both(scene: Scene, mine: str, theirs: str) -> bool:
    there = scene.on_disk() or ""
    return mine in there and theirs in there


CONFLICTS: dict[str, Callable[[Scene], None]] = {
    "two writers": two_writers,
    "written elsewhere": written_elsewhere,
}
