"""The thank-you letter of one interview, as any other letter is written."""

from __future__ import annotations

from typing import Any

from ..domain.record import Revision
from .letter_page import LetterPiece, thanks_place
from .visit import Visit


class Thanks:
    """What stands under the letter's questions; see ``LetterPiece``."""

    def __init__(self, visit: Visit) -> None:
        self._piece = LetterPiece(visit)

    @property
    def widgets(self) -> list[Any]:
        """The widgets in their order."""
        return self._piece.widgets

    def show(self, interview: Revision) -> None:
        """Show what can be done with the letter of this interview now."""
        self._piece.show(thanks_place(interview.record_id))
