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
    with scene.page.expect_event("domcontentloaded", timeout=PATIENCE_S * 1000):
        os.kill(scene.kernel, signal.SIGKILL)
    assert scene.page.locator("textarea").count() == 0
    scene.page.keyboard.type(" then the bux")
    scene.page.keyboard.press("Backspace")
    scene.page.keyboard.type("s left")
    scene.typed = f"{before} then the bus left"
    assert scene.settle(time.monotonic()) is not None, scene.seen[-1]
    assert scene.typed == scene.on_disk()
