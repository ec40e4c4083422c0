"""The fault bench as a program: ``PYTHONPATH=tests python -m faults --runs 50 --seed 1 --fault reload``.

Every run appends one line to the results, so a bench that was stopped goes on where it was. At the end a table says
how many runs each fault had, what was lost, and the longest times.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from faults.chromium import open_browser
from faults.faults import FAULTS, SELDOM
from faults.run import KINDS, Outcome, run
from faults.scene import open_place

RUNS_ON_ONE_SERVER = 10
COUNTED = ("typed", "unheard", "lost", "untrue")

Line = Mapping[str, Any]


def read_results(path: Path) -> list[Line]:
    """The lines there are; one that was cut off is left out."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def wanted(name: str, runs: int | None) -> int:
    """How many runs a fault is to have."""
    if runs is not None:
        return runs
    return FAULTS[name].runs if name in FAULTS else SELDOM


def missing(
    names: Sequence[str], runs: int | None, seed: int, there: Sequence[Line]
) -> list[tuple[str, int]]:
    """The runs not made yet, each kind in turn, so that a bench cut short has some of every kind."""
    made = {(line["fault"], line["seed"]) for line in there}
    rounds = range(max(wanted(name, runs) for name in names))
    every = [(name, seed + number) for number in rounds for name in names if number < wanted(name, runs)]
    return [one for one in every if one not in made]


def work(todo: list[tuple[str, int]], keep: Callable[[Outcome], None]) -> None:
    """Make the runs, some of them on one server."""
    with open_browser() as browser:
        while todo:
            some = [todo.pop(0) for _ in range(min(RUNS_ON_ONE_SERVER, len(todo)))]
            with tempfile.TemporaryDirectory() as home, open_place(Path(home), browser) as place:
                for name, seed in some:
                    try:
                        outcome = run(place, name, seed)
                    except (Error, AssertionError, LookupError) as problem:
                        told = f"the run broke off: {type(problem).__name__}: {str(problem)[:300]}"
                        keep(Outcome(name, seed, wrong=[told]))
                        break  # the place may be broken as well
                    keep(outcome)
                else:
                    continue
                todo[:0] = some[some.index((name, seed)) + 1 :]


def table(lines: Sequence[Line], kinds: Sequence[str] = KINDS, counted: Sequence[str] = COUNTED) -> str:
    """The figures by fault.

    Args:
        lines: The results.
        kinds: The faults, in the order of the table.
        counted: What is summed up.
    """

    def longest(mine: Sequence[Line], key: str) -> str:
        times = [line[key] for line in mine if line[key] is not None]
        return f"{max(times):.1f}" if times else "–"

    rows = []
    for name in [*kinds, "all"]:
        mine = [line for line in lines if name in (line["fault"], "all")]
        if mine:
            sums = [sum(line.get(key, 0) for line in mine) for key in counted]
            bad = sum(not line["ok"] for line in mine)
            times = [longest(mine, key) for key in ("banner_s", "recovered_s")]
            rows.append((name, str(len(mine)), *map(str, sums), str(bad), *times))
    heads = ("fault", "runs", *counted, "not ok", "banner s", "recovery s")
    widths = [max(len(row[n]) for row in [heads, *rows]) for n in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) if n == 0 else cell.rjust(width) for n, (cell, width) in cells)
        for cells in ([*enumerate(zip(row, widths, strict=True))] for row in [heads, *rows])
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what is missing and print the table; 1 where a run was not as it must be."""
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument(
        "--runs", type=int, help="runs of each fault; without it 50 of the commonest, 10 of the others"
    )
    parser.add_argument("--seed", type=int, default=1, help="the first run's seed")
    parser.add_argument("--fault", action="append", choices=KINDS, help="only this one; may be repeated")
    parser.add_argument("--results", type=Path, default=Path("bench/results/faults.jsonl"))
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no run after so long")
    parser.add_argument("--table", action="store_true", help="only print what there is")
    given = parser.parse_args(arguments)
    given.results.parent.mkdir(parents=True, exist_ok=True)
    names = given.fault or list(KINDS)
    lines = read_results(given.results)
    todo = [] if given.table else missing(names, given.runs, given.seed, lines)
    until = time.monotonic() + given.minutes * 60

    def keep(outcome: Outcome) -> None:
        with given.results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(outcome.as_json(), ensure_ascii=False) + "\n")
        said = "ok" if outcome.ok else "; ".join(outcome.wrong)
        print(f"{outcome.fault}, seed {outcome.seed}: {said}", flush=True)
        if time.monotonic() > until:
            todo.clear()

    if todo:
        print(f"{len(todo)} runs to make", flush=True)
        work(todo, keep)
    shown = [line for line in read_results(given.results) if line["fault"] in names]
    print(table(shown))
    return int(any(not line["ok"] for line in shown))


if __name__ == "__main__":
    sys.exit(main())
