"""A simulated power cut at any moment of saving.

Everything SQLite asks of the disk is written down (children/power.py) while answers are saved. Then the power
is cut at many moments of that list: what was synced by then is on the disk; of what was not, nothing or any part
is, down to single sectors, and files that were removed without a synced folder may be back. The workbook is
opened in that state. ``REBOUND_CUTS`` says at how many moments (150 where it does not), ``REBOUND_SEED`` which.
"""

from __future__ import annotations

import os
import pickle
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.store import Store

CUTS = int(os.environ.get("REBOUND_CUTS", "150"))
SEED = int(os.environ.get("REBOUND_SEED", "20261105"))
SAVES = 24
SECTOR = 512

Event = tuple[Any, ...]
Lucky = Callable[[], bool]
"""Whether a thing that was not synced reached the disk all the same."""


@dataclass
class OnDisk:
    """One file: its contents at the last sync, and what was asked since."""

    synced: bytes = b""
    since: list[Event] = field(default_factory=list)

    def after_the_cut(self, lucky: Lucky) -> bytes:
        """Its contents when the power comes back."""
        content = bytearray(self.synced)
        for event in self.since:
            if event[0] == "truncate":
                if lucky():
                    content[event[2] :] = bytes(max(0, event[2] - len(content)))
                continue
            _, _, offset, data = event
            for start in range(0, len(data), SECTOR):
                if lucky():
                    sector = data[start : start + SECTOR]
                    content.extend(bytes(max(0, offset + start - len(content))))
                    content[offset + start : offset + start + len(sector)] = sector
        return bytes(content)


class Disk:
    """A folder on a disk that keeps only what was synced."""

    def __init__(self) -> None:
        self.files: dict[str, OnDisk] = {}
        self._listed: set[str] = set()
        self._gone: dict[str, OnDisk] = {}

    def play(self, events: Iterable[Event]) -> None:
        """Let the events happen."""
        for event in events:
            match event:
                case ("open", name, made):
                    if name not in self.files:
                        self.files[name] = OnDisk()
                        if not made:
                            self._listed.add(name)
                case ("write", name, _, _) | ("truncate", name, _):
                    self.files[name].since.append(event)
                case ("sync", name):
                    # On its first sync of a new file SQLite syncs the folder too.
                    if name not in self._listed:
                        self._sync_folder()
                    self.files[name] = OnDisk(self.files[name].after_the_cut(lambda: True))
                case ("delete", name, folder_synced):
                    self._gone[name] = self.files.pop(name)
                    if folder_synced:
                        self._sync_folder()

    def _sync_folder(self) -> None:
        self._listed = set(self.files)
        self._gone.clear()

    def cut(self, lucky: Lucky) -> dict[str, bytes]:
        """The folder when the power comes back."""
        found = {
            name: file.after_the_cut(lucky)
            for name, file in self.files.items()
            if name in self._listed or lucky()
        }
        for name, file in self._gone.items():
            if name in self._listed and name not in found and not lucky():
                found[name] = file.after_the_cut(lucky)
        return found


def record(children: Any, folder: Path, synchronous: str) -> list[Event]:
    """What SQLite asked of the disk during some saves."""
    trace = folder.parent / f"{folder.name}.trace"
    children.start(
        "record_power",
        path=folder / "workbook.rebound",
        trace=trace,
        saves=SAVES,
        synchronous=synchronous,
    ).finish()
    events: list[Event] = pickle.loads(trace.read_bytes())  # noqa: S301 - our own child wrote it
    return events


def lost_after(events: list[Event], lucky: Lucky, folder: Path) -> tuple[int, list[str]]:
    """How many acknowledged answers are lost when the power is cut after ``events``, and what is not whole."""
    disk = Disk()
    disk.play(events)
    folder.mkdir()
    for name, content in disk.cut(lucky).items():
        (folder / name).write_bytes(content)
    acknowledged = [tuple(kept) for event in events if event[0] == "note" for kept in event[1]]
    with Store.open(folder / "workbook.rebound") as store:
        there = {
            (revision.record_id, revision.number)
            for current in store.current()
            for revision in store.history_of(current.record_id)
        }
        return len(set(acknowledged) - there), store.check()


def never() -> bool:
    return False


def test_no_acknowledged_answer_is_lost_by_a_power_cut(children: Any, tmp_path: Path) -> None:
    """Whenever the power goes, every acknowledged answer is there afterwards and the workbook is whole."""
    events = record(children, tmp_path / "recorded", "EXTRA")
    syncs = sum(event[0] == "sync" for event in events)
    assert syncs > 3 * SAVES
    moments = random.Random(SEED)  # noqa: S311 - which moments, no secret
    for number in range(CUTS):
        at = moments.randrange(len(events) + 1)
        luck = moments.choice([0.0, 0.0, 0.1, 0.5, 0.9])
        found = lost_after(events[:at], lambda luck=luck: moments.random() < luck, tmp_path / str(number))
        assert (0, []) == found, f"seed {SEED}, cut {number} after event {at} of {len(events)}"
    print(f"{CUTS} power cuts in {SAVES} saves ({len(events)} requests, {syncs} syncs): 0 lost")


@pytest.mark.parametrize("synchronous", ["FULL", "OFF"])
def test_the_simulation_would_notice_a_loss(children: Any, tmp_path: Path, synchronous: str) -> None:
    """With one step less of syncing the same power cuts do lose answers: this is why every step is there."""
    events = record(children, tmp_path / "recorded", synchronous)
    notes = [at for at, event in enumerate(events, 1) if event[0] == "note"]
    lost = damaged = 0
    for number, at in enumerate(notes[:: 1 if synchronous == "FULL" else 8]):
        try:
            gone, found = lost_after(events[:at], never, tmp_path / str(number))
        except ValueError:
            damaged += 1
        else:
            lost, damaged = lost + gone, damaged + bool(found)
    assert lost + damaged > 0
