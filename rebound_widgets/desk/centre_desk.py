"""What was shared through a centre, as a desk has it: in memory for this visit, never in the counsellor's folder."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence

from ..domain.record import Revision
from ..domain.refused import Refused
from ..sharing import Share
from ..sharing.centre import Centre
from ..sharing.counting import Block
from ..sharing.share import as_body


class CentreDesk:
    """Follows the centre: what was taken back, or is over, is gone here at the next look.

    Args:
        centre: The centre; ``None`` where there is none.
    """

    def __init__(self, centre: Centre | None) -> None:
        self.centre = centre
        self.refused: Refused | None = None
        self.blocks: Sequence[Block] = ()
        self.version = 0
        self._shares: dict[str, tuple[Share, str]] = {}
        self._name: str | None = None
        self._looking: asyncio.Future[None] | None = None

    def look(self, name: str, done: Callable[[], None]) -> None:
        """Ask the centre, beside the page; ``done`` is called when something changed.

        Args:
            name: The name the counsellor goes by; the centre shows it to students.
            done: Draws the page again.
        """
        if self.centre is None or (self._looking is not None and not self._looking.done()):
            return
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            asyncio.run(self._look(name, done))
        else:
            self._looking = asyncio.ensure_future(self._look(name, done))

    async def _look(self, name: str, done: Callable[[], None]) -> None:
        before = self._shares.keys(), str(self.refused), self.blocks
        try:
            self._shares, self.blocks = await asyncio.to_thread(self._found, name, dict(self._shares))
            self.refused = None
        except Refused as refused:
            self.refused = refused
        if before != (self._shares.keys(), str(self.refused), self.blocks):
            self.version += 1
            done()

    def _found(
        self, name: str, known: dict[str, tuple[Share, str]]
    ) -> tuple[dict[str, tuple[Share, str]], Sequence[Block]]:
        assert self.centre is not None  # noqa: S101 - nobody looks where there is none
        if name and name != self._name:
            self.centre.rename(name)
            self._name = name
        found: dict[str, tuple[Share, str]] = {}
        for share_id in self.centre.received():
            try:
                found[share_id] = known.get(share_id) or self.centre.read(share_id)
            except Refused as refused:
                if refused.rule != "centre-not-here":  # taken back between the two questions
                    raise
        return found, self.blocks or self.centre.cohort()

    def received(self, today: dt.date) -> list[Revision]:
        """The shares as records of a desk; they are in no file."""
        now = dt.datetime.combine(today, dt.time(), dt.UTC)
        return [
            Revision(
                number=0,
                record_id=share_id,
                kind="received",
                body={**as_body(share), "received_on": share.grant.given_on.isoformat(), "opened_on": opened},
                deleted=False,
                made_at=now,
                based_on=0,
                change="centre",
                origin="centre",
            )
            for share_id, (share, opened) in self._shares.items()
        ]

    def names(self) -> tuple[str, ...]:
        """The names these shares are for: the centre knows by its own ids whose they are."""
        return tuple(share.grant.reader for share, _ in self._shares.values())

    def has(self, sender: str) -> bool:
        """Whether somebody shared through the centre."""
        return any(share.sender == sender for share, _ in self._shares.values())
