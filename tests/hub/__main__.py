"""The fault bench of a hub as a program: ``PYTHONPATH=tests python -m tests.hub --runs 10 --kind "proxy, writing"``.

As in ``python -m faults`` every round appends one line to the results, so that a bench that was stopped goes on where
it was. It makes system users and runs as root, in a container for instance.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from faults.__main__ import missing, read_results, table
from faults.chromium import open_browser
from faults.run import Outcome

from .campus import ROOT, Campus
from .sharing import Shared, Sharer
from .strikes import ENDS
from .writing import HubPlace, HubScene, write_while

KINDS = tuple(f"{name}, {doing}" for name in ENDS for doing in ("writing", "sharing"))
ROUNDS_ON_ONE_CAMPUS = 40
COUNTED = ("typed", "lost", "untrue", "asked", "acknowledged", "forgotten", "twice")


def work(todo: list[tuple[str, int]], keep: Callable[[Outcome], None]) -> None:
    """Make the rounds, some of them on one campus."""
    proxy = subprocess.run([ROOT / ".ci" / "hub"], capture_output=True, text=True, check=True).stdout.strip()
    while todo:
        campus = Campus(proxy)
        try:
            with open_browser("--no-first-run") as browser:
                _rounds(campus, browser, todo, keep)
        finally:
            campus.stop()


def _rounds(
    campus: Campus, browser: Any, todo: list[tuple[str, int]], keep: Callable[[Outcome], None]
) -> None:
    place = HubPlace(campus, campus.person("ana"), browser)
    sharer = Sharer(campus, browser)
    for _ in range(ROUNDS_ON_ONE_CAMPUS):
        if not todo:
            return
        kind, seed = todo.pop(0)
        name, _, doing = kind.partition(", ")
        try:
            keep(sharer.round(name, seed) if doing == "sharing" else _written(place, name, seed))
        except (Error, AssertionError, LookupError, TimeoutError, subprocess.CalledProcessError) as problem:
            told = f"the round broke off: {type(problem).__name__}: {str(problem)[:300]}"
            keep(Shared(kind, seed, wrong=[told]))
            return  # the campus may be broken as well


def _written(place: HubPlace, name: str, seed: int) -> Outcome:
    scene = HubScene(place, seed)  # type: ignore[arg-type]
    try:
        scene.open()
        return write_while(scene, name)
    finally:
        scene.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what is missing and print the table; 1 where a round was not as it must be."""
    parser = argparse.ArgumentParser(prog="hub-faults", description=__doc__)
    parser.add_argument("--runs", type=int, default=10, help="rounds of each kind")
    parser.add_argument("--seed", type=int, default=1, help="the first round's seed")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this one; may be repeated")
    parser.add_argument("--results", type=Path, default=Path("bench/results/hub-faults.jsonl"))
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no round after so long")
    parser.add_argument("--table", action="store_true", help="only print what there is")
    given = parser.parse_args(arguments)
    given.results.parent.mkdir(parents=True, exist_ok=True)
    names = given.kind or list(KINDS)
    todo = [] if given.table else missing(names, given.runs, given.seed, read_results(given.results))
    until = time.monotonic() + given.minutes * 60

    def keep(outcome: Outcome) -> None:
        with given.results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(outcome.as_json(), ensure_ascii=False) + "\n")
        print(f"{outcome.fault}, seed {outcome.seed}: {'; '.join(outcome.wrong) or 'ok'}", flush=True)
        if time.monotonic() > until:
            todo.clear()

    if todo:
        print(f"{len(todo)} rounds to make", flush=True)
        work(todo, keep)
    shown = [line for line in read_results(given.results) if line["fault"] in names]
    print(table(shown, KINDS, COUNTED))
    return int(any(not line["ok"] for line in shown))


if __name__ == "__main__":
    sys.exit(main())
