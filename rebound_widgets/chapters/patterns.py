"""Patterns over the interviews: topics with counts and a floor, and the person's own words side by side."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ..insight.debriefs import WEAK, topics
from ..insight.values import TooFew
from .naming import name_of
from .rooms import Panel
from .visit import Visit

TOPIC, RATING = "debrief/asked-topic", "debrief/asked-rating"
SHOWN = 5
QUOTED = 4


@dataclass(frozen=True, kw_only=True)
class Written:
    """Words of a debrief.

    Attributes:
        text: The person's words.
        company: Where the interview was.
        on: Its day, where known.
    """

    text: str
    company: str
    on: dt.date | None


def debrief_words(visit: Visit, question_id: str) -> list[Written]:
    """What was answered to a question of the debrief in each interview, the newest first."""
    answers = visit.workbook.history().answers
    rows = answers[(answers["question"] == question_id) & answers["interview_id"].notna()]
    found = []
    for interview_id, value in zip(rows["interview_id"], rows["value"], strict=True):
        interview = visit.workbook.store.get(str(interview_id))
        if interview is not None and not interview.deleted and str(value).strip():
            held = interview.body.get("held_on")
            on = dt.date.fromisoformat(held) if held else None
            found.append(Written(text=str(value), company=name_of(visit, interview), on=on))
    return sorted(found, key=lambda one: one.on or dt.date.min, reverse=True)


def to_debrief(visit: Visit) -> list[Panel]:
    """The one step that fills a page which debriefs fill."""
    label = visit.words("learn.next.debrief.action")
    return [{"id": "debrief", "label": label, "href": "#/debrief", "look": "plain"}]


class Patterns:
    """The panels of ``#/learn/patterns``."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def panels(self) -> list[Panel]:
        """Topics that come again; what threw the person; what was decided."""
        return [self._topics(), *self._quotes("threw", "debrief/threw-me"), *self._decided()]

    def _topics(self) -> Panel:
        say, found = self._visit.words, topics(self._visit.workbook.history())
        panel: Panel = {"id": "topics", "title": say("learn.patterns.topics")}
        if isinstance(found, TooFew):
            key = "few" if found.have else "none"
            facts = {"have": found.have, "need": found.need} if found.have else {}
            text = say(f"learn.patterns.{key}", **facts)
            return {**panel, "text": text, "actions": to_debrief(self._visit)}
        interviews = say.plural("learn.patterns.interviews", found.interviews)
        text = say("learn.patterns.topics_text", rated=found.rated, interviews=interviews, **{"from": WEAK})
        rows = [
            {
                "text": self.topic_words(one.topic),
                "detail": say("learn.patterns.recurs") if one.recurs else "",
                "when": say.plural("learn.patterns.topic_line", one.asked, weak=one.weak),
            }
            for one in found.topics[:SHOWN]
        ]
        day = self._visit.day(self._visit.workbook.today(), "long")
        left = len(found.topics) - SHOWN
        more = [say("learn.patterns.more", count=left)] if left > 0 else []
        hint = ". ".join([*more, say("learn.patterns.source", day=day)])
        return {**panel, "text": text, "rows": rows, "hint": hint}

    def topic_words(self, topic: str) -> str:
        """A topic as the debrief says it."""
        options = getattr(self._visit.workbook.question(TOPIC), "options", ())
        named: dict[str, str] = {option.id: option.text for option in options}
        return named.get(topic, topic.removeprefix("own:"))

    def _quotes(self, name: str, question_id: str) -> list[Panel]:
        written = debrief_words(self._visit, question_id)
        if not written:
            return []
        rows = [self._row(one) for one in written[:QUOTED]]
        text = self._visit.words("learn.patterns.threw_text")
        title = self._visit.words(f"learn.patterns.{name}")
        return [{"id": name, "title": title, "text": text, "rows": rows}]

    def _decided(self) -> list[Panel]:
        written = debrief_words(self._visit, "debrief/differently")
        rows = [self._row(one) for one in written[:QUOTED]]
        title = self._visit.words("learn.patterns.differently")
        return [{"id": "differently", "title": title, "rows": rows}] if rows else []

    def _row(self, one: Written) -> dict[str, Any]:
        return {
            "text": one.text,
            "detail": one.company,
            "when": self._visit.day(one.on) if one.on else "",
        }

    def again(self) -> list[dict[str, Any]]:
        """Topics rated in two interviews or more: the first rating and the last, as rows."""
        say, answers = self._visit.words, self._visit.workbook.history().answers
        inner = answers[answers["question"].isin([TOPIC, RATING]) & answers["interview_id"].notna()]
        if inner.empty:
            return []
        table = inner.pivot_table(
            index=["interview_id", "item"], columns="question", values="value", aggfunc="first"
        ).reset_index()
        if not {TOPIC, RATING} <= set(table.columns):
            return []
        met: dict[str, list[tuple[dt.date, int, str]]] = {}
        for row in table.dropna(subset=[TOPIC, RATING]).to_dict("records"):
            interview = self._visit.workbook.store.get(str(row["interview_id"]))
            if interview is None or interview.deleted or not interview.body.get("held_on"):
                continue
            on = dt.date.fromisoformat(interview.body["held_on"])
            company = name_of(self._visit, interview)
            met.setdefault(str(row[TOPIC]), []).append((on, int(float(row[RATING])), company))
        rows = []
        for topic, ratings in met.items():
            ratings.sort()
            first, last = ratings[0], ratings[-1]
            if first[0] == last[0]:
                continue
            facts = {"first_company": first[2], "last_company": last[2]}
            days = {"first": self._visit.day(first[0]), "last": self._visit.day(last[0])}
            rows.append(
                {
                    "text": self.topic_words(topic),
                    "detail": say("learn.then-now.topic_days", **days, **facts),
                    "when": say("learn.then-now.topic", then=first[1], now=last[1]),
                }
            )
        return rows
