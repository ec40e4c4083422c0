"""The name a person signs letters with: their last signature, else the one they were asked for once."""

from __future__ import annotations

from collections.abc import Callable

from ..widgets.quick_line import QuickLine, Understood
from .visit import Visit

NAME = "name"
"""The setting. A setting is no answer: it is in no report and in nothing that is shared."""
SIGNED_WORDS = 4
"""A last line of at most this many words is a name."""


def own_name(visit: Visit) -> str:
    """The name for a letter; empty where nobody has said one yet."""
    return signed_name(visit) or str(visit.workbook.setting(NAME, ""))


def signed_name(visit: Visit) -> str:
    """The name the person signed their last letter with; empty where there is none to be seen."""
    answers = visit.workbook.history().answers
    letters = answers[
        answers["question"].str.fullmatch(r"no/letter-[a-z-]+|debrief/thanks-letter")
        & (answers["kind"] == "prose")
    ]
    for text in letters.sort_values("answered_at", ascending=False)["value"].dropna():
        last = str(text).strip().splitlines()[-1].strip()
        if last and len(last.split()) <= SIGNED_WORDS and not set(last) & set("[].,:?@"):
            return last
    return ""


class NameLine:
    """Asks for the name where a letter needs one and none is known.

    Args:
        visit: The visit.
        then: Called with the name once it is kept.
    """

    def __init__(self, visit: Visit, then: Callable[[str], None]) -> None:
        self._visit, self._then = visit, then
        self._typed = ""
        words = {name: visit.words(f"no.letter.name.{name}") for name in ("label", "hint", "keep")}
        words |= {name: visit.words[f"no.quick.{name}"] for name in ("understood", "left_over")}
        self.widget = QuickLine(
            on_try=self._try,
            on_keep=self._keep,
            words={**visit.group("actions"), **words},
            kind="plain",
            name="quick/name",
            workbook=visit.workbook.id,
        )

    def keep_typed(self) -> None:
        """Keep the name that stands in the field, as its button would."""
        line = self._typed
        if line.strip():
            self._keep(line)
            self.widget.take(line)

    def _try(self, line: str) -> Understood:
        self._typed = line
        return Understood(ready=bool(line.strip()))

    def _keep(self, line: str) -> str:
        self._typed = ""
        name = " ".join(line.split())
        self._visit.workbook.set_setting(NAME, name)
        self._then(name)
        return self._visit.words("no.letter.name.kept")
