"""Your numbers: the odds, where it sticks and how long to wait, a sentence each, and the pictures below."""

from __future__ import annotations

from typing import Any

from ..charts import base_sentence, percent, say_base, say_odds
from ..charts.stage_rates import title as stick_title
from ..charts.time_to_answer import left_out
from ..charts.time_to_answer import title as waiting_title
from ..history import History
from ..insight import (
    Chance,
    Sticks,
    TooFew,
    WaitingCurve,
    odds_of_offer,
    time_to_answer,
    waiting_days,
    where_it_sticks,
)
from ..widgets.panels import Panels
from .pictures import Drawn, drawn, redraw
from .visit import Visit

PICTURES = ("flow", "stage-rates", "time-to-answer", "answers-over-time")
"""The charts of the page, in order."""
AHEAD = 5
"""How many interviews ahead the second sentence of the odds looks."""
FIRST_CHANGE = {"applied-interview": "refocus", "interview-offer": "learn"}
"""Where to go first when it sticks at a step, if that chapter is there."""


class Numbers:
    """What ``#/search/numbers`` shows."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        words = visit.group("actions")
        self._answers = Panels(words=words)
        self._onward = Panels(words=words)
        self._pictures: dict[str, Drawn] = {}

    @property
    def children(self) -> list[Any]:
        """The widgets of the page, from the top."""
        return [self._answers, *self._pictures.values(), self._onward] if self._pictures else [self._answers]

    def refresh(self) -> None:
        """Show the workbook as it is now."""
        history = self._visit.workbook.history()
        if not (history.applications["stage"] > "saved").any():
            self._pictures = {}
            self._answers.show([self._empty()])
            return
        sticks = where_it_sticks(history, self._visit.workbook.today())
        self._answers.show([self._odds(history), self._stick(history, sticks), self._wait(history)])
        for name in PICTURES:
            if name in self._pictures:
                redraw(self._visit, name, self._pictures[name])
            else:
                self._pictures[name] = drawn(self._visit, name)
        self._onward.show([self._next(sticks)])

    def _empty(self) -> dict[str, Any]:
        say = self._visit.words
        return {
            "id": "empty",
            "look": "next",
            "title": say("search.numbers.empty.title"),
            "text": [say("search.numbers.empty.text"), base_sentence("interviewed-to-offer", say)],
            "actions": [{"id": "add", "label": say("search.numbers.empty.action"), "href": "#/search"}],
        }

    def _odds(self, history: History) -> dict[str, Any]:
        say, today = self._visit.words, self._visit.workbook.today()
        one, some = (odds_of_offer(history, today, n=n) for n in (1, AHEAD))
        own = say.plural("search.numbers.odds.own", one.of, hits=one.hits)
        base = say("search.numbers.odds.base", weight=int(one.weight), base=say_base(one.prior, say))
        return {
            "id": "odds",
            "title": say("search.numbers.odds.title"),
            "text": [
                say("search.numbers.odds.one", odds=say_odds(one, self._visit.content)),
                say("search.numbers.odds.some", n=AHEAD, odds=say_odds(some, self._visit.content)),
            ],
            "details": [{"summary": say("search.numbers.source"), "text": [own, base]}],
        }

    def _stick(self, history: History, sticks: Sticks | TooFew) -> dict[str, Any]:
        say = self._visit.words
        text = [f"{stick_title(history, self._visit.workbook.today(), say)}."]
        told = []
        if isinstance(sticks, TooFew):
            told.append(say("search.numbers.stick.too_few"))
            if sticks.waiting:
                text.append(say.plural("search.numbers.stick.waiting", sticks.waiting))
        else:
            if sticks.verdict in ("clear", "likely"):
                text.append(say(f"search.numbers.stick.change.{sticks.step}"))
                told.append(say("search.numbers.stick.sure", sure=percent(sticks.sure, say)))
            told += [say(f"search.numbers.stick.verdict.{sticks.verdict}"), say_base(sticks.base, say)]
        details = [{"summary": say("search.numbers.source"), "text": told}]
        return {"id": "stick", "title": say("search.numbers.stick.title"), "text": text, "details": details}

    def _wait(self, history: History) -> dict[str, Any]:
        say, today = self._visit.words, self._visit.workbook.today()
        own, days = time_to_answer(history, today), waiting_days(history, today)
        text = [f"{waiting_title(own, say)}."]
        chance = self._chance(own, days.let_go)
        if chance:
            text.append(chance)
        text.append(
            say("search.numbers.wait.days", ask=days.follow_up, again=days.second, let_go=days.let_go)
        )
        told = [
            say("search.numbers.wait.own") if days.own else say("search.numbers.wait.usual"),
            base_sentence("answer-days-90", say),
        ]
        if not isinstance(own, TooFew) and own.left_out:
            told.append(left_out(own, say))
        details = [{"summary": say("search.numbers.source"), "text": told}]
        return {"id": "wait", "title": say("search.numbers.wait.title"), "text": text, "details": details}

    def _chance(self, own: WaitingCurve | TooFew, silent: int) -> str:
        """The chance that an answer still comes at the day of letting go, where the search can say."""
        if isinstance(own, TooFew):
            return ""
        chance = own.chance_after(silent)
        if not isinstance(chance, Chance) or chance.until <= silent:
            return ""
        say = self._visit.words
        if not chance.estimate:
            high = percent(chance.high, say)
            return say("search.numbers.wait.chance_none", count=chance.at_risk, days=silent, high=high)
        return say(
            "search.numbers.wait.chance",
            days=silent,
            share=percent(chance.estimate, say),
            low=percent(chance.low, say),
            high=percent(chance.high, say),
        )

    def _next(self, sticks: Sticks | TooFew) -> dict[str, Any]:
        """The one thing to do: where it sticks, else one more application."""
        say, chapters = self._visit.words, self._visit.content.chapters
        step = sticks.step if isinstance(sticks, Sticks) and sticks.verdict in ("clear", "likely") else ""
        chapter = FIRST_CHANGE.get(step, "search")
        if chapter not in chapters:
            chapter, step = "search", ""
        key = f"search.numbers.next.{step or 'more'}"
        return {
            "id": "onward",
            "look": "next",
            "title": say(f"{key}.title"),
            "text": say(f"{key}.text"),
            "actions": [{"id": "onward", "label": say(f"{key}.action"), "href": f"#/{chapter}"}],
        }
