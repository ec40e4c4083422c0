"""Files from the person's machine and back to it: in pieces, each acknowledged, nothing lost on the way."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from rebound_widgets.widgets import Download, download, file_chooser
from rebound_widgets.widgets.file_chooser import ChosenFile, FileChooser

from .views_support import HOSTILE, Stage, staged

LOG = {"name": "log.csv", "mimeType": "text/csv", "buffer": bytes(range(256)) * 10}
"""A file of 2,560 bytes, so three pieces of a thousand."""


class Declined(Exception):
    """A file that cannot be read."""

    sentence = "This is not a table."


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, locale="en-GB") as stage:
        yield stage


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a thousand bytes, so that a small file has several."""
    monkeypatch.setattr(file_chooser, "PIECE_BYTES", 1000)
    monkeypatch.setattr(download, "PIECE_BYTES", 1000)


class Read:
    """What was chosen, and what was in it."""

    def __init__(self) -> None:
        self.files: list[tuple[str, bytes]] = []
        self.chosen: list[ChosenFile] = []

    def __call__(self, file: ChosenFile) -> str:
        """Reads the file as a page would."""
        assert 0o600 == stat.S_IMODE(file.path.stat().st_mode)
        self.chosen.append(file)
        self.files.append((file.name, file.path.read_bytes()))
        return f"{file.size} bytes"


@pytest.fixture
def read() -> Read:
    """Nothing read yet."""
    return Read()


def choose(shown: Locator, *files: dict[str, Any]) -> None:
    """Chooses files as the browser's dialog does."""
    shown.locator("input[type=file]").set_input_files(list(files or (LOG,)))


def heard(widget: Any) -> list[dict[str, Any]]:
    """What a widget says from now on."""
    told: list[dict[str, Any]] = []
    widget.send = lambda content, buffers=None: told.append(content)
    return told


def tell(widget: Any, **content: Any) -> None:
    """A message of the browser."""
    buffers = content.pop("buffers", [])
    widget._handle_custom_msg({"page": "p", "ticket": "1", **content}, buffers)


@pytest.fixture
def ended() -> list[str]:
    """Notes each time the widget was done with what was made."""
    return []


# Before the first browser test: asyncio.run is refused while Playwright is there.
def test_what_is_made_after_stop_is_given_back(ended: list[str]) -> None:
    """A file that is ready only after somebody pressed Stop is not kept in memory or on disk."""

    async def run() -> list[str]:
        ready: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        widget = Download("rebound.csv", lambda: ready, done=lambda: ended.append("done"))
        told = heard(widget)
        tell(widget, type="fetch")
        tell(widget, type="stop")
        ready.set_result(b"late")
        await asyncio.gather(*widget._tasks)
        assert {} == widget._open
        return [message["type"] for message in told]

    assert ["making"] == asyncio.run(run())
    assert ["done"] == ended


# --- A file in ---------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_file_arrives_whole_in_pieces(stage: Stage, read: Read) -> None:
    """Each piece is sent once the one before is acknowledged; what arrives is what was chosen, and no copy stays."""
    shown = stage.show(FileChooser(read))
    choose(shown)
    expect(shown.get_by_role("status")).to_have_text("2560 bytes")
    assert [("log.csv", LOG["buffer"])] == read.files
    assert [0, 1000, 2000] == [message["offset"] for message in stage.sent("piece")]
    assert not read.chosen[0].path.exists()
    expect(shown.locator("label")).to_have_text("Choose another file")


@pytest.mark.browser
def test_an_empty_file_and_a_strange_name_arrive_too(stage: Stage, read: Read) -> None:
    """A file without a byte is a file; its name is only ever words, never a place to write to."""
    shown = stage.show(FileChooser(read))
    name = HOSTILE.replace("/", "") + ".csv"
    choose(shown, {"name": name, "mimeType": "text/csv", "buffer": b""})
    expect(shown.get_by_role("status")).to_have_text("0 bytes")
    assert [(name, b"")] == read.files
    assert 0 == shown.locator("img, b").count()


@pytest.mark.browser
def test_a_file_over_the_limit_is_refused_before_it_travels(stage: Stage, read: Read) -> None:
    """A file that is too big, and two at once, are refused in the browser; not a byte is sent."""
    shown = stage.show(FileChooser(read, limit_bytes=2000))
    choose(shown)
    expect(shown.get_by_role("status")).to_contain_text("larger than 2 kB, the most that can be read here")
    assert [] == stage.sent("begin")
    shown.locator(".rb-file-zone").evaluate(
        """zone => {
          const both = new DataTransfer();
          for (const name of ["a.csv", "b.csv"]) both.items.add(new File(["x"], name));
          zone.dispatchEvent(new DragEvent("drop", { dataTransfer: both }));
        }"""
    )
    expect(shown.get_by_role("status")).to_contain_text("One file at a time, please.")
    assert [] == read.files


