"""Questions of every kind: empty, answered, refused, and answered twice."""

from __future__ import annotations

from typing import Any

from ...widgets.exercise import Clash, Exercise, Kept, NotKept, Reply
from .specimens import Specimen


def _options(**words: str) -> list[dict[str, str]]:
    return [{"id": name.replace("_", "-"), "text": text} for name, text in words.items()]


PART = _options(
    money="The pay", people="The people I would work with", work="The work itself", way="The way there"
)
PILES = _options(mine="Mine to work on", theirs="Theirs", luck="Luck or unknown")
CARDS = _options(
    tests="I knew little about testing",
    inside="Somebody inside had applied",
    late="I was ten minutes late",
    budget="The post was cut",
)
LINE: dict[str, Any] = {
    "kind": "line",
    "id": "show/line",
    "ask": "Which post was it?",
    "hint": "As they wrote it.",
}
PROSE: dict[str, Any] = {"kind": "prose", "id": "show/prose", "ask": "What do you remember?", "rows": 3}
NUMBER: dict[str, Any] = {"kind": "number", "id": "show/number", "ask": "How long was it?", "unit": "minutes"}
DATE: dict[str, Any] = {"kind": "date", "id": "show/date", "ask": "When do you hear from them?"}
SCALE: dict[str, Any] = {
    "kind": "scale",
    "id": "show/scale",
    "ask": "Did your answers show what you can do?",
    "low": 1,
    "high": 5,
    "low_word": "Hardly",
    "high_word": "Very well",
    "unanswered": "Not rated",
}
TEN = SCALE | {
    "id": "show/ten",
    "ask": "How heavy is it now?",
    "low": 0,
    "high": 10,
    "low_word": "Not at all",
    "high_word": "Very",
}
SORTING: dict[str, Any] = {
    "kind": "cards",
    "id": "show/cards",
    "ask": "What do you know of why?",
    "options": CARDS,
    "piles": PILES,
    "own": True,
}
KINDS: tuple[dict[str, Any], ...] = (
    LINE,
    PROSE,
    SCALE,
    {
        "kind": "choice",
        "id": "show/choice",
        "ask": "Would you take it today?",
        "options": _options(yes="Yes", no="No", unsure="Not sure"),
    },
    {"kind": "several", "id": "show/several", "ask": "What did you like?", "options": PART, "own": True},
    {
        "kind": "checklist",
        "id": "show/checklist",
        "ask": "The day before",
        "options": _options(way="Look up the way", shirt="Iron the shirt"),
    },
    {"kind": "ranking", "id": "show/ranking", "ask": "What counts most?", "options": PART},
    SORTING,
    DATE,
    NUMBER,
    {
        "kind": "people",
        "id": "show/people",
        "ask": "Who was there?",
        "labels": [
            ["name", "Name"],
            ["role", "What they do"],
            ["contact", "How to reach them"],
            ["note", "To remember"],
        ],
    },
    {
        "kind": "if-then",
        "id": "show/plan",
        "ask": "A plan for a setback",
        "labels": [["if", "If"], ["then", "then I will"]],
    },
    {
        "kind": "star",
        "id": "show/star",
        "ask": "A better answer",
        "labels": [["situation", "Situation"], ["task", "Task"], ["action", "Action"], ["result", "Result"]],
    },
    {
        "kind": "repeat",
        "id": "show/asked",
        "ask": "The questions they asked",
        "item_title": "Question {number}",
        "add": "Add another question",
        "questions": [
            {"kind": "line", "id": "show/asked-text", "ask": "What did they ask?"},
            SCALE | {"id": "show/asked-rating", "ask": "How did your answer go?"},
        ],
    },
    {
        "kind": "timed-page",
        "id": "show/page",
        "ask": "A page for nobody else",
        "minutes": 10,
        "private": True,
    },
)
"""One question of each kind."""

