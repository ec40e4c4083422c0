"""The odds card: one's own outcomes and what others saw, and a slider for the interviews ahead."""

from __future__ import annotations

from typing import Any

from ..charts.sentences import base_sentence, say_odds
from ..widgets.panels import Panels
from ..widgets.slider import Slider
from .visit import Visit

AHEAD = 12
"""As far as the slider looks: about as many interviews as a long search has."""


class OddsCard:
    """A card with the odds, and below it the slider. The slider looks ahead and answers nothing."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._card = Panels(words=visit.group("actions"))
        self._slider = Slider(visit.words("ready.odds.slider"), words=visit.group("slider"))
        self.widgets: list[Any] = [self._card, self._slider]

    def show(self) -> None:
        """Show the odds as the search stands now."""
        # scipy is loaded when the first odds are wanted.
        from ..insight import odds_of_offer  # noqa: PLC0415

        visit, say = self._visit, self._visit.words
        history, today = visit.workbook.history(), visit.workbook.today()
        ahead = [odds_of_offer(history, today, n=n) for n in range(1, AHEAD + 1)]
        one, content = ahead[0], visit.content
        base = base_sentence(one.prior.source.key, say)
        method = say("ready.odds.method", weight=f"{one.weight:g}")
        counted = say.plural("ready.odds.own", one.of, hits=one.hits) if one.of else say("ready.odds.none")
        self._card.show(
            [
                {
                    "id": "odds",
                    "title": say("ready.odds.title", odds=say_odds(one, content)),
                    "text": [counted, base],
                    "details": [
                        {"summary": say("ready.odds.how"), "text": [method, say("ready.odds.step_note")]}
                    ],
                }
            ]
        )
        self._slider.show(
            [
                say.plural("ready.odds.step", number, odds=say_odds(odds, content))
                for number, odds in enumerate(ahead, start=1)
            ]
        )
