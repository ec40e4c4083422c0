"""The schema page: docs/reference/history.md, written from the declared columns."""

from __future__ import annotations

from collections.abc import Iterable

from .columns import MISSING, SILENCE, TABLES, Column

_HEAD = """\
# History: a search as tables

<!-- Written from rebound_widgets/history/columns.py by `python -m rebound_widgets.history.reference`; a test
     compares the two. Change the declaration, not this page. -->

`History` gives four pandas frames. It stands on its own in any notebook:

```python
import datetime

from rebound_widgets.history import History

history = History.read()  # your own workbook; History.read(folder) for another
history.applications  # one row an application
history.interviews  # one row an interview
history.events  # one row for each stage entered on a known day
history.answers  # one row an answer
history.silence(datetime.date.today())  # how long each open application has been silent
```

`History.of(revisions)` makes the same from records, `history.frames()` gives the four by name and
`history.as_json()` the same as plain lists. A history never changes; after a write, read another. Its
`repr` holds counts only: no word a person wrote gets into a notebook's saved output unless a frame is
shown.

Days are local calendar days at midnight without a time zone; moments are UTC. The words of `stage` are
ordered, so that `applications["stage"] >= "interview"` works. Empty histories have the same columns and
dtypes.

What stands for "not known": {missing}.
`pandas.isna` is true of each.
"""

_TITLES = {
    "applications": """\
One row an application, in the order they were added. A rejection keeps its stage; an offer taken back is
outcome `no` at stage `offer`. With outcome `open` and a day in `outcome_on`, an answer came whose meaning
the person has not said yet.""",
    "interviews": """\
One row an interview, in the order they were added. What its debrief says in numbers stands beside it;
ratings of questions taken out of the debrief's list do not count.""",
    "events": """\
One row for each stage an application is known to have entered, in order of applications and then of
stages. Days come from the person's own word (`reached`), then from `applied_on` and the first interview
of the stage.""",
    "answers": """\
One row an answer, in the order they were first given; an answer that was emptied again has none.""",
    "silence": """\
What `history.silence(today)` gives: one row for each open application that was sent. Computed from days,
never stored.""",
}


def history_page() -> str:
    """The whole page as Markdown."""
    kinds = ", ".join(f"`{missing}` in `{dtype}`" for dtype, missing in MISSING.items())
    parts = [_HEAD.format(missing=kinds)]
    for name, declared in (*TABLES.items(), ("silence", SILENCE)):
        parts.append(f"## {name}\n\n{_TITLES[name]}\n\n{_table(declared)}")
    return "\n".join(parts)


def _table(declared: Iterable[Column]) -> str:
    lines = ["| column | dtype | unit | meaning |", "|---|---|---|---|"]
    for column in declared:
        order = ", ordered" if column.ordered else ""
        words = (
            f" One of {', '.join(f'`{word}`' for word in column.categories)}{order}."
            if column.categories
            else ""
        )
        lines.append(f"| {column.name} | `{column.dtype}` | {column.unit} | {column.meaning}{words} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(history_page())
