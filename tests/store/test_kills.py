"""SIGKILL of a process that writes through the store, at random moments.

``REBOUND_KILLS`` says how often (100 where it does not), ``REBOUND_SEED`` which moments.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import Any

from rebound_widgets.store import Store

KILLS = int(os.environ.get("REBOUND_KILLS", "100"))
SEED = int(os.environ.get("REBOUND_SEED", "20261105"))
KILLS_PER_FILE = 20
"""A fresh file after so many, so that its making is killed too and a check stays short."""


def test_no_acknowledged_answer_is_lost_by_sigkill(path: Path, children: Any) -> None:
    """After every kill each acknowledged answer is there, no change is half there, and the file is whole."""
    moments = random.Random(SEED)  # noqa: S311
    acknowledged: set[str] = set()
    killed = answers = in_the_middle = 0
    while killed < KILLS:
        if killed % KILLS_PER_FILE == 0:
            path = path.with_name(f"{killed}.rebound")
            acknowledged = set()
        together = moments.choice([1, 1, 1, 40])
        child = children.start("write_answers", path=path, name=f"kill{killed}", together=together)
        if moments.random() < 0.8:
            child.wait_until(2)
        time.sleep(moments.uniform(0, 0.03))
        _, *said = child.kill() or [None]
        killed += 1
        acknowledged |= {record_id for ids in said for record_id in ids}
        answers += sum(len(ids) for ids in said)
        in_the_middle += path.with_name(path.name + "-journal").exists()
        with Store.open(path) as store:
            there = [revision.record_id for revision in store.current()]
            assert set() == acknowledged - set(there), f"seed {SEED}, kill {killed}"
            assert [] == store.check(), f"seed {SEED}, kill {killed}"
            mine = [record_id for record_id in there if record_id.startswith(f"answer-own/kill{killed - 1}/")]
            assert 0 == len(mine) % together, f"seed {SEED}, kill {killed}: half a change"
        acknowledged |= set(there)
    print(f"{killed} kills, {answers} answers acknowledged, {in_the_middle} in the middle of a save: 0 lost")
    assert killed == KILLS
    assert answers > KILLS
    # Kills between saves prove little: some must have left a journal behind.
    assert in_the_middle > 0
