"""The page that everybody serves: twelve questions with room for text, and the three libraries such a page imports."""

from __future__ import annotations

import json
import os
from pathlib import Path

import altair
import pandas
import scipy.stats

TITLE = "Look back at an interview"
QUESTIONS = (
    "What did they ask you?",
    "Which question was the hardest?",
    "What did you answer?",
    "What would you answer now?",
    "Which of your examples did you use?",
    "Which one fits better?",
    "What did you ask them?",
    "What did you find out?",
    "How well did you feel prepared?",
    "What helped?",
    "What will you do differently?",
    "Who could you practise with?",
)
USED = (altair.__version__, pandas.__version__, scipy.stats.norm.mean())
"""So that what is imported is used."""


def keep(number: int, text: str) -> None:
    """Keep what was written: one line more in the file that ``KEPT`` names, on disk when this returns."""
    with Path(os.environ["KEPT"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps([number, text]) + "\n")
        file.flush()
        os.fsync(file.fileno())
