"""Taking a share back: a small file that only the one who shared can make."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from . import shapes
from .files import REVOKE, opened, written
from .share import seal_of


@dataclass(frozen=True, kw_only=True)
class Revocation:
    """A share is taken back.

    Attributes:
        share: The share's id.
        secret: What only its maker knew.
    """

    share: str
    secret: str

    def fits(self, seal: str) -> bool:
        """Whether it was made by whoever made the share with that seal."""
        return hmac.compare_digest(seal_of(self.secret), seal)


def revocation_bytes(revocation: Revocation) -> bytes:
    """The file. It holds nothing of what was shared."""
    return written(REVOKE, {"share": revocation.share, "secret": revocation.secret})


_FIELDS: Mapping[str, shapes.Read] = {"share": shapes.identity, "secret": shapes.identity}


def read_revocation(file: bytes) -> Revocation:
    """The revocation in a file.

    Raises:
        Refused: it is none, not whole, too large, changed, or of a newer version.
    """
    return Revocation(**shapes.fields(opened(REVOKE, file), "revocation", _FIELDS))