FILLED: dict[str, Any] = {
    "show/line": "Junior analyst",
    "show/prose": "Two people, one table. They asked about the project twice.",
    "show/scale": 4,
    "show/choice": "unsure",
    "show/several": ["people", "own:The view"],
    "show/checklist": ["way"],
    "show/ranking": ["work", "people"],
    "show/cards": {"mine": ["tests", "late"], "theirs": ["inside"], "luck": []},
    "show/date": "2026-11-19",
    "show/number": 45,
    "show/people": {"name": "Ada Moreno", "role": "Head of data"},
    "show/plan": {"if": "they ask about testing", "then": "tell the story of the invoice run"},
    "show/star": {
        "situation": "Invoices went out twice.",
        "action": "Wrote a check that compares the two runs.",
    },
    "show/asked": [1],
    "show/asked-text#1": "Why us?",
    "show/asked-rating#1": 2,
}


def _refuse(_reply: Reply) -> Kept:
    raise NotKept("This is longer than the page can keep. What you wrote is still here.")


def _clash(_reply: Reply) -> Kept:
    raise Clash(Kept("Two people and a long table.", 7, "2026-11-05T12:00:00+00:00"))


def _keep(reply: Reply) -> Kept:
    return Kept(reply.value, 1, "2026-11-05T12:00:00+00:00")


def _exercise(
    *asked: dict[str, Any], replies: dict[str, Any] | None = None, keep: Any = _keep, name: str, **frame: Any
) -> Exercise:
    return Exercise(asked, replies=replies, on_reply=keep, workbook=f"components-{name}", **frame)


def _write(question: str, field: str, value: str) -> tuple[str, str, str]:
    return ("write", f'[data-question="{question}"] {field}', value)


def every_kind() -> list[Specimen]:
    """Each kind empty and answered; those with a field refused."""
    frame: dict[str, Any] = {
        "heading": "Right after the interview",
        "intro": "A few words are enough.",
        "why": "What is written the same day is remembered better.",
        "evidence": ["A source, with its year."],
    }
    refused = (
        _write("show/line", "input", "Junior analyst"),
        _write("show/prose", "textarea", "Two people, one table."),
        _write("show/number", "input", "45"),
        ("press", '[data-question="show/scale"] .rb-scale-step:last-child input', ""),
    )
    return [
        Specimen("empty", _exercise(*KINDS, name="empty", **frame)),
        Specimen("filled", _exercise(*KINDS, replies=FILLED, name="filled")),
        Specimen(
            "with an error", _exercise(LINE, PROSE, NUMBER, SCALE, keep=_refuse, name="refused"), refused
        ),
        Specimen(
            "short facts", _exercise(LINE, DATE, NUMBER, KINDS[3], replies=FILLED, name="facts", facts=True)
        ),
        Specimen("private", _exercise(PROSE | {"private": True}, name="private")),
    ]


def scales() -> list[Specimen]:
    """Five steps and eleven, not rated and rated."""
    return [
        Specimen("empty", _exercise(SCALE, TEN, name="scales")),
        Specimen("filled", _exercise(SCALE, TEN, replies={"show/scale": 4, "show/ten": 7}, name="rated")),
    ]


def sorting() -> list[Specimen]:
    """All in the hand, some laid down, all laid down."""
    done = {"show/cards": {"mine": ["tests", "late"], "theirs": ["inside", "budget"], "luck": []}}
    return [
        Specimen("empty", _exercise(SORTING, name="hand")),
        Specimen("filled", _exercise(SORTING, replies=FILLED, name="laid")),
        Specimen("all sorted", _exercise(SORTING, replies=done, name="sorted")),
    ]


def versions() -> list[Specimen]:
    """An answer that was changed in another window too."""
    act = (
        _write("show/prose", "textarea", "Two people, one table."),
        ("leave", '[data-question="show/prose"] textarea', ""),
    )
    return [Specimen("with an error", _exercise(PROSE, keep=_clash, name="clash"), act)]
