"""Who may do what on a site that everybody may visit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tornado.httputil import HTTPServerRequest

from ..door import Verdict
from ..pages import KERNEL_ID
from .guests import Guests

_HARMLESS = frozenset({"GET", "HEAD"})
_ELSEWHERE = frozenset({"cross-site", "same-site"})
_OF_A_KERNEL = re.compile(rf"(?:api/kernels|goodbye)/{KERNEL_ID}(?:/channels)?")


@dataclass(frozen=True)
class SiteDoor:
    """Decides about each request before it reaches a handler.

    Unlike the door of a person's own workbook it does not look at ``Host``: whoever points another name at this
    server is given no more than any visitor, since keys are bound to the name they were given at.

    Attributes:
        base: The path of the site.
        guests: Its visitors, of every part.
    """

    base: str
    guests: Sequence[Guests]

    def verdict(self, request: HTTPServerRequest) -> Verdict:
        """``welcome``, ``stranger`` where it asks for a kernel that is not its own, ``foreign`` from elsewhere."""
        if not _own_page(request):
            return "foreign"
        return "welcome" if self._kernel(request) is None or self.knows(request) else "stranger"

    def knows(self, request: HTTPServerRequest) -> bool:
        """Whether the kernel that ``request`` asks for is its visitor's."""
        kernel_id = self._kernel(request)
        return kernel_id is not None and any(guests.may_use(request, kernel_id) for guests in self.guests)

    def _kernel(self, request: HTTPServerRequest) -> str | None:
        """The kernel that a request is about; everything below ``api`` is, or is for nobody."""
        path = request.path.removeprefix(self.base)
        found = _OF_A_KERNEL.fullmatch(path)
        if found is not None:
            return found.group(1)
        return "" if path.startswith(("api", "goodbye")) else None


def _own_page(request: HTTPServerRequest) -> bool:
    """Whether no other site is behind ``request``: links may lead here, and that is all another page may do."""
    origin = request.headers.get("Origin")
    ours = origin is not None and urlsplit(origin).netloc.lower() == request.host.lower()
    if request.headers.get("Upgrade", "").lower() == "websocket" or request.method not in _HARMLESS:
        return ours
    if request.headers.get("Sec-Fetch-Site", "none") in _ELSEWHERE:
        opened = (request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest"))
        return opened == ("navigate", "document")
    return origin is None or ours
