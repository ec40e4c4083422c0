"""What an open page notices by itself: a new day, and what another window has written."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets import open_chapter
from rebound_widgets.app import App, Pulse, pulse
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.workbook import Workbook

from ..conftest import Clock


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds pass in a hundredth of one."""
    monkeypatch.setattr(pulse, "LOOK_EVERY_S", 0.01)


def panels(page: Any) -> dict[str, dict[str, Any]]:
    """Every panel in the column, by its id."""
    return {
        panel["id"]: panel for widget in page.children if hasattr(widget, "panels") for panel in widget.panels
    }


class Looking:
    """Counts its looks; one of them fails."""

    def __init__(self, looks: list[int]) -> None:
        self.looks = looks
        self.pulse = Pulse(self.look)

    def look(self) -> None:
        self.looks.append(1)
        if len(self.looks) == 2:
            raise RuntimeError("a look that fails")


def test_it_looks_until_nobody_is_there(quick: None, logged_errors: Any) -> None:
    """A look that fails is not the last one, beginning twice is beginning once, and what is gone is let go."""

    async def work() -> list[int]:
        looks: list[int] = []
        looking = Looking(looks)
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        looking.pulse.begin()
        looking.pulse.begin()
        while len(looks) < 5:
            await asyncio.sleep(0.01)
        del looking
        gc.collect()
        before = len(looks)
        await asyncio.sleep(0.1)
        assert before == len(looks)
        return looks

    assert 5 <= len(asyncio.run(asyncio.wait_for(work(), 20)))


@pytest.mark.parametrize("sign", [{"type": "beat", "n": 1}, {"type": "go", "address": "start/x"}])
def test_a_new_day_reaches_a_page_that_stays_open(
    quick: None, home: Path, clock: Clock, sign: dict[str, Any]
) -> None:
    """The letter for the day of the interview stands on a first page that was opened the day before."""

    async def work() -> None:
        app = App(Workbook.open(home, clock=clock))
        made = app.workbook.add_application({"company": "Acme"})
        coming = app.workbook.add_interview(made.record_id, {"held_on": "2026-11-06"}).record_id
        app.workbook.record("ready/letter", "Breathe.", record_id=coming)
        app.shell.begin()
        app.shell._handle_custom_msg(sign, [])  # the page is there
        await asyncio.sleep(0.1)
        assert f"letter-{coming}" not in panels(app.shell.pages["start"])
        clock.advance(days=1)
        while f"letter-{coming}" not in panels(app.shell.pages["start"]):
            await asyncio.sleep(0.01)
        app.workbook.close()

    asyncio.run(asyncio.wait_for(work(), 20))


def test_a_chapter_alone_notices_another_window(quick: None, home: Path) -> None:
    """In JupyterLab there is no frame; what is brought in elsewhere is on the page all the same."""

    async def work() -> None:
        page = open_chapter("debrief", home)
        (choose,) = [one for one in page.children if isinstance(one, Panels)][:1]
        assert "Quixotry" not in str(choose.panels)
        elsewhere = Workbook.open(home)
        made = elsewhere.add_application({"company": "Quixotry"})
        elsewhere.add_interview(made.record_id, {"held_on": elsewhere.today().isoformat()})
        elsewhere.close()
        while "Quixotry" not in str(choose.panels):
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(work(), 20))
