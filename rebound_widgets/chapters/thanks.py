"""The thank-you letter of one interview, as any other letter is written."""

from __future__ import annotations

from typing import Any

from ..domain.record import Revision
from .letter_page import LetterPiece, thanks_place
from .visit import Visit


class Thanks:
    """What stands around the letter; see ``LetterPiece``."""

    def __init__(self, visit: Visit) -> None:
        self._piece = LetterPiece(visit)

    @property
    def above(self) -> list[Any]:
        """The widgets between what goes into the letter and the letter."""
        return self._piece.above

    @property
    def below(self) -> list[Any]:
        """Those under the letter, once there is one."""
        return self._piece.below

    def show(self, interview: Revision) -> None:
        """Show what can be done with the letter of this interview now."""
        self._piece.show(thanks_place(interview.record_id))
