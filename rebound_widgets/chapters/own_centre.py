"""The centre's server as one visit sees it: asked beside the page, so that no press waits for it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence

from ..domain.refused import Refused
from ..sharing.centre import Centre, Counsellor, Known
from ..sharing.replies import CounselReply

WORDS_AGREED_TO = "share.centre.agree_text"
"""The words of the agreement; their language and this key are kept with it."""


class OwnCentre:
    """What is known of the centre now.

    Args:
        centre: The centre; ``None`` where there is none, as on a computer of one's own.
        redraw: Called when something else is known.
    """

    def __init__(self, centre: Centre | None, redraw: Callable[[], None]) -> None:
        self.centre, self._redraw = centre, redraw
        self.known: Known | None = None
        self.counsellors: Sequence[Counsellor] = ()
        self.opened: dict[str, str] = {}
        self.replies: Sequence[CounselReply] = ()
        self.refused: Refused | None = None
        self._looking: asyncio.Future[None] | None = None

    def __bool__(self) -> bool:
        return self.centre is not None

    def look(self) -> None:
        """Ask the centre, beside the page; where there is no loop, as in a test, at once."""
        if self.centre is None or (self._looking is not None and not self._looking.done()):
            return
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            asyncio.run(self.ask())
        else:
            self._looking = asyncio.ensure_future(self.ask())

    async def ask(self) -> None:
        """Ask the centre everything a page of sharing says."""
        before = self.known, self.counsellors, self.opened, self.replies, str(self.refused)
        try:
            found = await asyncio.to_thread(self._found)
            self.known, self.counsellors, self.opened, self.replies = found
            self.refused = None
        except Refused as refused:
            self.refused = refused
        if before != (self.known, self.counsellors, self.opened, self.replies, str(self.refused)):
            self._redraw()

    def _found(self) -> tuple[Known, Sequence[Counsellor], dict[str, str], Sequence[CounselReply]]:
        assert self.centre is not None  # noqa: S101 - nobody asks where there is none
        return self.centre.me(), self.centre.counsellors(), self.centre.opened(), self.centre.replies()

    async def agree(self, words: str) -> None:
        """The person agrees to these words."""
        assert self.centre is not None  # noqa: S101
        self.known = await asyncio.to_thread(self.centre.agree, words)

    def agreed_on(self) -> dt.date | None:
        """The local day on which the person agreed; ``None`` where they have not."""
        if self.known is None or not self.known.agreed_at:
            return None
        return dt.datetime.fromisoformat(self.known.agreed_at).astimezone().date()
