"""One item of a list as a form by itself: this week's check-in, one practice of one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from ..domain.kinds import Repeat
from ..domain.record import Conflict
from ..domain.refused import Refused
from ..widgets import exercise as widget
from ..workbook.replies import items_ever
from .visit import Visit, for_widget


class OneItem:
    """Asks the inner questions of a list for one item; the item joins the list with its first reply.

    What was written stays an answer like any other: in the list's order, with its versions.

    Args:
        visit: The visit.
        list_id: The list's question.
        record_id: The record the list is about; ``None`` for the person's own.
        item: The item's number.
        known: Inner questions the page answers itself, with their answers, when the item joins.
        heading: Its heading, or empty.
        why: What it is good for.
        evidence: Keys of what that rests on.
    """

    def __init__(
        self,
        visit: Visit,
        list_id: str,
        *,
        record_id: str | None,
        item: int,
        known: Mapping[str, Any] = MappingProxyType({}),
        heading: str = "",
        why: str = "",
        evidence: tuple[str, ...] = (),
    ) -> None:
        question = visit.workbook.question(list_id)
        if not isinstance(question, Repeat):
            raise TypeError(f"{list_id} is no list.")
        self._visit, self._list, self._record = visit, question, record_id
        self.item = item
        self._inner = [inner for inner in question.questions if inner.id not in known]
        self._known = known
        self.widget = widget.Exercise(
            [inner.as_mapping() for inner in self._inner],
            replies=self._replies(),
            # Drafts in the browser are kept apart by it, so those of one item never reach another.
            record_id=f"{record_id or list_id}#{item}",
            workbook=visit.workbook.id,
            on_reply=self._keep,
            words=visit.words.group("exercise"),
            heading=heading,
            why=why,
            evidence=[visit.content.evidence[key].sentence for key in evidence],
        )

    def refresh(self) -> None:
        """Show the replies as they are now."""
        self.widget.show(self._replies())

    def _replies(self) -> dict[str, Any]:
        reply = self._visit.workbook.reply
        kept = {i.id: reply(i, record_id=self._record, item=self.item) for i in self._inner}
        return {name: for_widget(one) for name, one in kept.items()}

    def _keep(self, reply: widget.Reply) -> widget.Kept:
        try:
            self._join()
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        return self._visit.keep(replace(reply, record_id=self._record or "", item=self.item))

    def _join(self) -> None:
        """Put the item on the list, where it is not on it yet; two windows may both do so."""
        workbook = self._visit.workbook
        while True:
            listed = workbook.reply(self._list, record_id=self._record)
            items = list(listed.value or ())
            if self.item in items:
                return
            with_it = [*items, self.item]
            try:
                workbook.record(self._list.id, with_it, record_id=self._record, base_revision=listed.revision)
            except Conflict:
                continue
            for name, value in self._known.items():
                workbook.record(name, value, record_id=self._record, item=self.item)
            return


def next_item(visit: Visit, list_id: str, record_id: str | None = None) -> int:
    """A number no item of the list ever had."""
    question = visit.workbook.question(list_id)
    return max(items_ever(visit.workbook.store, question, record_id), default=0) + 1
