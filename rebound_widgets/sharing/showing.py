"""A share as a document: the one thing that the preview, the counsellor's page and the summary all show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from ..content import Content
from ..reports import Document
from ..reports.document import Block, Pairs, Paragraph, Section, Table

Item = Mapping[str, Any]


def sections_of(items: Iterable[Item], content: Content) -> tuple[Section, ...]:
    """Each item as a part of a document, every word of it.

    Args:
        items: Items of a share.
        content: The words of what the file has no words for: headings of a table, stages, days.
    """
    return tuple(Section(title=str(item["title"]), blocks=tuple(_blocks(item, content))) for item in items)


def document_of(items: Iterable[Item], content: Content, title: str, lede: Iterable[str]) -> Document:
    """The items as a whole document."""
    return Document(
        title=title,
        lang=content.locale,
        direction=content.facts.direction,
        lede=tuple(lede),
        sections=sections_of(items, content),
        words={"page": content.words["take-along.page"]},
    )


def _blocks(item: Item, content: Content) -> Iterable[Block]:
    if "held_on" in item and item["kind"] != "interview":  # which says it among its own
        day = content.facts.show_day(dt.date.fromisoformat(item["held_on"]), "year")
        yield Pairs(pairs=((content.words["sharing.interview_day"], day),))
    match item["kind"]:
        case "numbers":
            yield from _numbers(item, content)
        case "note":
            yield Paragraph(text=str(item["text"]))
        case "answers":
            for part in item["parts"]:
                yield Pairs(title=part["title"], pairs=tuple((ask, told) for ask, told in part["pairs"]))
        case "rating":
            say = content.words["report.scale"]
            told = [say.format(value=one["value"], high=one["high"]) for one in item["ratings"]]
            yield Pairs(pairs=((str(item["ask"]), ", ".join(told)),))
        case _:
            yield Pairs(pairs=tuple((name, told) for name, told in item["pairs"]))


def _numbers(item: Item, content: Content) -> Iterable[Block]:
    say = content.words

    def day(given: str | None) -> str:
        return content.facts.show_day(dt.date.fromisoformat(given), "year") if given else ""

    yield Paragraph(text=say("sharing.numbers_about", day=day(item["last_on"])))
    columns = tuple(say(f"sharing.column.{name}") for name in ("sent", "stage", "outcome", "on", "held"))
    rows = tuple(
        (
            day(row["applied_on"]),
            say(f"report.stage.{row['stage']}"),
            say(f"report.outcome.{row['outcome']}"),
            day(row["outcome_on"]),
            "\n".join(day(held["held_on"]) for held in row["interviews"] if held["held_on"]),
        )
        for row in item["applications"]
    )
    yield Table(caption=say.plural("sharing.numbers_caption", len(rows)), columns=columns, rows=rows)
