"""How long do I go on? Which stage leaks, what to change first, when to talk to somebody."""

from __future__ import annotations

from ..insight.values import Rate, TooFew
from .rooms import Panel
from .sources import published, source_words
from .visit import Visit

PRACTISE = frozenset({"interview-offer", "interview-final"})
"""Steps that are mended by practising answers; the others by aiming elsewhere."""


class HowLong:
    """The panels of ``#/keep-going/how-long``: a help for a decision, and no verdict on anybody."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def panels(self) -> list[Panel]:
        """Where it sticks and what to change first; how long answers take."""
        return [self._sticks(), self._waiting()]

    def last(self) -> list[Panel]:
        """The quiet way to help: shown to everybody, whatever they ticked."""
        say = self._visit.words
        action = {"id": "help", "label": say("keep-going.how-long.help_action"), "href": "#/help"}
        hint = say("keep-going.how-long.help")
        return [{"id": "help", "look": "plain", "hint": hint, "actions": [{**action, "look": "quiet"}]}]

    def _sticks(self) -> Panel:
        from ..insight.sticking import where_it_sticks  # noqa: PLC0415 - loads scipy, only this page needs it

        say, workbook = self._visit.words, self._visit.workbook
        found = where_it_sticks(workbook.history(), workbook.today())
        change, look = say("keep-going.how-long.change_none"), "applied"
        note: list[str] = []
        if isinstance(found, TooFew):
            have = say(f"keep-going.how-long.{found.of}", count=found.have)
            text = [say("keep-going.how-long.sticks_few", have=have, need=found.need), change]
        elif found.verdict in {"clear", "likely"}:
            kind = "sticks_clear" if found.verdict == "clear" else "sticks_at"
            change = say(f"keep-going.how-long.change.{found.step}")
            note = [say("keep-going.how-long.range")]
            look = "interview" if found.step in PRACTISE else "applied"
            text = [self._own(kind, found.step, found.rate), self._elsewhere(found.base.source.key), change]
        else:
            kind = "sticks_none" if found.verdict == "nowhere" else "sticks_cannot"
            text = [say(f"keep-going.how-long.{kind}"), change]
        day = self._visit.day(workbook.today(), "long")
        numbers = say("keep-going.how-long.numbers")
        there = "#/refocus/answers" if look == "applied" else "#/learn/practice"
        return {
            "id": "sticks",
            "title": say("keep-going.how-long.sticks"),
            "text": text,
            "hint": " ".join([*note, say("keep-going.how-long.own", day=day)]),
            "actions": [
                {"id": "look", "label": say(f"keep-going.how-long.look.{look}"), "href": there},
                {"id": "numbers", "label": numbers, "look": "plain", "href": "#/search/numbers"},
            ],
        }

    def _own(self, kind: str, step: str, rate: Rate) -> str:
        say = self._visit.words
        name = say(f"keep-going.how-long.steps.{step}")
        shares = {
            n: _percent(v) for n, v in (("share", rate.estimate), ("low", rate.low), ("high", rate.high))
        }
        return say(f"keep-going.how-long.{kind}", step=name, hits=rate.hits, of=rate.of, **shares)

    def _elsewhere(self, key: str) -> str:
        from ..insight.known_rates import base_rate  # noqa: PLC0415 - as needed

        source = source_words(self._visit, key)
        share = _percent(base_rate(key).estimate)
        return self._visit.words("keep-going.how-long.compare", share=share, source=source)

    def _waiting(self) -> Panel:
        from ..insight.waiting import time_to_answer  # noqa: PLC0415 - loads scipy, only this page needs it

        say, workbook = self._visit.words, self._visit.workbook
        curve = time_to_answer(workbook.history(), workbook.today())
        own = say("keep-going.how-long.waiting_few")
        if not isinstance(curve, TooFew):
            half, most = curve.quantile(0.5), curve.quantile(0.9)
            if half is not None and most is not None:
                facts = {"half": half, "most": most, "answered": curve.answered, "sent": curve.sent}
                own = say("keep-going.how-long.waiting_own", **facts)
        (half_days, source), (most_days, _) = (
            published(self._visit, key) for key in ("answer-days-median", "answer-days-90")
        )
        else_ = say("keep-going.how-long.waiting_else", half=half_days, most=most_days, source=source)
        return {"id": "waiting", "title": say("keep-going.how-long.waiting"), "text": [own], "hint": else_}


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
