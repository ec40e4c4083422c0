"""The secrets of one person's server: made once, kept in their folder, the same after every restart."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from .private import others_may_read, write_private

_FILE = "keys.json"
_LONG_ENOUGH = 32


@dataclass(frozen=True)
class Keys:
    """The two secrets.

    Attributes:
        token: Opens the workbook; it is in the address that the terminal shows.
        secret: Signs the cookie that replaces the token once the page is open.
    """

    token: str
    secret: str

    def opens(self, token: str) -> bool:
        """Whether ``token`` is the right one; takes as long for a wrong one."""
        return hmac.compare_digest(self.token.encode(), token.encode())

    def answer(self, challenge: str) -> str:
        """The proof that whoever answers holds these keys, without showing any of them."""
        return hmac.new(
            self.secret.encode(), b"rebound is here " + challenge.encode(), hashlib.sha256
        ).hexdigest()


def read_keys(folder: Path) -> Keys | None:
    """Keys kept in ``folder``; ``None`` when there are none, they are damaged, or others may read them."""
    path = folder / _FILE
    try:
        if others_may_read(path):
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
        keys = Keys(token=str(kept["token"]), secret=str(kept["secret"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return keys if min(len(keys.token), len(keys.secret)) >= _LONG_ENOUGH else None


def keep_keys(folder: Path) -> Keys:
    """The keys kept in ``folder``, made there when :func:`read_keys` finds none."""
    keys = read_keys(folder)
    if keys is None:
        keys = Keys(token=secrets.token_urlsafe(32), secret=secrets.token_urlsafe(48))
        write_private(folder / _FILE, json.dumps({"token": keys.token, "secret": keys.secret}))
    return keys
