"""What a person shared, as a session shows it: each thing folded, those of one interview in one fold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..chapters.document_blocks import folded
from ..content import Content
from ..sharing import sections_of
from .people import Person

Block = dict[str, Any]


def shared_blocks(person: Person, content: Content) -> list[Block]:
    """The things in the order they were shared in; nothing where nothing may be read.

    A title names what a thing is about before a colon. Things about the same are one fold, and so are single
    applications, of which there may be dozens.
    """
    say, items = content.words, list(person.items.values())
    if not items:
        return []
    things = list(zip(items, folded(sections_of(items, content), say), strict=True))
    groups: dict[str, list[Block]] = {}
    for item, thing in things:
        groups.setdefault(_about(item, say["session.shared_applications"]), []).append(thing)
    blocks: list[Block] = [{"kind": "heading", "text": say("session.shared_title"), "level": 2}]
    for about, inner in groups.items():
        if len(inner) == 1:
            blocks += inner
            continue
        short = [{**one, "summary": one["summary"].removeprefix(f"{about}: ")} for one in inner]
        blocks.append({"kind": "more", "summary": about, "blocks": short})
    return blocks


def _about(item: Mapping[str, Any], applications: str) -> str:
    if item["kind"] == "application":
        return applications
    return str(item["title"]).partition(": ")[0]