@pytest.mark.browser
def test_a_dropped_file_is_read(stage: Stage, read: Read) -> None:
    """A file dropped on the field is read like a chosen one."""
    shown = stage.show(FileChooser(read))
    shown.locator(".rb-file-zone").evaluate(
        """zone => {
          const one = new DataTransfer();
          one.items.add(new File(["firm,role"], "dropped.csv"));
          zone.dispatchEvent(new DragEvent("drop", { dataTransfer: one }));
        }"""
    )
    expect(shown.get_by_role("status")).to_have_text("9 bytes")
    assert [("dropped.csv", b"firm,role")] == read.files


@pytest.mark.browser
def test_a_file_that_cannot_be_read_says_why(stage: Stage) -> None:
    """The sentence of a refusal is shown, and the same file can be chosen again once it is mended."""
    chosen: list[str] = []

    def refuse(file: ChosenFile) -> None:
        chosen.append(file.name)
        raise Declined

    shown = stage.show(FileChooser(refuse))
    choose(shown)
    said = shown.get_by_role("status")
    expect(said).to_have_text("This is not a table.")
    expect(said).to_have_attribute("data-state", "refused")
    choose(shown)
    stage.settle()
    expect(said).to_have_text("This is not a table.")
    assert ["log.csv", "log.csv"] == chosen


@pytest.mark.browser
def test_a_file_chosen_before_the_kernel_spoke_is_not_lost(stage: Stage, read: Read) -> None:
    """Whoever is quicker than the connection need not choose again."""
    stage.page.clock.install()
    stage.open()
    stage.cut = True
    shown = stage.show(FileChooser(read))
    choose(shown)
    stage.settle()
    assert [] == read.files
    stage.cut = False
    stage.page.clock.fast_forward(3_000)
    expect(shown.get_by_role("status")).to_have_text("2560 bytes")
    assert [("log.csv", LOG["buffer"])] == read.files


@pytest.mark.browser
@pytest.mark.parametrize("what", ["message", "answer"])
@pytest.mark.parametrize("kind", ["begin", "piece", "end"])
def test_what_is_lost_on_the_way_is_sent_again(stage: Stage, read: Read, kind: str, what: str) -> None:
    """A message or an answer that vanishes is sent again by itself, and the file arrives whole and is read once."""
    stage.page.clock.install()
    stage.open()
    shown = stage.show(FileChooser(read))
    stage.lose(kind, what)
    choose(shown)
    expect(shown.locator(".rb-file-work")).to_be_visible()
    stage.wait_until_lost()
    expect(shown.locator(".rb-file-work")).to_be_visible()
    stage.page.clock.fast_forward(5_500)
    expect(shown.get_by_role("status")).to_have_text("2560 bytes")
    assert [("log.csv", LOG["buffer"])] == read.files


@pytest.mark.browser
def test_stopping_keeps_nothing(stage: Stage, read: Read) -> None:
    """A press of Stop ends the sending, says so, deletes what had arrived, and the focus is on the field."""
    widget = FileChooser(read)
    shown = stage.show(widget)
    stage.mute = True
    choose(shown)
    expect(shown.get_by_role("button", name="Stop")).to_be_visible()
    stage.settle()
    [held] = widget._incoming.values()
    assert held.path.exists()
    stage.mute = False
    shown.get_by_role("button", name="Stop").press("Enter")
    expect(shown.get_by_role("status")).to_have_text("Stopped. Nothing was kept of log.csv.")
    expect(shown.locator("input[type=file]")).to_be_focused()
    stage.settle()
    assert not held.path.exists()
    assert [] == read.files


def test_a_piece_that_comes_twice_is_taken_once(read: Read) -> None:
    """A piece sent again, one from further on, and one too many change nothing of what is there."""
    widget = FileChooser(read)
    told = heard(widget)
    tell(widget, type="begin", name="a.csv", size=4)
    for offset, piece in ((0, b"ab"), (0, b"ab"), (3, b"d"), (2, b"cd"), (4, b"e")):
        tell(widget, type="piece", offset=offset, buffers=[piece])
    tell(widget, type="end")
    assert [0, 2, 2, 2, 4, 4] == [message["have"] for message in told if message["type"] == "got"]
    assert [("a.csv", b"abcd")] == read.files


