"""The figures of a server as a page for Prometheus, and who may read it."""

from __future__ import annotations

import hmac
import secrets
from http import HTTPStatus
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST

from .pages import Room
from .private import others_may_read, write_private

KEPT_IN = "metrics.token"
_SHORTEST = 32


class FiguresRoom(Room):
    """The figures, for whoever may read them."""

    async def get(self) -> None:
        if not await self.may_read(bearer(self.request.headers.get("Authorization", ""))):
            self.figures.refused("figures")
            self.set_status(HTTPStatus.UNAUTHORIZED)
            self.set_header("WWW-Authenticate", "Bearer")
            await self.finish("Refused.\n")
            return
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        await self.finish(self.figures.text())

    async def may_read(self, token: str) -> bool:
        """Whether a token opens them."""
        kept: str = self.settings["figures_token"]
        return hmac.compare_digest(token.encode("utf-8", "surrogatepass"), kept.encode())


def bearer(header: str) -> str:
    """The token in a header; empty where there is none."""
    kind, _, token = header.partition(" ")
    return token.strip() if kind.lower() in ("bearer", "token") else ""


def figures_token(folder: Path) -> str:
    """The token that opens a site's figures, in a file that Prometheus reads; made where there is none."""
    file = folder / KEPT_IN
    if (
        not file.exists()
        or others_may_read(file)
        or len(file.read_text(encoding="utf-8").strip()) < _SHORTEST
    ):
        write_private(file, secrets.token_urlsafe(32))
    return file.read_text(encoding="utf-8").strip()
