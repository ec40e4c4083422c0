"""The page as a cell for Rebound's launcher, with its own widget."""

import sys

sys.path.insert(0, "FOLDER")

from page import QUESTIONS, TITLE, keep

from rebound_widgets.widgets.exercise import Exercise, Kept, Reply


def kept(reply: Reply) -> Kept:
    keep(int(reply.question.rpartition("-")[2]), str(reply.value))
    return Kept(reply.value, 1)


asked = [{"kind": "prose", "id": f"bench/q-{n}", "ask": question} for n, question in enumerate(QUESTIONS)]
Exercise(asked, on_reply=kept, heading=TITLE)
