"""The page as a cell for stock Voilà: ipywidgets alone."""

import sys

sys.path.insert(0, "FOLDER")

import ipywidgets
from page import QUESTIONS, TITLE, keep


def area(number: int, question: str) -> ipywidgets.Widget:
    made = ipywidgets.Textarea(description=question, continuous_update=True)
    made.observe(lambda change: keep(number, change["new"]), "value")
    return made


ipywidgets.VBox([ipywidgets.HTML(f"<h1>{TITLE}</h1>"), *(area(*one) for one in enumerate(QUESTIONS))])
