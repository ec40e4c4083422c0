"""What is shown of a list before it is brought in: how it was understood, and every row as it would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from typing import Any

from ..history.importing import Alike, ImportPlan, Reason, Remembered
from .visit import Visit

PREVIEW_ROWS = 200
PROBLEMS_SHOWN = 20
LOOK_ALIKES_SHOWN = 30
_COLUMNS = ("row", "company", "role", "applied_on", "stage", "outcome", "said")
_LABELS = {"row": "search.import.preview.column_row", "said": "search.import.preview.column_said"}
_WIDTHS = dict(zip(_COLUMNS, (5.4, 9.4, 9.4, 8, 9, 8, 9.6), strict=True))
"""In em: all of them fit beside each other in the wide column of a page."""
_KINDS = {"row": "number", "applied_on": "date", "stage": "choice", "outcome": "choice"}


def found_panels(visit: Visit, plan: ImportPlan, before: Remembered | None) -> list[dict[str, Any]]:
    """How a list was understood, what has to be decided, and which rows to look at."""
    say = visit.words
    panels: list[dict[str, Any]] = []
    if before is not None:
        day = visit.day(before.made_at.astimezone().date(), "year")
        afresh = {"id": "afresh", "label": say("search.import.mapping.afresh"), "look": "plain"}
        text = say("search.import.mapping.remembered", day=day)
        panels.append({"id": "before", "look": "notice", "text": text, "actions": [afresh]})
    panels.append({"id": "found", "title": say("search.import.preview.title"), "text": _found(visit, plan)})
    asks = [{"text": visit.sentence(ask.refused)} for ask in plan.asks]
    if asks:
        panels.append(
            {"id": "asks", "look": "notice", "title": say("search.import.mapping.ask"), "rows": asks}
        )
    problems = _to_look_at(visit, plan)
    if problems:
        panels.append({"id": "problems", "title": say("search.import.preview.problems"), "rows": problems})
    return panels


def _to_look_at(visit: Visit, plan: ImportPlan) -> list[dict[str, Any]]:
    """The first rows to look at, and how many more there are."""
    say, found = visit.words, plan.look_at
    shown = [
        visit.sentence(one.refused)
        if one.refused.rule == "import-rows-alike"
        else say("search.import.preview.refused_row", number=one.row, sentence=visit.sentence(one.refused))
        for one in found[:PROBLEMS_SHOWN]
    ]
    if len(found) > PROBLEMS_SHOWN:
        shown.append(say.plural("search.import.preview.more_problems", len(found) - PROBLEMS_SHOWN))
    return [{"text": text} for text in shown]


def _found(visit: Visit, plan: ImportPlan) -> list[str]:
    say, mapping = visit.words, plan.mapping
    if any(ask.kind == "columns" for ask in mapping.asks):
        noted = [visit.sentence(note) for note in mapping.notes]
        return [say.plural("search.import.preview.rows", plan.read), *noted]
    lines = [said_reason(visit, mapping.because)]
    lines += [visit.sentence(note) for note in (*mapping.notes, *mapping.order_notes)]
    lines.append(say.plural("search.import.preview.new", plan.new))
    if plan.duplicates:
        lines.append(say.plural("search.import.preview.duplicates", plan.duplicates))
    if plan.unmapped:
        listed = ", ".join(f"“{words}” ({count})" for words, count in plan.unmapped.items())
        lines.append(say("search.import.preview.unmapped_words", words=listed))
    if mapping.personal:
        lines.append(say("search.import.mapping.personal", columns=", ".join(mapping.personal)))
    return lines


def done_panel(visit: Visit, change: str, count: int) -> dict[str, Any]:
    """What was added, where to see it, and how to take it back."""
    say = visit.words
    return {
        "id": "done",
        "look": "next",
        "announce": True,
        "title": say.plural("search.import.done.title", count),
        "text": say("search.import.done.undo_hint"),
        "actions": [
            {"id": "see", "label": say("search.import.done.action"), "href": "#/search"},
            {"id": "another", "label": say("search.import.done.another"), "look": "plain"},
            {"id": "undo", "label": say("search.import.done.undo"), "look": "plain", "change": change},
        ],
    }


def alike_panel(visit: Visit, plan: ImportPlan) -> dict[str, Any]:
    """What the questions about look-alikes are about, and one press for all of them."""
    say, count = visit.words, len(one_a_row(plan))
    text = [say("search.import.alike.text")]
    if count > LOOK_ALIKES_SHOWN:
        text.append(say("search.import.alike.more", shown=LOOK_ALIKES_SHOWN, count=count))
    actions = [
        {"id": "leave-all", "label": say("search.import.alike.leave_all", count=count), "look": "plain"},
        {"id": "take-all", "label": say("search.import.alike.take_all", count=count), "look": "quiet"},
    ]
    title = say("search.import.alike.title")
    return {"id": "alike", "title": title, "text": text, "actions": actions if count > 1 else []}


def said_reason(visit: Visit, reason: Reason) -> str:
    """Why a list is read as it is, in the language of the page where it has the words."""
    say, key = visit.words, f"search.import.convention.{reason.convention}"
    title = say.get(f"{key}.title", reason.title)
    if reason.chosen:
        return say("search.import.reason.chosen", title=title)
    said = []
    for why in reason.why:
        own = f"{key}.says" if why.place == 1 else f"{key}.says_{why.place}"
        said.append(say(own, count=why.count, columns=why.listed) if own in say else why.sentence)
    if not said:
        return say("search.import.reason.plain", title=title)
    return say("search.import.reason.because", title=title, why="; ".join(said))


def one_a_row(plan: ImportPlan) -> Map[int, Alike]:
    """Each row with a look-alike, and the first of those."""
    found: dict[int, Alike] = {}
    for alike in plan.alike:
        found.setdefault(alike.row, alike)
    return found


def described(visit: Visit, body: Map[str, Any]) -> str:
    """An application in a few words: firm, role, the day it was sent, where it stands."""
    day = body.get("applied_on")
    parts = [body.get("company"), body.get("role")]
    parts.append(visit.day(dt.date.fromisoformat(day), "year") if day else None)
    outcome = body.get("outcome") or "open"
    name, word = ("outcome", outcome) if outcome != "open" else ("stage", body.get("stage") or "applied")
    named = {option["value"]: option["label"] for option in visit.options(f"search/{name}")}
    return " · ".join(str(part) for part in (*parts, named.get(word)) if part)


def preview_columns(visit: Visit) -> list[dict[str, Any]]:
    """The columns of the table of rows as they would be."""
    return [
        {
            "name": name,
            "label": visit.words(_LABELS.get(name, f"search.columns.{name}")),
            "kind": _KINDS.get(name, "text"),
            "options": visit.options(f"search/{name}") if _KINDS.get(name) == "choice" else [],
            "editable": False,
            "width": _WIDTHS[name],
        }
        for name in _COLUMNS
    ]


def preview_rows(visit: Visit, plan: ImportPlan, left_out: set[int]) -> list[dict[str, Any]]:
    """The first rows as they would be, each with what is to be said about it."""
    return [
        {
            "id": f"row-{shown['row']}",
            "revision": 0,
            "row": shown["row"],
            "company": shown["fields"].get("company") or None,
            "role": shown["fields"].get("role") or None,
            "applied_on": shown["fields"].get("applied_on"),
            "stage": shown["fields"].get("stage", "applied"),
            "outcome": shown["fields"].get("outcome", "open"),
            "said": " ".join(_said(visit, shown, left_out)) or None,
        }
        for shown in plan.preview(PREVIEW_ROWS)
    ]


def _said(visit: Visit, shown: Map[str, Any], left_out: set[int]) -> list[str]:
    notes = [visit.sentence(problem) for problem in shown["problems"]]
    if shown["row"] in left_out:
        notes.append(visit.words("search.import.alike.left"))
    elif shown["alike"]:
        notes.append(visit.words("search.import.preview.alike"))
    if shown["repeated"]:
        notes.append(visit.words("search.import.preview.repeated"))
    return notes