@pytest.mark.parametrize("size", [51 * 1024 * 1024, -1, "4", None])
def test_the_kernel_holds_the_limit_too(read: Read, size: Any) -> None:
    """A page that claims another size than it may is refused with the limit, and nothing is written."""
    widget = FileChooser(read)
    told = heard(widget)
    tell(widget, type="begin", name="a.csv", size=size)
    assert ["refused"] == [message["type"] for message in told]
    assert "larger than 50 MB" in told[0]["sentence"]
    assert {} == widget._incoming


def test_a_file_half_sent_to_another_kernel_begins_again(read: Read) -> None:
    """A new kernel that hears a piece of a file it does not know says so, and the browser begins again."""
    told = heard(widget := FileChooser(read))
    tell(widget, type="piece", offset=1000, buffers=[b"x"])
    assert [{"type": "lost", "page": "p", "ticket": "1"}] == told


def test_closing_deletes_what_was_half_sent(read: Read) -> None:
    """A widget that ends leaves no half of a file behind."""
    widget = FileChooser(read)
    heard(widget)
    tell(widget, type="begin", name="../../log.csv", size=4)
    [held] = widget._incoming.values()
    assert ("log.csv", True) == (held.name, held.path.exists())
    widget.close()
    assert not held.path.exists()


# --- A file out --------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("source", ["bytes", "path"])
def test_a_file_is_saved_whole(stage: Stage, tmp_path: Path, ended: list[str], source: str) -> None:
    """What the browser saves is what was made, from memory or from disk; then the temporary file may go."""
    made = tmp_path / "made"
    made.write_bytes(LOG["buffer"])
    make: Callable[[], Any] = {"bytes": made.read_bytes, "path": lambda: made}[source]
    widget = Download("rebound.csv", make, label="Table (CSV)", done=lambda: ended.append("done"))
    shown = stage.show(widget)
    with stage.page.expect_download() as saving:
        shown.get_by_role("button", name="Table (CSV)").click()
    saving.value.save_as(tmp_path / "saved")
    assert "rebound.csv" == saving.value.suggested_filename
    assert LOG["buffer"] == (tmp_path / "saved").read_bytes()
    expect(shown.get_by_role("status")).to_have_text("rebound.csv was handed to your browser, 3 kB.")
    stage.settle()
    assert [0, 1000, 2000] == [message["offset"] for message in stage.sent("piece")]
    assert ["done"] == ended


@pytest.mark.browser
def test_a_file_that_cannot_be_made_says_why(stage: Stage) -> None:
    """The sentence of a refusal is shown, and the button can be pressed again."""

    def refuse() -> bytes:
        raise Declined

    shown = stage.show(Download("rebound.csv", refuse))
    button = shown.get_by_role("button", name="Save the file")
    button.click()
    expect(shown.get_by_role("status")).to_have_text("This is not a table.")
    expect(button).not_to_have_attribute("aria-disabled", "true")
    expect(shown.get_by_role("button", name="Stop")).to_be_hidden()


@pytest.mark.browser
def test_stopping_a_download_saves_nothing(stage: Stage, ended: list[str]) -> None:
    """A press of Stop ends the fetching and says that nothing was saved; the focus is on the button again."""
    shown = stage.show(Download("rebound.csv", lambda: LOG["buffer"], done=lambda: ended.append("done")))
    saved: list[str] = []

    def note(download: Any) -> None:
        saved.append(download.suggested_filename)

    stage.page.on("download", note)
    stage.mute = True
    shown.get_by_role("button", name="Save the file").click()
    stage.settle()
    stage.mute = False
    shown.get_by_role("button", name="Stop").press("Enter")
    expect(shown.get_by_role("status")).to_have_text("Stopped. Nothing was saved.")
    expect(shown.get_by_role("button", name="Save the file")).to_be_focused()
    stage.settle()
    assert ([], ["done"]) == (saved, ended)


@pytest.mark.browser
def test_a_download_without_an_answer_says_so(stage: Stage) -> None:
    """Where nobody answers the page says so after a while instead of waiting for ever, and a press tries again."""
    stage.page.clock.install()
    stage.open()
    shown = stage.show(Download("rebound.csv", lambda: LOG["buffer"]))
    button = shown.get_by_role("button", name="Save the file")
    stage.cut = True
    button.click()
    expect(shown.get_by_role("progressbar")).to_be_visible()
    stage.page.clock.fast_forward(8_500)
    expect(shown.get_by_role("status")).to_contain_text("No answer came.")
    stage.cut = False
    with stage.page.expect_download() as saving:
        button.click()
    assert LOG["buffer"] == saving.value.path().read_bytes()
