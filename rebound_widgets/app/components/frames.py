"""What stands around everything else: pages, cards, notices, the status line, empty states, letters."""

from __future__ import annotations

from typing import Any

from ...widgets.page import Page
from ...widgets.panels import Panels
from ...widgets.text import Text
from .specimens import Specimen

LETTER = """Dear Ms Moreno,

thank you for the talk on Thursday. What you said about checking the numbers twice has stayed with me.

Kind regards
Sam Reyes"""


def _blocks(*blocks: dict[str, Any]) -> Text:
    return Text(blocks)


def pages() -> list[Specimen]:
    """With and without a margin."""
    paragraph = {"kind": "paragraph", "text": "A column of at most 68 characters."}

    def column() -> list[Text]:
        # One for each page: a widget that is drawn in two places stands in whichever was drawn last.
        return [_blocks({"kind": "card", "blocks": [paragraph]})]

    margin = [
        Panels(
            [
                {
                    "id": "before",
                    "look": "margin",
                    "title": "What you wrote before",
                    "quote": "Ask who decides.",
                }
            ]
        )
    ]
    return [
        Specimen(
            "filled",
            Page("Right after the interview", lede="Harbour Analytics, junior analyst", children=column()),
        ),
        Specimen(
            "with a margin",
            Page("Where you are", lede="One thing at a time.", children=column(), margin=margin),
        ),
    ]


def cards() -> list[Specimen]:
    """A plain one, the next step, doors, rows."""
    words = {"kind": "paragraph", "text": "Write down the interview while you remember it."}
    rows = [
        {
            "text": "Harbour Analytics",
            "detail": "Debrief of 4 November",
            "when": "since Thu 5 Nov",
            "due": True,
            "href": "#/debrief",
        },
        {"text": "Quillfeather", "detail": "Thank-you letter", "when": "by Mon 9 Nov", "href": "#/debrief"},
    ]
    doors = [
        {"text": "I got a no", "detail": "Pause, then look at it in daylight.", "href": "#/no"},
        {"text": "I have an interview coming", "detail": "Be ready for either answer.", "href": "#/ready"},
        {"text": "I want to see my search", "detail": "Everything in one table.", "href": "#/search"},
    ]
    actions = [
        {"id": "go", "label": "Open the debrief"},
        {"id": "later", "label": "Not now", "look": "plain"},
    ]
    return [
        Specimen(
            "plain",
            _blocks({"kind": "card", "blocks": [{"kind": "heading", "text": "The interview"}, words]}),
        ),
        Specimen(
            "next step",
            Panels(
                [
                    {
                        "id": "next",
                        "look": "next",
                        "title": "The next step",
                        "text": str(words["text"]),
                        "actions": actions,
                    }
                ]
            ),
        ),
        Specimen("rows", Panels([{"id": "open", "title": "Open", "rows": rows}])),
        Specimen("doors", Panels([{"id": "doors", "look": "doors", "rows": doors}])),
    ]


def status_lines() -> list[Specimen]:
    """Everything the line can say."""
    lines = {
        "saved": "Saved 14:03",
        "saving": "Saving",
        "offline": "Not connected. Your words are kept on this page.",
        "refused": "Not saved yet: one answer needs another look",
    }
    return [
        Specimen(state, _blocks({"kind": "status", "state": state, "text": text}))
        for state, text in lines.items()
    ]


def notices() -> list[Specimen]:
    """Calm, warm, and alarm for what was not saved."""
    says = {
        "calm": ("Deleted", "Harbour Analytics is deleted, and can be brought back for 90 days."),
        "warm": ("Before you send it", "Two blanks are still open in this letter."),
        "alarm": ("Not saved", "The disk is full. What you wrote is still on this page."),
    }
    undo = [{"id": "undo", "label": "Bring it back"}]
    return [
        Specimen(
            tone,
            _blocks(
                {
                    "kind": "notice",
                    "tone": tone,
                    "title": title,
                    "text": text,
                    "actions": undo if tone == "calm" else [],
                }
            ),
        )
        for tone, (title, text) in says.items()
    ]


def empties() -> list[Specimen]:
    """With the one step that fills it."""
    step = [{"id": "add", "label": "Add the first application", "kind": "primary"}]
    text = "Applications stand here with where they are and when you wrote last."
    return [
        Specimen(
            "empty", _blocks({"kind": "empty", "title": "Nothing here yet", "text": text, "actions": step})
        )
    ]


def letters() -> list[Specimen]:
    """Not begun, and written."""
    none = "The letter stands here as soon as you begin it."
    copy = [{"id": "copy", "label": "Copy the text", "copy": LETTER}]
    return [
        Specimen("empty", _blocks({"kind": "letter", "subject": "Thank you", "text": "", "none": none})),
        Specimen(
            "filled",
            _blocks(
                {
                    "kind": "letter",
                    "subject": "Thank you for Thursday",
                    "text": LETTER,
                    "note": "31 words",
                    "actions": copy,
                }
            ),
        ),
    ]
