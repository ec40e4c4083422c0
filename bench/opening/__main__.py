"""Measures every site and prints.

``python -m opening [--rounds 5] [--crowds 1] [--part PART…] [--only NAME…] [--go-on] [--write FILE]``
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

from playwright.async_api import async_playwright

from opening.figures import page, table
from opening.measuring import Figures, measure, measure_workbook
from opening.sites import QUESTIONS, ROOT, WORKBOOK

KEPT = ROOT / "bench" / "results" / "opening.json"
"""What is measured so far, for a run that was broken off."""
All = dict[str, dict[str, Figures]]


async def run(asked: argparse.Namespace, found: All) -> None:
    """Everything that is asked for and not in ``found``, one site after the other."""
    async with async_playwright() as playwright:
        for part, starts, how in (
            ("questions", QUESTIONS, measure),
            ("workbook", WORKBOOK, measure_workbook),
        ):
            for name, start in starts.items():
                wanted = part in (asked.part or found) and name in (asked.only or starts)
                if not wanted or name in found[part]:
                    continue
                sys.stderr.write(f"{part}: {name}\n")
                found[part][name] = await how(playwright, start, asked.rounds, asked.crowds)
                KEPT.parent.mkdir(exist_ok=True)
                KEPT.write_text(json.dumps(found), encoding="utf-8")


def main() -> None:
    """Measure, print, and write the page of the documentation where it is wanted."""
    parser = argparse.ArgumentParser(
        description="What opening a page costs, beside stock Voilà and other frameworks."
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--crowds", type=int, default=1, help="how often twenty come at once; to stock once")
    parser.add_argument("--part", nargs="*", choices=("questions", "workbook"), default=[])
    parser.add_argument("--only", nargs="*", default=[], help="these sites and no others")
    parser.add_argument("--go-on", action="store_true", help="where the last run was broken off")
    parser.add_argument(
        "--write", type=Path, help="the file that the page of the documentation is written to"
    )
    asked = parser.parse_args()
    found: All = {"questions": {}, "workbook": {}}
    if asked.go_on and KEPT.exists():
        found = json.loads(KEPT.read_text(encoding="utf-8"))
    asyncio.run(run(asked, found))
    sys.stdout.write(f"{table(found['questions'])}\n{table(found['workbook'])}")
    if asked.write is not None:
        asked.write.write_text(page(found["questions"], found["workbook"], asked.rounds), encoding="utf-8")


if __name__ == "__main__":
    main()
