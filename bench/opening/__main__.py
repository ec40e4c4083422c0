"""Measures every site and prints: ``python -m opening [--rounds 5] [--only NAME…] [--write FILE]``."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from playwright.async_api import async_playwright

from opening.figures import page, table
from opening.measuring import Figures, measure, measure_workbook
from opening.sites import QUESTIONS, WORKBOOK


async def run(rounds: int, only: list[str]) -> tuple[dict[str, Figures], dict[str, Figures]]:
    """Everything, one site after the other."""
    questions: dict[str, Figures] = {}
    workbook: dict[str, Figures] = {}
    async with async_playwright() as playwright:
        for name, start in QUESTIONS.items():
            if not only or name in only:
                sys.stderr.write(f"{name}: twelve questions\n")
                questions[name] = await measure(playwright, name, start, rounds)
        for name, start in WORKBOOK.items():
            if not only or name in only:
                sys.stderr.write(f"{name}: the workbook\n")
                workbook[name] = await measure_workbook(playwright, start, rounds)
    return questions, workbook


def main() -> None:
    """Measure, print, and write the page of the documentation where it is wanted."""
    parser = argparse.ArgumentParser(
        description="What opening a page costs, beside stock Voilà and other frameworks."
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[], help="these sites and no others")
    parser.add_argument(
        "--write", type=Path, help="the file that the page of the documentation is written to"
    )
    asked = parser.parse_args()
    questions, workbook = asyncio.run(run(asked.rounds, asked.only))
    sys.stdout.write(f"{table(questions)}\n{table(workbook)}")
    if asked.write is not None:
        asked.write.write_text(page(questions, workbook, asked.rounds), encoding="utf-8")


if __name__ == "__main__":
    main()
