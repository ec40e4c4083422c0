"""A page that loads itself anew under writing hands: what is typed before the field is back is there as well."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from faults.scene import PATIENCE_S, Place, Scene


@pytest.fixture
def scene(place: Place) -> Iterator[Scene]:
    opened = Scene(place, seed=7, brisk=True)
    opened.open()
    yield opened
    opened.close()


def test_what_is_typed_while_the_page_loads_itself_anew_is_kept(scene: Scene) -> None:
    """Keys pressed while there is no field yet stand behind the words before them, in their order."""
    scene.type(12)
    scene.finish_word()
    assert scene.settle(time.monotonic()) is not None
    before = scene.typed
    scene.place.proxy.delay_s = 0.7  # The page is there sooner than its line and its field.
    with scene.page.expect_event("domcontentloaded", timeout=PATIENCE_S * 1000):
        os.kill(scene.kernel, signal.SIGKILL)
    assert scene.page.locator("textarea").count() == 0
    scene.page.keyboard.type(" then the bux")
    scene.page.keyboard.press("Backspace")
    scene.page.keyboard.type("s left")
    scene.place.proxy.heal()
    scene.typed = f"{before} then the bus left"
    assert scene.settle(time.monotonic()) is not None, scene.seen[-1]
    assert scene.typed == scene.on_disk()


def test_words_of_a_page_left_while_nobody_was_there_are_kept(scene: Scene) -> None:
    """Whoever writes to a dead kernel and goes on to another part finds the words on disk when the page is back."""
    scene.type(12)
    scene.finish_word()
    assert scene.settle(time.monotonic()) is not None
    os.kill(scene.kernel, signal.SIGKILL)
    scene.page.keyboard.type(" and the bus left")
    scene.page.evaluate("where => { location.hash = where }", f"#/debrief/{scene.interview}/place")
    there, until = f"{scene.typed} and the bus left", time.monotonic() + PATIENCE_S
    while scene.on_disk() != there and time.monotonic() < until:
        scene.page.wait_for_timeout(100)
    assert there == scene.on_disk()
    assert scene.page.url.endswith("/place")
    assert scene.tidied()
