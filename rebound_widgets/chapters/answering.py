"""Where answers come from: by source, kind of role and size, each with its count and how sure it is."""

from __future__ import annotations

from typing import Any, Literal

from ..insight.values import TooFew
from ..widgets.chart import Chart
from .rooms import Panel
from .visit import Visit

BY: tuple[Literal["source", "role_family", "size"], ...] = ("source", "role_family", "size")
SHOWN = 7
"""Groups drawn, those with most applications first."""

FEWEST = 2
"""One group alone has nothing to be compared with."""


class Answering:
    """What stands in ``#/refocus/answers``."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._charts: dict[str, Chart] = {}
        self._few: list[TooFew] = []

    def widgets(self) -> list[Any]:
        """A picture for each way of grouping that has enough to say something."""
        from ..insight.groups import answers_by  # noqa: PLC0415 - loads scipy, only this page needs it

        workbook = self._visit.workbook
        self._few, shown = [], []
        for by in BY:
            found = answers_by(workbook.history(), workbook.today(), by)
            if isinstance(found, TooFew):
                self._few.append(found)
                continue
            if len(found.groups) < FEWEST:
                continue
            given = self._given(by, found)
            if by not in self._charts:
                self._charts[by] = Chart(**given, words=self._visit.group("chart"))
            else:
                self._charts[by].show(**given)
            shown.append(self._charts[by])
        return shown

    def panels(self) -> list[Panel]:
        """What is missing, in words; the reading of it otherwise."""
        say, shown = self._visit.words, self.widgets()
        if shown:
            title = say("refocus.answers.read")
            return [{"id": "caution", "title": title, "text": say("refocus.answers.caution")}]
        most = max(
            (one for one in self._few if one.of == "applications"), key=lambda one: one.have, default=None
        )
        text = (
            say("refocus.answers.few", have=most.have, need=most.need)
            if most is not None and most.have
            else say("refocus.answers.none")
        )
        label = say("refocus.next.steady.action")
        action = {"id": "search", "label": label, "href": "#/search", "look": "plain"}
        title = say("refocus.answers.read")
        return [{"id": "few", "title": title, "text": text, "actions": [action]}]

    def _given(self, by: str, found: Any) -> dict[str, Any]:
        say, names = self._visit.words, self._names(by)
        groups = found.groups[:SHOWN]
        values = [
            {
                "y": names.get(one.group, one.group),
                "x": one.estimate,
                "low": one.low,
                "high": one.high,
                "note": say("keep-going.goals.of", done=one.hits, number=one.of),
            }
            for one in groups
        ]
        left = say.plural("refocus.answers.unnamed", found.unnamed) if found.unnamed else ""
        counts = say("refocus.answers.counts", hits=found.whole.hits, of=found.whole.of, left=left)
        day = self._visit.day(self._visit.workbook.today(), "long")
        grouped = say(f"refocus.answers.by.{by}")
        return {
            "spec": {
                "x": {"kind": "share", "label": say("refocus.answers.share"), "low": 0, "high": 1},
                "y": {"kind": "category", "label": grouped},
                "marks": [{"mark": "bar", "values": values}],
            },
            "title": f"{grouped}. {self._finding(groups, names)}",
            "counts": counts.strip(),
            "interval": say("refocus.answers.interval"),
            "source": say("refocus.answers.source", day=day),
        }

    def _finding(self, groups: Any, names: dict[str, str]) -> str:
        """What can be said, guarded for how many groups were read at once."""
        say = self._visit.words
        more, fewer = (
            ", ".join(names.get(one.group, one.group) for one in groups if one.verdict == verdict)
            for verdict in ("more", "fewer")
        )
        if more and fewer:
            return say("refocus.answers.both", more=more, fewer=fewer)
        if more or fewer:
            return say(f"refocus.answers.{'more' if more else 'fewer'}", groups=more or fewer)
        return say("refocus.answers.cannot")

    def _names(self, by: str) -> dict[str, str]:
        if by != "size":
            return {}
        return {option["value"]: option["label"] for option in self._visit.options("search/size")}
