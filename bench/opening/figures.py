"""What was measured, as tables: on the terminal and in the documentation."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Mapping
from statistics import median

from opening.measuring import OURS, STOCK, Figures, rows


def shown(values: list[float], row: str) -> str:
    """The median, and from the smallest to the largest where they differ."""
    if not values:
        return ""
    digits = 0 if any(word in row for word in ("requests", "kB", "not usable")) else 2
    low, middle, high = (f"{value:.{digits}f}" for value in (min(values), median(values), max(values)))
    return middle if low == high else f"{middle} ({low} to {high})"


def ratio(mine: list[float], theirs: list[float]) -> str:
    """Ours as a part of theirs."""
    return f"{median(mine) / median(theirs):.2f}" if mine and theirs and median(theirs) else ""


def table(results: Mapping[str, Figures]) -> str:
    """A row for each thing measured, a column for each site, and ours as a part of stock's and the best peer's."""
    peers = [name for name in results if name not in {OURS, STOCK}]
    heads = ["", *results, "to stock", *(["to the best peer"] if peers else [])]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in rows(results):
        found = {name: figures.get(row, []) for name, figures in results.items()}
        cells = [
            row,
            *(shown(values, row) for values in found.values()),
            ratio(found.get(OURS, []), found.get(STOCK, [])),
        ]
        if peers:
            best = min((found[name] for name in peers if found[name]), key=median, default=[])
            cells.append(ratio(found.get(OURS, []), best))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def page(questions: Mapping[str, Figures], workbook: Mapping[str, Figures], rounds: int) -> str:
    """docs/performance.md."""
    today = dt.datetime.now().astimezone().date()
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}"
    return f"""# What opening a page costs

Written by `make bench`, {today}: {machine}; all of one run, medians of {rounds}, in brackets the smallest
and the largest. Seconds in a browser are from the beginning of the visit to when the first control can be seen;
each first visit is by a browser that was never there. Slow 4G is 150 ms and 1.6 Mbit/s, made by the browser; all but
Rebound are visited on it once. Bytes are counted between the two, both ways. Processor time is the server's with
everything it has started. Rebound is an installed copy. Smaller is better everywhere, and the last columns are ours
as a part of theirs.

## A page of twelve questions

The same page by each: a heading and twelve questions with room for text; pandas, scipy and altair imported; each
word that is written put on disk. `bench/opening/apps` has the programs. "Kept" is when a word typed into the first
field as soon as it is there is on disk, with the time it takes to type it; "inf" is a word that was not there within
10 s: with Solara it stands in the field, and its last letters are not sent before the field is changed again. Peers
put all visitors into one process; Rebound and Voilà give each a kernel.

{table(questions)}
## The workbook's own first page

An invented person's workbook of twelve weeks; stock Voilà serves the same notebook.

{table(workbook)}"""
